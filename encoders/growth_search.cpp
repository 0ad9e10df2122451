#include "encoders/growth_search.h"

#include <utility>
#include <vector>

#include "encoders/unrolling.h"
#include "model/trace.h"

namespace tenure {

namespace {

/// Those of the ways in which a run returns of which a run stays a lasso when it goes on: where the driver finds what
/// it added before, nothing more is added. Without any when a limit was reached.
std::optional<std::vector<Return>> ways_to_grow(Unrolling& unrolling, const Program& exact) {
  std::vector<Return> ways;
  for (const Return& way : unrolling.returns()) {
    const Satisfiability answer = unrolling.returns_by(way);
    if (answer == Satisfiability::unknown) return std::nullopt;
    if (answer == Satisfiability::satisfiable && replays(exact, unrolling.lasso(way))) ways.push_back(way);
  }
  return ways;
}

}  // namespace

Growth find_growth(const Program& program, const Program& exact, const StateGraph& states, Solver& solver,
                   SolverContext& z3, const QueryLimits& limits, std::size_t most_events) {
  solver.set_limits(limits);
  Unrolling unrolling(program, states, solver, z3, true);
  std::optional<ListId> broken;
  while (unrolling.depth() < most_events) {
    unrolling.extend();
    std::optional<std::vector<Return>> ways = ways_to_grow(unrolling, exact);
    if (!ways) return {};
    while (!ways->empty()) {
      auto shortest = unrolling.shortest_lasso(*ways);
      if (!shortest) return {};
      auto& [path, way] = *shortest;
      if (replays(exact, path)) return {std::move(path), {}};
      ways->erase(ways->begin() + static_cast<std::ptrdiff_t>(way));
    }
    if (!broken && unrolling.breaks_presumption() == Satisfiability::satisfiable) broken = unrolling.broken_list();
  }
  return {{}, broken};
}

}  // namespace tenure
