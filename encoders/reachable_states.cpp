#include "encoders/reachable_states.h"

#include <algorithm>
#include <numeric>

#include "encoders/sampled_growth.h"

namespace tenure {

namespace {

/// So many nodes in all are given up.
constexpr std::size_t most_nodes_made = 100'000'000;
/// What is no longer used is forgotten when there are so many nodes.
constexpr std::size_t nodes_before_forgetting = 30'000;
/// A list on which random runs find no growth is followed until it has more copies of a call.
constexpr std::size_t copies_of_patience = 40;
/// How many copies of a call are followed on a list that grows.
constexpr std::size_t copies_of_growing = 3;

}  // namespace

bool ReachableStates::explore(const QueryLimits& limits) {
  try {
    explore_all(limits);
  } catch (const ListGrows& growing) {
    if (most_copies_.contains(growing.list())) {
      reason_ = growing.what();
      return false;
    }
    if (usual_most_copies_ == most_copies_of_usual_list && !grows_in_samples(program_)) {
      usual_most_copies_ = copies_of_patience;
    } else {
      most_copies_[growing.list()] = copies_of_growing;
    }
    return explore(limits);
  } catch (const SetsTooLarge& reached) {
    reason_ = reached.what();
  } catch (const TooManyNodes& reached) {
    reason_ = reached.what();
  }
  return reason_.empty();
}

void ReachableStates::explore_all(const QueryLimits& limits) {
  executor_ = std::make_unique<SetExecutor>(program_);
  executor_->set_limits(limits);
  reached_.assign(program_.goals.size(), false);
  largest_ = first_largest_;
  executor_->set_largest(largest_);
  executor_->set_most_copies(usual_most_copies_);
  for (const auto& [list, copies] : most_copies_) executor_->cut(list, copies);
  states_ = empty_set;
  left_.assign(program_.events.size(), empty_set);
  add(executor_->initial());
  std::vector<std::uint32_t> events(program_.events.size());
  std::iota(events.begin(), events.end(), 0U);
  for (farthest_ = 1; farthest_ <= farthest_counter(); farthest_ *= 2) {
    for (auto event = events.begin(); event != events.end();) {
      if (carry_out(*event++)) {
        std::rotate(events.begin(), event - 1, event);
        event = events.begin();
      }
      is_up_to_counters_ = counters_are_far();
      if (is_up_to_counters_) throw SetsTooLarge("counters have too many values");
    }
  }
  reached_ = executor_->take_reached();
  std::erase_if(most_copies_, [&](const auto& each) { return !executor_->is_cut(each.first); });
}

std::optional<Path> ReachableStates::run_to(std::uint32_t goal, const QueryLimits& limits) {
  if (!finder_) {
    left_.clear();
    executor_->set_largest(SIZE_MAX);
    finder_.emplace(program_, *executor_, std::vector{&states_});
  }
  return finder_->to(goal, limits);
}

std::int32_t ReachableStates::distance(VariableId counter, std::int32_t value) const {
  const ComparedRange& compared = *program_.variables[counter].compared;
  return std::max(compared.low - value, value - compared.high);
}

bool ReachableStates::counters_are_far() {
  const bool may_grow = usual_most_copies_ != most_copies_of_usual_list || !most_copies_.empty();
  if (may_grow || executor_->zdd().made() < far_.first) return false;
  bool are_far = false;
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    if (!program_.variables[v].compared) continue;
    for (const auto& [value, atom] : executor_->atoms().values(v)) are_far |= distance(v, value) > far_.second;
  }
  if (!are_far) return false;
  // With a list they are bounded soon, as it is cut.
  far_.first = SIZE_MAX;
  return !grows_in_samples(program_);
}

/// How far counters get from what they are compared with.
std::int32_t ReachableStates::farthest_counter() const {
  std::int32_t farthest = 2;
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    if (!program_.variables[v].compared) continue;
    for (const auto& [value, atom] : executor_->atoms().values(v))
      farthest = std::max(farthest, 2 * distance(v, value));
  }
  return farthest;
}

/// The states in which no counter is so far from what it is compared with: of all the others, what comes of these first
/// keeps the sets on the way smaller.
SetId ReachableStates::near(SetId states) {
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    if (!program_.variables[v].compared) continue;
    for (const auto& [value, atom] : executor_->atoms().values(v))
      if (distance(v, value) > farthest_) states = executor_->zdd().lacking(states, atom);
  }
  return states;
}

/// Carries out an event on the states that it was not carried out on before. Whether that comes to new ones.
bool ReachableStates::carry_out(std::uint32_t event) {
  Zdd& zdd = executor_->zdd();
  for (;;) {
    const SetId from = near(left_[event]);
    if (from == empty_set) return false;
    try {
      const SetId fresh = zdd.subtract(executor_->carry_out(event, from), states_);
      left_[event] = zdd.subtract(left_[event], from);
      add(fresh);
      const bool is_new = fresh != empty_set;
      if (!executor_->lacks_room(nodes_before_forgetting)) return is_new;
      if (zdd.size(states_) > 2 * reordered_size_) {
        reorder({states_});
      } else {
        executor_->forget_others(kept());
      }
      return is_new;
    } catch (const SetsTooLarge& reached) {
      if (reached.set() == empty_set || zdd.made() > most_nodes_made) throw;
      largest_ *= 2;
      executor_->set_largest(largest_);
      reorder({reached.set(), states_});
    }
  }
}

void ReachableStates::add(SetId states) {
  Zdd& zdd = executor_->zdd();
  states_ = zdd.unite(states_, states);
  for (std::uint32_t event = 0; event < program_.events.size(); ++event)
    left_[event] = zdd.unite(left_[event], executor_->split(states, event).first);
}

std::vector<SetId*> ReachableStates::kept() {
  std::vector<SetId*> kept{&states_};
  for (SetId& left : left_) kept.push_back(&left);
  return kept;
}

void ReachableStates::reorder(const std::vector<SetId>& by) {
  executor_->reorder(by, kept());
  reordered_size_ = executor_->zdd().size(states_);
}

}  // namespace tenure
