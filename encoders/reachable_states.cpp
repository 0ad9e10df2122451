#include "encoders/reachable_states.h"

namespace tenure {

namespace {

/// So many nodes in all are given up.
constexpr std::size_t most_nodes_made = 24'000'000;
/// How many copies of a call are followed on a list that seems to grow for ever.
constexpr std::size_t copies_of_growing = 3;

}  // namespace

bool ReachableStates::explore(const QueryLimits& limits) {
  try {
    explore_all(limits);
  } catch (const ListGrows& growing) {
    reason_ = growing.what();
    if (!most_copies_.try_emplace(growing.list(), copies_of_growing).second) return false;
    reason_.clear();
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
  most_nodes_ = nodes_before_reorder_;
  executor_->set_most_nodes(most_nodes_);
  for (const auto& [list, copies] : most_copies_) executor_->cut(list, copies);
  states_ = executor_->initial();
  left_.assign(program_.events.size(), empty_set);
  for (bool is_new = true; is_new;) {
    is_new = false;
    for (std::uint32_t event = 0; event < program_.events.size(); ++event) is_new |= carry_out(event);
  }
  std::erase_if(most_copies_, [&](const auto& each) { return !executor_->is_cut(each.first); });
}

/// Carries out an event on the states that it was not carried out on before. Whether there are any.
bool ReachableStates::carry_out(std::uint32_t event) {
  Zdd& zdd = executor_->zdd();
  for (;;) {
    const SetId all = executor_->split(states_, event).first;
    const SetId fresh = zdd.subtract(all, left_[event]);
    if (fresh == empty_set) return false;
    try {
      const SetId after = executor_->carry_out(event, zdd.size(all) < zdd.size(fresh) ? all : fresh);
      states_ = zdd.unite(states_, after);
      left_[event] = zdd.unite(left_[event], all);
      return true;
    } catch (const SetsTooLarge& reached) {
      if (reached.set() == empty_set || zdd.made() > most_nodes_made) throw;
      reorder(reached.set());
    }
  }
}

void ReachableStates::reorder(SetId by) {
  Zdd& zdd = executor_->zdd();
  std::vector<SetId*> kept{&states_};
  for (SetId& left : left_) kept.push_back(&left);
  zdd.reorder({by, states_}, executor_->atoms().first_global(), kept);
  most_nodes_ = 2 * most_nodes_ + zdd.nodes();
  executor_->set_most_nodes(most_nodes_);
}

}  // namespace tenure
