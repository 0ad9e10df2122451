#include "model/normal_form.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "model/compile.h"
#include "model/explicit_search.h"
#include "model/folded.h"
#include "tests/support/random_program.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

/// A driver that calls `ask`, on a kernel with a hook that does nothing, as is_asked is never set.
Program form_of(const std::string& body_of_ask) {
  const std::string hook = R"("hook": {"source": "tiny.c", "body": [
    {"if": "!is_asked", "then": [{"return": 0}]}, {"call": "do_later", "with": {"action": "put"}}, {"return": 0}]})";
  const std::string ask = R"("ask": {"source": "tiny.c", "body": [)" + body_of_ask + "]}";
  const std::string variables = R"("is_asked": {"type": "bool", "lifetime": "device"})";
  return normal_form(compile(spec_of(tiny_kernel(hook + ", " + ask, variables),
                                     {tiny_driver(R"({"call": "ask", "into": "ret", "on_error": "return ret"},
                                                     {"return": 0})",
                                                  R"({"call": "put"})")})));
}

/// Both reach the same goals, by runs of the same length.
void check_same_runs(const Program& program, const Program& less) {
  const ExplicitAnswer expected = explicit_search(program);
  const ExplicitAnswer answer = explicit_search(less);
  for (std::size_t goal = 0; goal < program.goals.size(); ++goal) {
    CAPTURE(goal);
    const auto kept = std::find(less.goals.begin(), less.goals.end(), program.goals[goal]);
    const std::optional<Path> path = kept == less.goals.end() ? std::nullopt : answer.paths[kept - less.goals.begin()];
    REQUIRE(path.has_value() == expected.paths[goal].has_value());
    if (!path) continue;
    CHECK(path->events.size() == expected.paths[goal]->events.size());
    CHECK(path->steps == expected.paths[goal]->steps);
  }
}

}  // namespace

TEST_CASE("a call that does no more than return a constant is as good as none") {
  const Program without = form_of(R"({"call": "get"}, {"return": 0})");
  CHECK(form_of(R"({"call": "get"}, {"call": "hook", "into": "ret"}, {"return": "ret"})") == without);
  CHECK(form_of(R"({"call": "get"}, {"call": "hook", "into": "ret"}, {"if": "ret", "then": [{"call": "put"}]},
                   {"return": 0})") == without);
}

TEST_CASE("what differs in what it does or returns has another form") {
  const Program without = form_of(R"({"call": "get"}, {"return": 0})");
  CHECK_FALSE(form_of(R"({"call": "hook", "into": "ret"}, {"return": "ret"})") == without);
  CHECK_FALSE(form_of(R"({"call": "get"}, {"return": -1})") == without);
  CHECK_FALSE(form_of(R"({"call": "may_fail", "into": "ret"}, {"call": "get"}, {"return": "ret"})") == without);
}

TEST_CASE("folded programs and normal forms have the runs of the program") {
  int smaller = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec(), random_options);
    const Program form = normal_form(program);
    smaller += form.variables.size() < program.variables.size() ? 1 : 0;
    check_same_runs(program, folded(program));
    check_same_runs(program, form);
  }
  CHECK(smaller > 20);
}
