#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "encoders/independent_calls.h"
#include "encoders/touched.h"
#include "encoders/zdd.h"
#include "model/interpreter.h"
#include "model/program.h"

namespace tenure {

/// A place that an entry may have on a list: `atom` says that this call is there.
struct ListPlace {
  ProcedureId procedure;
  std::vector<std::int32_t> arguments;
  Atom atom;
  bool may_end_run = false;
  std::vector<bool> follows;  ///< by earlier place: whether what is there has to stay before this one
  bool is_call(ProcedureId other, const std::vector<std::int32_t>& others_arguments) const {
    return procedure == other && arguments == others_arguments;
  }
};

/// Whether what is at two places of a list has to stay in this order, as calls do that are not independent.
bool are_in_order(const std::vector<ListPlace>& places, std::size_t a, std::size_t b);
/// The places before one that are of the same call.
std::vector<std::size_t> earlier_places(const std::vector<ListPlace>& places, std::size_t place);
/// The order in which what is at these places is called: newest first, but what may end the run after all that need not
/// come after it.
std::vector<std::size_t> calling_order(const std::vector<ListPlace>& places, std::vector<std::size_t> which);
/// The places of each call, in their order.
std::vector<std::vector<std::size_t>> places_by_call(const std::vector<ListPlace>& places);

/// A state of a Program as a combination of atoms: one for the value of each variable that is not 0, and one for each
/// entry on a list, at one of the list's places: after all older ones but those that it is independent of. New atoms
/// are made near those that are used near them in the program, locals before all others.
class StateAtoms {
 public:
  struct Value {
    std::int32_t value;
    Atom atom;
  };

  /// `touched` is touched_by() of the program; all must outlive it.
  StateAtoms(const Program& program, Zdd& zdd, const std::vector<Touched>& touched);

  /// What a variable has been besides 0; the atoms are a group with the number of the variable.
  const std::vector<Value>& values(VariableId variable) const { return values_[variable]; }
  Atom atom_of(VariableId variable, std::int32_t value);
  /// The places of a list, oldest entry first.
  const std::vector<ListPlace>& places(ListId list) const { return places_[list]; }
  /// Of the atoms of its places.
  AtomGroup group_of(ListId list) const { return static_cast<AtomGroup>(program_.variables.size() + list); }
  /// A new one after all others.
  const ListPlace& add_place(ListId list, ProcedureId procedure, const std::vector<std::int32_t>& arguments);
  /// The atom that stands for an entry at a place while it is to be run, in a run within so many others.
  Atom running(Atom place, std::size_t depth);
  /// Whether a term reads the variable in what events call.
  bool is_used(VariableId variable) const { return is_used_[variable]; }
  /// What the combination of these atoms stands for, as known() gives it.
  State state_of(const std::vector<Atom>& combination) const;
  /// A state between two events without what no term reads, and with its lists in the order of the first places that
  /// their entries fit in.
  State known(State state) const;
  /// The atoms of locals are before this level, the others from there on.
  std::uint32_t first_global() const { return zdd_.level(boundary_) + 1; }

 private:
  class UseOrder;
  std::vector<ListEntry> in_places(ListId list, std::vector<ListEntry> entries) const;
  Atom make_global(std::uint32_t use, AtomGroup group);
  Atom make_local(std::uint32_t use, AtomGroup group);

  const Program& program_;
  Zdd& zdd_;
  IndependentCalls independent_;
  Atom boundary_;  ///< in no combination
  std::vector<std::vector<Value>> values_;
  std::vector<std::vector<ListPlace>> places_;
  std::map<std::pair<Atom, std::size_t>, Atom> running_;  ///< by the place's, and depth
  std::vector<std::uint32_t> use_of_variable_;            ///< a number: how early it is used
  std::map<std::pair<ListId, ProcedureId>, std::uint32_t> use_of_entry_;
  std::vector<bool> is_used_;
  std::uint32_t uses_ = 0;
  std::map<std::uint32_t, Atom> globals_, locals_;  ///< by use: the last one made
};

}  // namespace tenure
