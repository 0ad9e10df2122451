#include "encoders/set_summaries.h"

namespace tenure {

namespace {

/// Smaller sets are no larger than what a summary needs.
constexpr std::size_t fewest_nodes = 10;
/// What a procedure touches is not told apart where it is a larger share of the states.
constexpr double largest_share = .5;

}  // namespace

SetSummaries::SetSummaries(const Program& program, const std::vector<Touched>& touched, Zdd& zdd) : zdd_(zdd) {
  for (ProcedureId id = 0; id < program.procedures.size(); ++id) {
    summaries_.push_back({{id, touched[id].variables}});
    std::vector<bool>& groups = summaries_.back().touched.has;
    groups.insert(groups.end(), touched[id].lists.begin(), touched[id].lists.end());
  }
}

SetId SetSummaries::after(ProcedureId procedure, SetId states, const std::function<SetId(SetId)>& carry_out) {
  const std::size_t nodes = zdd_.size(states);
  if (nodes < fewest_nodes) return carry_out(states);
  Summary& summary = summaries_[procedure];
  const SetId fresh = zdd_.subtract(zdd_.projected(states, summary.touched), summary.before);
  if (fresh != empty_set) {
    if (static_cast<double>(zdd_.size(fresh)) > largest_share * static_cast<double>(nodes)) return carry_out(states);
    summary.relation = zdd_.unite(summary.relation, carry_out(zdd_.twinned(fresh)));
    summary.before = zdd_.unite(summary.before, fresh);
  }
  return zdd_.related(states, summary.relation, summary.touched);
}

void SetSummaries::forget() {
  for (Summary& summary : summaries_) summary.before = summary.relation = empty_set;
}

std::vector<SetId*> SetSummaries::sets() {
  std::vector<SetId*> sets;
  for (Summary& summary : summaries_) {
    if (summary.before == empty_set) continue;
    sets.push_back(&summary.before);
    sets.push_back(&summary.relation);
  }
  return sets;
}

}  // namespace tenure
