#include "encoders/independent_calls.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "encoders/random_run.h"
#include "encoders/reachable_states.h"
#include "encoders/touched.h"
#include "model/explicit_search.h"
#include "model/interpreter.h"
#include "tests/support/random_program.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

using Goals = std::set<std::uint32_t>;

/// With one more event, which runs the list.
Program with_run_of_list(Program program, ListId list) {
  Procedure procedure;
  procedure.nodes.resize(2);
  procedure.nodes[0].edges = {0};
  Edge edge;
  edge.to = 1;
  edge.action = Run{list};
  procedure.edges.push_back(edge);
  program.procedures.push_back(procedure);
  ProgramEvent event;
  event.procedure = static_cast<ProcedureId>(program.procedures.size() - 1);
  program.events.push_back(event);
  return program;
}

/// All that may come of the last event of a program, decided in every way.
class Outcomes {
 public:
  Outcomes(const Program& program, const State& state) : program_(program), interpreter_(program) {
    Machine machine{state, {}};
    interpreter_.begin(machine, static_cast<std::uint32_t>(program.events.size() - 1));
    follow(std::move(machine), {}, 0);
  }

  bool are_all() const { return are_all_; }
  /// Where the run goes on after it, with the goals that were reached.
  const std::set<std::pair<State, Goals>>& going_on() const { return going_on_; }
  const Goals& reached() const { return reached_; }

 private:
  void follow(Machine machine, Goals goals, std::size_t steps) {
    const std::vector<Option> options = interpreter_.options(machine);
    if (options.empty()) {
      reached_.insert(goals.begin(), goals.end());
      machine.state.values[program_.result] = 0;
      if (machine.state.values[program_.halted] == 0) going_on_.emplace(std::move(machine.state), std::move(goals));
      return;
    }
    if (steps > 200 || going_on_.size() > 500) {
      are_all_ = false;
      return;
    }
    for (const Option& option : options) {
      Machine next = machine;
      Goals after = goals;
      if (const auto* reach = std::get_if<Reach>(&interpreter_.edge(machine, option).action)) {
        after.insert(reach->goal);
        if (reach->besides != none) after.insert(reach->besides);
      }
      interpreter_.take(next, option);
      follow(std::move(next), std::move(after), steps + 1);
    }
  }

  const Program& program_;
  Interpreter interpreter_;
  bool are_all_ = true;
  std::set<std::pair<State, Goals>> going_on_;
  Goals reached_;
};

/// Calls that random runs put on a list.
std::set<ListEntry> entries_of(const Program& program, ListId list, std::vector<State>& states) {
  std::set<ListEntry> entries;
  RandomRuns runs(program);
  for (std::size_t run = 0; run < 10; ++run) {
    std::optional<State> state = runs.first_state();
    for (std::size_t events = 0; state && events < 8; ++events) {
      entries.insert(state->lists[list].begin(), state->lists[list].end());
      if (states.size() < 12) states.push_back(*state);
      Path::Event event;
      state = runs.after_any_event(*state, event);
    }
  }
  return entries;
}

struct Compared {
  std::size_t independent = 0, dependent = 0;
};

/// Both orders of two calls from a state.
void compare(const Program& program, ListId list, State state, const ListEntry& a, const ListEntry& b,
             bool may_end_run) {
  state.lists[list] = {a, b};
  const Outcomes first(program, state);
  state.lists[list] = {b, a};
  const Outcomes second(program, state);
  if (!first.are_all() || !second.are_all()) return;
  CHECK(first.going_on() == second.going_on());
  if (!may_end_run) CHECK(first.reached() == second.reached());
}

void compare_pairs(const Program& random, ListId list, Compared& compared) {
  std::vector<State> states;
  const std::set<ListEntry> entries = entries_of(random, list, states);
  const Program program = with_run_of_list(random, list);
  const auto touches = touched_by(random);
  IndependentCalls calls(random, touches);
  for (auto a = entries.begin(); a != entries.end(); ++a) {
    for (auto b = std::next(a); b != entries.end(); ++b) {
      const bool are_independent = calls.are_independent(*a, *b);
      CHECK(are_independent == calls.are_independent(*b, *a));
      ++(are_independent ? compared.independent : compared.dependent);
      if (!are_independent) continue;
      const bool may_end_run = calls.may_end_run(*a) || calls.may_end_run(*b);
      for (const State& state : states) compare(program, list, state, *a, *b, may_end_run);
    }
  }
}

/// A program with functions `first` and `second`, that do what is said, and whose probe does `put`, which defers them.
Program with_two(const std::string& first, const std::string& second, const std::string& put) {
  const auto function = [](const std::string& name, const std::string& body) {
    return "\"" + name + R"(": {"source": "tiny.c", "body": [)" + body + "]}";
  };
  const std::string kernel =
      tiny_kernel(function("first", first) + ", " + function("second", second) + ", " + function("put_both", put),
                  R"("a": {"type": "int", "lifetime": "device"}, "b": {"type": "int", "lifetime": "device"})");
  return compile(spec_of(kernel, {tiny_driver(R"({"call": "get"}, {"call": "get_part", "with": {"i": 0}},
      {"call": "put_both"}, {"return": 0})")}));
}

bool are_independent(const std::string& first, const std::string& second) {
  const Program program =
      with_two(first, second, R"({"defer": "first", "on": "later"}, {"defer": "second", "on": "later"})");
  const auto entry = [&](const std::string& name) {
    const auto found = std::find_if(program.procedures.begin(), program.procedures.end(),
                                    [&](const Procedure& procedure) { return procedure.name == name; });
    REQUIRE(found != program.procedures.end());
    return ListEntry{static_cast<ProcedureId>(found - program.procedures.begin()), {}};
  };
  const auto touches = touched_by(program);
  return IndependentCalls(program, touches).are_independent(entry("first"), entry("second"));
}

}  // namespace

TEST_CASE("independent calls come to the same in either order, in random programs") {
  Compared compared;
  for (std::uint64_t seed = 7'200'000; seed < 7'201'000; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec(), random_options);
    for (ListId list = 0; list < program.lists.size(); ++list) compare_pairs(program, list, compared);
  }
  MESSAGE(compared.independent, " independent pairs, ", compared.dependent, " others");
  CHECK(compared.independent > 100);
  CHECK(compared.dependent > 100);
}

TEST_CASE("calls are independent when neither changes what the other has to do with") {
  const std::string set_a = R"({"set": "a", "to": "a == 0"})";
  CHECK(are_independent(set_a, R"({"set": "b", "to": "b == 0"})"));
  CHECK(
      are_independent(set_a, R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [{"set": "b", "to": 1}]})"));
  CHECK_FALSE(are_independent(set_a, R"({"set": "a", "to": 3})"));
  CHECK_FALSE(are_independent(set_a, R"({"set": "b", "to": "a"})"));
  CHECK_FALSE(are_independent(set_a, R"({"if": "a", "then": [{"set": "b", "to": 1}]})"));
  CHECK_FALSE(are_independent(set_a, R"({"loop": "i", "from": 0, "while": "i < a", "next": "i + 1", "do": []})"));
}

TEST_CASE("members of a resource are told apart where the index is known") {
  const std::string put_0 = R"({"call": "put_part", "with": {"i": 0}})";
  CHECK(are_independent(put_0, R"({"call": "put_part", "with": {"i": 1}})"));
  CHECK_FALSE(are_independent(put_0, R"({"call": "put_part", "with": {"i": "0"}})"));
  CHECK_FALSE(are_independent(put_0, R"({"call": "put_part", "with": {"i": "b"}})"));
  CHECK_FALSE(are_independent(put_0, R"({"call": "put"})"));  // which the part needs
}

TEST_CASE("one of two independent calls may end the run, and none has to do with lists") {
  const std::string crash = R"({"if": "a", "then": [{"crash": "a is not 0"}]})";
  CHECK(are_independent(crash, R"({"call": "put"})"));
  CHECK_FALSE(are_independent(crash, R"({"if": "b", "then": [{"crash": "b is not 0"}]})"));
  CHECK_FALSE(are_independent(crash, R"({"call": "do_later", "with": {"action": "put"}})"));
}

TEST_CASE("of calls that are on a list in either order, all goals are reached that runs reach") {
  const std::vector<std::string> bodies{R"({"if": "a", "then": [{"crash": "a is not 0"}]})",
                                        R"({"call": "put"}, {"call": "put"})",
                                        R"({"call": "put"}, {"set": "a", "to": 1})",
                                        R"({"warn": "b"})",
                                        R"({"set": "b", "to": 1})",
                                        R"({"call": "do_later", "with": {"action": "put"}})"};
  const std::string put = R"({"set": "a", "to": 1}, {"choose": "order", "from": [
      {"says": "first, second", "do": [{"defer": "first", "on": "later"}, {"defer": "second", "on": "later"}]},
      {"says": "second, first", "do": [{"defer": "second", "on": "later"}, {"defer": "first", "on": "later"}]}]})";
  for (const std::string& first : bodies) {
    for (const std::string& second : bodies) {
      CAPTURE(first);
      CAPTURE(second);
      const Program program = with_two(first, second, put);
      SampledLassos lassos(program);
      ReachableStates reachable(program, lassos);
      REQUIRE(reachable.explore({}));
      const ExplicitAnswer answer = explicit_search(program);
      REQUIRE(answer.complete);
      for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
        CAPTURE(goal);
        CHECK(reachable.reached(goal) == answer.paths[goal].has_value());
      }
    }
  }
}
