#include "encoders/state_space.h"

#include <algorithm>
#include <optional>

namespace tenure {

StateSpace::StateSpace(const Program& program, ValuePool& pool)
    : program_(program),
      pool_(pool),
      graph_(pool.graph()),
      domains_(program.variables.size()),
      lists_(program.lists.size()) {
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    if (variable.scope == Scope::fixed) {
      domains_[v].insert(variable.values.begin(), variable.values.end());
    } else {
      domains_[v].insert(is_state(v) ? variable.initial : 0);
    }
  }
}

/// Between two events locals are 0.
bool StateSpace::is_state(VariableId variable) const {
  return program_.variables[variable].scope != Scope::local;
}

bool StateSpace::absorb(const SymbolicState& state) {
  bool is_new = false;
  for (VariableId v = 0; v < domains_.size(); ++v) {
    if (!is_state(v)) continue;
    for (const Case& each : pool_.cases(state.values[v])) is_new = domains_[v].insert(each.value).second || is_new;
  }
  for (ListId list = 0; list < lists_.size(); ++list) {
    is_new = absorb_list(list, pool_.slots(state.lists[list])) || is_new;
  }
  return is_new;
}

/// The positions become the shortest sequence in which the old ones and the slots both stand in their order.
bool StateSpace::absorb_list(ListId list, const std::vector<Slot>& slots) {
  const std::vector<Position> old = lists_[list];
  std::vector<std::vector<std::size_t>> common(old.size() + 1, std::vector<std::size_t>(slots.size() + 1, 0));
  for (std::size_t i = old.size(); i-- > 0;) {
    for (std::size_t j = slots.size(); j-- > 0;) {
      common[i][j] = old[i].procedure == slots[j].procedure ? common[i + 1][j + 1] + 1
                                                            : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  bool is_new = false;
  std::vector<Position> merged;
  const auto take_in = [&](Position position, const Slot& slot) {
    for (std::size_t k = 0; k < slot.arguments.size(); ++k) {
      for (const Case& each : pool_.cases(slot.arguments[k])) {
        is_new = position.arguments[k].insert(each.value).second || is_new;
      }
    }
    merged.push_back(std::move(position));
  };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < old.size() || j < slots.size()) {
    if (j == slots.size() ||
        (i < old.size() && old[i].procedure != slots[j].procedure && common[i + 1][j] >= common[i][j + 1])) {
      merged.push_back(old[i++]);
    } else if (i == old.size() || old[i].procedure != slots[j].procedure) {
      take_in({slots[j].procedure, std::vector<std::set<std::int32_t>>(slots[j].arguments.size())}, slots[j]);
      is_new = true;
      ++j;
    } else {
      take_in(old[i++], slots[j++]);
    }
  }
  lists_[list] = std::move(merged);
  return is_new;
}

ValueId StateSpace::make_value(const std::set<std::int32_t>& values, const std::string& name, bool is_fixed,
                               std::int32_t initial, Coding& coding) {
  coding.values.assign(values.begin(), values.end());
  coding.first = bits_.size();
  if (coding.values.size() == 1) return pool_.constant(coding.values.front());
  const bool is_boolean = coding.values == std::vector<std::int32_t>{0, 1};
  const auto words = [&](std::int32_t value, bool equals) {
    return name + (equals ? " is " : " is not ") + std::to_string(value);
  };
  std::vector<Case> cases;
  Literal is_first = true_literal;
  for (std::size_t i = 1; i < coding.values.size(); ++i) {
    const Literal bit = graph_.input();
    const std::int32_t value = coding.values[i];
    bits_.push_back({bit, is_fixed, initial == value, is_boolean ? name : words(value, true),
                     is_boolean ? "not " + name : words(value, false)});
    for (const Case& other : cases) {
      well_formed_ = graph_.conjunction(well_formed_, negation(graph_.conjunction(other.when, bit)));
    }
    cases.push_back({value, bit});
    is_first = graph_.conjunction(is_first, negation(bit));
  }
  cases.push_back({coding.values.front(), is_first});
  return pool_.from_cases(std::move(cases));
}

void StateSpace::make_bits() {
  bits_.clear();
  codings_.assign(domains_.size(), {});
  list_codings_.assign(lists_.size(), {});
  well_formed_ = true_literal;
  state_ = {};
  state_.here = true_literal;
  state_.reached.assign(program_.goals.size(), false_literal);
  for (VariableId v = 0; v < domains_.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    state_.values.push_back(
        make_value(domains_[v], variable.name, variable.scope == Scope::fixed, variable.initial, codings_[v]));
  }
  for (ListId list = 0; list < lists_.size(); ++list) {
    std::vector<Slot> slots;
    for (std::size_t p = 0; p < lists_[list].size(); ++p) {
      const Position& position = lists_[list][p];
      PositionCoding coding;
      const std::string name = program_.procedures[position.procedure].name + " on " + program_.lists[list].name +
                               " (entry " + std::to_string(p + 1) + ")";
      coding.present = bits_.size();
      Slot slot{position.procedure, {}, graph_.input()};
      bits_.push_back({slot.present, false, false, name, "no " + name});
      for (std::size_t k = 0; k < position.arguments.size(); ++k) {
        coding.arguments.emplace_back();
        slot.arguments.push_back(make_value(position.arguments[k], "argument " + std::to_string(k + 1) + " of " + name,
                                            false, *position.arguments[k].begin(), coding.arguments.back()));
      }
      slots.push_back(std::move(slot));
      list_codings_[list].push_back(std::move(coding));
    }
    state_.lists.push_back(pool_.make_slots(std::move(slots)));
  }
}

void StateSpace::encode_value(ValueId value, const Coding& coding, Literal when, Encoded& encoded) {
  for (const Case& each : pool_.cases(value)) {
    const auto found = std::find(coding.values.begin(), coding.values.end(), each.value);
    const Literal here = graph_.conjunction(when, each.when);
    if (found == coding.values.end()) {
      encoded.outside = graph_.disjunction(encoded.outside, here);
      continue;
    }
    const auto index = static_cast<std::size_t>(found - coding.values.begin());
    if (index == 0) continue;
    Literal& bit = encoded.bits[coding.first + index - 1];
    bit = graph_.disjunction(bit, here);
  }
}

/// Each slot goes to a position of the same call, in order; neighbours may share one, for they may exclude each other.
/// What has no position, or must share it, is outside of the space when it is present.
void StateSpace::encode_list(ListId list, const std::vector<Slot>& slots, Encoded& encoded) {
  const std::vector<Position>& positions = lists_[list];
  // best[i][p]: the cost of placing slots[i..] at positions p.. ; where[i][p]: the position of slots[i], or none.
  constexpr std::size_t nowhere = SIZE_MAX;
  constexpr std::size_t cost_of_sharing = 1;
  constexpr std::size_t cost_of_none = 1000;
  const std::size_t n = slots.size();
  const std::size_t m = positions.size();
  struct Best {
    std::size_t cost = 0;
    std::size_t position = nowhere;
  };
  // `last` counts from 1: the position of the slot before, 0 when there is none.
  std::vector<std::vector<Best>> best(n + 1, std::vector<Best>(m + 1));
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t last = 0; last <= m; ++last) {
      Best found{best[i + 1][last].cost + cost_of_none, nowhere};
      for (std::size_t p = last == 0 ? 0 : last - 1; p < m; ++p) {
        if (positions[p].procedure != slots[i].procedure) continue;
        const std::size_t cost = best[i + 1][p + 1].cost + (p + 1 == last ? cost_of_sharing : 0);
        if (cost < found.cost) found = {cost, p};
      }
      best[i][last] = found;
    }
  }
  std::size_t last = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t position = best[i][last].position;
    if (position == nowhere) {
      encoded.outside = graph_.disjunction(encoded.outside, slots[i].present);
      continue;
    }
    const PositionCoding& coding = list_codings_[list][position];
    Literal& present = encoded.bits[coding.present];
    encoded.outside = graph_.disjunction(encoded.outside, graph_.conjunction(present, slots[i].present));
    present = graph_.disjunction(present, slots[i].present);
    for (std::size_t k = 0; k < coding.arguments.size(); ++k) {
      encode_value(slots[i].arguments[k], coding.arguments[k], slots[i].present, encoded);
    }
    last = position + 1;
  }
}

StateSpace::Encoded StateSpace::encode(const SymbolicState& state) {
  Encoded encoded;
  encoded.bits.assign(bits_.size(), false_literal);
  for (VariableId v = 0; v < domains_.size(); ++v) {
    if (is_state(v)) encode_value(state.values[v], codings_[v], true_literal, encoded);
  }
  for (ListId list = 0; list < lists_.size(); ++list) encode_list(list, pool_.slots(state.lists[list]), encoded);
  return encoded;
}

std::size_t StateSpace::longest_list() const {
  std::size_t longest = 0;
  for (const auto& positions : lists_) longest = std::max(longest, positions.size());
  return longest;
}

}  // namespace tenure
