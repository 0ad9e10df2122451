#include "encoders/state_graph.h"

#include <atomic>
#include <doctest/doctest.h>

#include "model/explicit_search.h"
#include "tests/support/explored.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

const std::string fails_softly = R"({"call": "may_fail", "into": "ret", "on_error": "return ret"})";

}  // namespace

TEST_CASE("no run of fewer events than the graph says reaches a goal") {
  const std::vector<std::pair<std::string, std::string>> drivers{
      {R"({"call": "get"}, {"return": 0})", R"({"call": "put"})"},
      {R"({"call": "get"}, )" + fails_softly + R"(, {"return": 0})", R"({"call": "put"}, {"call": "put"})"},
      {R"({"return": 0})", R"({"set": "times", "to": "times + 1"}, {"if": "times == 3", "then": [{"call": "put"}]})"},
  };
  for (const auto& driver : drivers) {
    const auto& [probe, remove] = driver;
    CAPTURE(driver.second);
    Explored explored(
        tiny_kernel(),
        tiny_driver(probe, remove, R"("variables": {"times": {"type": "counter", "lifetime": "module"}})"));
    REQUIRE(explored.states.explore({}));
    const std::vector<std::uint32_t> fewest = explored.states.fewest_events();
    const ExplicitAnswer answer = explicit_search(explored.program);
    REQUIRE(answer.complete);
    for (std::size_t goal = 0; goal < explored.program.goals.size(); ++goal) {
      if (answer.paths[goal]) CHECK(fewest[goal] <= answer.paths[goal]->events.size());
    }
  }
}

TEST_CASE("what a limit has stopped goes on where it was") {
  const std::string driver = tiny_driver(R"({"call": "get"}, {"return": 0})", R"({"call": "put"})");
  Explored stopped(tiny_kernel(), driver);
  const std::atomic<bool> interrupted = true;
  REQUIRE_FALSE(stopped.states.explore({.interrupted = &interrupted}));
  CHECK(stopped.states.reason() == "interrupted");
  REQUIRE(stopped.states.explore({}));
  Explored whole(tiny_kernel(), driver);
  REQUIRE(whole.states.explore({}));
  CHECK(stopped.states.fewest_events() == whole.states.fewest_events());
  CHECK(stopped.states.locations() == whole.states.locations());
}

TEST_CASE("goals that are not followed are not reached") {
  Explored explored(tiny_kernel(), tiny_driver(R"({"call": "get"}, {"return": 0})", R"({"call": "put_softly"})"));
  explored.states.follow({goal_of(explored.program, Property::leak)});
  REQUIRE(explored.states.explore({}));
  for (std::size_t goal = 0; goal < explored.program.goals.size(); ++goal) {
    if (explored.program.goals[goal].property != Property::leak) {
      CHECK(explored.states.fewest_events()[goal] == UINT32_MAX);
    }
  }
}

TEST_CASE("more configurations do not make more states") {
  const auto count_of = [](const std::string& condition) {
    const std::string fixed = R"({"type": "bool", "lifetime": "fixed"})";
    Explored explored(tiny_kernel("", "\"a\": " + fixed + ", \"b\": " + fixed + ", \"c\": " + fixed),
                      tiny_driver(R"({"if": ")" + condition + R"(", "then": [{"call": "get"}]}, {"return": 0})",
                                  R"({"if": ")" + condition + R"(", "then": [{"call": "put"}]})"));
    REQUIRE(explored.states.explore({}));
    std::size_t bits = 0;
    for (const StateBit& bit : explored.states.transition_system().bits) bits += bit.is_fixed ? 0 : 1;
    return bits;
  };
  CHECK(count_of("a") == count_of("a || b || c"));
}

TEST_CASE("a list is followed as far as samples have it, then as far as it grows") {
  Explored growing(kernel_with_nothing(), growing_driver());
  REQUIRE(growing.states.explore({}));
  CHECK_FALSE(growing.states.grows());
  REQUIRE(growing.states.follow_list(0));
  REQUIRE(growing.states.explore({}));
  CHECK(growing.states.grows());
  REQUIRE(growing.states.cuts().size() == 1);
  CHECK(growing.states.cuts().begin()->starts_with("later: "));
  CHECK_FALSE(growing.states.follow_list(0));
}

TEST_CASE("of a list that does not grow nothing has to be presumed") {
  Explored still(tiny_kernel(), tiny_driver(R"({"call": "do_later", "with": {"action": "put"}}, {"return": 0})"));
  REQUIRE(still.states.explore({}));
  CHECK_FALSE(still.states.follow_list(0));
  CHECK_FALSE(still.states.grows());
  CHECK(still.states.cuts().empty());
}

TEST_CASE("an exploration that is interrupted says so") {
  Explored explored(tiny_kernel(), tiny_driver(fails_softly + R"(, {"call": "get"}, {"return": 0})"));
  const std::atomic<bool> interrupted = true;
  CHECK_FALSE(explored.states.explore({0, &interrupted}));
  CHECK(explored.states.reason() == "interrupted");
}

TEST_CASE("the transition system has a bit for each fixed variable that is read") {
  Explored explored(tiny_kernel("", R"("has_a": {"type": "bool", "lifetime": "fixed"})"),
                    tiny_driver(R"({"if": "has_a", "then": [{"return": -1}]}, {"return": 0})"));
  REQUIRE(explored.states.explore({}));
  const TransitionSystem system = explored.states.transition_system();
  std::vector<std::string> fixed;
  for (const StateBit& bit : system.bits) {
    if (bit.is_fixed) fixed.push_back(bit.holds);
  }
  REQUIRE(fixed.size() == 1);
  CHECK(fixed.front().find("has_a") != std::string::npos);
  CHECK(system.next.size() == system.bits.size());
  CHECK(system.reached.size() == explored.program.goals.size());
}
