#include <algorithm>
#include <utility>

#include "encoders/symbolic.h"

// Statements that are carried out as they are only where their fact is given.
namespace tenure {

Literal SymbolicExecutor::given(const Edge& edge) const {
  if (loosening_ == nullptr) return true_literal;
  const std::uint32_t fact = loosening_->fact_of_site[edge.site];
  return fact == none ? true_literal : loosening_->facts[fact];
}

/// The value, or, where the fact is not given, any of the others.
ValueId SymbolicExecutor::loosened(Literal given, ValueId value, const std::set<std::int32_t>& others) {
  if (given == true_literal || others.empty()) return value;
  return pool_.choice(given, value, pool_.fresh({others.begin(), others.end()}).value);
}

/// What a call is given.
std::vector<ValueId> SymbolicExecutor::arguments(const Edge& edge, const SymbolicState& state, ProcedureId procedure,
                                                 const std::vector<TermId>& terms) {
  std::vector<ValueId> arguments = values(state, terms);
  const std::vector<VariableId>& parameters = program_.procedures[procedure].parameters;
  for (std::size_t i = 0; i < std::min(arguments.size(), parameters.size()); ++i) {
    note(edge, {parameters[i], 1, none}, arguments[i]);
    if (loosening_ != nullptr)
      arguments[i] = loosened(given(edge), arguments[i], loosening_->seen.variables[parameters[i]]);
  }
  return arguments;
}

void SymbolicExecutor::note(const Edge& edge, const Reference& variable, ValueId value) {
  if (seen_ == nullptr) return;
  for (const Case& each : pool_.cases(value)) {
    if (variable.first == program_.result) seen_->results[program_.sites[edge.site].function].insert(each.value);
    for (std::uint32_t i = 0; i < variable.count; ++i) seen_->variables[variable.first + i].insert(each.value);
  }
}

bool SymbolicExecutor::is_loose(const Procedure& procedure, NodeId node) const {
  return loosening_->is_loose[static_cast<std::size_t>(&procedure - program_.procedures.data())][node];
}

/// What a variable, or the result, may be set to.
const std::set<std::int32_t>& SymbolicExecutor::values_of(const Edge& edge, const Reference& variable) const {
  static const std::set<std::int32_t> nothing;
  if (variable.first != program_.result) return loosening_->seen.variables[variable.first];
  const Site& site = program_.sites[edge.site];
  const auto found = loosening_->seen.results.find(site.function);
  return site.is_call || found == loosening_->seen.results.end() ? nothing : found->second;
}

/// Where its fact is not given, a statement sets something else, or is left out.
void SymbolicExecutor::apply_loosely(const Edge& edge, const Option& option, SymbolicState& state) {
  const Literal fact = given(edge);
  const bool is_nothing =
      std::holds_alternative<std::monostate>(edge.action) || std::holds_alternative<Reach>(edge.action);
  if (fact == true_literal || is_nothing) return apply(edge, option, state);
  if (const auto* assigned = std::get_if<Assign>(&edge.action)) {
    if (!program_.variables[assigned->variable.first].is_read) return apply(edge, option, state);
    return assign(state, assigned->variable,
                  loosened(fact, value(state, assigned->value), values_of(edge, assigned->variable)));
  }
  if (const auto* pick = std::get_if<Pick>(&edge.action)) {
    apply(edge, option, state);
    ValueId& picked = state.values[pick->variable];
    picked = loosened(fact, picked, loosening_->seen.variables[pick->variable]);
    return;
  }
  const Literal is_left_out = graph_.conjunction(negation(fact), graph_.input());
  SymbolicState without = state;
  without.here = graph_.conjunction(state.here, is_left_out);
  state.here = graph_.conjunction(state.here, negation(is_left_out));
  apply(edge, option, state);
  merge(state, std::move(without));
}

/// Whether a procedure goes round more often than it ever does; a proof has to show that it does not.
bool SymbolicExecutor::is_beyond(ProcedureId procedure, std::uint32_t rounds) {
  if (seen_ != nullptr) {
    std::uint32_t& most = seen_->rounds[procedure];
    most = std::max(most, rounds);
  }
  if (loosening_ == nullptr) return false;
  const auto found = loosening_->seen.rounds.find(procedure);
  return rounds > (found == loosening_->seen.rounds.end() ? 1 : found->second);
}

}  // namespace tenure
