#include "encoders/event_search.h"

#include <deque>
#include <set>
#include <utility>
#include <variant>
#include <vector>

namespace tenure {

namespace {

constexpr std::size_t most_steps = 100'000;

/// An event in its middle, and what was decided until there.
struct Begun {
  Machine machine;
  Path::Event event;
};

/// Visits where an event gets to, one machine after the other: those with few unusual decisions first.
class EventSearch {
 public:
  using IsWanted = std::function<bool(const State&)>;

  EventSearch(const Program& program, std::uint32_t goal, const IsWanted& is_wanted)
      : interpreter_(program), program_(program), goal_(goal), is_wanted_(is_wanted) {}

  std::optional<EventRun> from(const State& state, std::uint32_t event) {
    Begun first{{state, {}}, {event, {}}};
    interpreter_.begin(first.machine, event);
    waiting_.push_back(std::move(first));
    while (!waiting_.empty() && steps_ < most_steps) {
      Begun next = std::move(waiting_.front());
      waiting_.pop_front();
      if (std::optional<EventRun> found = go_on(std::move(next))) return found;
    }
    return std::nullopt;
  }

 private:
  /// On by the usual alternatives, while the others wait, to the end or to a choice that was met like this before.
  /// Something when it comes to what is searched for.
  std::optional<EventRun> go_on(Begun begun) {
    for (; steps_ < most_steps; ++steps_) {
      const std::vector<Option> options = interpreter_.options(begun.machine);
      if (options.empty()) {
        if (goal_ != none || !is_wanted_(begun.machine.state)) return std::nullopt;
        return EventRun{std::move(begun.event), std::move(begun.machine.state)};
      }
      const Frame& frame = begun.machine.frames.back();
      const bool decides = !program_.procedures[frame.procedure].nodes[frame.node].choice.empty();
      if (decides && options.size() > 1 && !met_.insert(begun.machine).second) return std::nullopt;
      for (std::size_t i = 1; decides && i < options.size(); ++i) {
        Begun other = begun;
        if (take(other, options[i], true)) return EventRun{std::move(other.event), std::move(other.machine.state)};
        waiting_.push_back(std::move(other));
      }
      if (take(begun, options.front(), decides))
        return EventRun{std::move(begun.event), std::move(begun.machine.state)};
    }
    return std::nullopt;
  }

  /// Whether the goal is reached.
  bool take(Begun& begun, const Option& option, bool decides) {
    if (decides) begun.event.decisions.push_back(option);
    const auto* reach = std::get_if<Reach>(&interpreter_.edge(begun.machine, option).action);
    const bool is_reached = reach != nullptr && reach->reaches(goal_);
    interpreter_.take(begun.machine, option);
    return is_reached;
  }

  Interpreter interpreter_;
  const Program& program_;
  std::uint32_t goal_;
  const IsWanted& is_wanted_;
  std::deque<Begun> waiting_;
  std::set<Machine> met_;
  std::size_t steps_ = 0;
};

}  // namespace

std::optional<EventRun> search_event(const Program& program, const State& from, std::uint32_t event, std::uint32_t goal,
                                     const std::function<bool(const State&)>& is_wanted) {
  return EventSearch(program, goal, is_wanted).from(from, event);
}

}  // namespace tenure
