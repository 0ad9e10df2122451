#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "encoders/program_checker.h"

// What the diagram of all states says.
namespace tenure {

namespace {

/// How far counters are followed beyond what they are compared with, where the diagram becomes large by them, and where
/// a list grows besides.
constexpr int narrow_margin = 2, narrow_margin_of_growing = 1;

}  // namespace

/// Of a driver whose diagram was too large, that of another program is so in all likelihood.
void ProgramChecker::draw_diagram() {
  if (parts_.undrawn == which()) return;
  const Times::Span span(times_, Work::states);
  const double began = seconds_now();
  share_ = to_draw;
  if (!draw()) {
    diagram_.reset();
    narrowed_.reset();
    if (limits_.interrupted == nullptr || !*limits_.interrupted) parts_.undrawn = which();
  }
  explored_for_ += seconds_now() - began;
}

std::string ProgramChecker::which() const {
  return program_.driver + (program_.is_one_member ? ", one member" : "") +
         (program_.picks_lowest ? ", lowest picks" : "");
}

/// Where counters make it large, with fewer of their values, unless a list grows only then, which may do so in no run.
bool ProgramChecker::draw() {
  bool grows = false;
  if (parts_.narrowed != which() || program_.counter_margin <= narrow_margin) {
    if (draw_until_far()) return true;
    if (!diagram_->is_up_to_counters()) return false;
    grows = diagram_->grows();
    parts_.narrowed = which();
    parts_.narrowed_margin = diagram_->seems_to_grow() ? narrow_margin_of_growing : narrow_margin;
  }
  narrowed_ = with_counter_margin(program_, parts_.narrowed_margin);
  if (!draw(*narrowed_)) return false;
  if (grows || !diagram_->grows() || lassos_.any(runs_to_growth)) return true;
  const bool is_drawn = draw(program_);
  narrowed_.reset();
  return is_drawn;
}

/// As long as counters are not far from what they are compared with.
bool ProgramChecker::draw_until_far() {
  diagram_ = std::make_unique<StateDiagram>(program_, lassos_, pool_);
  if (program_.counter_margin > narrow_margin)
    diagram_->give_up_far_counters(limits_.nodes_before_narrowing, narrow_margin);
  return diagram_->explore(query_limits());
}

bool ProgramChecker::draw(const Program& program) {
  diagram_ = std::make_unique<StateDiagram>(program, lassos_, pool_);
  return diagram_->explore(query_limits());
}

/// Proves what no run reaches, and searches for shortest runs to the rest. What the limits leave open is asked again in
/// other ways; what is not proved in time would not be the next time.
void ProgramChecker::settle_by_diagram() {
  share_ = to_settle;
  is_unproved_ = is_unproved_ || !(is_proved_by_diagram_ || prove_by_diagram(*diagram_));
  if (is_unproved_) return;
  settle_unreached();
  search_reached();
}

void ProgramChecker::settle_unreached() {
  const std::set<std::string> cuts = diagram_->cuts();
  for (const std::uint32_t goal : open()) {
    if (!diagram_->reached(goal)) settle_proved(goal, cuts);
  }
}

/// Proves at once all that may be asked for later as well. False when a limit was reached.
bool ProgramChecker::prove_by_diagram(StateDiagram& diagram) {
  const Times::Span span(times_, Work::checks);
  std::vector<std::uint32_t> never;
  for (std::uint32_t goal = 0; goal < program_.goals.size(); ++goal)
    if (!diagram.reached(goal)) never.push_back(goal);
  if (!diagram.prove(never, context_, query_limits())) return false;
  is_finite_ = true;
  is_proved_by_diagram_ = true;
  invariant_ = {{diagram.in_words()}};
  return true;
}

/// The larger diagram, for what no run was found to. False when a limit was reached.
bool ProgramChecker::draw_without_narrowing() {
  const Times::Span span(times_, Work::states);
  auto diagram = std::make_unique<StateDiagram>(program_, lassos_, pool_);
  if (!diagram->explore(query_limits()) || !prove_by_diagram(*diagram)) return false;
  diagram_ = std::move(diagram);
  narrowed_.reset();
  return true;
}

/// All that the diagram says is reached: first where any run will do, then event by event. A narrowed program may reach
/// more than any run does; of one member, what is reached says nothing about the driver.
void ProgramChecker::search_reached() {
  std::vector<std::uint32_t> to_reach = open();
  if (!narrowed_) std::erase_if(to_reach, [&](std::uint32_t goal) { return is_told(goal); });
  take_samples(to_reach, events_before_proof);
  take_reached(to_reach);
  std::vector<std::uint32_t> goals = open();
  const auto is_sampled = [&](std::uint32_t goal) { return sampled_.contains(goal); };
  if (narrowed_ && !std::all_of(goals.begin(), goals.end(), is_sampled) && draw_without_narrowing()) {
    settle_unreached();
    goals = open();
  }
  if (program_.is_one_member) give_up("one member alone may come to it");
  if (open().empty()) return;
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
