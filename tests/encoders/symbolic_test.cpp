#include "encoders/symbolic.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "encoders/sat_solver.h"
#include "model/compile.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

struct Symbolic {
  Symbolic(const std::string& kernel, const std::string& driver) : program(compile(spec_of(kernel, {driver}))) {}

  Program program;
  FormulaGraph graph;
  ValuePool pool{graph};
  SatSolver solver{graph};
  SymbolicExecutor executor{program, pool};

  bool can_hold(Literal literal) { return solver.check({literal}) == Satisfiability::satisfiable; }
  std::int32_t in_model(ValueId value) {
    for (const Case& each : pool.cases(value)) {
      if (solver.value(each.when)) return each.value;
    }
    FAIL("a value without a case");
    return 0;
  }
};

/// Every run of one event from the initial state, by the interpreter, for one configuration.
void collect_runs(const Interpreter& interpreter, const Machine& machine, std::set<std::vector<std::int32_t>>& found) {
  const std::vector<Option> options = interpreter.options(machine);
  if (options.empty()) found.insert(machine.state.values);
  for (const Option& option : options) {
    Machine next = machine;
    interpreter.take(next, option);
    collect_runs(interpreter, next, found);
  }
}

std::set<std::vector<std::int32_t>> runs_of(const Program& program) {
  const Interpreter interpreter(program);
  std::vector<State> configurations{interpreter.initial()};
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    if (program.variables[v].scope != Scope::fixed) continue;
    std::vector<State> more;
    for (const State& state : configurations) {
      for (const std::int32_t value : program.variables[v].values) {
        more.push_back(state);
        more.back().values[v] = value;
      }
    }
    configurations = more;
  }
  std::set<std::vector<std::int32_t>> found;
  for (const State& state : configurations) {
    for (std::uint32_t event = 0; event < program.events.size(); ++event) {
      if (!interpreter.enabled(state, event)) continue;
      Machine machine{state, {}};
      interpreter.begin(machine, event);
      collect_runs(interpreter, machine, found);
    }
  }
  return found;
}

/// The values of all variables after one event, in every model of the symbolic states.
std::set<std::vector<std::int32_t>> models_of(Symbolic& symbolic, const std::vector<SymbolicState>& states) {
  std::set<std::vector<std::int32_t>> found;
  for (const SymbolicState& state : states) {
    Literal open = state.here;
    while (symbolic.solver.check({open}) == Satisfiability::satisfiable) {
      symbolic.solver.read_model();
      std::vector<std::int32_t> values;
      Literal same = true_literal;
      for (const ValueId value : state.values) {
        values.push_back(symbolic.in_model(value));
        same = symbolic.graph.conjunction(same, symbolic.pool.equal(value, symbolic.pool.constant(values.back())));
      }
      found.insert(values);
      open = symbolic.graph.conjunction(open, negation(same));
    }
  }
  return found;
}

}  // namespace

TEST_CASE("one symbolic event has the outcomes that the interpreter comes to, and no other") {
  const std::string kernel = tiny_kernel(
      R"("count": {"source": "tiny.c", "body": [{"choose": "granted", "into": "n", "between": [1, 3]}, {"return": "n"}]})",
      R"("has_a": {"type": "bool", "lifetime": "fixed"},
         "size": {"type": "int", "lifetime": "fixed", "values": [1, 2, 4]},
         "kept": {"type": "int", "lifetime": "device"})");
  const std::vector<std::string> bodies{
      R"({"call": "get"}, {"call": "may_fail", "into": "ret", "on_error": "return ret"}, {"return": 0})",
      R"({"if": "has_a", "then": [{"set": "kept", "to": "size * 3"}], "else": [{"call": "get"}]}, {"return": 0})",
      R"({"call": "count", "into": "n"}, {"set": "kept", "to": "n + size"}, {"if": "n == size", "then": [{"return": -5}]},
         {"return": 0})",
      R"({"call": "get"}, {"loop": "i", "from": 0, "while": "i < size && i < 3", "next": "i + 1",
          "do": [{"call": "get_part", "with": {"i": "i"}}]}, {"return": 0})",
      R"({"call": "get"}, {"call": "do_later", "with": {"action": "put"}}, {"call": "may_fail", "into": "ret"},
         {"return": "ret"})",
      R"({"call": "may_fail", "into": "ret"}, {"if": "ret < 0", "then": [{"crash": "dies"}]}, {"set": "kept", "to": 9},
         {"return": 0})",
  };
  for (const std::string& body : bodies) {
    CAPTURE(body);
    Symbolic symbolic(kernel, tiny_driver(body));
    const auto after = symbolic.executor.any_event(symbolic.executor.initial());
    CHECK(models_of(symbolic, after) == runs_of(symbolic.program));
  }
}

TEST_CASE("the states after different events exclude each other") {
  Symbolic symbolic(tiny_kernel(), tiny_driver(R"({"call": "may_fail", "into": "ret", "on_error": "return ret"},
      {"call": "get"}, {"call": "do_later", "with": {"action": "put"}}, {"return": 0})"));
  SymbolicState before = symbolic.executor.initial();
  const auto is_bound = [](const VariableInfo& variable) { return variable.name == "bound"; };
  const auto& variables = symbolic.program.variables;
  const auto bound = std::find_if(variables.begin(), variables.end(), is_bound) - variables.begin();
  before.values[static_cast<std::size_t>(bound)] = symbolic.pool.boolean(symbolic.graph.input());
  const auto after = symbolic.executor.any_event(before);
  REQUIRE(after.size() > 1);
  for (std::size_t i = 0; i < after.size(); ++i) {
    CHECK(symbolic.can_hold(after[i].here));
    for (std::size_t j = 0; j < i; ++j) {
      CHECK_FALSE(symbolic.can_hold(symbolic.graph.conjunction(after[i].here, after[j].here)));
    }
  }
}

TEST_CASE("a goal is reached by those runs that reach it, unless it is not followed") {
  const std::string driver = tiny_driver(R"({"call": "may_fail", "into": "ret"},
      {"if": "ret < 0", "then": [{"call": "put"}]}, {"return": 0})");
  const auto reached = [&](bool follows) {
    Symbolic symbolic(tiny_kernel(), driver);
    const std::uint32_t goal = goal_of(symbolic.program, Property::double_free);
    if (!follows) symbolic.executor.follow({});
    Literal any = false_literal;
    Literal other = false_literal;
    for (const SymbolicState& state : symbolic.executor.any_event(symbolic.executor.initial())) {
      any = symbolic.graph.disjunction(any, symbolic.graph.conjunction(state.here, state.reached[goal]));
      other = symbolic.graph.disjunction(other, symbolic.graph.conjunction(state.here, negation(state.reached[goal])));
    }
    CHECK(symbolic.can_hold(other));
    return symbolic.can_hold(any);
  };
  CHECK(reached(true));
  CHECK_FALSE(reached(false));
}

TEST_CASE("ranges of which only a part is tried are told") {
  const auto cuts = [](const std::string& range) {
    Symbolic symbolic(tiny_kernel(R"("count": {"source": "tiny.c", "body": [
                          {"choose": "granted", "into": "n", "between": )" +
                                  range + R"(}, {"return": "n"}]})"),
                      tiny_driver(R"({"call": "count", "into": "n"}, {"return": "n > 2"})"));
    symbolic.executor.any_event(symbolic.executor.initial());
    return symbolic.executor.cuts().size();
  };
  CHECK(cuts("[1, 4]") == 0);
  CHECK(cuts("[1, 40]") == 1);
}

TEST_CASE("what is gone for certain is no entry when the solver may be asked") {
  const std::string driver = tiny_driver(R"({"call": "do_later", "with": {"action": "get"}}, {"return": 0})");
  for (const bool asks : {false, true}) {
    Symbolic symbolic(tiny_kernel(), driver);
    FormulaGraph& graph = symbolic.graph;
    const Literal a = graph.input();
    const Literal b = graph.input();
    const Literal c = graph.input();
    const auto some = [&](Literal first, Literal second) { return graph.disjunction(first, second); };
    const auto both = [&](Literal first, Literal second) { return graph.conjunction(first, second); };
    // Two of three, said in two ways.
    const Literal gone =
        both(some(some(both(a, b), both(b, c)), both(a, c)), negation(some(both(a, some(b, c)), both(b, c))));
    REQUIRE(gone != false_literal);
    SymbolicState state = symbolic.executor.initial();
    const auto get = std::find_if(symbolic.program.procedures.begin(), symbolic.program.procedures.end(),
                                  [](const Procedure& procedure) { return procedure.name == "get"; });
    REQUIRE(get != symbolic.program.procedures.end());
    const auto id = static_cast<ProcedureId>(get - symbolic.program.procedures.begin());
    state.lists.front() = symbolic.pool.make_slots({{id, {}, gone}});
    if (asks) symbolic.executor.ask(symbolic.solver);
    const std::vector<SymbolicState> after = symbolic.executor.any_event(state);
    REQUIRE(after.size() == 1);
    CHECK(symbolic.pool.slots(after.front().lists.front()).size() == (asks ? 1 : 2));
    const Literal excluded = symbolic.executor.excluded().back();
    CHECK((excluded != false_literal) == asks);
    CHECK_FALSE(symbolic.can_hold(excluded));
  }
}

TEST_CASE("an event is given up when a limit is reached") {
  Symbolic symbolic(tiny_kernel(), tiny_driver(R"({"call": "get"}, {"return": 0})"));
  symbolic.executor.set_limits({seconds_now() - 1, nullptr});
  CHECK(symbolic.executor.any_event(symbolic.executor.initial()).empty());
  CHECK(symbolic.executor.reason() == "time limit reached");
}
