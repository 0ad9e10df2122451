#include "encoders/value.h"

#include <algorithm>

#include "model/diagnostic.h"
#include "model/interpreter.h"

namespace tenure {

namespace {

std::size_t mix(std::size_t hash, std::size_t value) {
  return hash ^ (value + 0x9e3779b97f4a7c15ULL + (hash << 6U) + (hash >> 2U));
}

}  // namespace

ValuePool::ValuePool(FormulaGraph& graph) : graph_(graph) {
  make_slots({});
}

ValueId ValuePool::constant(std::int32_t value) {
  const auto found = constants_.find(value);
  if (found != constants_.end()) return found->second;
  values_.push_back({{value, true_literal}});
  const auto id = static_cast<ValueId>(values_.size() - 1);
  constants_.emplace(value, id);
  return id;
}

ValueId ValuePool::boolean(Literal literal) {
  return from_cases({{0, negation(literal)}, {1, literal}});
}

FreeValue ValuePool::fresh(const std::vector<std::int32_t>& values) {
  FreeValue free{0, values, {}};
  for (std::size_t i = 1; i < values.size(); ++i) free.inputs.push_back(graph_.input());
  free.value = said_by(values, free.inputs);
  return free;
}

ValueId ValuePool::said_by(const std::vector<std::int32_t>& values, const std::vector<Literal>& inputs) {
  std::vector<Case> cases;
  Literal rest = true_literal;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    cases.push_back({values[i + 1], graph_.conjunction(rest, inputs[i])});
    rest = graph_.conjunction(rest, negation(inputs[i]));
  }
  cases.push_back({values.front(), rest});
  return from_cases(std::move(cases));
}

ValueId ValuePool::from_cases(std::vector<Case> cases) {
  std::erase_if(cases, [](const Case& each) { return each.when == false_literal; });
  std::stable_sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.value < b.value; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (kept > 0 && cases[kept - 1].value == cases[i].value) {
      cases[kept - 1].when = graph_.disjunction(cases[kept - 1].when, cases[i].when);
    } else {
      cases[kept++] = cases[i];
    }
  }
  cases.resize(kept);
  if (cases.empty()) throw InternalError("a value without cases");
  if (cases.size() == 1) return constant(cases.front().value);
  // One of the cases holds, so the last one is where the others do not.
  Literal others = false_literal;
  for (std::size_t i = 0; i + 1 < cases.size(); ++i) others = graph_.disjunction(others, cases[i].when);
  cases.back().when = negation(others);
  if (others == true_literal) cases.pop_back();
  if (cases.size() == 1) return constant(cases.front().value);
  std::size_t hash = cases.size();
  for (const Case& each : cases) hash = mix(mix(hash, static_cast<std::uint32_t>(each.value)), each.when);
  const auto [first, last] = value_ids_.equal_range(hash);
  for (auto found = first; found != last; ++found) {
    if (values_[found->second] == cases) return found->second;
  }
  values_.push_back(std::move(cases));
  const auto id = static_cast<ValueId>(values_.size() - 1);
  value_ids_.emplace(hash, id);
  return id;
}

Literal ValuePool::truth(ValueId id) const {
  for (const Case& each : values_[id]) {
    if (each.value == 0) return negation(each.when);
  }
  return true_literal;
}

ValueId ValuePool::choice(Literal condition, ValueId a, ValueId b) {
  if (a == b || condition == true_literal) return a;
  if (condition == false_literal) return b;
  // Two booleans become one formula, not two.
  const auto is_boolean = [&](ValueId id) { return values_[id].front().value >= 0 && values_[id].back().value <= 1; };
  if (is_boolean(a) && is_boolean(b)) return boolean(graph_.choice(condition, truth(a), truth(b)));
  std::vector<Case> cases;
  const auto when_in = [&](ValueId id, std::int32_t value) {
    for (const Case& each : values_[id]) {
      if (each.value == value) return each.when;
    }
    return false_literal;
  };
  for (const Case& each : values_[a]) {
    cases.push_back({each.value, graph_.choice(condition, each.when, when_in(b, each.value))});
  }
  for (const Case& each : values_[b]) {
    if (when_in(a, each.value) == false_literal) {
      cases.push_back({each.value, graph_.conjunction(negation(condition), each.when)});
    }
  }
  return from_cases(std::move(cases));
}

ValueId ValuePool::apply(Operator op, ValueId a, ValueId b) {
  std::vector<Case> cases;
  for (const Case& left : std::vector<Case>(values_[a])) {
    for (const Case& right : std::vector<Case>(values_[b])) {
      cases.push_back({tenure::apply(op, left.value, right.value), graph_.conjunction(left.when, right.when)});
    }
  }
  // Where a formula excludes every pair the value is never used.
  if (std::all_of(cases.begin(), cases.end(), [](const Case& each) { return each.when == false_literal; }))
    return constant(0);
  return from_cases(std::move(cases));
}

Literal ValuePool::equal(ValueId a, ValueId b) {
  if (a == b) return true_literal;
  Literal any = false_literal;
  for (const Case& left : values_[a]) {
    for (const Case& right : values_[b]) {
      if (left.value == right.value) any = graph_.disjunction(any, graph_.conjunction(left.when, right.when));
    }
  }
  return any;
}

ValueId ValuePool::restricted(ValueId id, const std::function<bool(std::int32_t)>& test) {
  std::vector<Case> kept;
  for (const Case& each : values_[id]) {
    if (test(each.value)) kept.push_back(each);
  }
  if (kept.empty() || kept.size() == values_[id].size()) return id;
  return from_cases(std::move(kept));
}

SlotsId ValuePool::make_slots(std::vector<Slot> slots) {
  std::erase_if(slots, [](const Slot& slot) { return slot.present == false_literal; });
  std::size_t hash = slots.size();
  for (const Slot& slot : slots) {
    hash = mix(mix(hash, slot.procedure), slot.present);
    for (const ValueId argument : slot.arguments) hash = mix(hash, argument);
  }
  const auto [first, last] = list_ids_.equal_range(hash);
  for (auto found = first; found != last; ++found) {
    if (lists_[found->second] == slots) return found->second;
  }
  lists_.push_back(std::move(slots));
  const auto id = static_cast<SlotsId>(lists_.size() - 1);
  list_ids_.emplace(hash, id);
  return id;
}

/// The shortest sequence in which both contents stand in their order: entries of the same call are joined.
std::vector<std::pair<std::uint32_t, std::uint32_t>> merged_order(
    std::size_t first, std::size_t second, const std::function<bool(std::size_t, std::size_t)>& same) {
  // common[i][j]: how many entries the first from i on and the second from j on have in common
  std::vector<std::vector<std::uint16_t>> common(first + 1, std::vector<std::uint16_t>(second + 1, 0));
  for (std::size_t i = first; i-- > 0;) {
    for (std::size_t j = second; j-- > 0;) {
      common[i][j] = same(i, j) ? static_cast<std::uint16_t>(common[i + 1][j + 1] + 1)
                                : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> merged;
  std::uint32_t i = 0;
  std::uint32_t j = 0;
  while (i < first || j < second) {
    if (i < first && j < second && same(i, j)) {
      merged.emplace_back(i++, j++);
    } else if (j == second || (i < first && common[i + 1][j] >= common[i][j + 1])) {
      merged.emplace_back(i++, none);
    } else {
      merged.emplace_back(none, j++);
    }
  }
  return merged;
}

SlotsId ValuePool::choice_of_slots(Literal condition, SlotsId a, SlotsId b) {
  if (a == b || condition == true_literal) return a;
  if (condition == false_literal) return b;
  const std::vector<Slot> left = lists_[a];
  const std::vector<Slot> right = lists_[b];
  const auto same = [&](std::size_t i, std::size_t j) { return left[i].procedure == right[j].procedure; };
  std::vector<Slot> merged;
  for (const auto& [i, j] : merged_order(left.size(), right.size(), same)) {
    merged.push_back(i != none ? left[i] : right[j]);
    Slot& slot = merged.back();
    slot.present = graph_.choice(condition, i != none ? left[i].present : false_literal,
                                 j != none ? right[j].present : false_literal);
    if (i == none || j == none) continue;
    for (std::size_t k = 0; k < slot.arguments.size(); ++k)
      slot.arguments[k] = choice(condition, left[i].arguments[k], right[j].arguments[k]);
  }
  return make_slots(std::move(merged));
}

Literal ValuePool::is_empty(SlotsId id) {
  Literal empty = true_literal;
  for (const Slot& slot : lists_[id]) empty = graph_.conjunction(empty, negation(slot.present));
  return empty;
}

}  // namespace tenure
