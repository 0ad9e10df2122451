#include "encoders/search_solver.h"

#include "encoders/sat_solver.h"

namespace tenure {

std::unique_ptr<Solver> SearchSolver::make(const FormulaGraph& graph, Questions questions) const {
  if (z3_ != nullptr) return std::make_unique<Z3Solver>(*z3_, graph, Questions::many);
  return std::make_unique<SatSolver>(graph, questions);
}

}  // namespace tenure
