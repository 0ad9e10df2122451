#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "encoders/mode.h"
#include "encoders/refine.h"
#include "encoders/solver.h"
#include "encoders/symbolic.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// Runs of a bounded number of events from the initial state, one event at a time: one formula for each event, whose
/// states are what the one before left. After each event Z3 says which values are possible at all; only those are
/// followed.
class BoundedSearch {
 public:
  BoundedSearch(const Program& program, const Modes& modes, ValuePool& pool, SolverContext& context);

  void set_limits(const QueryLimits& limits) { solver_.set_limits(limits); }
  /// Goes one event further. Only of these goals it is followed whether they are reached.
  void extend(const std::vector<std::uint32_t>& goals);
  std::uint32_t depth() const { return static_cast<std::uint32_t>(states_.size() - 1); }
  /// The states after so many events.
  using States = std::vector<std::pair<Mode, SymbolicState>>;
  const States& states(std::uint32_t events) const { return states_[events]; }

  /// Whether some run of depth() events reaches one of the goals.
  Satisfiability reaches(const std::vector<std::uint32_t>& goals);
  /// After `satisfiable`: which of the goals that run reaches.
  bool reached(std::uint32_t goal);
  /// A shortest path of depth() events to a goal that reaches() has found there: fewest steps, then fewest decisions
  /// for anything but the usual alternative. Without one when a limit was reached.
  std::optional<Path> shortest(std::uint32_t goal);
  /// Any path to a goal that is in the last run found.
  Path path(std::uint32_t goal);
  const std::string& reason() const { return solver_.reason(); }
  const std::set<std::string>& cuts() const { return executor_.cuts(); }
  std::size_t queries() const { return solver_.queries(); }

 private:
  using Weighted = std::vector<std::pair<Literal, std::uint32_t>>;
  std::optional<Path> descend(std::uint32_t goal, const Weighted& cost, std::vector<Literal>& assumptions);
  std::uint32_t cost_of(const Weighted& cost);
  Literal reaches_goal(std::uint32_t goal);

  const Program& program_;
  const Modes& modes_;
  ValuePool& pool_;
  FormulaGraph& graph_;
  SymbolicExecutor executor_;
  Solver solver_;
  std::vector<States> states_;
};

}  // namespace tenure
