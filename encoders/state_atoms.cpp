#include "encoders/state_atoms.h"

#include <algorithm>
#include <functional>

#include "model/member_sorts.h"

namespace tenure {

bool are_in_order(const std::vector<ListPlace>& places, std::size_t a, std::size_t b) {
  if (a == b) return true;
  return places[std::max(a, b)].follows[std::min(a, b)];
}

std::vector<std::size_t> earlier_places(const std::vector<ListPlace>& places, std::size_t place) {
  std::vector<std::size_t> earlier;
  for (std::size_t i = 0; i < place; ++i)
    if (places[i].is_call(places[place].procedure, places[place].arguments)) earlier.push_back(i);
  return earlier;
}

std::vector<std::size_t> calling_order(const std::vector<ListPlace>& places, std::vector<std::size_t> which) {
  std::sort(which.begin(), which.end(), std::greater<>());
  std::vector<std::size_t> order;
  while (!which.empty()) {
    auto next = which.end();
    for (auto place = which.begin(); place != which.end(); ++place) {
      const bool is_next =
          std::none_of(which.begin(), place, [&](std::size_t newer) { return are_in_order(places, *place, newer); });
      if (is_next && (next == which.end() || (places[*next].may_end_run && !places[*place].may_end_run))) next = place;
    }
    order.push_back(*next);
    which.erase(next);
  }
  return order;
}

std::vector<std::vector<std::size_t>> places_by_call(const std::vector<ListPlace>& places) {
  std::vector<std::vector<std::size_t>> by_call;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto same = std::find_if(by_call.begin(), by_call.end(), [&](const std::vector<std::size_t>& known) {
      return places[known.front()].is_call(places[i].procedure, places[i].arguments);
    });
    if (same == by_call.end()) {
      by_call.push_back({i});
    } else {
      same->push_back(i);
    }
  }
  return by_call;
}

/// Numbers variables and entries as they are met in what the events call, in the order of the statements.
class StateAtoms::UseOrder {
 public:
  explicit UseOrder(StateAtoms& atoms) : atoms_(atoms), is_seen_(atoms.program_.procedures.size()) {}

  void number() {
    for (const ProgramEvent& event : atoms_.program_.events) {
      read(event.guard);
      visit(event.procedure);
      // What is deferred in between is called by some later event.
      while (next_deferred_ < deferred_.size()) visit(deferred_[next_deferred_++]);
    }
    for (VariableId v = 0; v < atoms_.program_.variables.size(); ++v) use({v, 1, none});
  }

 private:
  void use(const Reference& reference) {
    for (VariableId v = reference.first; v < reference.first + reference.count; ++v) {
      if (atoms_.use_of_variable_[v] == none) atoms_.use_of_variable_[v] = atoms_.uses_++;
    }
  }
  void read(TermId id) {
    if (id == none) return;
    const Term& term = atoms_.program_.terms[id];
    if (term.kind == Term::Kind::variable) {
      read(term.variable.index);
      use(term.variable);
      for (VariableId i = 0; i < term.variable.count; ++i) atoms_.is_used_[term.variable.first + i] = true;
    }
    for (const TermId operand : term.operands) read(operand);
  }
  void visit(ProcedureId id) {
    if (is_seen_[id]) return;
    is_seen_[id] = true;
    const Procedure& procedure = atoms_.program_.procedures[id];
    for (const Node& node : procedure.nodes) {
      for (const std::uint32_t edge : node.edges) visit(procedure.edges[edge]);
    }
  }
  void visit(const Edge& edge) {
    for_each_term(edge, [&](TermId term) { read(term); });
    if (const auto* assign = std::get_if<Assign>(&edge.action)) {
      read(assign->variable.index);
      use(assign->variable);
    } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
      use({pick->variable, 1, none});
    } else if (const auto* call = std::get_if<Call>(&edge.action)) {
      visit(call->procedure);
    } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
      if (atoms_.use_of_entry_.try_emplace({defer->list, defer->procedure}, atoms_.uses_).second) ++atoms_.uses_;
      deferred_.push_back(defer->procedure);
    }
  }

  StateAtoms& atoms_;
  std::vector<bool> is_seen_;
  std::vector<ProcedureId> deferred_;
  std::size_t next_deferred_ = 0;
};

StateAtoms::StateAtoms(const Program& program, Zdd& zdd, const std::vector<Touched>& touched)
    : program_(program),
      zdd_(zdd),
      independent_(program, touched),
      boundary_(zdd.first_atom()),
      values_(program.variables.size()),
      places_(program.lists.size()),
      use_of_variable_(program.variables.size(), none),
      is_used_(program.variables.size(), false) {
  UseOrder(*this).number();
}

Atom StateAtoms::atom_of(VariableId variable, std::int32_t value) {
  std::vector<Value>& values = values_[variable];
  for (const Value& known : values) {
    if (known.value == value) return known.atom;
  }
  const std::uint32_t use = use_of_variable_[variable];
  const bool is_local = program_.variables[variable].scope == Scope::local;
  values.push_back({value, is_local ? make_local(use, variable) : make_global(use, variable)});
  return values.back().atom;
}

const ListPlace& StateAtoms::add_place(ListId list, ProcedureId procedure, const std::vector<std::int32_t>& arguments) {
  const auto use = use_of_entry_.find({list, procedure});
  const ListEntry entry{procedure, arguments};
  std::vector<bool> follows;
  for (const ListPlace& earlier : places_[list]) {
    follows.push_back(earlier.is_call(procedure, arguments) ||
                      !independent_.are_independent({earlier.procedure, earlier.arguments}, entry));
  }
  const Atom atom = make_global(use == use_of_entry_.end() ? uses_ : use->second, group_of(list));
  places_[list].push_back({procedure, arguments, atom, independent_.may_end_run(entry), std::move(follows)});
  return places_[list].back();
}

Atom StateAtoms::running(Atom place, std::size_t depth) {
  const auto [entry, is_new] = running_.try_emplace({place, depth}, 0);
  if (is_new) entry->second = zdd_.atom_after(place);
  return entry->second;
}

State StateAtoms::state_of(const std::vector<Atom>& combination) const {
  std::vector<bool> is_there(zdd_.atoms(), false);
  for (const Atom atom : combination) is_there[atom] = true;
  State state{std::vector<std::int32_t>(program_.variables.size(), 0), {}};
  state.lists.resize(program_.lists.size());
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    for (const auto& [value, atom] : values_[v])
      if (is_there[atom]) state.values[v] = value;
  }
  for (ListId list = 0; list < program_.lists.size(); ++list) {
    for (const ListPlace& place : places_[list])
      if (is_there[place.atom]) state.lists[list].push_back({place.procedure, place.arguments});
  }
  return state;
}

State StateAtoms::known(State state) const {
  for (VariableId v = 0; v < program_.variables.size(); ++v)
    if (!is_used_[v] || program_.variables[v].scope == Scope::local) state.values[v] = 0;
  for (ListId list = 0; list < program_.lists.size(); ++list)
    state.lists[list] = in_places(list, std::move(state.lists[list]));
  return state;
}

/// As they are where one has no place.
std::vector<ListEntry> StateAtoms::in_places(ListId list, std::vector<ListEntry> entries) const {
  const std::vector<ListPlace>& places = places_[list];
  std::vector<bool> is_taken(places.size(), false);
  for (const ListEntry& entry : entries) {
    std::size_t place = places.size();
    for (std::size_t i = places.size(); i-- > 0;) {
      if (!places[i].is_call(entry.procedure, entry.arguments)) continue;
      bool fits = true;
      for (std::size_t later = i; later < places.size(); ++later)
        fits = fits && !(is_taken[later] && are_in_order(places, i, later));
      if (!fits) break;
      place = i;
    }
    if (place == places.size()) return entries;
    is_taken[place] = true;
  }
  std::vector<ListEntry> ordered;
  for (std::size_t i = 0; i < places.size(); ++i)
    if (is_taken[i]) ordered.push_back({places[i].procedure, places[i].arguments});
  return ordered;
}

/// After what is used as early, or before it.
Atom StateAtoms::make_global(std::uint32_t use, AtomGroup group) {
  const auto later = globals_.upper_bound(use);
  return globals_[use] = zdd_.atom_after(later == globals_.begin() ? boundary_ : std::prev(later)->second, group);
}

/// Those of inner calls, which are used later, come first: they are set, and forgotten again, most often.
Atom StateAtoms::make_local(std::uint32_t use, AtomGroup group) {
  const auto not_earlier = locals_.lower_bound(use);
  return locals_[use] =
             not_earlier == locals_.end() ? zdd_.first_atom(group) : zdd_.atom_after(not_earlier->second, group);
}

}  // namespace tenure
