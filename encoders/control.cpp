#include "encoders/control.h"

#include <algorithm>

namespace tenure {

namespace {

void add_variables(const Program& program, TermId id, std::vector<VariableId>& variables) {
  const Term& term = program.terms[id];
  if (term.kind == Term::Kind::variable && term.variable.index == none) {
    const VariableId variable = term.variable.first;
    const bool is_known = std::find(variables.begin(), variables.end(), variable) != variables.end();
    if (!is_known && program.variables[variable].scope != Scope::fixed) variables.push_back(variable);
  }
  for (const TermId operand : term.operands) {
    if (operand != none) add_variables(program, operand, variables);
  }
}

}  // namespace

std::vector<VariableId> control_variables(const Program& program) {
  std::vector<VariableId> variables;
  for (const TermId condition : program.life_cycle) add_variables(program, condition, variables);
  return variables;
}

}  // namespace tenure
