#include "encoders/refine.h"

#include <algorithm>

namespace tenure {

namespace {

/// What is asked of a state: each case of a value, each entry of a list being there or not, each goal.
std::vector<Literal> questions(const Program& program, const ValuePool& pool, const SymbolicState& state) {
  std::vector<Literal> open;
  const auto ask = [&](Literal literal) {
    if (node_of(literal) != 0) open.push_back(literal);
  };
  const auto ask_cases = [&](ValueId value) {
    for (const Case& each : pool.cases(value)) ask(each.when);
  };
  for (VariableId v = 0; v < state.values.size(); ++v) {
    if (program.variables[v].scope != Scope::fixed) ask_cases(state.values[v]);
  }
  for (const SlotsId list : state.lists) {
    for (const Slot& slot : pool.slots(list)) {
      ask(slot.present);
      ask(negation(slot.present));
      for (const ValueId argument : slot.arguments) ask_cases(argument);
    }
  }
  for (const Literal reached : state.reached) ask(reached);
  std::sort(open.begin(), open.end());
  open.erase(std::unique(open.begin(), open.end()), open.end());
  return open;
}

}  // namespace

/// Each model shows that many are possible; what is left when there is no further model is not.
bool refine(const Program& program, ValuePool& pool, SymbolicExecutor& executor, Solver& solver, SymbolicState& state) {
  FormulaGraph& graph = pool.graph();
  std::vector<Literal> open = questions(program, pool, state);
  Literal any = true_literal;
  for (;;) {
    const Satisfiability answer = solver.check({state.here, any});
    if (answer == Satisfiability::unknown) return true;
    if (answer == Satisfiability::unsatisfiable) {
      if (any == true_literal) return false;
      break;
    }
    solver.read_model();
    std::erase_if(open, [&](Literal literal) { return solver.value(literal); });
    if (open.empty()) return true;
    any = false_literal;
    for (const Literal literal : open) any = graph.disjunction(any, literal);
  }
  for (Literal& impossible : open) impossible = negation(impossible);
  executor.assume(state, open);
  return true;
}

}  // namespace tenure
