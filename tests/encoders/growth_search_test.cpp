#include "encoders/growth_search.h"

#include <doctest/doctest.h>

#include "model/trace.h"
#include "tests/support/explored.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

const std::string nothing = R"("nothing": {"source": "tiny.c", "body": [{"return": 0}]})";

std::string driver_with_event(const std::string& body) {
  return tiny_driver(R"({"return": 0})", "", R"("events": {"open": {"says": "open", "do": [)" + body + "]}}");
}

}  // namespace

TEST_CASE("a list that each event makes longer: a lasso that replays") {
  Explored explored(tiny_kernel(nothing), driver_with_event(R"({"call": "do_later", "with": {"action": "nothing"}})"));
  REQUIRE(explored.states.explore({}));
  const std::optional<Path> path = find_growth(explored.program, explored.exact, explored.states, explored.solver, {});
  REQUIRE(path);
  REQUIRE(path->events.size() == 2);
  CHECK(path->repeats_from == 1);
  CHECK(explored.program.events[path->events[0].event].name == "bind");
  CHECK(explored.program.events[path->events[1].event].name == "open");
  CHECK(replays(explored.exact, *path));
}

TEST_CASE("a list that is as long after each event does not grow") {
  Explored explored(tiny_kernel(nothing), driver_with_event(R"({"run": "later"},
                                            {"call": "do_later", "with": {"action": "nothing"}})"));
  REQUIRE(explored.states.explore({}));
  CHECK_FALSE(find_growth(explored.program, explored.exact, explored.states, explored.solver, {}));
}

TEST_CASE("a growth that ends by itself is none") {
  Explored explored(
      tiny_kernel(nothing),
      tiny_driver(R"({"return": 0})", "",
                  R"("variables": {"times": {"type": "int", "lifetime": "driver"}}, "events": {"open": {"says": "open",
                  "do": [{"if": "times < 3", "then": [{"set": "times", "to": "times + 1"},
                         {"call": "do_later", "with": {"action": "nothing"}}]}]}})"));
  REQUIRE(explored.states.explore({}));
  CHECK_FALSE(find_growth(explored.program, explored.exact, explored.states, explored.solver, {}));
}
