#pragma once

#include <optional>

#include "encoders/solver.h"
#include "encoders/state_graph.h"
#include "encoders/z3_solver.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// What a search for growth comes to: nothing of both when there is none within the limits.
struct Growth {
  /// A shortest lasso on which a list grows again and again, replayed on the exact program.
  std::optional<Path> lasso;
  /// Without one: a list that has more on it in some run than was presumed, so that the states are not all there are.
  std::optional<ListId> broken;
};

/// Searches lassos of at most `most_events`. `exact` is the program with exact counters.
Growth find_growth(const Program& program, const Program& exact, const StateGraph& states, Solver& solver,
                   SolverContext& z3, const QueryLimits& limits, std::size_t most_events);

}  // namespace tenure
