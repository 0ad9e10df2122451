#pragma once

#include "encoders/solver.h"
#include "encoders/symbolic.h"
#include "model/program.h"

namespace tenure {

/// Drops what cannot be from a state: cases of values, entries of lists and goals that hold in no run, as the solver
/// says. False when no run is in the state at all. Where a limit is reached the state stays as it is.
bool refine(const Program& program, ValuePool& pool, SymbolicExecutor& executor, Solver& solver, SymbolicState& state);

}  // namespace tenure
