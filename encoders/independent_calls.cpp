#include "encoders/independent_calls.h"

#include <algorithm>

#include "model/group.h"
#include "model/member_sorts.h"

namespace tenure {

namespace {

bool have_common(const std::set<VariableId>& a, const std::set<VariableId>& b) {
  return std::any_of(a.begin(), a.end(), [&](VariableId variable) { return b.contains(variable); });
}

/// The variables that an edge gives a value to by itself.
std::vector<Reference> assigned_by(const Edge& edge) {
  if (const auto* assign = std::get_if<Assign>(&edge.action)) return {assign->variable};
  if (const auto* pick = std::get_if<Pick>(&edge.action)) return {{pick->variable, 1, none}};
  return {};
}

}  // namespace

bool IndependentCalls::are_independent(const ListEntry& a, const ListEntry& b) {
  if (is_bound(a.procedure) || is_bound(b.procedure)) return false;
  const Footprint& first = footprint(a);
  const Footprint& second = footprint(b);
  return !have_common(first.changed, second.changed) && !have_common(first.changed, second.read) &&
         !have_common(first.read, second.changed);
}

/// Whether it stays where it is on a list: it marks a group, or has to do with lists itself.
bool IndependentCalls::is_bound(ProcedureId procedure) const {
  const std::vector<bool>& lists = touched_[procedure].lists;
  return is_mark(program_, procedure) || std::find(lists.begin(), lists.end(), true) != lists.end();
}

const IndependentCalls::Footprint& IndependentCalls::footprint(const ListEntry& entry) {
  return footprint(entry.procedure, KnownArguments(entry.arguments.begin(), entry.arguments.end()));
}

const IndependentCalls::Footprint& IndependentCalls::footprint(ProcedureId id, const KnownArguments& arguments) {
  const auto [entry, is_new] = footprints_.try_emplace({id, arguments});
  Footprint& footprint = entry->second;
  if (!is_new) return footprint;
  const Procedure& procedure = program_.procedures[id];
  KnownValues known;
  for (std::size_t i = 0; i < procedure.parameters.size(); ++i)
    if (arguments[i]) known[procedure.parameters[i]] = *arguments[i];
  for (const Edge& edge : procedure.edges)
    for (const Reference& assigned : assigned_by(edge)) known.erase(assigned.first);
  for (const Edge& edge : procedure.edges) add(footprint, edge, known);
  return footprint;
}

void IndependentCalls::add(Footprint& footprint, const Edge& edge, const KnownValues& known) {
  for_each_term(edge, [&](TermId term) { read(footprint, term, known); });
  for (const Reference& assigned : assigned_by(edge)) {
    read(footprint, assigned.index, known);
    add_to(footprint.changed, assigned, known);
  }
  if (const auto* call = std::get_if<Call>(&edge.action)) add_call(footprint, *call, known);
}

void IndependentCalls::add_call(Footprint& footprint, const Call& call, const KnownValues& known) {
  KnownArguments arguments;
  for (const TermId argument : call.arguments) arguments.push_back(value(argument, known));
  const Footprint& called = this->footprint(call.procedure, arguments);
  footprint.read.insert(called.read.begin(), called.read.end());
  footprint.changed.insert(called.changed.begin(), called.changed.end());
}

void IndependentCalls::read(Footprint& footprint, TermId id, const KnownValues& known) {
  if (id == none) return;
  const Term& term = program_.terms[id];
  if (term.kind == Term::Kind::variable) {
    read(footprint, term.variable.index, known);
    add_to(footprint.read, term.variable, known);
  }
  for (const TermId operand : term.operands) read(footprint, operand, known);
}

/// Adds what a reference may stand for, but for locals and results, which say nothing from one call on a list to the
/// next.
void IndependentCalls::add_to(std::set<VariableId>& variables, const Reference& reference,
                              const KnownValues& known) const {
  const std::optional<std::int32_t> index = reference.index == none ? 0 : value(reference.index, known);
  for (VariableId i = 0; i < reference.count; ++i) {
    const VariableId variable = reference.first + i;
    const bool is_meant = !index || *index == static_cast<std::int32_t>(i);
    if (is_meant && program_.variables[variable].scope != Scope::local) variables.insert(variable);
  }
}

/// A constant, or a parameter of which the argument is known.
std::optional<std::int32_t> IndependentCalls::value(TermId id, const KnownValues& known) const {
  const Term& term = program_.terms[id];
  if (term.kind == Term::Kind::constant) return term.value;
  if (term.kind != Term::Kind::variable || term.variable.index != none) return std::nullopt;
  const auto argument = known.find(term.variable.first);
  return argument == known.end() ? std::nullopt : std::optional(argument->second);
}

}  // namespace tenure
