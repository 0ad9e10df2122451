#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "encoders/set_summaries.h"
#include "encoders/solver.h"
#include "encoders/state_atoms.h"
#include "encoders/touched.h"
#include "encoders/zdd.h"
#include "model/program.h"

namespace tenure {

/// Why an event was given up on sets of states.
class SetsTooLarge : public std::runtime_error {
 public:
  explicit SetsTooLarge(const std::string& why, SetId set = empty_set) : std::runtime_error(why), set_(set) {}
  /// One that is large.
  SetId set() const { return set_; }

 private:
  SetId set_;
};

/// A list has so many copies of a call that it may grow for ever.
class ListGrows : public std::runtime_error {
 public:
  explicit ListGrows(ListId list) : std::runtime_error("a list grows"), list_(list) {}
  ListId list() const { return list_; }

 private:
  ListId list_;
};

/// Carries out events of a Program on sets of states, node by node: what the interpreter does with one state.
class SetExecutor {
 public:
  explicit SetExecutor(const Program& program);

  /// The states before the first event, one for each configuration.
  SetId initial();
  /// The states in which an event may happen, and the others.
  std::pair<SetId, SetId> split(SetId states, std::uint32_t event) {
    return split_by(states, program_.events[event].guard);
  }
  /// All that an event may come to from the states, but those in which the run ends there, and those that are known,
  /// from earlier events. What is on a list is at the first places that it fits in. Throws ListGrows, SetsTooLarge, or
  /// TooManyNodes: then nothing has happened but that goals were reached.
  SetId carry_out(std::uint32_t event, SetId states, SetId known = empty_set);

  /// From now on a list grows that has more copies of a call after an event.
  void set_most_copies(std::size_t copies) { usual_most_copies_ = copies; }
  /// From now on no run is followed that has more copies of a call on the list after an event.
  void cut(ListId list, std::size_t most_copies) { most_copies_[list] = most_copies; }
  /// The states that have no more copies of any call on a list than are followed. Throws ListGrows where the list was
  /// not cut.
  SetId followed(SetId states, ListId list);
  /// Whether some run was not followed because of that.
  bool is_cut(ListId list) const { return is_cut_[list]; }
  /// Has carry_out() give up on a set that has more nodes.
  void set_largest(std::size_t nodes) { largest_ = nodes; }
  /// Has it give up where a limit is reached.
  void set_limits(const QueryLimits& limits) { limits_ = limits; }
  /// By goal: whether it was reached since this was asked last, by what was not carried out before, as far as that is
  /// remembered.
  std::vector<bool> take_reached() { return std::exchange(reached_, std::vector<bool>(program_.goals.size(), false)); }

  /// Whether it remembers what procedures make of states, from now on.
  void remember(bool does) { remembers_ = does; }
  /// As if nothing had been carried out before.
  void forget_summaries() { summaries_.forget(); }
  /// Whether there are so many sets that it is time to forget some, and more nodes than `least`.
  bool lacks_room(std::size_t least) const;
  /// Forgets all other sets. Those that are kept get new numbers.
  void forget_others(std::vector<SetId*> kept);
  /// Looks for an order of the atoms in which these sets are small; forgets all but those that are kept, summaries too.
  void reorder(const std::vector<SetId>& by, const std::vector<SetId*>& kept);

  Zdd& zdd() { return zdd_; }
  const StateAtoms& atoms() const { return atoms_; }

 private:
  struct Part {
    std::int32_t value;
    SetId set;
  };
  /// A set by the value of a term.
  using Parts = std::vector<Part>;
  struct Arguments {
    std::vector<std::int32_t> values;
    SetId set;
  };
  /// Places of the marks of groups that are on a list, oldest first.
  using Marks = std::vector<std::size_t>;

  void add(Parts& parts, std::int32_t value, SetId set);
  Parts values_of(SetId set, VariableId variable);
  Parts values_of(SetId set, const Reference& reference);
  Parts evaluate(SetId set, TermId term);
  Parts evaluate_operation(SetId set, TermId term);
  std::pair<SetId, SetId> split_by(SetId set, TermId term);
  std::pair<SetId, SetId> split_by_value(SetId set, TermId term);
  std::int32_t value_at(TermId term, std::int32_t value) const;
  std::vector<Arguments> evaluate(SetId set, const std::vector<TermId>& terms);
  SetId cleared(SetId set, VariableId variable);
  SetId with_value(SetId set, VariableId variable, std::int32_t value);

  SetId carry_out_procedure(ProcedureId procedure, SetId set);
  SetId step_through(const Procedure& procedure, bool has_loops, SetId set);
  SetId take(const Edge& edge, SetId set);
  SetId assign(SetId set, const Assign& assign);
  SetId pick(SetId set, const Pick& pick);
  SetId call(SetId set, ProcedureId procedure, const std::vector<std::int32_t>& arguments);
  SetId call(SetId set, const Call& call);
  SetId begin_call(SetId set, ProcedureId procedure, const std::vector<std::int32_t>& arguments);

  SetId push(SetId set, ListId list, ProcedureId procedure, const std::vector<std::int32_t>& arguments);
  SetId defer(SetId set, const Defer& defer);
  SetId take_back(SetId set, const TakeBack& take_back);
  /// Calls what is at these places, newest first, and takes it off.
  SetId run(SetId set, ListId list, std::vector<std::size_t> places);
  SetId run(SetId set, const Run& run);
  SetId change_group(SetId set, const Group& group);
  SetId change_group(SetId set, const Group& group, std::optional<std::int32_t> number);
  SetId change_group(SetId set, const Group& group, std::optional<std::int32_t> number, const Marks& marks);
  std::vector<std::pair<Marks, SetId>> marks_on(SetId set, ListId list);
  SetId found(SetId set, VariableId found, std::int32_t value);
  SetId compacted(SetId set, ListId list);

  const Program& program_;
  Zdd zdd_;
  std::vector<Touched> touched_;  ///< by procedure
  StateAtoms atoms_;
  SetSummaries summaries_;
  bool remembers_ = true;
  std::vector<bool> has_loops_;        ///< by procedure
  std::vector<VariableId> only_read_;  ///< by term: the one variable of whose value it is made; none: not so
  std::vector<bool> reached_;
  std::vector<std::optional<std::size_t>> most_copies_;  ///< by list
  std::vector<bool> is_cut_;                             ///< by list
  std::size_t usual_most_copies_ = SIZE_MAX;             ///< on the others
  std::size_t runs_ = 0;                                 ///< of lists, within each other
  std::size_t largest_ = SIZE_MAX;
  std::size_t measured_at_ = 0;  ///< how many nodes had been made
  std::size_t visits_ = 0;
  std::size_t nodes_kept_ = 0;  ///< when others were forgotten
  QueryLimits limits_;
};

}  // namespace tenure
