#include "encoders/symbolic.h"

#include <algorithm>
#include <utility>

#include "model/diagnostic.h"
#include "model/group.h"

namespace tenure {

namespace {
/// A loop whose condition does not become false by itself after so many rounds has no bound that the engine can see.
constexpr std::size_t most_visits = 100'000;
}  // namespace

SymbolicExecutor::SymbolicExecutor(const Program& program, ValuePool& pool)
    : program_(program), pool_(pool), graph_(pool.graph()) {}

SymbolicState SymbolicExecutor::initial() {
  SymbolicState state;
  state.here = true_literal;
  for (const VariableInfo& variable : program_.variables) {
    const std::int32_t initial = variable.scope == Scope::local ? 0 : variable.initial;
    if (variable.scope == Scope::fixed) fixed_.push_back(pool_.fresh(variable.values));
    state.values.push_back(variable.scope == Scope::fixed ? fixed_.back().value : pool_.constant(initial));
  }
  for (const auto& places : places_) state.values.resize(state.values.size() + places.size(), pool_.constant(0));
  state.lists.assign(program_.lists.size(), ValuePool::empty_list);
  state.reached.assign(program_.goals.size(), false_literal);
  return state;
}

std::vector<SymbolicState> SymbolicExecutor::any_event(const SymbolicState& before) {
  choices_.emplace_back();
  steps_.emplace_back();
  excluded_.push_back(false_literal);
  std::vector<SymbolicState> after;
  std::vector<Literal> chosen;
  Literal rest = true_literal;
  for (std::uint32_t event = 0; event < program_.events.size(); ++event) {
    const bool is_last = event + 1 == program_.events.size();
    const Literal input = is_last ? true_literal : graph_.input();
    chosen.push_back(graph_.conjunction(rest, input));
    rest = graph_.conjunction(rest, negation(input));
    SymbolicState result = run(event, before, chosen.back());
    if (result.here != false_literal) after.push_back(std::move(result));
  }
  chosen_events_.push_back(std::move(chosen));
  return after;
}

SymbolicState SymbolicExecutor::run(std::uint32_t event, SymbolicState state, Literal chosen) {
  const TermId guard = program_.events[event].guard;
  const Literal enabled = truth(state, guard);
  context_ = graph_.conjunction(graph_.conjunction(state.here, enabled), chosen);
  if (context_ == false_literal) return {};
  assume(state, guard, true);
  assume(state, {enabled});
  state.here = true_literal;
  halted_ = {};
  SymbolicState after = carry_out(program_.events[event].procedure, std::move(state));
  after.here = graph_.conjunction(context_, after.here);
  merge(after, std::move(halted_));
  return after;
}

/// Visits the nodes in the order of their numbers, loops again from their head: so all runs that come to a node are
/// there before the node is left. `here` is relative to the entry; where only one state is left, all runs are in it.
SymbolicState SymbolicExecutor::carry_out(ProcedureId id, SymbolicState state) {
  const Procedure& procedure = program_.procedures[id];
  const std::size_t halts_before = halts_;
  std::map<NodeId, std::uint32_t> rounds;
  Pending pending;
  pending.emplace(0, std::move(state));
  for (std::size_t visits = 0; !pending.empty(); ++visits) {
    if (reason_.empty()) reason_ = limits_.reached();
    if (!reason_.empty()) return {};
    if (visits > most_visits) throw InternalError("a loop of " + procedure.name + " has no bound");
    auto first = pending.extract(pending.begin());
    SymbolicState& here = first.mapped();
    if (pending.empty() && halts_ == halts_before) here.here = true_literal;
    if ((seen_ != nullptr || loosening_ != nullptr) && is_beyond(id, ++rounds[first.key()])) {
      excluded_.back() = graph_.disjunction(excluded_.back(), graph_.conjunction(context_, here.here));
      ++halts_;
      continue;
    }
    if (!procedure.nodes[first.key()].edges.empty()) {
      leave_node(procedure, first.key(), std::move(here), pending);
      continue;
    }
    const ValueId zero = pool_.constant(0);
    for (const VariableId local : procedure.locals) here.values[local] = zero;
    for (const VariableId parameter : procedure.parameters) here.values[parameter] = zero;
    return std::move(here);
  }
  return {};
}

void SymbolicExecutor::leave_node(const Procedure& procedure, NodeId node, SymbolicState state, Pending& pending) {
  const Node& from = procedure.nodes[node];
  if (!from.choice.empty()) {
    choose(procedure, node, state, pending);
    return;
  }
  const Literal fact = from.edges.empty() || loosening_ == nullptr || !is_loose(procedure, node)
                           ? true_literal
                           : given(procedure.edges[from.edges.front()]);
  const Literal otherwise = fact == true_literal ? false_literal : graph_.input();
  const auto leave_by = [&](const Edge& edge, Literal here, Literal guard, SymbolicState taken) {
    if (edge.guard != none) {
      taken.here = here;
      if (fact == true_literal) assume(taken, edge.guard, true);
      assume(taken, {guard});
    }
    take(edge, {}, std::move(taken), pending);
  };
  for (std::size_t i = 0; i < from.edges.size(); ++i) {
    const Edge& edge = procedure.edges[from.edges[i]];
    Literal guard = edge.guard == none ? true_literal : truth(state, edge.guard);
    if (fact != true_literal) guard = graph_.choice(fact, guard, i == 0 ? otherwise : negation(otherwise));
    const Literal here = graph_.conjunction(state.here, guard);
    if (here == false_literal) continue;
    if (i + 1 == from.edges.size()) return leave_by(edge, here, guard, std::move(state));
    leave_by(edge, here, guard, state);
  }
}

/// Option i is taken when its input says so, it is enabled and no other one before is taken; the first one is taken
/// otherwise.
void SymbolicExecutor::choose(const Procedure& procedure, NodeId node, const SymbolicState& state, Pending& pending) {
  SymbolicChoice choice;
  choice.here = graph_.conjunction(context_, state.here);
  choice.reached = state.reached;
  std::vector<Literal> enabled;
  std::vector<Literal> is_default;
  for (const std::uint32_t id : procedure.nodes[node].edges) {
    const Edge& edge = procedure.edges[id];
    Literal guard = edge.guard == none ? true_literal : truth(state, edge.guard);
    guard = graph_.disjunction(guard, negation(given(edge)));
    const auto* pick = std::get_if<Pick>(&edge.action);
    if (pick == nullptr) {
      choice.options.push_back({id, false, 0});
      enabled.push_back(guard);
      is_default.push_back(choice.options.size() == 1 ? true_literal : false_literal);
      continue;
    }
    std::map<std::int32_t, std::pair<Literal, Literal>>
        picks;  // value -> when it may be picked, when it is the usual one
    for (const Case& low : std::vector<Case>(pool_.cases(value(state, pick->low)))) {
      for (const Case& high : std::vector<Case>(pool_.cases(value(state, pick->high)))) {
        const Literal when = graph_.conjunction(low.when, high.when);
        if (when == false_literal) continue;
        const auto between = picks_between(low.value, high.value, program_.picks_lowest);
        could_pick_less_ |= !program_.picks_lowest && leaves_out_picks(low.value, high.value, true);
        if (leaves_out_picks(low.value, high.value, program_.picks_lowest)) {
          cuts_.insert(procedure.nodes[node].choice + ": of " + std::to_string(low.value) + " to " +
                       std::to_string(high.value) + " only the " +
                       (program_.picks_lowest ? std::to_string(few_picks) + " lowest"
                                              : std::to_string(few_picks - 1) + " lowest and the highest"));
        }
        for (const std::int32_t picked : between) {
          auto& [may, usual] = picks.try_emplace(picked, false_literal, false_literal).first->second;
          may = graph_.disjunction(may, when);
          if (picked == between.front()) usual = graph_.disjunction(usual, when);
        }
      }
    }
    for (const auto& [picked, when] : picks) {
      choice.options.push_back({id, true, picked});
      enabled.push_back(when.first);
      is_default.push_back(when.second);
    }
  }
  choice.taken.assign(choice.options.size(), false_literal);
  Literal rest = true_literal;
  const bool one = choice.options.size() == 1;
  for (std::size_t i = 0; i < choice.options.size() && !one; ++i) {
    if (is_default[i] == true_literal) continue;
    choice.taken[i] = graph_.conjunction(rest, graph_.conjunction(graph_.input(), enabled[i]));
    rest = graph_.conjunction(rest, negation(choice.taken[i]));
  }
  for (std::size_t i = 0; i < choice.options.size(); ++i) {
    choice.taken[i] = graph_.disjunction(choice.taken[i], graph_.conjunction(rest, is_default[i]));
  }
  if (one) choice.taken[0] = true_literal;
  for (std::size_t i = 0; i < choice.options.size(); ++i) {
    const Edge& edge = procedure.edges[choice.options[i].edge];
    SymbolicState taken = state;
    taken.here = graph_.conjunction(taken.here, choice.taken[i]);
    if (taken.here == false_literal) continue;
    if (edge.guard != none && given(edge) == true_literal) assume(taken, edge.guard, true);
    assume(taken, {choice.taken[i]});
    take(edge, choice.options[i], std::move(taken), pending);
  }
  if (procedure.nodes[node].abstracts)
    choice.is_exact = graph_.conjunction(choice.taken[0], negation(truth(state, procedure.nodes[node].saturates)));
  choices_.back().push_back(std::move(choice));
}

void SymbolicExecutor::take(const Edge& edge, const Option& option, SymbolicState state, Pending& pending) {
  if (edge.steps != 0) steps_.back().push_back({graph_.conjunction(context_, state.here), edge.steps, state.reached});
  apply_loosely(edge, option, state);
  if (state.here != false_literal) merge(pending[edge.to], std::move(state));
}

void SymbolicExecutor::apply(const Edge& edge, const Option& option, SymbolicState& state) {
  if (const auto* assigned = std::get_if<Assign>(&edge.action)) {
    const ValueId to = value(state, assigned->value);
    note(edge, assigned->variable, to);
    assign(state, assigned->variable, to);
  } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
    state.values[pick->variable] = pool_.constant(option.pick);
    note(edge, {pick->variable, 1, none}, state.values[pick->variable]);
  } else if (const auto* reach = std::get_if<Reach>(&edge.action)) {
    for (const std::uint32_t goal : {reach->goal, reach->besides})
      if (goal != none && (!followed_ || followed_->contains(goal))) state.reached[goal] = true_literal;
  } else if (const auto* called = std::get_if<Call>(&edge.action)) {
    call(state, called->procedure, arguments(edge, state, called->procedure, called->arguments));
  } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
    push(state, defer->list,
         {defer->procedure, arguments(edge, state, defer->procedure, defer->arguments), true_literal});
  } else if (const auto* taken_back = std::get_if<TakeBack>(&edge.action)) {
    take_back(state, *taken_back);
  } else if (const auto* run = std::get_if<Run>(&edge.action)) {
    const std::vector<Slot> running = list(state, run->list);
    set_list(state, run->list, {});
    run_slots(state, run->list, running);
  } else if (const auto* group = std::get_if<Group>(&edge.action)) {
    change_group(state, *group);
  } else if (std::holds_alternative<Halt>(edge.action)) {
    ++halts_;
    state.here = graph_.conjunction(context_, state.here);
    merge(halted_, std::exchange(state, {}));
  }
}

void SymbolicExecutor::assign(SymbolicState& state, const Reference& reference, ValueId value) {
  if (reference.index == none) {
    state.values[reference.first] = value;
    return;
  }
  for (const Case& index : std::vector<Case>(pool_.cases(this->value(state, reference.index)))) {
    if (index.value < 0 || static_cast<std::uint32_t>(index.value) >= reference.count) continue;
    ValueId& target = state.values[reference.first + static_cast<VariableId>(index.value)];
    target = pool_.choice(index.when, value, target);
  }
}

void SymbolicExecutor::call(SymbolicState& state, ProcedureId id, const std::vector<ValueId>& arguments) {
  const Procedure& procedure = program_.procedures[id];
  for (const VariableId local : procedure.locals)
    state.values[local] = pool_.constant(program_.variables[local].initial);
  for (std::size_t i = 0; i < procedure.parameters.size(); ++i) state.values[procedure.parameters[i]] = arguments[i];
  state.values[program_.result] = pool_.constant(0);
  const Literal outside = context_;
  const Literal here = state.here;
  context_ = graph_.conjunction(outside, here);
  state.here = true_literal;
  state = carry_out(id, std::move(state));
  state.here = graph_.conjunction(here, state.here);
  context_ = outside;
}

/// The newest slot first: where it is present its call is made, elsewhere the state stays as it is. Marks are no calls.
void SymbolicExecutor::run_slots(SymbolicState& state, ListId list, const std::vector<Slot>& running) {
  const Literal here = state.here;
  const std::size_t halts_before = halts_;
  for (const std::size_t i : calling_order(list, running.size())) {
    if (state.here == false_literal) break;
    const Slot& slot = running[i];
    if (is_mark(program_, slot.procedure)) continue;
    SymbolicState without = state;
    without.here = graph_.conjunction(state.here, negation(slot.present));
    if (without.here != false_literal) assume(without, {negation(slot.present)});
    state.here = graph_.conjunction(state.here, slot.present);
    if (state.here != false_literal) {
      assume(state, {slot.present});
      call(state, slot.procedure, slot.arguments);
    }
    merge(state, std::move(without));
    if (halts_ == halts_before && state.here != false_literal) state.here = here;
  }
}

Literal SymbolicExecutor::same_call(const Slot& slot, ProcedureId procedure, const std::vector<ValueId>& arguments) {
  if (slot.procedure != procedure) return false_literal;
  Literal same = slot.present;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    same = graph_.conjunction(same, pool_.equal(slot.arguments[i], arguments[i]));
  }
  return same;
}

/// Takes an entry off that the solver says is no longer there.
void SymbolicExecutor::drop_if_gone(const SymbolicState& state, Slot& slot) {
  if (solver_ == nullptr || slot.present == true_literal || slot.present == false_literal) return;
  const Literal there = graph_.conjunction(graph_.conjunction(context_, state.here), slot.present);
  const Literal as_it_is = loosening_ == nullptr ? true_literal : loosening_->all;
  if (solver_->find_model(graph_.conjunction(there, as_it_is)) != Satisfiability::unsatisfiable) return;
  excluded_.back() = graph_.disjunction(excluded_.back(), there);
  slot.present = false_literal;
}

void SymbolicExecutor::take_back(SymbolicState& state, const TakeBack& take_back) {
  const std::vector<ValueId> arguments = values(state, take_back.arguments);
  std::vector<Slot> slots = list(state, take_back.list);
  Literal found = false_literal;
  for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot) {
    const Literal same = same_call(*slot, take_back.procedure, arguments);
    slot->present = graph_.conjunction(slot->present, negation(graph_.conjunction(same, negation(found))));
    found = graph_.disjunction(found, same);
    if (same != false_literal) drop_if_gone(state, *slot);
  }
  set_list(state, take_back.list, std::move(slots));
  if (take_back.found != none) state.values[take_back.found] = pool_.boolean(found);
}

std::vector<ValueId> SymbolicExecutor::values(const SymbolicState& state, const std::vector<TermId>& terms) {
  std::vector<ValueId> values;
  values.reserve(terms.size());
  for (const TermId term : terms) values.push_back(value(state, term));
  return values;
}

}  // namespace tenure
