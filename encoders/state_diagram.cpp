#include "encoders/state_diagram.h"

#include <sstream>

#include "encoders/claim.h"
#include "encoders/reached_system.h"
#include "encoders/state_graph.h"

namespace tenure {

bool StateDiagram::prove(const std::vector<std::uint32_t>& goals, SolverContext& context, const QueryLimits& limits) {
  if (!system_) {
    executor_.set_limits(limits);
    TransitionSystem system = reached_system(program_, reachable_, executor_, pool_);
    if (!executor_.reason().empty()) return false;
    system_ = std::move(system);
  }
  const Claims claims = claims_of(program_, *system_, pool_.graph(), {}, goals);
  return check_claims(claims, pool_.graph(), context, limits) == Satisfiability::unsatisfiable;
}

std::set<std::string> StateDiagram::cuts() const {
  std::set<std::string> cuts = executor_.cuts();
  for (const auto& [list, copies] : reachable_.most_copies()) cuts.insert(cut_of_list(program_, list, copies));
  return cuts;
}

std::string StateDiagram::in_words() {
  Zdd& zdd = reachable_.zdd();
  std::ostringstream text;
  text << "one of " << zdd.count(reachable_.states()) << " states and configurations, in a decision diagram of "
       << zdd.size(reachable_.states()) << " nodes";
  return text.str();
}

}  // namespace tenure
