#include <algorithm>
#include <utility>

#include "encoders/program_checker.h"
#include "model/diagnostic.h"
#include "model/plural.h"
#include "model/trace.h"

// Shortest runs.
namespace tenure {

namespace {

/// Where a list grows, what is proved of the runs that were followed is searched for in all runs of so many events: one
/// more than the copies that are followed of an endless list, as each event may add one.
constexpr std::uint32_t events_in_full = StateGraph::most_copies_of_endless + 1;

}  // namespace

/// After how many events all that has to be reachable could have been reached first.
std::uint32_t ProgramChecker::depth_to_reach() const {
  const std::vector<std::uint32_t> fewest = states_->fewest_events();
  std::uint32_t depth = 0;
  for (const std::uint32_t goal : open()) {
    if (fewest[goal] != UINT32_MAX && !program_.goals[goal].property) depth = std::max(depth, fewest[goal]);
  }
  return std::min(depth, last_depth);
}

/// In all that is explored.
void ProgramChecker::begin_search() {
  share_ = to_prove;
  search_.emplace(program_, *states_, *solver_, context_);
}

/// Goes on event by event; a goal is settled at the first number of events that reaches it. `until_settled` ends it
/// when one is. Ends and says true when a list has more on it than was presumed: all that the states were is no longer
/// so.
bool ProgramChecker::search(std::uint32_t depth, bool until_settled) {
  const Times::Span span(times_, Work::searches);
  const std::size_t goals = open().size();
  while (is_explored_ && search_->depth() < depth && !is_done()) {
    search_->extend();
    search_here();
    if (follow_broken_list()) return true;
    if (until_settled && open().size() < goals) break;
  }
  return false;
}

/// Explores again when a run of these events has more on a list than was presumed: nothing is found beyond it else.
bool ProgramChecker::follow_broken_list() {
  solver_->set_limits(query_limits());
  const Satisfiability answer = search_->breaks_presumption();
  if (answer == Satisfiability::unknown) give_up(search_->reason());
  if (answer != Satisfiability::satisfiable) return false;
  states_->follow_list(search_->broken_list());
  explore();
  return true;
}

void ProgramChecker::search_here() {
  solver_->set_limits(query_limits());
  for (std::vector<std::uint32_t> goals = open(); !goals.empty(); goals = open()) {
    const Satisfiability answer = search_->reaches(goals);
    if (answer == Satisfiability::unknown) give_up(search_->reason());
    if (answer != Satisfiability::satisfiable) return;
    // A goal that has only to be reachable is settled by any path, unless a shortest one is wanted.
    std::vector<Path> runs;
    for (const std::uint32_t goal : goals) {
      if (!search_->reached(goal)) continue;
      if (is_told(goal)) {
        runs.push_back(search_->path(goal));
      } else {
        found_[goal].path = search_->path(goal);
      }
    }
    for (const Path& run : runs) settle(run);
  }
}

/// Whether a shortest run to a goal is wanted.
bool ProgramChecker::is_told(std::uint32_t goal) const {
  const auto& property = program_.goals[goal].property;
  return wants_shortest_ || (property && (!any_run_does_ || *property == Property::index_range));
}

bool ProgramChecker::steps_through(const Program& program, const Path& path) const {
  const Times::Span span(times_, Work::checks);
  return replays(program, path);
}

/// By a shortest run to the goal of a run that was found, or by that one where a limit is reached before.
void ProgramChecker::settle(const Path& run) {
  const std::uint32_t goal = run.goal;
  solver_->set_limits(query_limits());
  std::optional<Path> path = search_->shortest(goal);
  if (!path && steps_through(program_, run) && steps_through(exact_, run)) {
    found_[goal].path = shortened(exact_, run);
    found_[goal].is_shortest = false;
    return;
  }
  if (!path) {
    found_[goal].undecided = search_->reason();
    return;
  }
  if (!steps_through(program_, *path)) {
    if (grows()) {
      found_[goal].undecided = "a counterexample that needs more entries on a list than were followed";
      return;
    }
    const Goal& what = program_.goals[goal];
    throw InternalError("a run to " + (what.property ? std::string(name_of(*what.property)) : what.says) + " in " +
                        program_.driver + " cannot be replayed");
  }
  if (program_.goals[goal].property == Property::index_range) refuse_index(*path);
  if (!steps_through(exact_, *path)) path = search_->shortest_exact(goal);
  if (!path || !steps_through(exact_, *path)) {
    found_[goal].undecided = "a counter leaves the range in which it is exact";
    return;
  }
  found_[goal].path = std::move(path);
}

void ProgramChecker::refuse_index(const Path& path) const {
  const Trace trace = tell(program_, path);
  const std::string where =
      trace.steps.empty() ? "" : ": " + trace.steps.back().call + " in " + trace.steps.back().function;
  refuse({}, program_.driver + ": the index of a resource can be out of range" + where);
}

/// The states after few events, of which none is left out.
StateGraph& ProgramChecker::few_events() {
  if (!few_events_) {
    few_events_.emplace(program_, pool_, nullptr, StateGraph::Locations::by_control_and_events, by_);
    few_events_->follow(open_and_culprits());
  }
  return *few_events_;
}

/// Explores them as far as that was not done. False when it is not, or no longer, possible.
bool ProgramChecker::explore_few_events(std::uint32_t events) {
  while (few_events_explored_ < events && !few_events_are_limited_) {
    few_events_are_limited_ = !few_events_->explore_one_event(query_limits());
    if (!few_events_are_limited_) ++few_events_explored_;
  }
  return few_events_explored_ >= events;
}

/// Searches for what is undecided event by event, while there is time, and for what is proved where a list was cut. No
/// list is cut here, and what is found needs no exploration to end.
void ProgramChecker::search_few_events(std::uint32_t most, bool until_settled) {
  std::map<std::uint32_t, std::string> reasons;
  std::vector<std::uint32_t> proved;
  for (std::uint32_t goal = 0; goal < found_.size(); ++goal) {
    Found& found = found_[goal];
    if (!may_be_reached(found)) continue;
    if (std::exchange(found.proved, false)) proved.push_back(goal);
    if (!found.undecided.empty()) reasons[goal] = std::exchange(found.undecided, {});
  }
  const auto settle_proved = [&] {
    for (const std::uint32_t goal : std::exchange(proved, {})) {
      found_[goal].proved = !found_[goal].path;
      found_[goal].undecided.clear();
    }
  };
  if (open().empty()) return;
  const Times::Span span(times_, Work::searches);
  share_ = to_search;
  search_.emplace(program_, few_events(), *solver_, context_);
  std::vector<std::uint32_t> not_violated;
  std::uint32_t events = 0;  // in which they are not
  const std::size_t goals = open().size();
  while (search_->depth() < most && explore_few_events(search_->depth() + 1)) {
    search_->extend();
    search_here();
    if (search_->depth() == events_in_full) settle_proved();
    if (open().empty() || (until_settled && open().size() < goals)) break;
    not_violated = open();
    events = search_->depth();
  }
  settle_proved();
  for (const auto& [goal, reason] : reasons) {
    if (found_[goal].path) continue;
    const std::string limit = found_[goal].undecided.empty() ? few_events_->reason() : found_[goal].undecided;
    const bool is_searched = limits_.events > 0 && limit.empty();
    found_[goal].undecided = limits_.events == 0 || is_searched ? reason : limit;
    const bool is_known = std::find(not_violated.begin(), not_violated.end(), goal) != not_violated.end();
    if (is_known && program_.goals[goal].property && !is_searched)
      found_[goal].undecided += "; no violation in the first " + (events == 1 ? "event" : plural(events, "event"));
  }
}

}  // namespace tenure
