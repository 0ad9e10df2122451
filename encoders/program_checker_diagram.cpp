#include <string>
#include <utility>

#include "encoders/program_checker.h"

// What the diagram of all states says.
namespace tenure {

/// Of a driver whose diagram was too large, that of another program is so in all likelihood.
void ProgramChecker::draw_diagram() {
  const std::string which = program_.driver + (program_.is_one_member ? ", one member" : "") +
                            (program_.picks_lowest ? ", lowest picks" : "");
  if (undrawn_ == which) return;
  const Times::Span span(times_, Work::states);
  const double began = seconds_now();
  share_ = to_draw;
  diagram_.emplace(program_, pool_);
  if (!diagram_->explore(query_limits())) {
    diagram_.reset();
    if (limits_.interrupted == nullptr || !*limits_.interrupted) undrawn_ = which;
  }
  explored_for_ += seconds_now() - began;
}

/// Proves what no run reaches, and searches for shortest runs to the rest. What the limits leave open is asked again in
/// other ways.
void ProgramChecker::settle_by_diagram() {
  share_ = to_settle;
  if (!is_proved_by_diagram_ && !prove_by_diagram()) return;
  const std::set<std::string> cuts = diagram_->cuts();
  for (const std::uint32_t goal : open()) {
    if (!diagram_->reached(goal)) settle_proved(goal, cuts);
  }
  search_reached();
}

/// Proves at once all that may be asked for later as well. False when a limit was reached.
bool ProgramChecker::prove_by_diagram() {
  const Times::Span span(times_, Work::checks);
  std::vector<std::uint32_t> never;
  for (std::uint32_t goal = 0; goal < program_.goals.size(); ++goal)
    if (!diagram_->reached(goal)) never.push_back(goal);
  if (!diagram_->prove(never, context_, query_limits())) return false;
  is_finite_ = true;
  is_proved_by_diagram_ = true;
  invariant_ = {{diagram_->in_words()}};
  return true;
}

/// All that the diagram says is reached: by random runs where any run will do, then event by event.
void ProgramChecker::search_reached() {
  std::vector<std::uint32_t> to_reach = open();
  std::erase_if(to_reach, [&](std::uint32_t goal) { return is_told(goal); });
  take_samples(to_reach, events_before_proof);
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
