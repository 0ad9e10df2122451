#include <utility>

#include "encoders/program_checker.h"

// What the diagram of all states says.
namespace tenure {

void ProgramChecker::draw_diagram() {
  const Times::Span span(times_, Work::states);
  const double began = seconds_now();
  share_ = to_draw;
  diagram_.emplace(program_, pool_);
  if (!diagram_->explore(query_limits())) diagram_.reset();
  explored_for_ += seconds_now() - began;
}

/// Proves what no run reaches, and searches for shortest runs to the rest. What the limits leave open is asked again in
/// other ways.
void ProgramChecker::settle_by_diagram() {
  share_ = to_settle;
  std::vector<std::uint32_t> never = open();
  std::erase_if(never, [&](std::uint32_t goal) { return diagram_->reached(goal); });
  if ((!never.empty() || has_to_be_finite()) && !prove_by_diagram(never)) return;
  search_reached();
}

/// False when a limit was reached.
bool ProgramChecker::prove_by_diagram(const std::vector<std::uint32_t>& goals) {
  const Times::Span span(times_, Work::checks);
  if (!diagram_->prove(goals, context_, query_limits())) return false;
  const std::set<std::string> cuts = diagram_->cuts();
  for (const std::uint32_t goal : goals) {
    // A run that was not followed may come to what has to be reachable.
    if (program_.goals[goal].property || cuts.empty()) {
      found_[goal].proved = true;
    } else {
      found_[goal].undecided = *cuts.begin();
    }
  }
  is_finite_ = true;
  is_proved_by_diagram_ = true;
  invariant_ = {{diagram_->in_words()}};
  return true;
}

/// Event by event, all that the diagram says is reached.
void ProgramChecker::search_reached() {
  const std::vector<std::uint32_t> goals = open();
  if (goals.empty()) return;
  const Times::Span span(times_, Work::searches);
  search_.emplace(program_, few_events(), *solver_, context_);
  while (!open().empty() && search_->depth() < last_depth && explore_few_events(search_->depth() + 1)) {
    search_->extend();
    search_here();
  }
  if (query_limits().reached().empty()) return;
  for (const std::uint32_t goal : goals) found_[goal].undecided.clear();
}

}  // namespace tenure
