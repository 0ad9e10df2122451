#include <algorithm>
#include <tuple>
#include <utility>

#include "encoders/set_executor.h"
#include "model/group.h"

// What is on lists, in sets of states.
namespace tenure {

namespace {

/// A list with so many places grows for ever in all likelihood, within one event.
constexpr std::size_t most_places = 300;
static_assert(most_places <= Zdd::most_atoms_asked_for);

}  // namespace

/// Puts an entry at the first of its places that comes after all that has to stay before it.
SetId SetExecutor::push(SetId set, ListId list, ProcedureId procedure, const std::vector<std::int32_t>& arguments) {
  const std::vector<ListPlace>& places = atoms_.places(list);
  const std::vector<bool> has = zdd_.has_atoms(set);
  const auto is_own = [&](const ListPlace& place) { return place.is_call(procedure, arguments); };
  const auto first = static_cast<std::size_t>(std::find_if(places.begin(), places.end(), is_own) - places.begin());
  SetId after = empty_set;
  SetId waiting = first == places.size() ? set : empty_set;  // for the next own place
  std::size_t next = places.size();
  const auto put = [&] {
    if (waiting == empty_set) return;
    if (next == most_places) throw ListGrows(list);
    const Atom atom = next < places.size() ? places[next].atom : atoms_.add_place(list, procedure, arguments).atom;
    after = zdd_.unite(after, zdd_.added(std::exchange(waiting, empty_set), atom));
  };
  for (std::size_t i = places.size(); i-- > first;) {
    if (!are_in_order(places, first, i)) continue;
    if (has[places[i].atom]) {
      const auto [having, lacking] = zdd_.split(set, places[i].atom);
      waiting = zdd_.unite(waiting, having);
      set = lacking;
    }
    if (!is_own(places[i])) continue;
    put();
    next = i;
    if (i == first) waiting = set;
  }
  put();
  return after;
}

SetId SetExecutor::defer(SetId set, const Defer& defer) {
  SetId after = empty_set;
  for (const Arguments& arguments : evaluate(set, defer.arguments))
    after = zdd_.unite(after, push(arguments.set, defer.list, defer.procedure, arguments.values));
  return after;
}

SetId SetExecutor::found(SetId set, VariableId found, std::int32_t value) {
  return found == none || !atoms_.is_used(found) ? set : with_value(set, found, value);
}

SetId SetExecutor::take_back(SetId set, const TakeBack& take_back) {
  SetId after = empty_set;
  const std::vector<ListPlace>& places = atoms_.places(take_back.list);
  for (const auto& [values, states] : evaluate(set, take_back.arguments)) {
    SetId left = states;
    SetId taken = empty_set;
    for (std::size_t i = places.size(); i-- > 0;) {
      if (!places[i].is_call(take_back.procedure, values)) continue;
      const auto [having, lacking] = zdd_.split(left, places[i].atom);
      taken = zdd_.unite(taken, zdd_.removed(having, places[i].atom));
      left = lacking;
    }
    after = zdd_.unite(after, found(taken, take_back.found, 1));
    after = zdd_.unite(after, found(left, take_back.found, 0));
  }
  return after;
}

SetId SetExecutor::run(SetId set, const Run& run) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < atoms_.places(run.list).size(); ++i) {
    const ListPlace& place = atoms_.places(run.list)[i];
    if (is_mark(program_, place.procedure)) {
      set = zdd_.removed(set, place.atom);
    } else {
      places.push_back(i);
    }
  }
  return this->run(set, run.list, places);
}

/// What is called may put entries on the list meanwhile: then those that run are held apart from them.
SetId SetExecutor::run(SetId set, ListId list, std::vector<std::size_t> places) {
  struct Running {
    ProcedureId procedure;
    std::vector<std::int32_t> arguments;
    Atom atom;
  };
  const std::vector<bool> has = zdd_.has_atoms(set);
  std::erase_if(places, [&](std::size_t i) { return !has[atoms_.places(list)[i].atom]; });
  std::vector<Running> running;
  bool is_apart = false;
  for (const std::size_t i : calling_order(atoms_.places(list), std::move(places))) {
    const ListPlace& place = atoms_.places(list)[i];
    running.push_back({place.procedure, place.arguments, place.atom});
    is_apart = is_apart || touched_[place.procedure].lists[list];
  }
  if (is_apart) {
    for (Running& entry : running) {
      const Atom apart = atoms_.running(entry.atom, runs_);
      const auto [having, lacking] = zdd_.split(set, entry.atom);
      set = zdd_.unite(lacking, zdd_.added(zdd_.removed(having, entry.atom), apart));
      entry.atom = apart;
    }
  }
  ++runs_;
  for (const Running& entry : running) {
    const auto [having, lacking] = zdd_.split(set, entry.atom);
    set = lacking;
    if (having == empty_set) continue;
    set = zdd_.unite(set, call(zdd_.removed(having, entry.atom), entry.procedure, entry.arguments));
  }
  --runs_;
  return set;
}

/// Moves each entry, oldest first, to the first place of its call after all that has to stay before it: so that there
/// is one combination for what is on a list, however it came there.
SetId SetExecutor::compacted(SetId set, ListId list) {
  const std::vector<ListPlace>& places = atoms_.places(list);
  std::vector<bool> has = zdd_.has_atoms(set);
  for (std::size_t from = 1; from < places.size(); ++from) {
    if (!has[places[from].atom]) continue;
    for (const std::size_t to : earlier_places(places, from)) {
      SetId moved = zdd_.having(set, places[from].atom);
      for (std::size_t i = to; i < from && moved != empty_set; ++i)
        if (has[places[i].atom] && are_in_order(places, i, from)) moved = zdd_.lacking(moved, places[i].atom);
      if (moved == empty_set) continue;
      has[places[to].atom] = true;
      set = zdd_.subtract(set, moved);
      set = zdd_.unite(set, zdd_.added(zdd_.removed(moved, places[from].atom), places[to].atom));
    }
  }
  return set;
}

SetId SetExecutor::followed(SetId set, ListId list) {
  const std::size_t most = most_copies_[list].value_or(usual_most_copies_);
  for (const std::vector<std::size_t>& same : places_by_call(atoms_.places(list))) {
    if (same.size() <= most) continue;
    std::vector<Atom> copies;
    for (const std::size_t place : same) copies.push_back(atoms_.places(list)[place].atom);
    const SetId left_out = zdd_.having(set, copies, most + 1);
    if (left_out == empty_set) continue;
    if (!most_copies_[list]) throw ListGrows(list);
    is_cut_[list] = true;
    set = zdd_.subtract(set, left_out);
  }
  return set;
}

/// The states by which marks of groups are on a list, oldest first.
std::vector<std::pair<SetExecutor::Marks, SetId>> SetExecutor::marks_on(SetId set, ListId list) {
  std::vector<std::pair<Marks, SetId>> all{{{}, set}};
  const std::vector<ListPlace>& places = atoms_.places(list);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!is_mark(program_, places[i].procedure)) continue;
    for (std::size_t known = all.size(); known-- > 0;) {
      const auto [having, lacking] = zdd_.split(all[known].second, places[i].atom);
      if (having == empty_set) continue;
      if (lacking != empty_set) all.emplace_back(all[known].first, lacking);
      all[known].first.push_back(i);
      all[known].second = having;
    }
  }
  return all;
}

SetId SetExecutor::change_group(SetId set, const Group& group) {
  if (group.number == none) return change_group(set, group, std::nullopt);
  SetId after = empty_set;
  for (const Part& number : evaluate(set, group.number))
    after = zdd_.unite(after, change_group(number.set, group, number.value));
  return after;
}

SetId SetExecutor::change_group(SetId set, const Group& group, std::optional<std::int32_t> number) {
  SetId after = empty_set;
  for (const auto& [marks, states] : marks_on(set, group.list))
    after = zdd_.unite(after, change_group(states, group, number, marks));
  return after;
}

SetId SetExecutor::change_group(SetId set, const Group& group, std::optional<std::int32_t> number, const Marks& marks) {
  const auto place = [&](std::size_t mark) { return atoms_.places(group.list)[marks[mark]]; };
  std::vector<ListEntry> entries;
  for (std::size_t i = 0; i < marks.size(); ++i) entries.push_back({place(i).procedure, place(i).arguments});
  const auto found_group = find_group(program_, entries, number);
  const auto take_off = [&](std::size_t mark) { set = zdd_.removed(set, place(mark).atom); };
  if (!found_group) return found(set, group.found, 0);
  const auto& [begin, end] = *found_group;
  switch (group.change) {
    case GroupChange::close:
      if (end) return found(set, group.found, -1);
      return found(push(set, group.list, program_.group_ends, place(begin).arguments), group.found, 1);
    case GroupChange::remove:
      take_off(begin);
      if (end) take_off(*end);
      return found(set, group.found, 1);
    case GroupChange::run:
      break;
  }
  const std::vector<bool> is_taken = taken_with_group(program_, entries, *found_group);
  for (std::size_t i = 0; i < marks.size(); ++i)
    if (is_taken[i]) take_off(i);
  std::vector<std::size_t> places;
  const std::size_t last = end ? marks[*end] : atoms_.places(group.list).size();
  for (std::size_t i = marks[begin] + 1; i < last; ++i)
    if (!is_mark(program_, atoms_.places(group.list)[i].procedure)) places.push_back(i);
  return run(found(set, group.found, 1), group.list, places);
}

}  // namespace tenure
