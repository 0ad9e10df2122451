#include <algorithm>
#include <utility>

#include "encoders/growth_search.h"
#include "encoders/program_checker.h"
#include "encoders/random_run.h"
#include "encoders/sampled_growth.h"

// What random runs come to.
namespace tenure {

namespace {

/// So many events of random runs in a row reach nothing new: it is not worth while to go on, where something is
/// undecided, or is proved of the runs that were followed alone.
constexpr std::size_t events_to_decide = 200'000;
constexpr std::size_t events_against_proofs = 2'000;
constexpr std::size_t most_events_of_growth = 10;
/// The share of the time so far that looking for a shorter lasso than a known one may take besides, or these seconds.
constexpr double to_shorten = 0.25;
constexpr double least_to_shorten = 1;

}  // namespace

void ProgramChecker::sample_growing(std::size_t most_runs) {
  const auto has_any = [&] {
    const Times::Span span(times_, Work::random_runs);
    return lassos_.any(most_runs);
  };
  if (!has_any()) return;
  const Times::Span span(times_, Work::searches);
  growth_ = Violated{lassos_.shortest(most_runs)->lasso, false};
}

void ProgramChecker::search_growth() {
  const bool is_known = is_explored_ || is_proved_by_diagram_;
  sample_growing(is_known ? runs_for_growth : runs_to_growth);
  search_lasso();
  if (!growth_) sample_growing(runs_to_growth);
}

/// A lasso that random runs come to stands as long as no shorter one is found, for which there is not all the time.
void ProgramChecker::search_lasso() {
  const Times::Span span(times_, Work::searches);
  share_ = to_grow;
  QueryLimits limits = query_limits();
  if (growth_ && limits.deadline > 0) {
    const double most = std::max(least_to_shorten, to_shorten * (seconds_now() - began_));
    limits.deadline = std::min(limits.deadline, seconds_now() + most);
  }
  if (!is_explored_ && is_proved_by_diagram_) explore(limits);
  const std::size_t most_events = growth_ ? growth_->path.events.size() : most_events_of_growth;
  while (is_explored_) {
    const std::unique_ptr<Solver> solver = by_.make(graph_);
    Growth found = find_growth(program_, exact_, *states_, *solver, context_, limits, most_events);
    if (found.lasso) growth_ = Violated{std::move(*found.lasso)};
    if (!found.broken) return;
    states_->follow_list(*found.broken);
    explore(limits);
  }
}

/// Whether a goal may be reached for all that was explored and proved.
bool ProgramChecker::may_be_reached(const Found& found) const {
  return found.asked && (!found.undecided.empty() || (found.proved && grows()));
}

/// Where there is too much to explore or to prove, random runs come to most of what can be reached, but not to all.
void ProgramChecker::sample_unknown() {
  share_ = to_sample;
  std::vector<std::uint32_t> unknown;
  for (std::uint32_t goal = 0; goal < found_.size(); ++goal)
    if (may_be_reached(found_[goal])) unknown.push_back(goal);
  // A diagram that is too large to be proved may be too large for runs as well.
  if (is_unproved_) take_samples(unknown, events_against_proofs);
  if (diagram_) take_reached(unknown);
  std::erase_if(unknown, [&](std::uint32_t goal) { return has_run(goal); });
  const bool is_undecided = !diagram_ && std::any_of(unknown.begin(), unknown.end(), [&](std::uint32_t goal) {
    return !found_[goal].undecided.empty();
  });
  take_samples(unknown, is_undecided ? events_to_decide : events_against_proofs);
}

/// Takes runs to what the diagram says is reached, if no random run came there. With saturated counters some runs are
/// none of the driver.
void ProgramChecker::take_reached(const std::vector<std::uint32_t>& goals) {
  const Times::Span span(times_, Work::random_runs);
  const Interpreter interpreter(exact_);
  for (const std::uint32_t goal : goals) {
    if (!query_limits().reached().empty()) return;
    if (has_run(goal) || !diagram_->reached(goal)) continue;
    std::optional<Path> run = diagram_->run_to(goal, query_limits());
    if (!run) continue;
    // It comes to others on its way, and in the rest of its last event.
    for (const std::uint32_t any : goals) {
      if (has_run(any)) continue;
      run->goal = any;
      if (std::optional<Path> there = repaired(interpreter, *run)) take_run(std::move(*there));
    }
  }
}

void ProgramChecker::take_samples(std::vector<std::uint32_t> goals, std::size_t most_in_vain) {
  if (program_.is_one_member) std::erase_if(goals, [&](std::uint32_t goal) { return program_.goals[goal].property; });
  if (goals.empty()) return;
  const Times::Span span(times_, Work::random_runs);
  for (auto& [goal, path] : samples_.paths(goals, most_in_vain, query_limits())) take_run(std::move(path));
}

/// Where a shortest run is to be told, it waits for that one.
void ProgramChecker::take_run(Path run) {
  const std::uint32_t goal = run.goal;
  if (is_told(goal)) {
    sampled_.emplace(goal, std::move(run));
  } else {
    found_[goal] = reached_by(std::move(run));
  }
}

/// What no shortest run was found to is told by the random one.
void ProgramChecker::tell_samples() {
  const Times::Span span(times_, Work::searches);
  for (auto& [goal, path] : sampled_) {
    Found& found = found_[goal];
    if (!may_be_reached(found)) continue;
    if (program_.goals[goal].property == Property::index_range) refuse_index(path);
    found = reached_by(shortened(exact_, std::move(path)));
    found.is_shortest = false;
  }
}

}  // namespace tenure
