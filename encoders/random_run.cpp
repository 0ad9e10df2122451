#include "encoders/random_run.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "model/walk.h"

namespace tenure {

namespace {
constexpr std::size_t most_edges = 20'000;
}

std::optional<State> carry_out(const Interpreter& interpreter, State state, Path::Event& event,
                               const std::function<Option(const std::vector<Option>&)>& decide,
                               const EdgeObserver& took) {
  Machine machine{std::move(state), {}};
  interpreter.begin(machine, event.event);
  std::vector<Option> options;
  for (std::size_t edges = 0; edges < most_edges; ++edges) {
    edges += interpreter.go_on(machine, most_edges - edges, took);
    if (edges == most_edges) break;
    interpreter.options(machine, options);
    if (options.empty()) return std::move(machine.state);
    event.decisions.push_back(decide(options));
    took(interpreter.edge(machine, event.decisions.back()));
    interpreter.take(machine, event.decisions.back());
  }
  return std::nullopt;
}

Option AsBefore::operator()(const std::vector<Option>& open) {
  if (next_ == before_.size()) return open.front();
  const bool is_open = std::find(open.begin(), open.end(), before_[next_]) != open.end();
  const Option decided = is_open ? before_[next_] : open.front();
  if (is_open || before_[next_] == usual) ++next_;
  return decided;
}

std::optional<Path> repaired(const Interpreter& interpreter, const Path& path) {
  Path now = path;
  now.events.clear();
  now.steps = 0;
  State state = first_state(interpreter.program(), path);
  for (const Path::Event& before : path.events) {
    if (!interpreter.enabled(state, before.event)) return std::nullopt;
    Path::Event& event = now.events.emplace_back(Path::Event{before.event, {}});
    std::optional<std::size_t> decisions;  // when the goal is reached
    const auto note = [&](const Edge& edge) {
      if (decisions) return;
      now.steps += edge.steps;
      const auto* reach = std::get_if<Reach>(&edge.action);
      if (reach != nullptr && reach->reaches(path.goal)) decisions = event.decisions.size();
    };
    std::optional<State> after = carry_out(interpreter, std::move(state), event, AsBefore(before.decisions), note);
    if (decisions) {
      event.decisions.resize(*decisions);
      return now;
    }
    if (!after) return std::nullopt;
    state = std::move(*after);
  }
  return path.goal == none ? std::optional(std::move(now)) : std::nullopt;
}

State RandomRuns::first_state() {
  State state = interpreter_.initial();
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    if (variable.scope == Scope::fixed) state.values[v] = variable.values[below(variable.values.size())];
  }
  return state;
}

std::optional<State> RandomRuns::after_any_event(State state, Path::Event& event, const EdgeObserver& took) {
  std::vector<std::uint32_t> enabled;
  for (std::uint32_t each = 0; each < program_.events.size(); ++each) {
    if (interpreter_.enabled(state, each)) enabled.push_back(each);
  }
  if (enabled.empty()) return std::nullopt;
  event.event = enabled[below(enabled.size())];
  return after_event(std::move(state), event, took);
}

std::optional<State> RandomRuns::after_event(State state, Path::Event& event, const EdgeObserver& took) {
  const std::size_t usual_for = std::size_t{1} << below(9);
  event.decisions.clear();
  const auto decide = [&](const std::vector<Option>& options) {
    const bool is_usual = options.size() == 1 || below(usual_for) != 0;
    return options[is_usual ? 0 : below(options.size())];
  };
  return carry_out(interpreter_, std::move(state), event, decide, took);
}

}  // namespace tenure
