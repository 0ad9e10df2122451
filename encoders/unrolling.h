#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "encoders/cost.h"
#include "encoders/solver.h"
#include "encoders/state_graph.h"
#include "encoders/z3_solver.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// A formula with other literals in place of some inputs.
class Substitution {
 public:
  explicit Substitution(FormulaGraph& graph) : graph_(&graph) {}
  void put(Literal input, Literal replacement);
  /// Inputs that were not put stay, or get a fresh one in their place.
  bool renews = false;
  std::uint32_t first_renewed = 0;  ///< nodes below stay
  Literal operator()(Literal literal);

 private:
  FormulaGraph* graph_;
  std::unordered_map<std::uint32_t, Literal> done_;  ///< by node
};

/// A run is at a location after so many events and again at its end, with the same values of all variables but counters
/// and with all on its lists that was there, and one certain entry that was not.
struct Return {
  std::uint32_t events;
  Literal when;
};

/// Runs of a bounded number of events through an explored StateGraph, one event at a time. A run of fewest events never
/// comes twice to a location without inputs under one configuration: the part between could be left out. So such a
/// location's formula serves for all the events of a run, with the same decisions; only one with inputs is copied for
/// each event. The solver searches; what is told of a shortest run is Z3's own model of its formula.
class Unrolling {
 public:
  /// With `revisits`, runs may come to a location again and decide otherwise there.
  Unrolling(const Program& program, const StateGraph& graph, Solver& solver, SolverContext& z3, bool revisits = false);

  /// Goes one event further.
  void extend();
  std::uint32_t depth() const { return static_cast<std::uint32_t>(visits_.size() - 1); }
  /// Whether some run of depth() events reaches one of the goals in its last event, and in none before.
  Satisfiability reaches(const std::vector<std::uint32_t>& goals);
  /// After `satisfiable`: which of the goals that run reaches.
  bool reached(std::uint32_t goal);
  /// Whether some run of depth() events breaks a presumption of the graph in its last event, and none before.
  Satisfiability breaks_presumption();
  /// After `satisfiable`: about which list.
  ListId broken_list();
  /// A shortest path of depth() events to a goal that reaches() has found there: fewest steps, then fewest decisions
  /// for anything but the usual alternative. Without one when a limit was reached. Throws InternalError when Z3 says
  /// that there is no such run.
  std::optional<Path> shortest(std::uint32_t goal) { return shortest(reaches_goal(goal), goal); }
  /// The same of those on which every counter is in its range, if there are any.
  std::optional<Path> shortest_exact(std::uint32_t goal) {
    return shortest(graph_.conjunction(reaches_goal(goal), is_exact()), goal);
  }
  /// The path of the last run found: to a goal, or, with `none`, to the end of its last event.
  Path path(std::uint32_t goal) { return read_path(goal, solver_, nullptr); }
  /// After `unknown`, or without a shortest path: why.
  const std::string& reason() const { return reason_; }
  /// The ways in which a run of depth() events may return.
  std::vector<Return> returns();
  /// Whether some run returns so.
  Satisfiability returns_by(const Return& way) { return find_run(way.when); }
  /// After `satisfiable`: the path of that run.
  Path lasso(const Return& way);
  /// A shortest path of depth() events that returns in one of these ways, and which; without one when there is none or
  /// a limit was reached.
  std::optional<std::pair<Path, std::size_t>> shortest_lasso(const std::vector<Return>& ways);

 private:
  /// A location that some runs come to after a number of events.
  struct Visit {
    std::uint32_t location;
    Literal here = false_literal;
    std::vector<Literal> free;  ///< for each input of its bundles
    Substitution now;           ///< its formulas at this event
  };

  std::optional<Path> shortest(Literal target, std::uint32_t goal);
  void add_returns(std::uint32_t events, const Visit& before, const Visit& after, std::vector<Return>& all) const;
  std::vector<ValueId> cells_at(const Visit& visit) const;
  Visit& visit(std::vector<Visit>& visits, std::uint32_t location);
  void prepare(Visit& visit);
  bool descend(const Weighted& cost, std::vector<Literal>& bounds);
  std::optional<Weighted> uncertain(const Weighted& cost, const std::vector<Literal>& bounds);
  std::uint32_t cost_of(const Weighted& cost);
  std::optional<Path> found_by_z3(Literal target, std::uint32_t goal);
  Path read_path(std::uint32_t goal, Solver& model, std::vector<Literal>* decided);
  Satisfiability ask(Solver& solver, const std::vector<Literal>& assumptions);
  template <typename At>
  Literal in_last_event(const At& at);
  Literal reaches_goal(std::uint32_t goal);
  Literal breaks(ListId list);
  Satisfiability find_run(Literal holds);
  Literal is_exact();

  const Program& program_;
  const StateGraph& states_;
  FormulaGraph& graph_;
  Solver& solver_;
  Z3Solver z3_;
  bool revisits_;
  std::string reason_;
  std::vector<std::vector<Visit>> visits_;  ///< by number of events
};

}  // namespace tenure
