#pragma once

#include <memory>

#include "encoders/solver.h"
#include "encoders/z3_solver.h"

namespace tenure {

/// What searches for states, runs and invariants: CaDiCaL, or Z3 in a context, which is slower but shares nothing with
/// it.
class SearchSolver {
 public:
  SearchSolver() = default;
  /// The context must outlive the solvers that are made.
  explicit SearchSolver(SolverContext& z3) : z3_(&z3) {}
  /// A solver without formulas. The graph must outlive it.
  std::unique_ptr<Solver> make(const FormulaGraph& graph, Questions questions = Questions::many) const;

 private:
  SolverContext* z3_ = nullptr;
};

}  // namespace tenure
