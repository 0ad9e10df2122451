#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "encoders/formula.h"
#include "encoders/solver.h"

namespace tenure {

/// Literals with what each costs where it holds.
using Weighted = std::vector<std::pair<Literal, std::uint32_t>>;

/// What weighted literals cost together, for a solver to bound: the generalized totalizer of Joshi, Martins and
/// Manquinho (CP 2015), which says of sums no more than that they are at least so high.
class Cost {
 public:
  /// Tells costs up to `most` apart.
  Cost(FormulaGraph& graph, Solver& solver, const Weighted& weighted, std::uint32_t most);
  /// To be assumed: the cost is at most `limit`, which is at most `most`.
  Literal at_most(std::uint32_t limit) const;

 private:
  using Sums = std::map<std::uint32_t, Literal>;  ///< by sum: holds where some of the literals have it
  Sums added(const Sums& left, const Sums& right);

  FormulaGraph& graph_;
  Solver& solver_;
  std::uint32_t most_;
  Sums sums_;
};

}  // namespace tenure
