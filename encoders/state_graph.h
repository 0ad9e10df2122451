#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "encoders/solver.h"
#include "encoders/symbolic.h"
#include "encoders/transition_system.h"
#include "model/program.h"

namespace tenure {

/// All states between two events that some run may come to, as a graph of locations, each explored once. A location
/// fixes the shape of the lists and the variables that decide which events may happen. Of the other values it fixes
/// what it can: one value, or one that depends on the fixed variables alone, so that configurations are not told
/// apart. Where that would make many locations that differ in a few values only, these become free in it: inputs say
/// what they are. Under which configurations a location is reached is known in part only, by what all ways to it have
/// in common; the rest is for an invariant to say.
class StateGraph {
 public:
  StateGraph(const Program& program, ValuePool& pool, Solver& solver);

  /// Follows only these goals, as if no run could reach the others.
  void follow(const std::vector<std::uint32_t>& goals) { executor_.follow(goals); }
  /// Explores until no event leads to a new location. False when a limit was reached: reason() says which, and what was
  /// explored up to then is what transition_system() and an Unrolling see.
  bool explore(const QueryLimits& limits);
  const std::string& reason() const { return reason_; }

  /// One event of the environment's choice out of a location into another.
  struct Move {
    std::uint32_t to;
    Literal when;
    std::vector<ValueId> cells;  ///< after it
  };
  /// A value that is free in a location.
  struct FreeCell {
    std::uint32_t cell;
    FreeValue value;
  };
  struct Location {
    std::uint32_t group = 0;
    std::vector<ValueId> cells;  ///< of each tracked variable, then of each argument on the lists
    std::vector<FreeCell> free;
    std::vector<Literal> facts;  ///< about the fixed variables, on every way here; sorted
    std::uint32_t merged_into = none;
    std::vector<Move> moves;
    Literal happens = false_literal;
    std::vector<Literal> reached;  ///< by goal; empty: not explored
    std::size_t call = 0;          ///< of any_event(): its choices and steps
  };
  std::uint32_t initial() const { return resolve(0); }
  const std::vector<ValueId>& initial_cells() const { return locations_.front().cells; }
  const Location& location(std::uint32_t id) const { return locations_[id]; }
  /// The location that a location has become part of.
  std::uint32_t resolve(std::uint32_t id) const;
  /// For each goal: no run of fewer events reaches it; UINT32_MAX: none does at all.
  std::vector<std::uint32_t> fewest_events() const;
  /// Pairs of locations between which one list has become longer; all else can be the same in both.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> growths() const;
  /// The graph as formulas: a bit for each location, for each free value, and for each fixed variable.
  TransitionSystem transition_system() const;

  /// How many of a location's cells are variables.
  std::uint32_t variable_cells() const { return static_cast<std::uint32_t>(tracked_.size()); }
  const SymbolicExecutor& executor() const { return executor_; }
  ValuePool& pool() const { return pool_; }
  /// Nodes of the formula graph below this one are about fixed variables.
  std::uint32_t first_open() const { return first_open_; }
  const std::vector<FreeValue>& fixed() const { return executor_.fixed(); }
  /// What was cut: ranges of picks, lists.
  std::set<std::string> cuts() const;
  /// Whether a list was cut.
  bool grows() const { return !growing_lists_.empty(); }

 private:
  /// What tells groups of locations apart. Presence is by configuration alone.
  struct Shape {
    std::vector<std::int32_t> control;
    std::vector<std::vector<std::pair<ProcedureId, Literal>>> lists;
    friend auto operator<=>(const Shape&, const Shape&) = default;
  };
  struct Group {
    Shape shape;
    std::map<std::vector<ValueId>, std::uint32_t> members = {};  ///< by cells
    std::uint32_t whole = none;                                  ///< the one location that they have become
  };
  struct Arrival {
    std::uint32_t group = 0;
    std::vector<ValueId> cells;  ///< as they come, open or not
    std::vector<ValueId> key;    ///< closed; empty where the group is one location
    Literal when = false_literal;
  };

  static bool is_longer(const Shape& before, const Shape& after);
  bool can_be_same(const Location& before, const Location& after) const;
  void find_control(TermId term);
  void forget_waiting();
  bool explore_location(std::uint32_t id, const QueryLimits& limits);
  bool arrive(const SymbolicState& after, Location& from);
  Arrival arrival_in_model(const SymbolicState& after);
  ValueId closed_value(ValueId value, Literal& when);
  std::vector<Slot> cut(std::vector<Slot> slots, ListId list);
  std::uint32_t group_of(Shape shape);
  std::uint32_t location_at(const Arrival& arrival, const std::vector<Literal>& facts);
  void add_facts(Location& location, std::uint32_t id, const std::vector<Literal>& facts);
  bool cover(std::uint32_t id, const Arrival& arrival);
  void add_values(Location& location, FreeCell& free, const std::vector<std::int32_t>& more);
  std::vector<std::int32_t> values_of(ValueId value) const;
  void free_if_different(std::uint32_t id, std::uint32_t cell, ValueId value);
  void join(std::uint32_t group);
  SymbolicState state_at(const Location& location) const;
  std::vector<Literal> facts_on(const Location& from, Literal when);
  bool is_open(Literal literal);
  std::string in_words(const Location& location) const;
  std::string name_of_cell(std::uint32_t cell) const;

  const Program& program_;
  ValuePool& pool_;
  FormulaGraph& graph_;
  Solver& solver_;
  SymbolicExecutor executor_;
  SymbolicState initial_;
  std::vector<VariableId> tracked_;
  std::vector<VariableId> control_;
  std::vector<Group> groups_;
  std::map<Shape, std::uint32_t> group_ids_;
  std::vector<Location> locations_;
  std::set<std::uint32_t> waiting_;   ///< to be explored, or again because less is known of them
  std::uint32_t first_open_ = 0;      ///< nodes below are of fixed variables
  std::vector<signed char> depends_;  ///< by node: whether it depends on more than fixed variables; -1 not known yet
  std::set<ListId> growing_lists_;
  std::string reason_;
};

}  // namespace tenure
