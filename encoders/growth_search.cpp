#include "encoders/growth_search.h"

#include <algorithm>

#include "encoders/unrolling.h"
#include "model/trace.h"

namespace tenure {

namespace {
constexpr std::uint32_t most_events = 10;
}

std::optional<Path> find_growth(const Program& program, const Program& exact, const StateGraph& states, Solver& solver,
                                const QueryLimits& limits) {
  solver.set_limits(limits);
  const auto growths = states.growths();
  Unrolling unrolling(program, states, solver, true);
  while (unrolling.depth() < most_events) {
    unrolling.extend();
    std::optional<Path> best;
    for (std::uint32_t stem = 0; stem < unrolling.depth(); ++stem) {
      for (const auto& [before, after] : growths) {
        const Literal passes = unrolling.passes(before, stem, after);
        if (passes == false_literal) continue;
        const Satisfiability answer = solver.check({passes});
        if (answer == Satisfiability::unknown) return best;
        if (answer == Satisfiability::unsatisfiable) continue;
        std::optional<Path> path = unrolling.shortest_passing(passes);
        if (!path) return best;
        path->repeats_from = stem;
        if (best && best->steps <= path->steps) continue;
        if (replays(program, *path) && replays(exact, *path)) best = std::move(path);
      }
    }
    if (best) return best;
  }
  return std::nullopt;
}

}  // namespace tenure
