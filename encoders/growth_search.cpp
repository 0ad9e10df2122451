#include "encoders/growth_search.h"

#include <algorithm>

#include "encoders/unrolling.h"
#include "model/trace.h"

namespace tenure {

std::optional<Path> find_growth(const Program& program, const Program& exact, const StateGraph& states, Solver& solver,
                                SolverContext& z3, const QueryLimits& limits, std::size_t most_events) {
  solver.set_limits(limits);
  Unrolling unrolling(program, states, solver, z3, true);
  while (unrolling.depth() < most_events) {
    unrolling.extend();
    std::optional<Path> best;
    for (std::uint32_t stem = 0; stem < unrolling.depth(); ++stem) {
      for (std::uint32_t location = 0; location < states.locations(); ++location) {
        const Literal returns = unrolling.returns(location, stem);
        if (returns == false_literal) continue;
        const Satisfiability answer = solver.check({returns});
        if (answer == Satisfiability::unknown) return best;
        if (answer == Satisfiability::unsatisfiable) continue;
        std::optional<Path> path = unrolling.shortest_returning(returns);
        if (!path) return best;
        path->repeats_from = stem;
        if (best && best->steps <= path->steps) continue;
        if (replays(exact, *path)) best = std::move(path);
      }
    }
    if (best) return best;
  }
  return std::nullopt;
}

}  // namespace tenure
