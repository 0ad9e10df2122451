#include "encoders/reachable_states.h"

#include <atomic>
#include <doctest/doctest.h>
#include <functional>
#include <set>
#include <utility>

#include "encoders/state_diagram.h"
#include "model/diagnostic.h"
#include "model/explicit_search.h"
#include "model/interpreter.h"
#include "model/trace.h"
#include "tests/support/random_program.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

constexpr std::size_t most_states = 3000;

/// All states between two events, visited one by one by the interpreter.
class Visitor {
 public:
  Visitor(const Program& program, const StateAtoms& atoms) : program_(program), atoms_(atoms), interpreter_(program) {}

  /// False when there are too many.
  bool visit_all() {
    add_configured(interpreter_.initial(), 0);
    for (std::size_t next = 0; next < states_.size() && states_.size() < most_states; ++next) {
      const State state = states_[next];
      for (std::uint32_t event = 0; event < program_.events.size(); ++event) {
        if (!interpreter_.enabled(state, event)) continue;
        Machine machine{state, {}};
        interpreter_.begin(machine, event);
        if (!carry_out(std::move(machine))) return false;
      }
    }
    return states_.size() < most_states;
  }
  const std::set<State>& known() const { return known_; }

 private:
  void add_configured(State state, VariableId from) {
    while (from < program_.variables.size() &&
           (program_.variables[from].scope != Scope::fixed || !atoms_.is_used(from)))
      ++from;
    if (from == program_.variables.size()) return add(state);
    for (const std::int32_t value : program_.variables[from].values) {
      state.values[from] = value;
      add_configured(state, from + 1);
    }
  }
  void add(const State& state) {
    if (state.values[program_.halted] == 0 && known_.insert(atoms_.known(state)).second) states_.push_back(state);
  }
  bool carry_out(Machine machine) {
    for (std::size_t steps = 0; steps < 2000; ++steps) {
      const std::vector<Option> options = interpreter_.options(machine);
      if (options.empty()) return add(machine.state), true;
      for (std::size_t i = 1; i < options.size(); ++i) {
        Machine other = machine;
        interpreter_.take(other, options[i]);
        if (++branches_ > 200'000 || !carry_out(std::move(other))) return false;
      }
      interpreter_.take(machine, options.front());
    }
    return false;
  }

  const Program& program_;
  const StateAtoms& atoms_;
  Interpreter interpreter_;
  std::vector<State> states_;
  std::set<State> known_;
  std::size_t branches_ = 0;
};

/// The states that a diagram stands for.
std::set<State> states_in(ReachableStates& reachable) {
  std::set<State> states;
  const std::function<void(SetId, std::vector<Atom>)> visit = [&](SetId set, std::vector<Atom> atoms) {
    if (set == only_empty_combination) states.insert(reachable.atoms().state_of(atoms));
    if (set <= only_empty_combination) return;
    const Zdd::Node node = reachable.zdd().node(set);
    visit(node.without, atoms);
    atoms.push_back(node.atom);
    visit(node.with, atoms);
  };
  visit(reachable.states(), {});
  return states;
}

Program program_of(const std::string& kernel, const std::string& driver) {
  return compile(spec_of(kernel, {driver}));
}

}  // namespace

TEST_CASE("the diagram has the states that the interpreter comes to, and its goals are reached") {
  std::size_t compared = 0, given_up = 0;
  for (std::uint64_t seed = 7'000'000; seed < 7'000'400; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec(), random_options);
    // When sets are to be so small, the order is changed again and again.
    SampledLassos lassos(program);
    ReachableStates reachable(program, lassos, seed % 2 == 0 ? 10 : ReachableStates::usual_largest_set);
    if (!reachable.explore({})) {
      CHECK(reachable.reason() == "a list grows");
      ++given_up;
      continue;
    }
    Visitor visitor(program, reachable.atoms());
    const ExplicitAnswer answer = explicit_search(program, {.configurations = 20'000});
    if (!answer.complete || !visitor.visit_all()) continue;
    ++compared;
    const std::set<State> states = states_in(reachable);
    CHECK(states.size() == visitor.known().size());
    for (const State& state : visitor.known()) CHECK(states.contains(state));
    for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal)
      CHECK(reachable.reached(goal) == answer.paths[goal].has_value());
  }
  MESSAGE(compared, " compared, ", given_up, " given up");
  CHECK(compared > 200);
}

TEST_CASE("to each goal that the diagram reaches it gives a run of fewest events") {
  std::size_t runs = 0;
  for (std::uint64_t seed = 7'100'000; seed < 7'100'200; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec(), random_options);
    SampledLassos lassos(program);
    ReachableStates reachable(program, lassos);
    if (!reachable.explore({})) continue;
    const ExplicitAnswer answer = explicit_search(program, {.configurations = 20'000});
    if (!answer.complete) continue;
    for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
      CAPTURE(goal);
      const std::optional<Path> run = reachable.run_to(goal, {});
      REQUIRE(run.has_value() == reachable.reached(goal));
      if (!run) continue;
      CHECK(run->goal == goal);
      CHECK(replays(program, *run));
      CHECK(run->events.size() == answer.paths[goal]->events.size());
      ++runs;
    }
  }
  CHECK(runs > 500);
}

TEST_CASE("where counters get far, a smaller margin reaches no less") {
  std::size_t far = 0, more = 0;
  for (std::uint64_t seed = 7'000'000; seed < 7'000'400; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec(), random_options);
    SampledLassos lassos(program);
    ReachableStates reachable(program, lassos);
    reachable.give_up_far_counters(1, 1);
    if (reachable.explore({}) || !reachable.is_up_to_counters()) continue;
    const Program narrowed = with_counter_margin(program, 1);
    SampledLassos lassos_of_overstating(narrowed);
    ReachableStates overstating(narrowed, lassos_of_overstating);
    if (!overstating.explore({})) continue;
    ++far;
    const ExplicitAnswer answer = explicit_search(program, {.configurations = 20'000});
    for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
      if (answer.paths[goal]) CHECK(overstating.reached(goal));
      if (answer.complete && overstating.reached(goal) && !answer.paths[goal]) ++more;
    }
  }
  MESSAGE(far, " programs, ", more, " goals more");
  CHECK(far > 20);
}

TEST_CASE("Z3 shows of random programs what their diagram says") {
  SolverContext context;
  std::size_t proved = 0;
  for (std::uint64_t seed = 7'100'000; seed < 7'100'300; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec(), random_options);
    FormulaGraph graph;
    ValuePool pool(graph);
    SampledLassos lassos(program);
    StateDiagram diagram(program, lassos, pool);
    if (!diagram.explore({})) continue;
    std::vector<std::uint32_t> never, reached;
    for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal)
      (diagram.reached(goal) ? reached : never).push_back(goal);
    REQUIRE(diagram.prove(never, context, {}));
    ++proved;
    if (reached.empty()) continue;
    CHECK_THROWS_AS(diagram.prove({reached[seed % reached.size()]}, context, {}), InternalError);
  }
  CHECK(proved > 200);
}

TEST_CASE("of a list that grows for ever, runs with a few entries on it are followed") {
  const Program program = program_of(kernel_with_nothing(), growing_driver());
  SampledLassos lassos(program);
  ReachableStates reachable(program, lassos);
  REQUIRE(reachable.explore({}));
  REQUIRE(reachable.most_copies().size() == 1);
  const auto [list, copies] = *reachable.most_copies().begin();
  std::set<std::size_t> lengths;
  for (const State& state : states_in(reachable)) lengths.insert(state.lists[list].size());
  CHECK(lengths == std::set<std::size_t>{0, 1, 2, copies});
  REQUIRE(copies == 3);
  FormulaGraph graph;
  ValuePool pool(graph);
  StateDiagram diagram(program, lassos, pool);
  REQUIRE(diagram.explore({}));
  SolverContext context;
  CHECK(diagram.prove({}, context, {}));
  CHECK(diagram.cuts() ==
        std::set<std::string>{"later: of calls that are on it again and again only 3 copies were followed"});
}

TEST_CASE("entries that take turns on a list have few places, and one order where that makes no difference") {
  const auto states_with = [](const std::string& one) {
    const std::string kernel = tiny_kernel(R"(
      "one": {"source": "tiny.c", "body": [)" +
                                           one + R"x(]},
      "other": {"source": "tiny.c", "body": [{"warn": "held(thing)"}]},
      "again": {"source": "tiny.c", "params": {"action": "function"}, "body": [
        {"take_back": "action", "on": "later"}, {"defer": "action", "on": "later"}]})x");
    const std::string driver = tiny_driver(R"({"call": "get"}, {"call": "do_later", "with": {"action": "one"}},
      {"call": "do_later", "with": {"action": "other"}}, {"return": 0})",
                                           "", R"("events": {
      "first": {"says": "first", "do": [{"call": "again", "with": {"action": "one"}}]},
      "second": {"says": "second", "do": [{"call": "again", "with": {"action": "other"}}]}})");
    const Program program = program_of(kernel, driver);
    SampledLassos lassos(program);
    ReachableStates reachable(program, lassos);
    REQUIRE(reachable.explore({}));
    CHECK(reachable.most_copies().empty());
    const std::set<State> states = states_in(reachable);
    for (const State& state : states) CHECK(reachable.atoms().known(state) == state);
    return states.size();
  };
  // At first, bound with both in one order, and unbound with the thing left; at first, and bound with both orders.
  CHECK(states_with(R"({"return": 0})") == 3);
  CHECK(states_with(R"({"call": "put"})") == 3);
}

TEST_CASE("a limit ends the search for states") {
  const Program program = program_of(tiny_kernel(), tiny_driver(R"(
        {"loop": "i", "from": 0, "while": "i < 1000", "next": "i + 1", "do": [{"call": "may_fail"}]}, {"return": 0})"));
  SampledLassos lassos(program);
  ReachableStates reachable(program, lassos);
  const std::atomic<bool> interrupted = true;
  CHECK_FALSE(reachable.explore({.interrupted = &interrupted}));
  CHECK(reachable.reason() == "interrupted");
}

TEST_CASE("a list that is run takes what is put on it meanwhile") {
  const std::string kernel =
      tiny_kernel(R"("again": {"source": "tiny.c", "body": [{"call": "do_later", "with": {"action": "put"}}]})");
  const Program program = program_of(kernel, tiny_driver(R"({"call": "get"},
      {"call": "do_later", "with": {"action": "again"}}, {"return": 0})",
                                                         R"({"run": "later"})"));
  SampledLassos lassos(program);
  ReachableStates reachable(program, lassos);
  REQUIRE(reachable.explore({}));
  const ExplicitAnswer answer = explicit_search(program);
  REQUIRE(answer.complete);
  for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal)
    CHECK(reachable.reached(goal) == answer.paths[goal].has_value());
}
