#pragma once

#include <optional>

#include "encoders/solver.h"
#include "encoders/state_graph.h"
#include "encoders/z3_solver.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// A shortest lasso on which a list grows again and again, replayed on `exact`, which has exact counters.
/// Without one when none of at most `most_events` was found or a limit was reached.
std::optional<Path> find_growth(const Program& program, const Program& exact, const StateGraph& states, Solver& solver,
                                SolverContext& z3, const QueryLimits& limits, std::size_t most_events);

}  // namespace tenure
