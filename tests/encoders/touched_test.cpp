#include "encoders/touched.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>

#include "model/compile.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

struct Found {
  Program program;
  std::vector<Touched> touched;

  explicit Found(const std::string& functions)
      : program(compile(spec_of(tiny_kernel(functions, R"("a": {"type": "int", "lifetime": "device"},
                                                          "b": {"type": "int", "lifetime": "device"})"),
                                {tiny_driver(R"({"call": "outer"}, {"return": 0})")}))),
        touched(touched_by(program)) {}

  const Touched& of(const std::string& name) const {
    const auto found = std::find_if(program.procedures.begin(), program.procedures.end(),
                                    [&](const Procedure& procedure) { return procedure.name == name; });
    REQUIRE(found != program.procedures.end());
    return touched[static_cast<std::size_t>(found - program.procedures.begin())];
  }
  bool touches(const std::string& procedure, const std::string& variable) const {
    for (VariableId v = 0; v < program.variables.size(); ++v)
      if (program.variables[v].name == variable && of(procedure).variables[v]) return true;
    return false;
  }
  bool touches_a_list(const std::string& procedure) const {
    const std::vector<bool>& lists = of(procedure).lists;
    return std::find(lists.begin(), lists.end(), true) != lists.end();
  }
  bool loosens_a_list(const std::string& procedure) const {
    const std::vector<bool>& loosened = of(procedure).loosened;
    return std::find(loosened.begin(), loosened.end(), true) != loosened.end();
  }
};

std::string function(const std::string& name, const std::string& locals, const std::string& body) {
  return "\"" + name + R"(": {"source": "tiny.c", "locals": {)" + locals + R"(}, "body": [)" + body + "]}";
}

}  // namespace

TEST_CASE("a procedure touches what it and what it calls reads or changes, but not the locals of these") {
  const Found found(function("outer", "\"mine\": 0", R"({"call": "inner"}, {"set": "mine", "to": "a"})") + ", " +
                    function("inner", "\"own\": 0", R"({"set": "own", "to": 1}, {"set": "b", "to": "own"})"));
  CHECK(found.touches("outer", "a"));
  CHECK(found.touches("outer", "b"));
  CHECK(found.touches("outer", "mine"));
  CHECK_FALSE(found.touches("outer", "own"));
  CHECK(found.touches("inner", "own"));
  CHECK(found.touches("inner", "b"));
  CHECK_FALSE(found.touches("inner", "a"));
  CHECK_FALSE(found.touches_a_list("outer"));
}

TEST_CASE("whoever runs a list touches what is called from there") {
  const Found found(function("outer", "", R"({"defer": "inner", "on": "later"}, {"call": "runner"})") + ", " +
                    function("runner", "", R"({"run": "later"})") + ", " +
                    function("inner", "", R"({"set": "b", "to": 1})"));
  CHECK(found.touches("runner", "b"));
  CHECK(found.touches_a_list("runner"));
  CHECK(found.touches_a_list("outer"));
  CHECK_FALSE(found.touches_a_list("inner"));
}

TEST_CASE("a list is loosened by whoever takes some of it off, or calls what does") {
  const Found found(
      function("outer", "", R"({"call": "putter"}, {"call": "taker"}, {"call": "grouper"}, {"call": "runner"})") +
      ", " + function("putter", "", R"({"defer": "inner", "on": "later"})") + ", " +
      function("taker", "", R"({"take_back": "inner", "on": "later"})") + ", " +
      function("grouper", "\"found\": 0", R"({"run": "later", "group": null, "into": "found"})") + ", " +
      function("runner", "", R"({"run": "later"})") + ", " + function("inner", "", R"({"set": "b", "to": 1})"));
  for (const char* loosening : {"outer", "taker", "grouper"}) CHECK(found.loosens_a_list(loosening));
  for (const char* other : {"putter", "runner", "inner"}) CHECK_FALSE(found.loosens_a_list(other));
}
