#include "encoders/program_checker.h"

#include <algorithm>
#include <utility>

#include "model/diagnostic.h"

namespace tenure {

QueryLimits ProgramChecker::query_limits(double share) const {
  return {limits_.seconds > 0 ? began_ + share * limits_.seconds : 0, limits_.interrupted};
}

/// What is asked for besides what must be reachable anyway, and what is an error of the spec.
void ProgramChecker::ask(const std::vector<Property>& properties) {
  asks_growth_ = std::find(properties.begin(), properties.end(), Property::devres_growth) != properties.end();
  for (std::uint32_t goal = 0; goal < program_.goals.size(); ++goal) {
    const auto& property = program_.goals[goal].property;
    found_[goal].asked = !property || *property == Property::index_range ||
                         (!program_.goals[goal].is_culprit() &&
                          std::find(properties.begin(), properties.end(), *property) != properties.end());
  }
}

std::vector<std::uint32_t> ProgramChecker::open() const {
  std::vector<std::uint32_t> goals;
  for (std::uint32_t goal = 0; goal < found_.size(); ++goal) {
    const Found& found = found_[goal];
    if (found.asked && !found.path && !found.proved && found.undecided.empty()) goals.push_back(goal);
  }
  return goals;
}

void ProgramChecker::give_up(const std::string& reason) {
  given_up_ = reason;
  for (const std::uint32_t goal : open()) found_[goal].undecided = reason;
}

std::vector<PropertyVerdict> ProgramChecker::verdicts(const std::vector<Property>& properties) {
  ask(properties);
  answer();
  std::vector<PropertyVerdict> verdicts;
  for (const Property property : properties) verdicts.push_back({property, verdict(property)});
  return verdicts;
}

std::vector<Reachability> ProgramChecker::reachable_goals(bool wants_shortest) {
  wants_shortest_ = wants_shortest;
  any_run_does_ = !wants_shortest;
  ask({});
  answer();
  std::vector<Reachability> reachable(found_.size());
  for (std::uint32_t goal = 0; goal < found_.size(); ++goal) {
    if (!program_.goals[goal].property) reachable[goal] = reachability(goal);
  }
  return reachable;
}

/// Asks for these goals alone, and goes on in what is explored as if that had just been done.
void ProgramChecker::ask_again(const std::vector<std::uint32_t>& goals) {
  asks_growth_ = false;
  for (Found& found : found_) found.asked = false;
  for (const std::uint32_t goal : goals) {
    if (!program_.goals[goal].is_culprit()) throw InternalError("asked for a goal that was not followed");
    found_[goal] = {};
    found_[goal].asked = true;
  }
  began_ = seconds_now() - explored_for_;
  if (is_explored_) begin_search();
}

std::vector<Reachability> ProgramChecker::reached(const std::vector<std::uint32_t>& goals) {
  any_run_does_ = true;
  ask_again(goals);
  answer();
  std::vector<Reachability> reached;
  for (const std::uint32_t goal : goals) reached.push_back(reachability(goal));
  return reached;
}

Violated ProgramChecker::told(const std::vector<Path>& runs) {
  const Path& some = *std::min_element(runs.begin(), runs.end(), is_shorter);
  std::vector<std::uint32_t> goals;
  for (const Path& run : runs) goals.push_back(run.goal);
  wants_shortest_ = true;
  ask_again(goals);
  const auto most = static_cast<std::uint32_t>(some.events.size());
  while (is_explored_ && search(most, true)) {
  }
  if (open().size() == goals.size() || !is_explored_) {
    give_up("no shortest run");
    search_few_events(most, true);
  }
  wants_shortest_ = false;
  std::vector<Path> found;
  for (const std::uint32_t goal : goals)
    if (found_[goal].path) found.push_back(*found_[goal].path);
  if (found.empty()) return {shortened(exact_, some), false};
  return {*std::min_element(found.begin(), found.end(), is_shorter)};
}

/// What came out about a goal.
Reachability ProgramChecker::reachability(std::uint32_t goal) const {
  const Found& found = found_[goal];
  if (!found.path || is_told(goal) || steps_through(exact_, *found.path))
    return {found.path, found.proved, found.undecided};
  return {std::nullopt, false, "a counter leaves the range in which it is exact"};
}

/// Settles every goal that was asked for, as far as the limits allow.
void ProgramChecker::answer() {
  if (limits_.events > 0) {
    give_up(only_runs_of(limits_.events));
    return search_few_events(limits_.events);
  }
  if (!std::exchange(is_begun_, true) && !limits_.writes_proofs && !limits_.wants_clauses) draw_diagram();
  if (diagram_) settle_by_diagram();
  if (!is_done()) {
    // What the diagram says is reached cannot be proved; a narrowed program may reach more than any run does.
    if (is_proved_by_diagram_ && !narrowed_) {
      const std::string reached = query_limits().reached();
      give_up(reached.empty() ? "no run was found" : reached);
    } else {
      answer_by_graph();
    }
  }
  if (program_.is_one_member && is_proved_by_diagram_) return;
  sample_unknown();
  if (asks_growth_ && (grows() || !(is_explored_ || is_proved_by_diagram_))) search_growth();
  if (!program_.picks_lowest) search_few_events(last_depth);
  tell_samples();
}

void ProgramChecker::answer_by_graph() {
  if (!is_explored_) explore();
  // What has to be reachable is soon found; of the rest, the proof covers what holds.
  while (is_explored_ && search(depth_to_reach())) {
  }
  if (is_explored_ && !is_done()) take_samples(open(), events_before_proof);
  prove();
}

/// Of what is asked for, and of what violates a property, which may be asked for later.
StateGraph& ProgramChecker::states() {
  if (!states_) {
    states_.emplace(program_, pool_, nullptr, StateGraph::Locations::by_control, by_);
    if (limits_.writes_proofs) {
      states_->record(answers_);
    } else {
      states_->follow(open_and_culprits());
    }
  }
  return *states_;
}

std::vector<std::uint32_t> ProgramChecker::open_and_culprits() const {
  std::vector<std::uint32_t> goals = open();
  for (std::uint32_t goal = 0; goal < program_.goals.size(); ++goal) {
    if (program_.goals[goal].is_culprit()) goals.push_back(goal);
  }
  return goals;
}

bool ProgramChecker::has_to_be_finite() const {
  return asks_growth_ && !grows() && !is_finite_;
}

bool ProgramChecker::is_done() const {
  return open().empty() && !has_to_be_finite();
}

void ProgramChecker::explore() {
  const Times::Span span(times_, Work::states);
  share_ = to_explore;
  explore(query_limits());
}

void ProgramChecker::explore(const QueryLimits& limits) {
  const double began = seconds_now();
  induction_.reset();
  is_explored_ = states().explore(limits);
  explored_for_ += seconds_now() - began;
  if (is_explored_) begin_search();
}

Bounds ProgramChecker::bounds() const {
  const std::set<std::string> all = is_proved_by_diagram_ ? diagram_->cuts() : states_->cuts();
  Bounds bounds(all.begin(), all.end());
  add_sizes(program_, bounds);
  return bounds;
}

Verdict ProgramChecker::verdict(Property property) const {
  std::vector<std::string> unreachable;
  std::optional<Undecided> undecided;
  const Found* found = nullptr;
  for (std::uint32_t goal = 0; goal < found_.size(); ++goal) {
    const Goal& what = program_.goals[goal];
    if (what.property == property && !what.is_culprit()) found = &found_[goal];
    if (what.property) continue;
    if (found_[goal].proved) unreachable.push_back(what.says);
    if (!found_[goal].undecided.empty()) {
      undecided = Undecided{"whether " + what.says + " is not known: " + found_[goal].undecided};
    }
  }
  if (found != nullptr && found->path) return Violated{*found->path, found->is_shortest && !program_.picks_lowest};
  if (property == Property::devres_growth && growth_) return *growth_;
  if (found != nullptr && !found->undecided.empty()) return Undecided{found->undecided};
  if (!unreachable.empty()) return Unreachable{unreachable, proof_};
  if (property == Property::devres_growth && !is_explored_ && !is_finite_)
    return Undecided{!states_ || states_->reason().empty() ? given_up_ : states_->reason()};
  if (property == Property::devres_growth && grows()) {
    return Undecided{"a list grows, but no events were found that bring the same state back with a longer list"};
  }
  if (undecided) return *undecided;
  if (property == Property::devres_growth && !is_finite_) return Undecided{given_up_};
  if (found == nullptr && property != Property::devres_growth) return Holds{{}, {}, true};
  if (found != nullptr && !found->proved) throw InternalError("a question about " + program_.driver + " was left open");
  return Holds{invariant_, bounds(), false, proof_, program_.is_one_member};
}

}  // namespace tenure
