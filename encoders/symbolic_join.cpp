#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "encoders/symbolic.h"

// How symbolic states are joined where branches meet, and made simpler by what is known in them.
namespace tenure {

/// A formula that tells two sets of runs apart: the first is where it holds.
Literal SymbolicExecutor::separator(Literal first, Literal second) const {
  const std::vector<Literal> left = conjuncts(graph_, first);
  const std::vector<Literal> right = conjuncts(graph_, second);
  for (auto literal = left.rbegin(); literal != left.rend(); ++literal) {
    if (std::find(right.begin(), right.end(), negation(*literal)) != right.end()) return *literal;
  }
  return first;
}

void SymbolicExecutor::merge(SymbolicState& into, SymbolicState other) {
  if (other.here == false_literal) return;
  if (into.here == false_literal) {
    into = std::move(other);
    return;
  }
  const Literal first = separator(into.here, other.here);
  for (std::size_t i = 0; i < into.values.size(); ++i) {
    if (into.values[i] != other.values[i]) into.values[i] = pool_.choice(first, into.values[i], other.values[i]);
  }
  for (std::size_t i = 0; i < into.lists.size(); ++i) {
    into.lists[i] = pool_.choice_of_slots(first, into.lists[i], other.lists[i]);
  }
  for (std::size_t i = 0; i < into.reached.size(); ++i) {
    into.reached[i] = graph_.choice(first, into.reached[i], other.reached[i]);
  }
  into.here = graph_.disjunction(into.here, other.here);
}

/// What holds together with a formula holds in the state: the conjuncts of the facts are replaced by true wherever they
/// stand.
void SymbolicExecutor::assume(SymbolicState& state, const std::vector<Literal>& assumed) {
  std::unordered_set<Literal> facts;
  for (const Literal fact : assumed) {
    if (fact == true_literal) continue;
    for (const Literal each : conjuncts(graph_, fact)) facts.insert(each);
  }
  if (facts.empty()) return;
  const auto known = [&](Literal literal) { return facts.contains(literal); };
  const auto simplified = [&](Literal literal) -> Literal {
    if (node_of(literal) == 0) return literal;
    if (known(literal)) return true_literal;
    if (known(negation(literal))) return false_literal;
    const std::uint32_t id = node_of(literal);
    if (graph_.is_input(id)) return literal;
    const FormulaGraph::Node node = graph_.node(id);
    const auto operand = [&](Literal child) {
      return known(child) ? true_literal : known(negation(child)) ? false_literal : child;
    };
    const Literal left = operand(node.left);
    const Literal right = operand(node.right);
    if (left == node.left && right == node.right) return literal;
    return graph_.conjunction(left, right) ^ (literal & 1U);
  };
  std::unordered_map<ValueId, ValueId> done;
  const auto simplified_value = [&](ValueId id) {
    if (pool_.cases(id).size() == 1) return id;
    const auto [found, is_new] = done.try_emplace(id, id);
    if (!is_new) return found->second;
    std::vector<Case> cases = pool_.cases(id);
    bool changed = false;
    for (Case& each : cases) {
      const Literal when = simplified(each.when);
      changed = changed || when != each.when;
      each.when = when;
      if (when == true_literal) return found->second = pool_.constant(each.value);
    }
    const bool possible =
        std::any_of(cases.begin(), cases.end(), [](const Case& each) { return each.when != false_literal; });
    if (changed && possible) found->second = pool_.from_cases(std::move(cases));
    return found->second;
  };
  for (ValueId& value : state.values) value = simplified_value(value);
  for (Literal& reached : state.reached) reached = simplified(reached);
  for (SlotsId& list : state.lists) {
    if (list == ValuePool::empty_list) continue;
    std::vector<Slot> slots = pool_.slots(list);
    for (Slot& slot : slots) {
      slot.present = simplified(slot.present);
      for (ValueId& argument : slot.arguments) argument = simplified_value(argument);
    }
    list = pool_.make_slots(std::move(slots));
  }
}

}  // namespace tenure
