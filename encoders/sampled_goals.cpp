#include "encoders/sampled_goals.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>
#include <variant>

#include "encoders/random_run.h"
#include "model/walk.h"

namespace tenure {

namespace {

/// One event in so many is the first of a device whose configuration is drawn.
constexpr std::size_t between_first_events = 16;
constexpr std::uint32_t longest_run = 12;
/// After so many, all runs begin anew, so that what others came to does not take too much room.
constexpr std::size_t events_of_pool = 50'000;
static_assert(events_of_pool % between_first_events == 0);

struct HashOfState {
  std::size_t operator()(const State* state) const {
    std::size_t hash = 0;
    for (const std::int32_t value : state->values) hash = hash * 31 + static_cast<std::size_t>(value);
    for (const std::vector<ListEntry>& list : state->lists) hash = hash * 31 + list.size();
    return hash;
  }
};
struct IsSameState {
  bool operator()(const State* a, const State* b) const { return *a == *b; }
};

/// Runs that go on from where others came to.
class Sampling {
 public:
  using AtGoal = std::function<void(std::uint32_t goal, const std::function<Path()>& path)>;

  Sampling(const Program& program, const std::mt19937& random) : program_(program), runs_(program, random) {}
  const std::mt19937& random() const { return runs_.random(); }
  /// Carries out one more event, and tells `at_goal` of the goals that it comes to.
  void go_on(const AtGoal& at_goal);

 private:
  /// What a run has come to between two events.
  struct Place {
    State state;
    std::size_t before = SIZE_MAX;  ///< place; SIZE_MAX: the run begins here
    Path::Event event = {};         ///< from there
    std::uint32_t events = 0;
    std::uint32_t steps = 0;
  };

  Path path_to(std::uint32_t goal, std::size_t from, Path::Event last, std::uint32_t steps) const;

  const Program& program_;
  RandomRuns runs_;
  std::size_t events_ = 0;
  std::deque<Place> places_;
  std::unordered_set<const State*, HashOfState, IsSameState> seen_;  ///< in places_
};

void Sampling::go_on(const AtGoal& at_goal) {
  const bool begins = events_++ % between_first_events == 0;
  if (begins) places_.push_back({runs_.first_state()});
  const std::size_t from = begins ? places_.size() - 1 : runs_.below(places_.size());
  Path::Event decided;
  std::uint32_t steps = places_[from].steps;
  const auto note = [&](const Edge& edge) {
    steps += edge.steps;
    const auto* reach = std::get_if<Reach>(&edge.action);
    if (reach == nullptr) return;
    for (const std::uint32_t goal : {reach->goal, reach->besides})
      if (goal != none) at_goal(goal, [&] { return path_to(goal, from, decided, steps); });
  };
  std::optional<State> after = runs_.after_any_event(places_[from].state, decided, note);
  const std::uint32_t events = places_[from].events + 1;
  if (!after || events >= longest_run) return;
  places_.push_back({std::move(*after), from, std::move(decided), events, steps});
  if (!seen_.insert(&places_.back().state).second) places_.pop_back();
}

Path Sampling::path_to(std::uint32_t goal, std::size_t from, Path::Event last, std::uint32_t steps) const {
  std::vector<Path::Event> events{std::move(last)};
  std::size_t first = from;
  for (; places_[first].before != SIZE_MAX; first = places_[first].before) events.push_back(places_[first].event);
  Path path = path_from(program_, places_[first].state, goal);
  path.events.assign(events.rbegin(), events.rend());
  path.steps = steps;
  return path;
}

/// Takes the other path when it comes to the goal too, in no more statements.
bool replace_by(const Interpreter& interpreter, Path& path, const Path& other) {
  std::optional<Path> less = repaired(interpreter, other);
  if (!less || less->steps > path.steps) return false;
  path = std::move(*less);
  return true;
}

bool leave_out_events(const Interpreter& interpreter, Path& path) {
  const auto all = static_cast<std::ptrdiff_t>(path.events.size());
  for (std::ptrdiff_t count = all - 1; count > 0; --count) {
    for (std::ptrdiff_t first = 0; first + count <= all; ++first) {
      Path less = path;
      less.events.erase(less.events.begin() + first, less.events.begin() + first + count);
      if (replace_by(interpreter, path, less)) return true;
    }
  }
  return false;
}

void decide_as_usual(const Interpreter& interpreter, Path& path) {
  std::size_t next_fixed = 0;
  for (const VariableInfo& variable : interpreter.program().variables) {
    if (variable.scope != Scope::fixed) continue;
    Path usual = path;
    usual.fixed[next_fixed++] = variable.values.front();
    replace_by(interpreter, path, usual);
  }
  for (std::size_t event = 0; event < path.events.size(); ++event) {
    for (std::size_t i = 0; event < path.events.size() && i < path.events[event].decisions.size(); ++i) {
      Path usual = path;
      usual.events[event].decisions[i] = AsBefore::usual;
      replace_by(interpreter, path, usual);
    }
  }
}

}  // namespace

std::map<std::uint32_t, Path> SampledGoals::paths(const std::vector<std::uint32_t>& goals, std::size_t most_in_vain,
                                                  const QueryLimits& limits) {
  std::set<std::uint32_t> open(goals.begin(), goals.end());
  std::size_t found_at = 0;
  for (const auto& [goal, found] : found_)
    if (open.erase(goal) != 0) found_at = std::max(found_at, found.event);
  if (!open.empty() && events_ - found_at < most_in_vain) {
    std::optional<Sampling> runs;
    std::size_t event = begun_;
    for (; !open.empty() && event - std::min(event, found_at) < most_in_vain; ++event) {
      if (!limits.reached().empty()) break;
      if (runs && event % events_of_pool == 0) {
        random_ = runs->random();
        begun_ = event;
        runs.reset();
      }
      if (!runs) runs.emplace(program_, random_);
      runs->go_on([&](std::uint32_t goal, const std::function<Path()>& path) {
        if (!found_.contains(goal)) found_.emplace(goal, Found{path(), event});
        if (open.erase(goal) != 0) found_at = event;
      });
    }
    events_ = std::max(events_, event);
  }
  std::map<std::uint32_t, Path> paths;
  for (const std::uint32_t goal : goals)
    if (const auto found = found_.find(goal); found != found_.end()) paths.emplace(goal, found->second.path);
  return paths;
}

Path shortened(const Program& program, Path path) {
  const Interpreter interpreter(program);
  while (leave_out_events(interpreter, path)) continue;
  decide_as_usual(interpreter, path);
  return path;
}

}  // namespace tenure
