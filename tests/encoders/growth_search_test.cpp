#include "encoders/growth_search.h"

#include <doctest/doctest.h>

#include "model/trace.h"
#include "tests/support/explored.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("a list that each event makes longer: a lasso that replays") {
  Explored explored(kernel_with_nothing(), growing_driver());
  REQUIRE(explored.states.explore({}));
  REQUIRE(explored.states.follow_list(0));
  REQUIRE(explored.states.explore({}));
  const std::optional<Path> path =
      find_growth(explored.program, explored.exact, explored.states, explored.solver, explored.z3, {}, 10).lasso;
  REQUIRE(path);
  REQUIRE(path->events.size() == 2);
  CHECK(path->repeats_from == 1);
  CHECK(explored.program.events[path->events[0].event].name == "bind");
  CHECK(explored.program.events[path->events[1].event].name == "open");
  CHECK(replays(explored.exact, *path));
}

TEST_CASE("a list that grows in no random run: what it was presumed to have is said to be too little") {
  Explored explored(
      kernel_with_nothing(),
      tiny_driver(R"({"return": 0})", "",
                  R"("variables": {"luck": {"type": "int", "lifetime": "driver"}}, "events": {"open": {"says": "open",
                  "do": [{"choose": "luck", "from": [
                    {"says": "bad", "do": [{"set": "luck", "to": 0}]},
                    {"says": "good", "do": [
                      {"if": "luck < 6", "then": [{"set": "luck", "to": "luck + 1"}],
                       "else": [{"call": "do_later", "with": {"action": "nothing"}}]}]}]}]}})"));
  REQUIRE(explored.states.explore({}));
  const auto found = [&] {
    SatSolver solver(explored.graph);
    return find_growth(explored.program, explored.exact, explored.states, solver, explored.z3, {}, 10);
  };
  const Growth presumed = found();
  CHECK_FALSE(presumed.lasso);
  REQUIRE(presumed.broken);
  REQUIRE(explored.states.follow_list(*presumed.broken));
  REQUIRE(explored.states.explore({}));
  const Growth followed = found();
  REQUIRE(followed.lasso);
  CHECK(followed.lasso->events.size() == 8);
  CHECK(replays(explored.exact, *followed.lasso));
}

TEST_CASE("a list that is as long after each event does not grow") {
  Explored explored(kernel_with_nothing(), driver_with_event(R"({"run": "later"},
                                            {"call": "do_later", "with": {"action": "nothing"}})"));
  REQUIRE(explored.states.explore({}));
  CHECK_FALSE(
      find_growth(explored.program, explored.exact, explored.states, explored.solver, explored.z3, {}, 10).lasso);
}

TEST_CASE("a growth that ends by itself is none") {
  Explored explored(
      kernel_with_nothing(),
      tiny_driver(R"({"return": 0})", "",
                  R"("variables": {"times": {"type": "int", "lifetime": "driver"}}, "events": {"open": {"says": "open",
                  "do": [{"if": "times < 3", "then": [{"set": "times", "to": "times + 1"},
                         {"call": "do_later", "with": {"action": "nothing"}}]}]}})"));
  REQUIRE(explored.states.explore({}));
  CHECK_FALSE(
      find_growth(explored.program, explored.exact, explored.states, explored.solver, explored.z3, {}, 10).lasso);
}

TEST_CASE("an entry that is looked for before it is added again is no growth") {
  Explored explored(tiny_kernel(R"_("nothing": {"source": "tiny.c", "body": [{"return": 0}]},
                                   "add": {"source": "tiny.c", "body": [{"if": "!has(later, nothing)",
                                                                         "then": [{"defer": "nothing", "on": "later"}]}]})_"),
                    driver_with_event(R"({"call": "add"})"));
  REQUIRE(explored.states.explore({}));
  CHECK_FALSE(
      find_growth(explored.program, explored.exact, explored.states, explored.solver, explored.z3, {}, 10).lasso);
}
