#include <algorithm>
#include <numeric>
#include <utility>

#include "encoders/state_atoms.h"
#include "encoders/symbolic.h"

// What is on the lists of symbolic states: slots, or places that are known beforehand.
namespace tenure {

void SymbolicExecutor::use_places(const StateAtoms& atoms) {
  atoms_ = &atoms;
  std::size_t next = program_.variables.size();
  for (ListId list = 0; list < program_.lists.size(); ++list) {
    first_places_.push_back(next);
    next += atoms.places(list).size();
    std::vector<Slot>& slots = places_.emplace_back();
    for (const ListPlace& place : atoms.places(list)) {
      slots.push_back({place.procedure, {}, false_literal});
      for (const std::int32_t argument : place.arguments) slots.back().arguments.push_back(pool_.constant(argument));
    }
  }
}

/// Oldest entry first; of places, all.
std::vector<Slot> SymbolicExecutor::list(const SymbolicState& state, ListId list) const {
  if (atoms_ == nullptr) return pool_.slots(state.lists[list]);
  std::vector<Slot> slots = places_[list];
  for (std::size_t i = 0; i < slots.size(); ++i) slots[i].present = pool_.truth(state.values[first_places_[list] + i]);
  return slots;
}

/// Slots of places are all of them, as list() gave them, or none.
void SymbolicExecutor::set_list(SymbolicState& state, ListId list, std::vector<Slot> slots) {
  if (atoms_ == nullptr) {
    state.lists[list] = pool_.make_slots(std::move(slots));
    return;
  }
  for (std::size_t i = 0; i < places_[list].size(); ++i)
    state.values[first_places_[list] + i] = pool_.boolean(slots.empty() ? false_literal : slots[i].present);
}

/// In which order slots of a list are called: newest first, and of places as SetExecutor does it.
std::vector<std::size_t> SymbolicExecutor::calling_order(ListId list, std::size_t slots) const {
  std::vector<std::size_t> all(slots);
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (atoms_ != nullptr) return tenure::calling_order(atoms_->places(list), all);
  std::reverse(all.begin(), all.end());
  return all;
}

Literal SymbolicExecutor::is_empty(const SymbolicState& state, ListId list) const {
  if (atoms_ == nullptr) return pool_.is_empty(state.lists[list]);
  Literal empty = true_literal;
  for (const Slot& slot : this->list(state, list)) empty = graph_.conjunction(empty, negation(slot.present));
  return empty;
}

/// Where the slot is present.
void SymbolicExecutor::push(SymbolicState& state, ListId list, Slot slot) {
  if (atoms_ != nullptr) return push_in_place(state, list, slot);
  std::vector<Slot> slots = pool_.slots(state.lists[list]);
  for (Slot& each : slots) drop_if_gone(state, each);
  slots.push_back(std::move(slot));
  state.lists[list] = pool_.make_slots(std::move(slots));
}

/// At the first of its places that comes after all that has to stay before it, as SetExecutor does it.
void SymbolicExecutor::push_in_place(SymbolicState& state, ListId list, const Slot& slot) {
  std::vector<Slot> slots = this->list(state, list);
  const std::vector<Slot> before = slots;
  const auto is_free = [&](std::size_t place) {
    Literal free = true_literal;
    for (std::size_t later = before.size(); later-- > place;)
      if (are_in_order(atoms_->places(list), place, later))
        free = graph_.conjunction(free, negation(before[later].present));
    return free;
  };
  Literal waits = slot.present;
  for (std::size_t i = 0; i < slots.size() && waits != false_literal; ++i) {
    if (slots[i].procedure != slot.procedure) continue;
    Literal takes = graph_.conjunction(waits, is_free(i));
    for (std::size_t argument = 0; argument < slot.arguments.size(); ++argument)
      takes = graph_.conjunction(takes, pool_.equal(slot.arguments[argument], slots[i].arguments[argument]));
    slots[i].present = graph_.disjunction(slots[i].present, takes);
    waits = graph_.conjunction(waits, negation(takes));
  }
  set_list(state, list, std::move(slots));
  const Literal here = graph_.conjunction(context_, state.here);
  excluded_.back() = graph_.disjunction(excluded_.back(), graph_.conjunction(here, waits));
}

}  // namespace tenure
