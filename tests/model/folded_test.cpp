#include "model/folded.h"

#include <doctest/doctest.h>

#include "model/compile.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

/// A driver that calls `ask` in probe, on a kernel where only `other`, which it does not call, sets `is_asked`.
Program program_with(const std::string& body_of_ask, const std::string& probe = R"({"call": "ask"}, {"return": 0})") {
  const std::string functions = R"("other": {"source": "tiny.c", "body": [{"set": "is_asked", "to": 1}]},
                                   "ask": {"source": "tiny.c", "body": [)" +
                                body_of_ask + "]}";
  const std::string variables = R"("is_asked": {"type": "bool", "lifetime": "device"})";
  return folded(compile(spec_of(tiny_kernel(functions, variables), {tiny_driver(probe)})));
}

}  // namespace

TEST_CASE("what no run comes to makes no difference") {
  const Program nothing = program_with(R"({"return": 0})");
  CHECK(program_with(R"({"if": "is_asked", "then": [{"call": "get"}]}, {"return": 0})").procedures.size() ==
        nothing.procedures.size());
  const Program one = program_with(R"x({"if": "!is_asked || held(thing)", "then": [{"return": 0}]}, {"call": "get"})x");
  const Program other = program_with(R"({"if": "!is_asked", "then": [{"return": 0}]}, {"call": "put"})");
  CHECK(one == other);
}

TEST_CASE("what a run comes to does") {
  const Program get = program_with(R"({"if": "!is_asked", "then": [{"call": "get"}]}, {"return": 0})");
  const Program put = program_with(R"({"if": "!is_asked", "then": [{"call": "put"}]}, {"return": 0})");
  CHECK_FALSE(get == put);
  const std::string guarded = R"({"if": "is_asked", "then": [{"call": "get"}]}, {"return": 0})";
  const std::string asks_twice = R"({"call": "ask"}, {"call": "other"}, {"call": "ask"}, {"return": 0})";
  CHECK_FALSE(program_with(guarded, asks_twice) == program_with(R"({"return": 0})", asks_twice));
}
