#include "model/constant_variables.h"

namespace tenure {

ConstantVariables::ConstantVariables(const Program& program) : program_(program), values_(program.variables.size()) {
  for (VariableId v = 0; v < values_.size(); ++v) {
    const VariableInfo& info = program.variables[v];
    const bool may_stay = info.scope != Scope::fixed && info.scope != Scope::local;
    if (may_stay && v != program.result && v != program.halted) values_[v] = info.initial;
  }
  do {
    changed_ = false;
    terms_.assign(program.terms.size(), std::nullopt);
    reach();
  } while (changed_);
}

ConstantVariables::Value ConstantVariables::value(TermId id) {
  if (!terms_[id]) terms_[id] = compute(program_.terms[id]);
  return *terms_[id];
}
Reference ConstantVariables::meant(const Reference& reference) {
  const Value index = reference.index == none ? Value() : value(reference.index);
  if (!index || *index < 0 || static_cast<std::uint32_t>(*index) >= reference.count) return reference;
  return {reference.first + static_cast<VariableId>(*index), 1, none};
}

ConstantVariables::Value ConstantVariables::compute(const Term& term) {
  switch (term.kind) {
    case Term::Kind::constant:
      return term.value;
    case Term::Kind::variable: {
      const Reference variable = meant(term.variable);
      return variable.index == none ? values_[variable.first] : Value();
    }
    case Term::Kind::operation:
      return operation_value(term, [&](TermId operand) { return value(operand); });
    case Term::Kind::list_has:
    case Term::Kind::list_empty:
      return std::nullopt;
  }
  return std::nullopt;
}

void ConstantVariables::reach() {
  called_.assign(program_.procedures.size(), false);
  reached_.assign(program_.procedures.size(), {});
  for (const ProcedureId mark : {program_.group_begins, program_.group_ends}) call(mark);
  for (const ProgramEvent& event : program_.events) {
    if (can_be(event.guard)) call(event.procedure);
  }
  while (!open_.empty()) {
    const ProcedureId procedure = open_.front();
    open_.pop_front();
    reach_nodes(procedure);
  }
}

void ConstantVariables::call(ProcedureId procedure) {
  if (procedure == none || called_[procedure]) return;
  called_[procedure] = true;
  open_.push_back(procedure);
}

void ConstantVariables::reach_nodes(ProcedureId id) {
  const Procedure& procedure = program_.procedures[id];
  std::vector<bool>& reached = reached_[id];
  reached.assign(procedure.nodes.size(), false);
  std::vector<NodeId> work;
  const auto come_to = [&](NodeId node) {
    if (!reached[node]) work.push_back(node);
    reached[node] = true;
  };
  if (!procedure.nodes.empty()) come_to(0);
  while (!work.empty()) {
    const NodeId node = work.back();
    work.pop_back();
    for (const std::uint32_t e : procedure.nodes[node].edges) {
      const Edge& edge = procedure.edges[e];
      if (!can_be(edge.guard)) continue;
      take(edge.action);
      come_to(edge.to);
    }
  }
}

void ConstantVariables::take(const Action& action) {
  if (const auto* assign = std::get_if<Assign>(&action)) {
    const Reference target = meant(assign->variable);
    for (std::uint32_t i = 0; i < target.count; ++i) put(target.first + i, value(assign->value));
  } else if (const auto* pick = std::get_if<Pick>(&action)) {
    put(pick->variable, std::nullopt);
  } else if (const auto* made = std::get_if<Call>(&action)) {
    call(made->procedure);
  } else if (const auto* defer = std::get_if<Defer>(&action)) {
    call(defer->procedure);
  } else if (const auto* back = std::get_if<TakeBack>(&action)) {
    put(back->found, std::nullopt);
  } else if (const auto* group = std::get_if<Group>(&action)) {
    put(group->found, std::nullopt);
  }
}

void ConstantVariables::put(VariableId variable, const Value& value) {
  if (variable == none || !values_[variable] || values_[variable] == value) return;
  values_[variable].reset();
  changed_ = true;
}

}  // namespace tenure
