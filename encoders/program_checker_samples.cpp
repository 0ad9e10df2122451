#include <algorithm>
#include <utility>

#include "encoders/growth_search.h"
#include "encoders/program_checker.h"
#include "encoders/sampled_growth.h"

// What random runs come to.
namespace tenure {

namespace {

/// So many events of random runs in a row reach nothing new: it is not worth while to go on, where something is
/// undecided, or is proved of the runs that were followed alone.
constexpr std::size_t events_to_decide = 50'000;
constexpr std::size_t events_against_proofs = 5'000;
constexpr std::size_t most_events_of_growth = 10;
/// The share of the time so far that looking for a shorter lasso than a known one may take besides, or these seconds.
constexpr double to_shorten = 0.25;
constexpr double least_to_shorten = 1;

}  // namespace

void ProgramChecker::sample_growing() {
  const Times::Span span(times_, Work::random_runs);
  if (std::optional<SampledGrowth> sampled = sample_growth(exact_))
    growth_ = Violated{std::move(sampled->lasso), false};
}

/// A lasso that random runs come to stands as long as no shorter one is found, for which there is not all the time.
void ProgramChecker::search_growth() {
  sample_growing();
  const Times::Span span(times_, Work::searches);
  share_ = to_grow;
  QueryLimits limits = query_limits();
  if (growth_ && limits.deadline > 0) {
    const double most = std::max(least_to_shorten, to_shorten * (seconds_now() - began_));
    limits.deadline = std::min(limits.deadline, seconds_now() + most);
  }
  if (!is_explored_ && is_proved_by_diagram_) explore(limits);
  if (!is_explored_) return;
  const std::size_t most_events = growth_ ? growth_->path.events.size() : most_events_of_growth;
  const std::unique_ptr<Solver> solver = by_.make(graph_);
  std::optional<Path> shortest = find_growth(program_, exact_, *states_, *solver, context_, limits, most_events);
  if (shortest) growth_ = Violated{std::move(*shortest)};
}

/// Whether a goal may be reached for all that was explored and proved.
bool ProgramChecker::may_be_reached(const Found& found) const {
  return found.asked && (!found.undecided.empty() || (found.proved && grows()));
}

/// Where there is too much to explore or to prove, random runs come to most of what can be reached, but not to all.
void ProgramChecker::sample_unknown() {
  std::vector<std::uint32_t> unknown;
  std::size_t most_in_vain = events_against_proofs;
  for (std::uint32_t goal = 0; goal < found_.size(); ++goal) {
    if (may_be_reached(found_[goal])) unknown.push_back(goal);
    if (found_[goal].asked && !found_[goal].undecided.empty()) most_in_vain = events_to_decide;
  }
  share_ = to_sample;
  take_samples(unknown, most_in_vain);
}

void ProgramChecker::take_samples(const std::vector<std::uint32_t>& goals, std::size_t most_in_vain) {
  if (goals.empty() || program_.is_one_member) return;
  const Times::Span span(times_, Work::random_runs);
  for (auto& [goal, path] : samples_.paths(goals, most_in_vain, query_limits())) {
    if (is_told(goal)) {
      sampled_.emplace(goal, std::move(path));
    } else {
      found_[goal] = reached_by(std::move(path));
    }
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
