#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "encoders/formula.h"
#include "encoders/loosening.h"
#include "encoders/solver.h"
#include "encoders/value.h"
#include "model/interpreter.h"
#include "model/program.h"

namespace tenure {

class StateAtoms;

/// All states that some runs may be in, at one place of the control flow: a run is here when `here` holds, and has then
/// these values and lists. `reached[g]` holds when it has reached goal g.
struct SymbolicState {
  Literal here = false_literal;
  std::vector<ValueId> values;
  std::vector<SlotsId> lists;
  std::vector<Literal> reached;
};

/// A choice of the environment at one place: a run that comes here (`here`) goes option i when `taken[i]` holds.
struct SymbolicChoice {
  Literal here;
  std::vector<Option> options;
  std::vector<Literal> taken;
  std::vector<Literal> reached;     ///< before it
  Literal is_exact = true_literal;  ///< unless a counter is taken to be beyond its range before or after it
};

/// A step that counts, and what had been reached before it.
struct SymbolicStep {
  Literal here;
  std::uint32_t steps;
  std::vector<Literal> reached;
};

/// Carries out events of a Program on symbolic states: one event is one pass over its acyclic control flow, in which
/// states are merged where branches join, constants are folded, and what a branch's condition says about a variable is
/// used in the branch.
class SymbolicExecutor {
 public:
  SymbolicExecutor(const Program& program, ValuePool& pool);

  /// From now on only these goals are followed; at first all are.
  void follow(const std::vector<std::uint32_t>& goals) { followed_ = std::set(goals.begin(), goals.end()); }
  /// From now on the solver, which must live as long as events are carried out, is asked when a list changes whether
  /// what may be on it still is: what is gone for certain must not look like an entry.
  void ask(Solver& solver) { solver_ = &solver; }
  /// From now on events are given up when a limit is reached: reason() says which, and what they gave is not all.
  void set_limits(const QueryLimits& limits) {
    limits_ = limits;
    reason_.clear();
  }
  const std::string& reason() const { return reason_; }
  /// From now on what happens is noted there.
  void note(SeenValues& seen) { seen_ = &seen; }
  /// From now on statements do as said there, which must live as long as events are carried out.
  void loosen(const Loosening& loosening) { loosening_ = &loosening; }
  /// From now on, and before the first event, what is on lists is said by values of a state, after those of the
  /// variables: for each place, whether this call is there. Where an entry has no place after all that has to stay
  /// before it, the event is excluded(). The atoms must live as long as events are carried out.
  void use_places(const StateAtoms& atoms);
  /// The index of the value that says whether the first place of a list is taken.
  std::size_t first_place(ListId list) const { return first_places_[list]; }
  /// The state before the first event; fixed variables are fresh inputs.
  SymbolicState initial();
  /// Carries out one event that the environment chooses among those enabled; a run in which none is enabled ends. Gives
  /// a state for each event that can happen; what the environment decides is appended to choices(), in the order in
  /// which every run meets them, and steps to steps().
  std::vector<SymbolicState> any_event(const SymbolicState& before);
  /// Uses in a state that formulas hold wherever it is.
  void assume(SymbolicState& state, const std::vector<Literal>& facts);
  /// Joins states that exclude each other.
  void merge(SymbolicState& into, SymbolicState other);
  /// Which event any_event() took: for each call, a literal per event.
  const std::vector<std::vector<Literal>>& chosen_events() const { return chosen_events_; }
  /// For each call of any_event(): its choices and steps.
  const std::vector<std::vector<SymbolicChoice>>& choices() const { return choices_; }
  const std::vector<std::vector<SymbolicStep>>& steps() const { return steps_; }
  /// For each call of any_event(): what the solver said of it never holds, for a proof to show.
  const std::vector<Literal>& excluded() const { return excluded_; }
  /// What was cut: ranges of picks.
  const std::set<std::string>& cuts() const { return cuts_; }
  /// Whether Program::picks_lowest would leave out some of what is picked.
  bool could_pick_less() const { return could_pick_less_; }

  ValueId value(const SymbolicState& state, TermId term);
  Literal truth(const SymbolicState& state, TermId term);
  /// After initial(): the fixed variables, in the order of Program::variables.
  const std::vector<FreeValue>& fixed() const { return fixed_; }

 private:
  /// By node. Where no run is, there is no state.
  using Pending = std::map<NodeId, SymbolicState>;

  SymbolicState run(std::uint32_t event, SymbolicState state, Literal chosen);
  SymbolicState carry_out(ProcedureId procedure, SymbolicState state);
  void leave_node(const Procedure& procedure, NodeId node, SymbolicState state, Pending& pending);
  void choose(const Procedure& procedure, NodeId node, const SymbolicState& state, Pending& pending);
  void take(const Edge& edge, const Option& option, SymbolicState state, Pending& pending);
  void apply(const Edge& edge, const Option& option, SymbolicState& state);
  void apply_loosely(const Edge& edge, const Option& option, SymbolicState& state);
  Literal given(const Edge& edge) const;
  ValueId loosened(Literal given, ValueId value, const std::set<std::int32_t>& others);
  std::vector<ValueId> arguments(const Edge& edge, const SymbolicState& state, ProcedureId procedure,
                                 const std::vector<TermId>& terms);
  bool is_loose(const Procedure& procedure, NodeId node) const;
  void note(const Edge& edge, const Reference& variable, ValueId value);
  const std::set<std::int32_t>& values_of(const Edge& edge, const Reference& variable) const;
  bool is_beyond(ProcedureId procedure, std::uint32_t rounds);
  void assign(SymbolicState& state, const Reference& reference, ValueId value);
  void call(SymbolicState& state, ProcedureId procedure, const std::vector<ValueId>& arguments);
  void run_slots(SymbolicState& state, ListId list, const std::vector<Slot>& running);
  std::vector<std::size_t> calling_order(ListId list, std::size_t slots) const;
  void change_group(SymbolicState& state, const Group& group);
  void take_back(SymbolicState& state, const TakeBack& take_back);
  std::vector<Slot> list(const SymbolicState& state, ListId list) const;
  Literal is_empty(const SymbolicState& state, ListId list) const;
  void set_list(SymbolicState& state, ListId list, std::vector<Slot> slots);
  void push(SymbolicState& state, ListId list, Slot slot);
  void push_in_place(SymbolicState& state, ListId list, const Slot& slot);
  void drop_if_gone(const SymbolicState& state, Slot& slot);
  Literal same_call(const Slot& slot, ProcedureId procedure, const std::vector<ValueId>& arguments);
  std::vector<ValueId> values(const SymbolicState& state, const std::vector<TermId>& terms);
  /// Uses in `state` that a term is true, or false.
  void assume(SymbolicState& state, TermId term, bool truth);
  Literal separator(Literal first, Literal second) const;

  const Program& program_;
  ValuePool& pool_;
  FormulaGraph& graph_;
  std::optional<std::set<std::uint32_t>> followed_;
  Literal context_ = true_literal;  ///< what `here` is relative to while a procedure is carried out
  std::vector<FreeValue> fixed_;
  const StateAtoms* atoms_ = nullptr;      ///< nothing: lists are followed as they are
  std::vector<std::vector<Slot>> places_;  ///< by list
  std::vector<std::size_t> first_places_;  ///< by list
  SymbolicState halted_;
  std::size_t halts_ = 0;
  std::vector<std::vector<Literal>> chosen_events_;
  std::vector<std::vector<SymbolicChoice>> choices_;
  std::vector<std::vector<SymbolicStep>> steps_;
  std::set<std::string> cuts_;
  bool could_pick_less_ = false;
  Solver* solver_ = nullptr;
  std::vector<Literal> excluded_;
  QueryLimits limits_;
  std::string reason_;
  SeenValues* seen_ = nullptr;
  const Loosening* loosening_ = nullptr;
};

}  // namespace tenure
