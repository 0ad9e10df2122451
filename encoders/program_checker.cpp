#include "encoders/program_checker.h"

#include <algorithm>
#include <utility>

#include "encoders/claim.h"
#include "encoders/growth_search.h"
#include "encoders/induction.h"
#include "encoders/rebuild.h"
#include "encoders/sampled_goals.h"
#include "encoders/sampled_growth.h"
#include "model/diagnostic.h"
#include "model/plural.h"
#include "model/trace.h"

namespace tenure {

namespace {

/// A question is given up after so many events.
constexpr std::uint32_t last_depth = 24;
constexpr std::size_t most_events_of_growth = 10;
/// Where a list grows, what is proved of the runs that were followed is searched for in all runs of so many events: one
/// more than the copies that are followed of an endless list, as each event may add one.
constexpr std::uint32_t events_in_full = StateGraph::most_copies_of_endless + 1;
/// So many events of random runs in a row reach nothing new: it is not worth while to go on, where something is
/// undecided, is proved of the runs that were followed alone, or is still to be proved.
constexpr std::size_t events_to_decide = 50'000;
constexpr std::size_t events_against_proofs = 5'000;
constexpr std::size_t events_before_proof = 300;
/// Shares of the time that are over when exploring, proving, taking samples, and searching for growth and for what is
/// undecided then have to end.
constexpr double to_explore = 1;
constexpr double to_prove = 1.5;
constexpr double to_sample = 1.6;
constexpr double to_grow = 1.75;
constexpr double to_search = 2;
/// The share of the time so far that looking for a shorter lasso than a known one may take besides.
constexpr double to_shorten = 0.5;

}  // namespace

QueryLimits ProgramChecker::query_limits() const {
  return {limits_.seconds > 0 ? began_ + share_ * limits_.seconds : 0, limits_.interrupted};
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
  const auto is_shorter = [](const Path& a, const Path& b) {
    return std::pair(a.events.size(), a.steps) < std::pair(b.events.size(), b.steps);
  };
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
  if (!std::exchange(is_begun_, true)) {
    follow();
    explore();
  }
  // What has to be reachable is soon found; of the rest, the proof covers what holds.
  while (is_explored_ && search(depth_to_reach())) {
  }
  if (is_explored_ && !is_done()) take_samples(open(), events_before_proof);
  prove();
  sample_unknown();
  if (asks_growth_ && (!is_explored_ || states_.grows())) search_growth();
  if (!program_.picks_lowest) search_few_events(last_depth);
  tell_samples();
}

/// What is asked for, and what violates a property, which may be asked for later.
void ProgramChecker::follow() {
  if (limits_.writes_proofs) return states_.record(answers_);
  states_.follow(open_and_culprits());
}

std::vector<std::uint32_t> ProgramChecker::open_and_culprits() const {
  std::vector<std::uint32_t> goals = open();
  for (std::uint32_t goal = 0; goal < program_.goals.size(); ++goal) {
    if (program_.goals[goal].is_culprit()) goals.push_back(goal);
  }
  return goals;
}

void ProgramChecker::sample_growing() {
  const Times::Span span(times_, Work::random_runs);
  if (std::optional<SampledGrowth> sampled = sample_growth(exact_))
    growth_ = Violated{std::move(sampled->lasso), false};
}

/// A lasso that random runs come to stands as long as no shorter one is found, for which there is not all the time.
void ProgramChecker::search_growth() {
  sample_growing();
  if (!is_explored_) return;
  const Times::Span span(times_, Work::searches);
  share_ = to_grow;
  QueryLimits limits = query_limits();
  if (growth_ && limits.deadline > 0)
    limits.deadline = std::min(limits.deadline, seconds_now() + to_shorten * (seconds_now() - began_));
  const std::size_t most_events = growth_ ? growth_->path.events.size() : most_events_of_growth;
  const std::unique_ptr<Solver> solver = by_.make(graph_);
  std::optional<Path> shortest = find_growth(program_, exact_, states_, *solver, context_, limits, most_events);
  if (shortest) growth_ = Violated{std::move(*shortest)};
}

/// Whether a goal may be reached for all that was explored and proved.
bool ProgramChecker::may_be_reached(const Found& found) const {
  return found.asked && (!found.undecided.empty() || (found.proved && states_.grows()));
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
  const Times::Span span(times_, Work::random_runs);
  for (auto& [goal, path] : sampled_) {
    Found& found = found_[goal];
    if (!may_be_reached(found)) continue;
    if (program_.goals[goal].property == Property::index_range) refuse_index(path);
    found = reached_by(shortened(exact_, std::move(path)));
    found.is_shortest = false;
  }
}

/// After how many events all that has to be reachable could have been reached first.
std::uint32_t ProgramChecker::depth_to_reach() const {
  const std::vector<std::uint32_t> fewest = states_.fewest_events();
  std::uint32_t depth = 0;
  for (const std::uint32_t goal : open()) {
    if (fewest[goal] != UINT32_MAX && !program_.goals[goal].property) depth = std::max(depth, fewest[goal]);
  }
  return std::min(depth, last_depth);
}

bool ProgramChecker::has_to_be_finite() const {
  return asks_growth_ && !states_.grows() && !is_finite_;
}

bool ProgramChecker::is_done() const {
  return open().empty() && !has_to_be_finite();
}

void ProgramChecker::explore() {
  const Times::Span span(times_, Work::states);
  const double began = seconds_now();
  induction_.reset();
  share_ = to_explore;
  is_explored_ = states_.explore(query_limits());
  explored_for_ += seconds_now() - began;
  if (is_explored_) begin_search();
}

/// In all that is explored.
void ProgramChecker::begin_search() {
  share_ = to_prove;
  search_.emplace(program_, states_, *solver_, context_);
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
  states_.follow_list(search_->broken_list());
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
    std::vector<std::uint32_t> violated;
    for (const std::uint32_t goal : goals) {
      if (!search_->reached(goal)) continue;
      if (is_told(goal)) {
        violated.push_back(goal);
      } else {
        found_[goal].path = search_->path(goal);
      }
    }
    for (const std::uint32_t goal : violated) settle(goal);
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

void ProgramChecker::settle(std::uint32_t goal) {
  solver_->set_limits(query_limits());
  std::optional<Path> path = search_->shortest(goal);
  if (!path) {
    found_[goal].undecided = search_->reason();
    return;
  }
  if (!steps_through(program_, *path)) {
    if (states_.grows()) {
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

/// Proves what is open, and that the states are finitely many, by an invariant, and has the proof checked.
void ProgramChecker::prove() {
  const Times::Span span(times_, Work::proofs);
  while (!is_done()) {
    if (!is_explored_) return give_up(states_.reason());
    if (prove_explored()) return;
  }
}

/// What no random run comes to: of the rest there is no proof, and to look for one takes long where the run is.
std::vector<std::uint32_t> ProgramChecker::to_prove_here() const {
  std::vector<std::uint32_t> goals = open();
  std::erase_if(goals, [&](std::uint32_t goal) { return sampled_.contains(goal); });
  return goals;
}

/// Searches for shortest runs to what random runs come to. True when the states were explored again meanwhile.
bool ProgramChecker::search_for_samples() {
  std::size_t most = 0;
  for (const std::uint32_t goal : open()) most = std::max(most, sampled_.at(goal).events.size());
  if (search(static_cast<std::uint32_t>(most))) return true;
  if (!open().empty()) give_up("no shortest run of at most " + std::to_string(most) + " events");
  return false;
}

/// False when the states were explored again meanwhile.
bool ProgramChecker::prove_explored() {
  if (!induction_) {
    system_ = states_.transition_system();
    induction_.emplace(*system_, graph_, by_);
  }
  const auto give_up_with = [&](const std::string& reason) {
    give_up(reason);
    return true;
  };
  while (!is_done()) {
    const std::vector<std::uint32_t> goals = to_prove_here();
    if (goals.empty() && !has_to_be_finite()) return !search_for_samples();
    Literal bad = system_->outside;
    for (const std::uint32_t goal : goals) bad = graph_.disjunction(bad, system_->reached[goal]);
    induction_->set_limits(query_limits());
    const Induction::Result result = induction_->prove(bad);
    if (result.answer == Induction::Answer::unknown) return give_up_with(result.reason);
    if (result.answer == Induction::Answer::proved) {
      if (!prove_with(induction_->invariant(), goals)) give_up("the check of the proof reached the time limit");
      return !search_for_samples();
    }
    if (search_->depth() >= last_depth)
      return give_up_with("no shortest run of at most " + std::to_string(last_depth) + " events");
    // What is left may take more events than this goal, or be proved.
    if (search(std::max(result.events, search_->depth() + 1), true)) return false;
  }
  return true;
}

/// Has a proof checked by a fresh solver. False when a limit was reached.
bool ProgramChecker::prove_with(std::vector<Cube> excluded, const std::vector<std::uint32_t>& goals) {
  const TransitionSystem& system = *system_;
  const Times::Span span(times_, Work::checks);
  std::vector<std::pair<std::string, Cube>> clauses;
  for (Cube& cube : excluded) clauses.emplace_back(in_words(system, cube), std::move(cube));
  std::sort(clauses.begin(), clauses.end());
  for (std::size_t i = 0; i < clauses.size(); ++i) excluded[i] = clauses[i].second;
  const Claims claims = claims_of(program_, system, graph_, excluded, goals);
  if (check_claims(claims, graph_, context_, query_limits()) == Satisfiability::unknown) return false;
  const std::set<std::string> cut = states_.cuts();
  for (const std::uint32_t goal : goals) {
    // A run that was not followed may come to what has to be reachable.
    if (program_.goals[goal].property || cut.empty()) {
      found_[goal].proved = true;
    } else {
      found_[goal].undecided = *cut.begin();
    }
  }
  is_finite_ = true;
  for (const StateBit& bit : system.bits) {
    if (bit.is_location) invariant_.states.push_back(bit.holds);
  }
  for (auto& [words, cube] : clauses) invariant_.clauses.push_back(std::move(words));
  if (!limits_.writes_proofs) return true;
  const ProofHints hints{answers_.text(), bit_values(system, excluded), program_.picks_lowest};
  auto proof = std::make_shared<Proof>(rebuild_proof(program_, hints, goals).proof);
  proof->hints.one_member = program_.is_one_member;
  proof_ = std::move(proof);
  return true;
}

Bounds ProgramChecker::bounds() const {
  const std::set<std::string> all = states_.cuts();
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
  if (property == Property::devres_growth && !is_explored_)
    return Undecided{states_.reason().empty() ? given_up_ : states_.reason()};
  if (property == Property::devres_growth && states_.grows()) {
    return Undecided{"a list grows, but no events were found that bring the same state back with a longer list"};
  }
  if (undecided) return *undecided;
  if (property == Property::devres_growth && !is_finite_) return Undecided{given_up_};
  if (found == nullptr && property != Property::devres_growth) return Holds{{}, {}, true};
  return Holds{invariant_, bounds(), false, proof_, program_.is_one_member};
}

}  // namespace tenure
