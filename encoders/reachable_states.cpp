#include "encoders/reachable_states.h"

#include <algorithm>
#include <numeric>

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

ReachableStates::ReachableStates(const Program& program, SampledLassos& lassos, std::size_t largest_set)
    : program_(program), lassos_(lassos), first_largest_(largest_set) {
  for (VariableId v = 0; v < program.variables.size(); ++v)
    if (program.variables[v].compared) counters_.push_back(v);
}

bool ReachableStates::explore(const QueryLimits& limits) {
  try {
    explore_all(limits);
  } catch (const ListGrows& reached) {
    reason_ = reached.what();
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
  states_ = empty_set;
  order_.resize(program_.events.size());
  std::iota(order_.begin(), order_.end(), 0U);
  left_.assign(order_.size() + 1, empty_set);
  far_away_ = empty_set;
  farthest_ = 1;
  for (add(executor_->initial()); far_away_ != empty_set || left_.front() != empty_set; go_farther()) carry_out_all();
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
  if (executor_->zdd().made() < far_.first || counters_.empty()) return false;
  // Where a list grows, they get far in all likelihood.
  if (seems_to_grow()) return true;
  const bool are_far = std::any_of(counters_.begin(), counters_.end(), [&](VariableId counter) {
    const auto& values = executor_->atoms().values(counter);
    return std::any_of(values.begin(), values.end(),
                       [&](const StateAtoms::Value& each) { return distance(counter, each.value) > far_.second; });
  });
  if (!are_far) return false;
  // With a list that grows they are bounded soon, as it is cut.
  far_.first = SIZE_MAX;
  return !lassos_.any(runs_for_growth);
}

/// The states in which no counter is so far from what it is compared with: of all the others, what comes of these first
/// keeps the sets on the way smaller.
SetId ReachableStates::near(SetId states) {
  for (const VariableId counter : counters_) {
    for (const auto& [value, atom] : executor_->atoms().values(counter))
      if (distance(counter, value) > farthest_) states = executor_->zdd().lacking(states, atom);
  }
  return states;
}

/// Until nothing new comes that is not far away.
void ReachableStates::carry_out_all() {
  for (std::size_t place = 0; place < order_.size();) {
    const auto here = order_.begin() + static_cast<std::ptrdiff_t>(place);
    const SetId fresh = carry_out(place);
    if (fresh == empty_set) {
      ++place;
    } else {
      std::rotate(order_.begin(), here, here + 1);
      add(fresh);
      place = 0;
    }
    if (executor_->lacks_room(nodes_before_forgetting)) make_room();
    is_up_to_counters_ = counters_are_far();
    if (is_up_to_counters_) throw SetsTooLarge("counters have too many values");
  }
  left_.back() = empty_set;
}

/// Carries out the event at this place on the states that are left to it, and leaves them to the one after it. The new
/// ones that it comes to.
SetId ReachableStates::carry_out(std::size_t place) {
  Zdd& zdd = executor_->zdd();
  for (;;) {
    const SetId from = executor_->split(left_[place], order_[place]).first;
    try {
      const SetId fresh = from == empty_set ? empty_set : executor_->carry_out(order_[place], from, states_);
      left_[place + 1] = zdd.unite(left_[place + 1], std::exchange(left_[place], empty_set));
      return fresh;
    } catch (const ListGrows& growing) {
      if (most_copies_.contains(growing.list())) throw;
      follow_less(growing.list());
    } catch (const SetsTooLarge& reached) {
      if (reached.set() == empty_set || zdd.made() > most_nodes_made) throw;
      largest_ *= 2;
      executor_->set_largest(largest_);
      reorder({reached.set(), states_});
    }
  }
}

/// Has a list be followed farther where that is to no harm, as far as random runs show; else less far.
void ReachableStates::follow_less(ListId list) {
  if (usual_most_copies_ == most_copies_of_usual_list && !lassos_.any(runs_for_growth)) {
    usual_most_copies_ = copies_of_patience;
    executor_->set_most_copies(usual_most_copies_);
    return;
  }
  most_copies_[list] = copies_of_growing;
  executor_->cut(list, copies_of_growing);
  for (SetId* kept : kept()) *kept = executor_->followed(*kept, list);
}

/// New states, on which no event was carried out yet.
void ReachableStates::add(SetId states) {
  Zdd& zdd = executor_->zdd();
  states_ = zdd.unite(states_, states);
  const SetId here = near(states);
  far_away_ = zdd.unite(far_away_, zdd.subtract(states, here));
  left_.front() = zdd.unite(left_.front(), here);
}

void ReachableStates::go_farther() {
  farthest_ *= 2;
  add(std::exchange(far_away_, empty_set));
}

void ReachableStates::make_room() {
  if (executor_->zdd().size(states_) > 2 * reordered_size_) {
    reorder({states_});
  } else {
    executor_->forget_others(kept());
  }
}

std::vector<SetId*> ReachableStates::kept() {
  std::vector<SetId*> kept{&states_, &far_away_};
  for (SetId& left : left_) kept.push_back(&left);
  return kept;
}

void ReachableStates::reorder(const std::vector<SetId>& by) {
  executor_->reorder(by, kept());
  reordered_size_ = executor_->zdd().size(states_);
}

}  // namespace tenure
