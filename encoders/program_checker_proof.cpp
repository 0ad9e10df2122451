#include <algorithm>
#include <utility>

#include "encoders/program_checker.h"
#include "encoders/rebuild.h"

// Proofs.
namespace tenure {

/// Proves what is open, and that the states are finitely many, by an invariant, and has the proof checked.
void ProgramChecker::prove() {
  const Times::Span span(times_, Work::proofs);
  while (!is_done()) {
    if (!is_explored_) return give_up(states_->reason());
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
    system_ = states_->transition_system();
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

/// A run that was not followed, because of what was cut, may come to what has to be reachable.
void ProgramChecker::settle_proved(std::uint32_t goal, const std::set<std::string>& cuts) {
  if (program_.goals[goal].property || cuts.empty()) {
    found_[goal].proved = true;
  } else {
    found_[goal].undecided = *cuts.begin();
  }
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
  if (check_claims(claims, graph_, context_, query_limits(to_check)) == Satisfiability::unknown) return false;
  const std::set<std::string> cut = states_->cuts();
  for (const std::uint32_t goal : goals) settle_proved(goal, cut);
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

}  // namespace tenure
