#include "encoders/run_finder.h"

#include <algorithm>

#include "encoders/event_search.h"
#include "model/walk.h"

namespace tenure {

namespace {
constexpr std::size_t nodes_before_forgetting = 100'000;
/// Of a set with a state from which an event reaches a goal, so many are drawn before it is looked for otherwise.
constexpr std::size_t most_drawn = 300;
}  // namespace

std::optional<Path> RunFinder::to(std::uint32_t goal, const QueryLimits& limits) {
  executor_.set_limits(limits);
  executor_.remember(true);
  try {
    while (!first_[goal]) {
      if (!go_on() && !first_[goal]) return std::nullopt;
    }
    const auto& [after, event] = *first_[goal];
    std::vector<Before> run{{event, reaching(goal, event, executor_.split(fresh_[after], event).first)}};
    for (std::size_t events = after; events > 0; --events) {
      std::optional<Before> earlier = before(events, run.back().state);
      if (!earlier) return std::nullopt;
      run.push_back(std::move(*earlier));
    }
    std::reverse(run.begin(), run.end());
    return carried_out(goal, run);
  } catch (const SetsTooLarge&) {
  } catch (const TooManyNodes&) {
  } catch (const ListGrows&) {
  }
  return std::nullopt;
}

/// To what one more event comes to. False when that is nothing new.
bool RunFinder::go_on() {
  if (fresh_.empty()) {
    executor_.forget_summaries();
    fresh_.push_back(executor_.initial());
    all_ = fresh_.back();
    return true;
  }
  Zdd& zdd = executor_.zdd();
  SetId after = empty_set;
  for (std::uint32_t event = 0; event < program_.events.size(); ++event) {
    const SetId before = executor_.split(fresh_.back(), event).first;
    if (before == empty_set) continue;
    executor_.take_reached();
    after = zdd.unite(after, executor_.carry_out(event, before));
    const std::vector<bool> reached = executor_.take_reached();
    for (std::uint32_t goal = 0; goal < reached.size(); ++goal)
      if (reached[goal] && !first_[goal]) first_[goal] = Reached{fresh_.size() - 1, event};
    forget_others({&after});
  }
  after = zdd.subtract(after, all_);
  all_ = zdd.unite(all_, after);
  fresh_.push_back(after);
  return after != empty_set;
}

/// One of the set's states from which the event may reach the goal.
RunFinder::Combination RunFinder::reaching(std::uint32_t goal, std::uint32_t event, SetId set) {
  for (std::size_t drawn = 0; drawn < most_drawn; ++drawn) {
    Combination state = drawn_of(set);
    bool is_reached = false;
    Path::Event run{event, {}};
    random_runs_.after_event(executor_.atoms().state_of(state), run, [&](const Edge& edge) {
      const auto* reach = std::get_if<Reach>(&edge.action);
      is_reached = is_reached || (reach != nullptr && reach->reaches(goal));
    });
    if (is_reached) return state;
  }
  executor_.take_reached();
  executor_.remember(false);
  Combination state = some_of(set, [&](SetId some) {
    executor_.carry_out(event, some);
    return bool{executor_.take_reached()[goal]};
  });
  executor_.remember(true);
  return state;
}

RunFinder::Combination RunFinder::drawn_of(SetId set) {
  Combination state;
  while (set > only_empty_combination) {
    const Zdd::Node& node = executor_.zdd().node(set);
    const bool is_with = node.without == empty_set || random_runs_.below(2) != 0;
    if (is_with) state.push_back(node.atom);
    set = is_with ? node.with : node.without;
  }
  return state;
}

/// One of the set's states, found by leaving out others as long as `is_so` of the rest, as it is of the set: those that
/// have an atom, for one atom after the other. Up to which atom that goes well is found by halving.
RunFinder::Combination RunFinder::some_of(SetId set, const std::function<bool(SetId)>& is_so) {
  Combination chosen;
  std::vector<Rest> rests = without_atoms({set, 0}, chosen);
  const auto is_so_of = [&](const Rest& rest) {
    const bool is = is_so(with(rest.set, chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(rest.chosen)));
    std::vector<SetId*> kept;
    for (Rest& each : rests) kept.push_back(&each.set);
    forget_others(kept);
    return is;
  };
  while (rests.size() > 1 && !is_so_of(rests.back())) {
    std::size_t last = 0;
    for (std::size_t too_far = rests.size() - 1; last + 1 < too_far;) {
      const std::size_t middle = (last + too_far) / 2;
      (is_so_of(rests[middle]) ? last : too_far) = middle;
    }
    // In the next rest it is not so: there the first atom that could be left out is needed.
    Rest needed = rests[last];
    chosen.resize(needed.chosen);
    const Zdd& zdd = executor_.zdd();
    for (bool is_needed = false; !is_needed; needed.set = zdd.node(needed.set).with) {
      is_needed = zdd.node(needed.set).without != empty_set;
      chosen.push_back(zdd.node(needed.set).atom);
    }
    needed.chosen = chosen.size();
    rests = without_atoms(needed, chosen);
  }
  return chosen;
}

/// What is left of a set as one atom after the other is left out, down to one state; the atoms that all have are
/// chosen.
std::vector<RunFinder::Rest> RunFinder::without_atoms(Rest rest, Combination& chosen) const {
  std::vector<Rest> rests{rest};
  while (rest.set > only_empty_combination) {
    const Zdd::Node& node = executor_.zdd().node(rest.set);
    if (node.without == empty_set) chosen.push_back(node.atom);
    rest = {node.without == empty_set ? node.with : node.without, chosen.size()};
    if (node.without != empty_set) rests.push_back(rest);
  }
  return rests;
}

/// The combinations of a set with atoms that are before all of theirs.
SetId RunFinder::with(SetId set, Combination::const_iterator first, Combination::const_iterator last) {
  while (last != first) set = executor_.zdd().added(set, *--last);
  return set;
}

bool RunFinder::contains(SetId set, const Combination& state) const {
  const Zdd& zdd = executor_.zdd();
  auto next = state.begin();
  while (set > only_empty_combination) {
    const Zdd::Node& node = zdd.node(set);
    const bool is_next = next != state.end() && node.atom == *next;
    if (is_next) ++next;
    set = is_next ? node.with : node.without;
  }
  return set == only_empty_combination && next == state.end();
}

/// A state after one event less, and the event that comes from there to this state.
std::optional<RunFinder::Before> RunFinder::before(std::size_t events, const Combination& state) {
  for (std::uint32_t event = 0; event < program_.events.size(); ++event) {
    const SetId possible = executor_.split(of_device(fresh_[events - 1], state), event).first;
    const auto comes_there = [&](SetId some) { return contains(executor_.carry_out(event, some), state); };
    if (possible == empty_set) continue;
    if (comes_there(possible)) return Before{event, some_of(possible, comes_there)};
    forget_others({});
  }
  return std::nullopt;
}

/// Those of a set that have the same configuration as a state.
SetId RunFinder::of_device(SetId set, const Combination& state) {
  Zdd& zdd = executor_.zdd();
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    if (program_.variables[v].scope != Scope::fixed) continue;
    for (const auto& [value, atom] : executor_.atoms().values(v)) {
      const auto [having, lacking] = zdd.split(set, atom);
      set = std::find(state.begin(), state.end(), atom) != state.end() ? having : lacking;
    }
  }
  return set;
}

/// The events with the decisions that lead from each state to the next one, and to the goal.
std::optional<Path> RunFinder::carried_out(std::uint32_t goal, const std::vector<Before>& run) {
  const StateAtoms& atoms = executor_.atoms();
  State state = Interpreter(program_).initial();
  const State first = atoms.state_of(run.front().state);
  for (VariableId v = 0; v < program_.variables.size(); ++v)
    if (program_.variables[v].scope == Scope::fixed && atoms.is_used(v)) state.values[v] = first.values[v];
  Path path = path_from(program_, state, goal);
  for (std::size_t i = 0; i < run.size(); ++i) {
    const bool is_last = i + 1 == run.size();
    const State next = is_last ? State{} : atoms.state_of(run[i + 1].state);
    std::optional<EventRun> event = search_event(
        program_, state, run[i].event, is_last ? goal : none,
        [&](const State& after) { return after.values[program_.halted] == 0 && atoms.known(after) == next; });
    if (!event) return std::nullopt;
    path.events.push_back(std::move(event->event));
    state = std::move(event->after);
  }
  return repaired(Interpreter(program_), path);
}

void RunFinder::forget_others(const std::vector<SetId*>& besides) {
  if (!executor_.lacks_room(nodes_before_forgetting)) return;
  std::vector<SetId*> kept = kept_;
  kept.insert(kept.end(), besides.begin(), besides.end());
  for (SetId& set : fresh_) kept.push_back(&set);
  kept.push_back(&all_);
  executor_.forget_others(kept);
}

}  // namespace tenure
