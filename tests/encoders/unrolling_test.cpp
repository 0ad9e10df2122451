#include "encoders/unrolling.h"

#include <doctest/doctest.h>

#include "model/explicit_search.h"
#include "model/trace.h"
#include "tests/support/explored.h"
#include "tests/support/formula_value.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("a substitution puts literals in the place of inputs") {
  FormulaGraph graph;
  const Literal a = graph.input();
  const Literal b = graph.input();
  const Literal c = graph.input();
  const Literal formula = graph.choice(a, b, negation(c));
  Substitution substitution(graph);
  CHECK(substitution(formula) == formula);
  substitution.put(negation(a), b);  // a is !b
  const Literal put = substitution(formula);
  for (unsigned row = 0; row < 8; ++row) {
    const std::unordered_map<std::uint32_t, bool> inputs{
        {node_of(a), (row & 1U) != 0}, {node_of(b), (row & 2U) != 0}, {node_of(c), (row & 4U) != 0}};
    CHECK(value_of(graph, put, inputs) == (inputs.at(node_of(b)) ? !inputs.at(node_of(c)) : inputs.at(node_of(b))));
  }
  CHECK(substitution(true_literal) == true_literal);
}

TEST_CASE("a substitution that renews has other inputs, the same ones each time") {
  FormulaGraph graph;
  const Literal old = graph.input();
  Substitution substitution(graph);
  substitution.renews = true;
  substitution.first_renewed = static_cast<std::uint32_t>(graph.size());
  const Literal young = graph.input();
  CHECK(substitution(old) == old);
  const Literal renewed = substitution(young);
  CHECK(renewed != young);
  CHECK(substitution(young) == renewed);
  CHECK(substitution(negation(young)) == negation(renewed));
}

TEST_CASE("shortest paths are as short as those of explicit search, and can be replayed") {
  const std::string may_fail = R"({"call": "may_fail", "into": "ret", "on_error": "return ret"})";
  const std::string variables = R"("variables": {"times": {"type": "counter", "lifetime": "module"}})";
  const std::vector<std::pair<std::string, std::string>> drivers{
      {R"({"call": "get"}, )" + may_fail + ", " + may_fail + R"(, {"return": 0})", R"({"call": "put"})"},
      {R"({"call": "get"}, {"return": 0})", R"({"call": "put"}, {"call": "put"})"},
      {R"({"return": 0})", R"({"set": "times", "to": "times + 1"}, {"if": "times == 3", "then": [{"call": "put"}]})"},
      {R"({"call": "do_later", "with": {"action": "put"}}, )" + may_fail + R"(, {"call": "get"}, {"return": 0})",
       R"({"call": "put_softly"})"},
  };
  for (const auto& driver : drivers) {
    const auto& [probe, remove] = driver;
    CAPTURE(driver.first);
    CAPTURE(driver.second);
    Explored explored(tiny_kernel(), tiny_driver(probe, remove, variables));
    REQUIRE(explored.states.explore({}));
    const ExplicitAnswer answer = explicit_search(explored.program);
    for (std::uint32_t goal = 0; goal < explored.program.goals.size(); ++goal) {
      const std::optional<Path>& expected = answer.paths[goal];
      Unrolling unrolling(explored.program, explored.states, explored.solver, explored.z3);
      CHECK(unrolling.reaches({goal}) == Satisfiability::unsatisfiable);
      for (std::size_t events = 1; events <= (expected ? expected->events.size() : 4); ++events) {
        unrolling.extend();
        const bool is_last = expected && events == expected->events.size();
        REQUIRE(unrolling.reaches({goal}) == (is_last ? Satisfiability::satisfiable : Satisfiability::unsatisfiable));
      }
      if (!expected) continue;
      CHECK(unrolling.reached(goal));
      CHECK(replays(explored.program, unrolling.path(goal)));
      const std::optional<Path> path = unrolling.shortest(goal);
      REQUIRE(path);
      CHECK(path->events.size() == expected->events.size());
      CHECK(path->steps == expected->steps);
      CHECK(replays(explored.program, *path));
    }
  }
}

TEST_CASE("of the shortest paths, one on which the environment does what is usual") {
  Explored explored(tiny_kernel(),
                    tiny_driver(R"({"call": "get"}, {"call": "may_fail"}, {"return": 0})", R"({"return": null})"));
  REQUIRE(explored.states.explore({}));
  Unrolling unrolling(explored.program, explored.states, explored.solver, explored.z3);
  unrolling.extend();
  unrolling.extend();
  const std::uint32_t leak = goal_of(explored.program, Property::leak);
  REQUIRE(unrolling.reaches({leak}) == Satisfiability::satisfiable);
  const std::optional<Path> path = unrolling.shortest(leak);
  REQUIRE(path);
  REQUIRE(path->events.front().decisions.size() == 1);
  Interpreter interpreter(explored.program);
  Machine machine{interpreter.initial(), {}};
  interpreter.begin(machine, path->events.front().event);
  while (interpreter.options(machine).size() == 1) interpreter.take(machine, interpreter.options(machine).front());
  CHECK(path->events.front().decisions.front() == interpreter.options(machine).front());
}

TEST_CASE("a limit gives no path, and says why") {
  Explored explored(tiny_kernel(),
                    tiny_driver(R"({"call": "get"}, {"call": "may_fail"}, {"return": 0})", R"({"return": null})"));
  REQUIRE(explored.states.explore({}));
  Unrolling unrolling(explored.program, explored.states, explored.solver, explored.z3);
  unrolling.extend();
  unrolling.extend();
  const std::atomic<bool> interrupted = true;
  explored.solver.set_limits({0, &interrupted});
  const std::uint32_t leak = goal_of(explored.program, Property::leak);
  CHECK(unrolling.reaches({leak}) == Satisfiability::unknown);
  CHECK(unrolling.reason() == "interrupted");
  CHECK_FALSE(unrolling.shortest(leak));
}

TEST_CASE("what is presumed of a list is broken by the first run that has more on it") {
  Explored growing(kernel_with_nothing(), growing_driver());
  REQUIRE(growing.states.explore({}));
  Unrolling unrolling(growing.program, growing.states, growing.solver, growing.z3);
  std::size_t room = 0;
  for (std::uint32_t id = 0; id < growing.states.locations(); ++id)
    room = std::max(room, growing.states.location(id).lists.front().size());
  REQUIRE(room > 0);
  unrolling.extend();  // the bind
  for (std::size_t calls = 1; calls <= room; ++calls) {
    unrolling.extend();
    CHECK(unrolling.breaks_presumption() == Satisfiability::unsatisfiable);
  }
  unrolling.extend();
  CHECK(unrolling.breaks_presumption() == Satisfiability::satisfiable);
  CHECK(unrolling.broken_list() == 0);
}
