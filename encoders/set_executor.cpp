#include "encoders/set_executor.h"

#include <algorithm>
#include <set>
#include <utility>

#include "model/interpreter.h"
#include "model/operator.h"

namespace tenure {

namespace {

constexpr std::size_t visits_between_looks = 256;
/// Of a variable with more values, those are looked for that there are in a set.
constexpr std::size_t few_values = 3;
/// Sets are forgotten when there are so many times as many nodes as were kept the last time.
constexpr std::size_t growth_before_forgetting = 3;

bool is_logical(Operator op) {
  return op == Operator::logical_not || op == Operator::logical_and || op == Operator::logical_or;
}

std::vector<bool> procedures_with_loops(const Program& program) {
  std::vector<bool> has_loops;
  for (const Procedure& procedure : program.procedures) {
    has_loops.push_back(std::any_of(procedure.edges.begin(), procedure.edges.end(),
                                    [](const Edge& edge) { return edge.to <= edge.from; }));
  }
  return has_loops;
}

/// By term: the variable that it reads; none where there are several, or where it asks for more than values.
std::vector<VariableId> only_read_variables(const Program& program) {
  std::vector<VariableId> only_read(program.terms.size(), none);
  std::vector<bool> is_constant(program.terms.size(), false);
  for (TermId id = 0; id < program.terms.size(); ++id) {
    const Term& term = program.terms[id];
    if (term.kind == Term::Kind::constant) is_constant[id] = true;
    if (term.kind == Term::Kind::variable && term.variable.index == none) only_read[id] = term.variable.first;
    if (term.kind != Term::Kind::operation) continue;
    std::set<VariableId> read;
    for (const TermId operand : term.operands)
      if (operand != none && !is_constant[operand]) read.insert(only_read[operand]);
    if (read.size() == 1) only_read[id] = *read.begin();
  }
  return only_read;
}

}  // namespace

SetExecutor::SetExecutor(const Program& program)
    : program_(program),
      touched_(touched_by(program)),
      atoms_(program, zdd_, touched_),
      summaries_(program, touched_, zdd_),
      has_loops_(procedures_with_loops(program)),
      only_read_(only_read_variables(program)),
      reached_(program.goals.size(), false),
      most_copies_(program.lists.size()),
      is_cut_(program.lists.size(), false) {}

SetId SetExecutor::initial() {
  SetId states = only_empty_combination;
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    if (variable.scope == Scope::local || !atoms_.is_used(v)) continue;
    if (variable.scope != Scope::fixed) {
      states = with_value(states, v, variable.initial);
      continue;
    }
    SetId configured = empty_set;
    for (const std::int32_t value : variable.values) configured = zdd_.unite(configured, with_value(states, v, value));
    states = configured;
  }
  return states;
}

SetId SetExecutor::carry_out(std::uint32_t event, SetId states, SetId known) {
  runs_ = 0;
  const ProcedureId procedure = program_.events[event].procedure;
  const Touched& touched = touched_[procedure];
  SetId after = zdd_.subtract(cleared(carry_out_procedure(procedure, states), program_.result), known);
  for (ListId list = 0; list < program_.lists.size(); ++list) {
    if (touched.loosened[list]) after = zdd_.subtract(compacted(after, list), known);
    if (touched.lists[list]) after = followed(after, list);
  }
  return after;
}

void SetExecutor::add(Parts& parts, std::int32_t value, SetId set) {
  if (set == empty_set) return;
  for (Part& part : parts) {
    if (part.value != value) continue;
    part.set = zdd_.unite(part.set, set);
    return;
  }
  parts.push_back({value, set});
}

SetExecutor::Parts SetExecutor::values_of(SetId set, VariableId variable) {
  Parts parts;
  const std::vector<StateAtoms::Value>& values = atoms_.values(variable);
  std::vector<Atom> there;
  if (values.size() > few_values) there = zdd_.atoms_of(set, variable);
  for (const auto& [value, atom] : values) {
    if (values.size() > few_values && std::find(there.begin(), there.end(), atom) == there.end()) continue;
    const auto [having, lacking] = zdd_.split(set, atom);
    if (having != empty_set) parts.push_back({value, having});
    set = lacking;
  }
  if (set != empty_set) parts.push_back({0, set});
  return parts;
}

SetExecutor::Parts SetExecutor::values_of(SetId set, const Reference& reference) {
  if (reference.index == none) return values_of(set, reference.first);
  Parts parts;
  for (const Part& index : evaluate(set, reference.index)) {
    if (index.value < 0 || static_cast<std::uint32_t>(index.value) >= reference.count) {
      add(parts, 0, index.set);
      continue;
    }
    const VariableId variable = reference.first + static_cast<VariableId>(index.value);
    for (const Part& part : values_of(index.set, variable)) add(parts, part.value, part.set);
  }
  return parts;
}

SetExecutor::Parts SetExecutor::evaluate(SetId set, TermId id) {
  const Term& term = program_.terms[id];
  Parts parts;
  switch (term.kind) {
    case Term::Kind::constant:
      return {{term.value, set}};
    case Term::Kind::variable:
      return values_of(set, term.variable);
    case Term::Kind::operation:
      return evaluate_operation(set, id);
    case Term::Kind::list_has:
    case Term::Kind::list_empty:
      for (const ListPlace& place : atoms_.places(term.list)) {
        if (term.kind == Term::Kind::list_has && program_.procedures[place.procedure].function != term.function)
          continue;
        const auto [having, lacking] = zdd_.split(set, place.atom);
        add(parts, term.kind == Term::Kind::list_has ? 1 : 0, having);
        set = lacking;
      }
      add(parts, term.kind == Term::Kind::list_has ? 0 : 1, set);
      return parts;
  }
  return parts;
}

SetExecutor::Parts SetExecutor::evaluate_operation(SetId set, TermId id) {
  const Term& term = program_.terms[id];
  Parts parts;
  if (is_logical(term.op)) {
    const auto [holding, others] = split_by(set, id);
    add(parts, 1, holding);
    add(parts, 0, others);
    return parts;
  }
  if (term.op == Operator::conditional) {
    const auto [holding, others] = split_by(set, term.operands[0]);
    for (const Part& part : evaluate(holding, term.operands[1])) add(parts, part.value, part.set);
    for (const Part& part : evaluate(others, term.operands[2])) add(parts, part.value, part.set);
    return parts;
  }
  for (const Part& first : evaluate(set, term.operands[0])) {
    if (term.operands[1] == none) {
      add(parts, apply(term.op, first.value, 0), first.set);
      continue;
    }
    for (const Part& second : evaluate(first.set, term.operands[1]))
      add(parts, apply(term.op, first.value, second.value), second.set);
  }
  return parts;
}

/// Where a term is not 0, and where it is.
std::pair<SetId, SetId> SetExecutor::split_by(SetId set, TermId id) {
  if (id == none || set == empty_set) return {set, empty_set};
  if (only_read_[id] != none) return split_by_value(set, id);
  const Term& term = program_.terms[id];
  if (term.kind == Term::Kind::operation && is_logical(term.op)) {
    const auto [first, not_first] = split_by(set, term.operands[0]);
    if (term.op == Operator::logical_not) return {not_first, first};
    if (term.op == Operator::logical_and) {
      const auto [both, only_first] = split_by(first, term.operands[1]);
      return {both, zdd_.unite(not_first, only_first)};
    }
    const auto [only_second, neither] = split_by(not_first, term.operands[1]);
    return {zdd_.unite(first, only_second), neither};
  }
  SetId holding = empty_set;
  SetId others = empty_set;
  for (const Part& part : evaluate(set, id)) {
    SetId& side = part.value != 0 ? holding : others;
    side = zdd_.unite(side, part.set);
  }
  return {holding, others};
}

/// By a term that reads one variable alone.
std::pair<SetId, SetId> SetExecutor::split_by_value(SetId set, TermId id) {
  const bool holds_at_0 = value_at(id, 0) != 0;
  SetId others = empty_set;
  for (const auto& [value, atom] : atoms_.values(only_read_[id])) {
    if ((value_at(id, value) != 0) == holds_at_0) continue;
    const auto [having, lacking] = zdd_.split(set, atom);
    others = zdd_.unite(others, having);
    set = lacking;
  }
  return holds_at_0 ? std::pair(set, others) : std::pair(others, set);
}

/// What it is where that variable has this value.
std::int32_t SetExecutor::value_at(TermId id, std::int32_t value) const {
  const Term& term = program_.terms[id];
  if (term.kind == Term::Kind::constant) return term.value;
  if (term.kind == Term::Kind::variable) return value;
  const auto operand = [&](int which) {
    return term.operands[which] == none ? 0 : value_at(term.operands[which], value);
  };
  if (term.op == Operator::conditional) return operand(operand(0) != 0 ? 1 : 2);
  return apply(term.op, operand(0), operand(1));
}

std::vector<SetExecutor::Arguments> SetExecutor::evaluate(SetId set, const std::vector<TermId>& terms) {
  std::vector<Arguments> all{{{}, set}};
  for (const TermId term : terms) {
    std::vector<Arguments> longer;
    for (const Arguments& arguments : all) {
      for (const Part& part : evaluate(arguments.set, term)) {
        longer.push_back({arguments.values, part.set});
        longer.back().values.push_back(part.value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

SetId SetExecutor::cleared(SetId set, VariableId variable) {
  const std::vector<StateAtoms::Value>& values = atoms_.values(variable);
  if (values.empty()) return set;
  return values.size() == 1 ? zdd_.removed(set, values.front().atom) : zdd_.cleared(set, variable);
}

SetId SetExecutor::with_value(SetId set, VariableId variable, std::int32_t value) {
  if (value == 0) return cleared(set, variable);
  const Atom atom = atoms_.atom_of(variable, value);
  return atoms_.values(variable).size() == 1 ? zdd_.added(set, atom) : zdd_.replaced(set, atom);
}

SetId SetExecutor::carry_out_procedure(ProcedureId id, SetId set) {
  const auto step_through = [&](SetId states) {
    return this->step_through(program_.procedures[id], has_loops_[id], states);
  };
  return remembers_ ? summaries_.after(id, set, step_through) : step_through(set);
}

/// Visits the nodes in the order of their numbers, so that all states that come to a node are there before it is left;
/// of a loop, what has not been there before goes round once more.
SetId SetExecutor::step_through(const Procedure& procedure, bool has_loops, SetId set) {
  std::vector<SetId> pending(procedure.nodes.size(), empty_set);
  std::vector<SetId> seen(has_loops ? procedure.nodes.size() : 0, empty_set);
  SetId after = empty_set;
  pending[0] = set;
  for (NodeId at = 0, next = 0; at < pending.size(); at = next) {
    next = at + 1;
    SetId here = std::exchange(pending[at], empty_set);
    if (has_loops) {
      SetId& before = seen[at];
      here = zdd_.subtract(here, before);
      before = zdd_.unite(before, here);
    }
    if (here == empty_set) continue;
    if (zdd_.made() > measured_at_ + largest_) {
      measured_at_ = zdd_.made();
      if (zdd_.size(here) > largest_) throw SetsTooLarge("the sets of states become too large", zdd_.untwinned(here));
    }
    if (++visits_ % visits_between_looks == 0 && !limits_.reached().empty()) throw SetsTooLarge(limits_.reached());
    const Node& node = procedure.nodes[at];
    if (node.edges.empty()) after = zdd_.unite(after, here);
    for (const std::uint32_t leaving : node.edges) {
      const Edge& edge = procedure.edges[leaving];
      // Exactly one edge is enabled where nothing is chosen.
      const bool is_rest = node.choice.empty() && leaving == node.edges.back();
      const auto [taken, others] = split_by(here, is_rest ? none : edge.guard);
      if (node.choice.empty()) here = others;
      if (taken == empty_set) continue;
      SetId& to = pending[edge.to];
      to = zdd_.unite(to, take(edge, taken));
      next = std::min(next, edge.to);
    }
  }
  for (const VariableId local : procedure.locals) after = cleared(after, local);
  for (const VariableId parameter : procedure.parameters) after = cleared(after, parameter);
  return after;
}

SetId SetExecutor::take(const Edge& edge, SetId set) {
  if (const auto* assigned = std::get_if<Assign>(&edge.action)) return assign(set, *assigned);
  if (const auto* picked = std::get_if<Pick>(&edge.action)) return pick(set, *picked);
  if (const auto* called = std::get_if<Call>(&edge.action)) return call(set, *called);
  if (const auto* deferred = std::get_if<Defer>(&edge.action)) return defer(set, *deferred);
  if (const auto* taken_back = std::get_if<TakeBack>(&edge.action)) return take_back(set, *taken_back);
  if (const auto* list = std::get_if<Run>(&edge.action)) return run(set, *list);
  if (const auto* group = std::get_if<Group>(&edge.action)) return change_group(set, *group);
  if (std::holds_alternative<Halt>(edge.action)) return empty_set;
  if (const auto* reach = std::get_if<Reach>(&edge.action)) {
    for (const std::uint32_t goal : {reach->goal, reach->besides})
      if (goal != none) reached_[goal] = true;
  }
  return set;
}

SetId SetExecutor::assign(SetId set, const Assign& assign) {
  const Reference& target = assign.variable;
  SetId after = empty_set;
  const auto give = [&](SetId states, VariableId variable) {
    if (!atoms_.is_used(variable)) return states;
    SetId given = empty_set;
    for (const Part& part : evaluate(states, assign.value))
      given = zdd_.unite(given, with_value(part.set, variable, part.value));
    return given;
  };
  if (target.index == none) return give(set, target.first);
  for (const Part& index : evaluate(set, target.index)) {
    const bool is_outside = index.value < 0 || static_cast<std::uint32_t>(index.value) >= target.count;
    const SetId given = is_outside ? index.set : give(index.set, target.first + static_cast<VariableId>(index.value));
    after = zdd_.unite(after, given);
  }
  return after;
}

SetId SetExecutor::pick(SetId set, const Pick& pick) {
  SetId after = empty_set;
  for (const Part& low : evaluate(set, pick.low)) {
    for (const Part& high : evaluate(low.set, pick.high)) {
      for (const std::int32_t picked : picks_between(low.value, high.value, program_.picks_lowest))
        after = zdd_.unite(after, with_value(high.set, pick.variable, picked));
    }
  }
  return after;
}

SetId SetExecutor::begin_call(SetId set, ProcedureId id, const std::vector<std::int32_t>& arguments) {
  const Procedure& procedure = program_.procedures[id];
  for (const VariableId local : procedure.locals) set = with_value(set, local, program_.variables[local].initial);
  for (std::size_t i = 0; i < procedure.parameters.size(); ++i)
    set = with_value(set, procedure.parameters[i], arguments[i]);
  return with_value(set, program_.result, 0);
}

SetId SetExecutor::call(SetId set, ProcedureId procedure, const std::vector<std::int32_t>& arguments) {
  return carry_out_procedure(procedure, begin_call(set, procedure, arguments));
}

SetId SetExecutor::call(SetId set, const Call& call) {
  SetId begun = empty_set;
  for (const Arguments& arguments : evaluate(set, call.arguments))
    begun = zdd_.unite(begun, begin_call(arguments.set, call.procedure, arguments.values));
  return carry_out_procedure(call.procedure, begun);
}

bool SetExecutor::lacks_room(std::size_t least) const {
  return zdd_.nodes() >= std::max(least, growth_before_forgetting * nodes_kept_);
}

void SetExecutor::forget_others(std::vector<SetId*> kept) {
  const std::vector<SetId*> needed = summaries_.sets();
  kept.insert(kept.end(), needed.begin(), needed.end());
  zdd_.forget_others(kept);
  nodes_kept_ = zdd_.nodes();
}

void SetExecutor::reorder(const std::vector<SetId>& by, const std::vector<SetId*>& kept) {
  summaries_.forget();
  zdd_.reorder(by, atoms_.first_global(), kept);
  nodes_kept_ = zdd_.nodes();
}

}  // namespace tenure
