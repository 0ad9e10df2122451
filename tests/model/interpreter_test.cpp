#include "model/interpreter.h"

#include <climits>
#include <cstdint>
#include <doctest/doctest.h>
#include <random>

#include "model/compile.h"
#include "tests/support/random_program.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("arithmetic is C's on 32 bits, and wraps") {
  CHECK(apply(Operator::add, INT_MAX, 1) == INT_MIN);
  CHECK(apply(Operator::negate, INT_MIN, 0) == INT_MIN);
  CHECK(apply(Operator::multiply, 65536, 65536) == 0);
  CHECK(apply(Operator::subtract, 3, 5) == -2);
  CHECK(apply(Operator::bit_not, 0, 0) == -1);
  CHECK(apply(Operator::bit_xor, 6, 3) == 5);
  CHECK(apply(Operator::logical_and, 2, 4) == 1);
  CHECK(apply(Operator::logical_or, 0, -1) == 1);
  CHECK(apply(Operator::less, -1, 0) == 1);
}

TEST_CASE("of a range the highest is the usual outcome; a large one is cut") {
  CHECK(picks_between(1, 3) == std::vector<std::int32_t>{3, 1, 2});
  CHECK(picks_between(0, 100) == std::vector<std::int32_t>{100, 0, 1, 2});
  CHECK(picks_between(1, 100, true) == std::vector<std::int32_t>{4, 1, 2, 3});
  CHECK(picks_between(1, 4, true) == picks_between(1, 4));
  CHECK(picks_between(5, 5) == std::vector<std::int32_t>{5});
  CHECK(picks_between(5, 1) == std::vector<std::int32_t>{5});
  CHECK(picks_between(INT_MAX - 1, INT_MAX) == std::vector<std::int32_t>{INT_MAX, INT_MAX - 1});
}

namespace {

/// Runs an event to its end, at each choice with the option of the given number (the first one afterwards).
State run(const Program& program, State state, const std::string& name, std::vector<std::size_t> choices = {}) {
  const Interpreter interpreter(program);
  Machine machine{std::move(state), {}};
  for (std::uint32_t event = 0; event < program.events.size(); ++event) {
    if (program.events[event].name != name) continue;
    REQUIRE(interpreter.enabled(machine.state, event));
    interpreter.begin(machine, event);
  }
  std::size_t next = 0;
  for (auto options = interpreter.options(machine); !options.empty(); options = interpreter.options(machine)) {
    const bool chooses = options.size() > 1 && next < choices.size();
    interpreter.take(machine, options.at(chooses ? choices[next++] : 0));
  }
  return machine.state;
}

std::int32_t value_of(const Program& program, const State& state, const std::string& name) {
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    if (program.variables[v].name == name && program.variables[v].scope != Scope::local) return state.values[v];
  }
  FAIL("no variable " << name);
  return 0;
}

}  // namespace

TEST_CASE("a bind, with both outcomes of a choice, and an unbind") {
  const Program program = compile(spec_of(
      tiny_kernel(),
      {tiny_driver(R"({"call": "may_fail", "into": "ret", "on_error": "return ret"}, {"call": "get"}, {"return": 0})",
                   R"({"call": "put"})")}));
  const State initial = Interpreter(program).initial();
  const State failed = run(program, initial, "bind", {1});
  CHECK(failed == initial);
  const State bound = run(program, initial, "bind", {0});
  CHECK(value_of(program, bound, "bound") == 1);
  CHECK(value_of(program, bound, "thing") == 1);
  CHECK(run(program, bound, "unbind") == initial);
}

TEST_CASE("a list runs newest first, and what is added meanwhile stays on it") {
  const Program program =
      compile(spec_of(tiny_kernel(R"(
        "digit": {"source": "tiny.c", "params": {"d": "value"}, "body": [
          {"set": "number", "to": "10 * number + d"},
          {"if": "d == 1", "then": [{"defer": "last", "on": "later"}]}]},
        "last": {"source": "tiny.c", "body": [{"set": "number", "to": 0}]})",
                                  R"("number": {"type": "int", "lifetime": "device"})"),
                      {tiny_driver(R"({"call": "do_later", "with": {"action": {"call": "digit", "with": {"d": 1}}}},
                      {"call": "do_later", "with": {"action": {"call": "digit", "with": {"d": 2}}}},
                      {"call": "do_later", "with": {"action": {"call": "digit", "with": {"d": 3}}}}, {"return": 0})")}));
  const State bound = run(program, Interpreter(program).initial(), "bind");
  REQUIRE(bound.lists.size() == 1);
  CHECK(bound.lists[0].size() == 3);
  const State unbound = run(program, bound, "unbind");
  CHECK(value_of(program, unbound, "number") == 321);
  REQUIRE(unbound.lists[0].size() == 1);
  CHECK(program.procedures[unbound.lists[0][0].procedure].name == "last");
}

TEST_CASE("after a halt nothing happens any more") {
  const Program program = compile(spec_of(tiny_kernel(), {tiny_driver(R"({"crash": "dead"}, {"return": 0})")}));
  const Interpreter interpreter(program);
  const State dead = run(program, interpreter.initial(), "bind");
  CHECK(dead.values[program.halted] == 1);
  for (std::uint32_t event = 0; event < program.events.size(); ++event) CHECK_FALSE(interpreter.enabled(dead, event));
}

TEST_CASE("locals and parameters have no value between two events") {
  const Program program = compile(spec_of(
      tiny_kernel(), {tiny_driver(R"({"call": "get"}, {"call": "get_part", "with": {"i": 2}}, {"return": 0})")}));
  const State bound = run(program, Interpreter(program).initial(), "bind");
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    if (program.variables[v].scope == Scope::local) CHECK(bound.values[v] == 0);
  }
}

namespace {

void note(const Edge& edge, std::vector<std::uint32_t>& noted) {
  if (edge.steps != 0) noted.push_back(edge.steps);
  if (const auto* reach = std::get_if<Reach>(&edge.action)) noted.push_back(reach->goal);
}

/// One edge after the other, as go_on() does; gives the steps that they count, and the goals that they reach.
std::vector<std::uint32_t> go_on_by_options(const Interpreter& interpreter, Machine& machine) {
  std::vector<std::uint32_t> noted;
  while (!machine.frames.empty()) {
    const Frame& frame = machine.frames.back();
    if (!interpreter.program().procedures[frame.procedure].nodes[frame.node].choice.empty()) break;
    const Option option = interpreter.options(machine).at(0);
    note(interpreter.edge(machine, option), noted);
    interpreter.take(machine, option);
  }
  return noted;
}

std::vector<std::uint32_t> go_on_at_once(const Interpreter& interpreter, Machine& machine) {
  std::vector<std::uint32_t> noted;
  interpreter.go_on(machine, SIZE_MAX, [&](const Edge& edge) { note(edge, noted); });
  return noted;
}

}  // namespace

TEST_CASE("going on comes to where one edge after the other comes to") {
  int choices = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec(), random_options);
    const Interpreter interpreter(program);
    std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
    Machine machine{interpreter.initial(), {}};
    for (int event = 0; event < 30; ++event) {
      const auto which = static_cast<std::uint32_t>(random() % program.events.size());
      if (!interpreter.enabled(machine.state, which)) continue;
      interpreter.begin(machine, which);
      for (;;) {
        Machine stepped = machine;
        const auto expected = go_on_by_options(interpreter, stepped);
        CHECK(go_on_at_once(interpreter, machine) == expected);
        REQUIRE(machine == stepped);
        const std::vector<Option> options = interpreter.options(machine);
        if (options.empty()) break;
        interpreter.take(machine, options[random() % options.size()]);
        ++choices;
      }
    }
  }
  CHECK(choices > 500);
}

TEST_CASE("going on stops after so many edges") {
  const Program program =
      compile(spec_of(tiny_kernel(), {tiny_driver(R"({"call": "get"}, {"return": 0})", R"({"call": "put"})")}));
  const Interpreter interpreter(program);
  Machine machine{interpreter.initial(), {}};
  interpreter.begin(machine, 0);
  CHECK(interpreter.go_on(machine, 2, [](const Edge&) {}) == 2);
  CHECK_FALSE(machine.frames.empty());
  CHECK(interpreter.go_on(machine, 1000, [](const Edge&) {}) > 2);
  CHECK(machine.frames.empty());
}
