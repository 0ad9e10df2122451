#include <algorithm>
#include <utility>

#include "encoders/state_graph.h"

// Where what is on a list has its place in a location.
namespace tenure {

namespace {

constexpr std::size_t longest_list = 1024;
/// How often the same calls may stand on a list in a row; runs with more copies are not followed.
constexpr std::size_t most_copies = 8;
constexpr std::size_t longest_repeated = 8;

/// Which entries and which calls have one place, in the order in which they stand; `none` for what has it alone.
template <typename Call>
std::vector<std::pair<std::uint32_t, std::uint32_t>> places_of(const std::vector<PossibleEntry>& entries,
                                                               const std::vector<Call>& calls) {
  const auto same = [&](std::size_t i, std::size_t j) { return entries[i].procedure == calls[j].procedure; };
  return merged_order(entries.size(), calls.size(), same);
}

/// Adds an entry for each call that has no place, with cells that new_cell() makes, `absent` at first. Gives
/// places_of() before that: one for each of the entries after it.
template <typename Call, typename Value, typename NewCell>
std::vector<std::pair<std::uint32_t, std::uint32_t>> make_room(std::vector<PossibleEntry>& entries,
                                                               const std::vector<Call>& calls, Value absent,
                                                               const NewCell& new_cell) {
  auto places = places_of(entries, calls);
  std::vector<PossibleEntry> merged;
  for (const auto& [i, j] : places) {
    if (i != none) {
      merged.push_back(std::move(entries[i]));
      continue;
    }
    merged.push_back({calls[j].procedure, new_cell(absent), {}});
    for (const auto argument : calls[j].arguments) merged.back().arguments.push_back(new_cell(argument));
  }
  entries = std::move(merged);
  return places;
}

}  // namespace

/// Makes room for what samples have on their lists.
void StateGraph::expect(Location& location) {
  const auto new_cell = [&](std::int32_t value) {
    location.cells.push_back(pool_.constant(value));
    return static_cast<std::uint32_t>(location.cells.size() - 1);
  };
  if (!samples_) return;
  for (const SampledLists::Lists& lists : samples_->at(location.control)) {
    for (ListId list = 0; list < location.lists.size(); ++list)
      make_room(location.lists[list], lists[list], 0, new_cell);
  }
}

/// Puts what arrives into the location's cells, making room for what is on a list for the first time.
bool StateGraph::lay_out(Arrival& arrival, const SymbolicState& state) {
  Location& location = locations_[arrival.to];
  arrival.cells = usual_values(location);
  for (std::size_t i = 0; i < tracked_.size(); ++i) arrival.cells[i] = state.values[tracked_[i]];
  const bool is_limited = kind_ == Locations::by_control;
  const ValueId zero = pool_.constant(0);
  const auto new_cell = [&](ValueId value) {
    location.cells.push_back(is_open(value) ? zero : value);
    arrival.cells.push_back(value);
    return static_cast<std::uint32_t>(location.cells.size() - 1);
  };
  for (ListId list = 0; list < state.lists.size(); ++list) {
    std::vector<PossibleEntry>& entries = location.lists[list];
    std::vector<Slot> slots = compacted(pool_.slots(state.lists[list]));
    if (loosening_ != nullptr && !fit(slots, list, arrival)) return false;
    if (slots.size() > entries.size() && !join_exclusive(slots, arrival)) return false;
    if (is_limited && loosening_ == nullptr && !presume(slots, list, arrival)) return false;
    if (slots.size() > longest_list) {
      reason_ = "a list may have more than " + std::to_string(longest_list) + " entries";
      return false;
    }
    if (is_limited && !cut(slots, list, arrival)) return false;
    const auto places = make_room(entries, slots, zero, new_cell);
    for (std::size_t n = 0; n < places.size(); ++n) {
      const auto& [i, j] = places[n];
      const PossibleEntry& entry = entries[n];
      arrival.cells[entry.present] = j == none ? zero : pool_.boolean(slots[j].present);
      for (std::size_t k = 0; j != none && k < slots[j].arguments.size(); ++k) {
        // What is not there has the usual arguments, so that they tell no states apart.
        const std::uint32_t cell = entry.arguments[k];
        const ValueId usual = i == none ? location.cells[cell] : arrival.cells[cell];
        arrival.cells[cell] = pool_.choice(slots[j].present, slots[j].arguments[k], usual);
      }
    }
  }
  return true;
}

/// Of neighbours that are the same call with the same arguments, the first ones are there.
std::vector<Slot> StateGraph::compacted(const std::vector<Slot>& slots) {
  std::vector<Slot> all;
  std::size_t first = 0;  // of those that are the same as the last
  for (const Slot& slot : slots) {
    if (all.empty() || all.back().procedure != slot.procedure || all.back().arguments != slot.arguments)
      first = all.size();
    Literal more = slot.present;
    for (std::size_t i = first; i < all.size(); ++i) {
      const Literal there = all[i].present;
      all[i].present = graph_.disjunction(there, more);
      more = graph_.conjunction(there, more);
    }
    all.push_back({slot.procedure, slot.arguments, more});
    if (more == false_literal) all.pop_back();
  }
  return all;
}

/// Has entries that no place is known for come up to earlier places of the same call, and gives their slots.
std::vector<std::size_t> StateGraph::move_up_without_place(std::vector<Slot>& slots,
                                                           const std::vector<PossibleEntry>& entries) {
  std::vector<std::size_t> more;
  for (const auto& [i, j] : places_of(entries, slots)) {
    if (i == none) more.push_back(j);
  }
  for (const std::size_t slot : more) move_up(slots, slot);
  return more;
}

/// Where samples say what may be on the list, presumes that there is no more: each entry that no place is known for
/// comes up to an earlier place of the same call, or is not there.
bool StateGraph::presume(std::vector<Slot>& slots, ListId list, Arrival& arrival) {
  const Location& location = locations_[arrival.to];
  if (followed_lists_.contains(list) || !samples_ || samples_->at(location.control).empty()) return true;
  const std::vector<std::size_t> more = move_up_without_place(slots, location.lists[list]);
  for (auto slot = more.rbegin(); slot != more.rend(); ++slot) {
    const Literal without = graph_.conjunction(arrival.when, negation(slots[*slot].present));
    const Satisfiability answer = find_model(without);
    if (answer == Satisfiability::unknown) return false;
    if (answer == Satisfiability::unsatisfiable) continue;
    const Literal broken = graph_.conjunction(arrival.when, slots[*slot].present);
    if (broken != false_literal) arrival.presumptions.push_back({list, broken});
    arrival.when = without;
    slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(*slot));
  }
  return true;
}

/// Has the entry of a slot be in an earlier one of the same call, as far up as nothing is there or on the way.
void StateGraph::move_up(std::vector<Slot>& slots, std::size_t from) {
  Literal is_free = true_literal;  // the way
  for (std::size_t i = from, now = from; i-- > 0 && is_free != false_literal;) {
    Slot& earlier = slots[i];
    Slot& later = slots[now];
    if (earlier.procedure != later.procedure) {
      is_free = graph_.conjunction(is_free, negation(earlier.present));
      continue;
    }
    const Literal there = earlier.present;
    for (std::size_t k = 0; k < later.arguments.size(); ++k)
      earlier.arguments[k] = pool_.choice(there, earlier.arguments[k], later.arguments[k]);
    earlier.present = graph_.disjunction(there, graph_.conjunction(later.present, is_free));
    later.present = graph_.conjunction(later.present, graph_.disjunction(there, negation(is_free)));
    now = i;
    is_free = true_literal;
  }
}

bool StateGraph::follow_list(ListId list) {
  followed_lists_.insert(list);
  for (std::uint32_t id = 0; id < locations(); ++id) {
    const std::vector<Presumption>& presumed = locations_[id].presumptions;
    if (std::any_of(presumed.begin(), presumed.end(), [&](const Presumption& each) { return each.list == list; }))
      wait(id);
  }
  for (ListId each = 0; record_ != nullptr && each < program_.lists.size(); ++each) record_->put(each == list);
  return !waiting_.empty();
}

/// Takes off what is never there where all is as it is, and what there is no place for: a proof has to show that it
/// comes up to an earlier place of the same call.
bool StateGraph::fit(std::vector<Slot>& slots, ListId list, Arrival& arrival) {
  std::erase_if(slots, [&](const Slot& slot) {
    return reason_.empty() && slot.present != true_literal &&
           find_there(slot.present, arrival) == Satisfiability::unsatisfiable;
  });
  const std::vector<std::size_t> more = move_up_without_place(slots, locations_[arrival.to].lists[list]);
  for (auto slot = more.rbegin(); slot != more.rend(); ++slot) {
    arrival.presumed = graph_.conjunction(arrival.presumed, negation(slots[*slot].present));
    slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(*slot));
  }
  return reason_.empty();
}

/// Takes off what is never there, and joins neighbours that are the same call and never there together.
bool StateGraph::join_exclusive(std::vector<Slot>& slots, Arrival& arrival) {
  const auto can_be = [&](Literal there) {
    return there == true_literal ||
           (there != false_literal && find_there(there, arrival) != Satisfiability::unsatisfiable);
  };
  std::erase_if(slots, [&](const Slot& slot) { return reason_.empty() && !can_be(slot.present); });
  for (std::size_t i = 0; i + 1 < slots.size() && reason_.empty();) {
    const Slot& next = slots[i + 1];
    if (slots[i].procedure != next.procedure || can_be(graph_.conjunction(slots[i].present, next.present))) {
      ++i;
      continue;
    }
    for (std::size_t k = 0; k < next.arguments.size(); ++k)
      slots[i].arguments[k] = pool_.choice(slots[i].present, slots[i].arguments[k], next.arguments[k]);
    slots[i].present = graph_.disjunction(slots[i].present, next.present);
    slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return reason_.empty();
}

/// A list that is known to grow for ever will be cut anyway; whether it does takes long to find out.
std::size_t StateGraph::copies_followed(ListId list) {
  if (!followed_lists_.contains(list)) return most_copies;
  if (!endless_) {
    const std::optional<SampledGrowth> growth = SampledLassos(program_).shortest();
    endless_ = growth ? growth->list : none;
  }
  return list == *endless_ ? most_copies_of_endless : most_copies;
}

/// Follows no run on which the same calls stand on a list more than copies_followed() times in a row, or twice as often
/// at all.
bool StateGraph::cut(std::vector<Slot>& slots, ListId list, Arrival& arrival) {
  const auto can_be_same = [&](ValueId a, ValueId b) { return pool_.equal(a, b) != false_literal; };
  const auto is_copy = [&](const Slot& a, const Slot& b) {
    return a.procedure == b.procedure &&
           std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), can_be_same);
  };
  const auto is_more = [&](std::size_t copies, std::size_t length) {
    return copies >= most_copies_of_endless * length && copies >= copies_followed(list) * length;
  };
  for (std::size_t length = 1; length <= longest_repeated; ++length) {
    std::size_t same = 0;  // how many slots before i are copies of those `length` before them
    for (std::size_t i = length; i < slots.size() && reason_.empty();) {
      same = is_copy(slots[i], slots[i - length]) ? same + 1 : 0;
      if (!is_more(same, length)) {
        ++i;
        continue;
      }
      leave_out(slots, i, list, arrival);
      --same;
    }
  }
  for (std::size_t i = slots.size(); i-- > 2 * most_copies_of_endless && reason_.empty();) {
    const auto at = slots.begin() + static_cast<std::ptrdiff_t>(i);
    const auto copies = std::count_if(slots.begin(), at, [&](const Slot& before) { return is_copy(*at, before); });
    if (is_more(static_cast<std::size_t>(copies), 2)) leave_out(slots, i, list, arrival);
  }
  return reason_.empty();
}

/// Leaves runs out that have an entry in a slot, if it has none there by moving up.
void StateGraph::leave_out(std::vector<Slot>& slots, std::size_t slot, ListId list, Arrival& arrival) {
  move_up(slots, slot);
  const Literal there = slots[slot].present;
  slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(slot));
  const Literal left_out = graph_.conjunction(arrival.when, there);
  if (left_out == false_literal || find_there(there, arrival) != Satisfiability::satisfiable) return;
  growing_lists_[list] = copies_followed(list);
  arrival.left_out = graph_.disjunction(arrival.left_out, left_out);
  arrival.when = graph_.conjunction(arrival.when, negation(there));
}

/// Looks for a run that arrives with that; that there is none is noted for a proof to show.
Satisfiability StateGraph::find_there(Literal there, Arrival& arrival) {
  const Satisfiability answer = find_model(graph_.conjunction(arrival.when, there));
  if (answer == Satisfiability::unsatisfiable) arrival.presumed = graph_.conjunction(arrival.presumed, negation(there));
  return answer;
}

std::string cut_of_list(const Program& program, ListId list, std::size_t copies) {
  return program.lists[list].name + ": of calls that are on it again and again only " + std::to_string(copies) +
         " copies were followed";
}

std::set<std::string> StateGraph::cuts() const {
  std::set<std::string> cuts = executor_.cuts();
  for (const auto& [list, copies] : growing_lists_) cuts.insert(cut_of_list(program_, list, copies));
  return cuts;
}

}  // namespace tenure
