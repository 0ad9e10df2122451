#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "encoders/reachable_states.h"
#include "encoders/solver.h"
#include "encoders/symbolic.h"
#include "encoders/transition_system.h"
#include "encoders/value.h"
#include "encoders/z3_solver.h"
#include "model/program.h"

namespace tenure {

/// What the diagram of a program's reachable states says of its goals. That no run reaches one is proved by Z3, for
/// which the diagram is no more than the invariant.
class StateDiagram {
 public:
  /// All must outlive it; the lassos are those of the program, or of one that has some of its runs.
  StateDiagram(const Program& program, SampledLassos& lassos, ValuePool& pool)
      : program_(program), pool_(pool), reachable_(program, lassos), executor_(program, pool) {}

  /// As ReachableStates::give_up_far_counters().
  void give_up_far_counters(std::size_t nodes, std::int32_t distance) {
    reachable_.give_up_far_counters(nodes, distance);
  }
  /// Whether it did.
  bool is_up_to_counters() const { return reachable_.is_up_to_counters(); }
  /// Whether a list grows, as far as it was explored.
  bool seems_to_grow() const { return reachable_.seems_to_grow(); }
  /// Finds the states. False when a limit was reached: there is nothing else to be asked then.
  bool explore(const QueryLimits& limits) { return reachable_.explore(limits); }
  /// Whether a run that was followed reaches the goal, as far as the diagram says.
  bool reached(std::uint32_t goal) const { return reachable_.reached(goal); }
  /// A run to a goal that is reached. Nothing when a limit was reached.
  std::optional<Path> run_to(std::uint32_t goal, const QueryLimits& limits) { return reachable_.run_to(goal, limits); }
  /// Has Z3 show in a fresh solver that the states are an invariant in which none of these goals is reached. False when
  /// a limit was reached. Throws InternalError when it is not so.
  bool prove(const std::vector<std::uint32_t>& goals, SolverContext& context, const QueryLimits& limits);
  /// After prove(): what was cut, ranges of picks and lists.
  std::set<std::string> cuts() const;
  /// Whether a list was cut.
  bool grows() const { return !reachable_.most_copies().empty(); }
  /// The invariant in words.
  std::string in_words();

 private:
  const Program& program_;
  ValuePool& pool_;
  ReachableStates reachable_;
  SymbolicExecutor executor_;
  std::optional<TransitionSystem> system_;
};

}  // namespace tenure
