#include "encoders/mode.h"

#include <algorithm>

namespace tenure {

Modes::Modes(const Program& program) : program_(program) {
  collect(program.quiescent);
  collect(program.final);
  for (const ProgramEvent& event : program.events) collect(event.guard);
}

void Modes::collect(TermId id) {
  const Term& term = program_.terms[id];
  if (term.kind == Term::Kind::variable && term.variable.index == none) {
    const VariableId variable = term.variable.first;
    const bool is_known = std::find(variables_.begin(), variables_.end(), variable) != variables_.end();
    if (!is_known && program_.variables[variable].scope != Scope::fixed) variables_.push_back(variable);
  }
  for (const TermId operand : term.operands) {
    if (operand != none) collect(operand);
  }
}

std::vector<std::pair<Mode, SymbolicState>> Modes::split(const SymbolicState& state, SymbolicExecutor& executor) const {
  std::vector<std::pair<Mode, SymbolicState>> parts;
  if (state.here == false_literal) return parts;
  parts.emplace_back(Mode{}, state);
  for (const VariableId variable : variables_) {
    std::vector<std::pair<Mode, SymbolicState>> finer;
    for (auto& [mode, part] : parts) {
      for (auto& [value, restricted] : executor.split(part, variable)) {
        Mode longer = mode;
        longer.push_back(value);
        finer.emplace_back(std::move(longer), std::move(restricted));
      }
    }
    parts = std::move(finer);
  }
  return parts;
}

std::string Modes::in_words(const Mode& mode) const {
  std::string words;
  for (std::size_t i = 0; i < mode.size(); ++i) {
    const VariableInfo& variable = program_.variables[variables_[i]];
    if (variables_[i] == program_.halted && mode[i] == 0) continue;
    if (!words.empty()) words += ", ";
    words += variable.is_boolean ? (mode[i] == 0 ? "not " : "") + variable.name
                                 : variable.name + " is " + std::to_string(mode[i]);
  }
  return words.empty() ? "always" : words;
}

}  // namespace tenure
