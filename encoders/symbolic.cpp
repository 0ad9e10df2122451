#include "encoders/symbolic.h"

#include <algorithm>
#include <utility>

#include "model/diagnostic.h"

namespace tenure {

namespace {
/// A loop whose condition does not become false by itself after so many rounds has no bound that the engine can see.
constexpr std::size_t most_visits = 100'000;
}  // namespace

SymbolicState SymbolicExecutor::initial() {
  SymbolicState state;
  state.here = true_literal;
  for (const VariableInfo& variable : program_.variables) {
    const std::int32_t initial = variable.scope == Scope::local ? 0 : variable.initial;
    state.values.push_back(variable.scope == Scope::fixed ? fresh(variable.values) : pool_.constant(initial));
  }
  state.lists.assign(program_.lists.size(), ValuePool::empty_list);
  state.reached.assign(program_.goals.size(), false_literal);
  return state;
}

ValueId SymbolicExecutor::fresh(const std::vector<std::int32_t>& values) {
  std::vector<Case> cases;
  Literal rest = true_literal;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    // {0, 1} reads best as an input that is the value itself.
    const Literal input = values.size() == 2 ? negation(graph_.input()) : graph_.input();
    cases.push_back({values[i], graph_.conjunction(rest, input)});
    rest = graph_.conjunction(rest, negation(input));
  }
  cases.push_back({values.back(), rest});
  return pool_.from_cases(std::move(cases));
}

SymbolicState SymbolicExecutor::any_event(const SymbolicState& before) {
  choices_.emplace_back();
  steps_.emplace_back();
  SymbolicState result;
  std::vector<Literal> chosen;
  Literal rest = true_literal;
  for (std::uint32_t event = 0; event < program_.events.size(); ++event) {
    const bool is_last = event + 1 == program_.events.size();
    const Literal input = is_last ? true_literal : graph_.input();
    chosen.push_back(graph_.conjunction(rest, input));
    rest = graph_.conjunction(rest, negation(input));
    SymbolicState state = before;
    state.here = graph_.conjunction(state.here, chosen.back());
    run(event, std::move(state), result);
  }
  chosen_events_.push_back(std::move(chosen));
  return result;
}

SymbolicState SymbolicExecutor::event(const SymbolicState& before, std::uint32_t event) {
  choices_.emplace_back();
  steps_.emplace_back();
  std::vector<Literal> chosen(program_.events.size(), false_literal);
  chosen[event] = true_literal;
  chosen_events_.push_back(std::move(chosen));
  SymbolicState result;
  run(event, before, result);
  return result;
}

void SymbolicExecutor::run(std::uint32_t event, SymbolicState state, SymbolicState& result) {
  const TermId guard = program_.events[event].guard;
  state.here = graph_.conjunction(state.here, truth(state, guard));
  if (state.here == false_literal) return;
  assume(state, guard, true);
  halted_ = {};
  merge(result, carry_out(program_.events[event].procedure, std::move(state)));
  merge(result, std::move(halted_));
}

/// Visits the nodes in the order of their numbers, loops again from their head: so every state that comes to a node has
/// been merged before the node is left.
SymbolicState SymbolicExecutor::carry_out(ProcedureId id, SymbolicState state) {
  const Procedure& procedure = program_.procedures[id];
  Pending pending;
  pending.emplace(0, std::move(state));
  for (std::size_t visits = 0; !pending.empty(); ++visits) {
    if (visits > most_visits) throw InternalError("a loop of " + procedure.name + " has no bound");
    auto first = pending.extract(pending.begin());
    if (procedure.nodes[first.key()].edges.empty()) {
      SymbolicState done = std::move(first.mapped());
      const ValueId zero = pool_.constant(0);
      for (const VariableId local : procedure.locals) done.values[local] = zero;
      for (const VariableId parameter : procedure.parameters) done.values[parameter] = zero;
      return done;
    }
    leave_node(procedure, first.key(), std::move(first.mapped()), pending);
  }
  return {};
}

void SymbolicExecutor::leave_node(const Procedure& procedure, NodeId node, SymbolicState state, Pending& pending) {
  const Node& from = procedure.nodes[node];
  if (!from.choice.empty()) {
    choose(procedure, node, std::move(state), pending);
    return;
  }
  for (std::size_t i = 0; i < from.edges.size(); ++i) {
    const Edge& edge = procedure.edges[from.edges[i]];
    const bool is_last = i + 1 == from.edges.size();
    SymbolicState taken = is_last ? std::move(state) : state;
    if (edge.guard != none) {
      taken.here = graph_.conjunction(taken.here, truth(taken, edge.guard));
      if (taken.here == false_literal) continue;
      assume(taken, edge.guard, true);
    }
    take(edge, {}, std::move(taken), pending);
  }
}

/// Option i is taken when its input says so, it is enabled and no other one before is taken; the first one is taken
/// otherwise.
void SymbolicExecutor::choose(const Procedure& procedure, NodeId node, SymbolicState state, Pending& pending) {
  SymbolicChoice choice;
  choice.here = state.here;
  choice.reached = state.reached;
  std::vector<Literal> enabled;
  std::vector<Literal> is_default;
  for (const std::uint32_t id : procedure.nodes[node].edges) {
    const Edge& edge = procedure.edges[id];
    const Literal guard = edge.guard == none ? true_literal : truth(state, edge.guard);
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
        const auto between = picks_between(low.value, high.value);
        if (high.value - low.value >= pick_limit) {
          cuts_.insert(procedure.nodes[node].choice + ": of " + std::to_string(low.value) + " to " +
                       std::to_string(high.value) + " only the " + std::to_string(pick_limit - 1) +
                       " lowest and the highest");
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
    if (edge.guard != none) assume(taken, edge.guard, true);
    take(edge, choice.options[i], std::move(taken), pending);
  }
  choices_.back().push_back(std::move(choice));
}

void SymbolicExecutor::take(const Edge& edge, const Option& option, SymbolicState state, Pending& pending) {
  if (edge.steps != 0) steps_.back().push_back({state.here, edge.steps, state.reached});
  apply(edge, option, state);
  if (state.here == false_literal) return;
  const auto [found, is_new] = pending.try_emplace(edge.to);
  if (is_new) {
    found->second = std::move(state);
  } else {
    merge(found->second, std::move(state));
  }
}

void SymbolicExecutor::apply(const Edge& edge, const Option& option, SymbolicState& state) {
  if (const auto* assigned = std::get_if<Assign>(&edge.action)) {
    assign(state, assigned->variable, value(state, assigned->value));
  } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
    state.values[pick->variable] = pool_.constant(option.pick);
  } else if (const auto* reach = std::get_if<Reach>(&edge.action)) {
    state.reached[reach->goal] = true_literal;
  } else if (const auto* called = std::get_if<Call>(&edge.action)) {
    call(state, called->procedure, values(state, called->arguments));
  } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
    std::vector<Slot> slots = pool_.slots(state.lists[defer->list]);
    slots.push_back({defer->procedure, values(state, defer->arguments), true_literal});
    state.lists[defer->list] = pool_.make_slots(std::move(slots));
  } else if (const auto* taken_back = std::get_if<TakeBack>(&edge.action)) {
    take_back(state, *taken_back);
  } else if (const auto* run = std::get_if<Run>(&edge.action)) {
    run_list(state, run->list);
  } else if (std::holds_alternative<Halt>(edge.action)) {
    merge(halted_, std::move(state));
    state.here = false_literal;
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
  state = carry_out(id, std::move(state));
}

/// The newest slot first: where it is present its call is made, elsewhere the state stays as it is.
void SymbolicExecutor::run_list(SymbolicState& state, ListId list) {
  const std::vector<Slot> running = pool_.slots(std::exchange(state.lists[list], ValuePool::empty_list));
  for (auto slot = running.rbegin(); slot != running.rend() && state.here != false_literal; ++slot) {
    SymbolicState without = state;
    without.here = graph_.conjunction(state.here, negation(slot->present));
    state.here = graph_.conjunction(state.here, slot->present);
    if (state.here != false_literal) call(state, slot->procedure, slot->arguments);
    if (state.here == false_literal) state = {};
    merge(state, std::move(without));
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

void SymbolicExecutor::take_back(SymbolicState& state, const TakeBack& take_back) {
  const std::vector<ValueId> arguments = values(state, take_back.arguments);
  std::vector<Slot> slots = pool_.slots(state.lists[take_back.list]);
  Literal found = false_literal;
  for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot) {
    const Literal same = same_call(*slot, take_back.procedure, arguments);
    slot->present = graph_.conjunction(slot->present, negation(graph_.conjunction(same, negation(found))));
    found = graph_.disjunction(found, same);
  }
  state.lists[take_back.list] = pool_.make_slots(std::move(slots));
  if (take_back.found != none) state.values[take_back.found] = pool_.boolean(found);
}

std::vector<ValueId> SymbolicExecutor::values(const SymbolicState& state, const std::vector<TermId>& terms) {
  std::vector<ValueId> values;
  values.reserve(terms.size());
  for (const TermId term : terms) values.push_back(value(state, term));
  return values;
}

void SymbolicExecutor::merge(SymbolicState& into, SymbolicState other) {
  if (other.here == false_literal) return;
  if (into.here == false_literal) {
    into = std::move(other);
    return;
  }
  const Literal first = into.here;
  for (std::size_t i = 0; i < into.values.size(); ++i) {
    if (into.values[i] != other.values[i]) into.values[i] = pool_.choice(first, into.values[i], other.values[i]);
  }
  for (std::size_t i = 0; i < into.lists.size(); ++i) {
    into.lists[i] = pool_.choice_of_slots(first, into.lists[i], other.lists[i]);
  }
  for (std::size_t i = 0; i < into.reached.size(); ++i) {
    into.reached[i] = graph_.choice(first, into.reached[i], other.reached[i]);
  }
  into.here = graph_.disjunction(first, other.here);
}

}  // namespace tenure
