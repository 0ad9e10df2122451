#include "model/walk.h"

#include <algorithm>
#include <string>

namespace tenure {

State first_state(const Program& program, const Path& path) {
  State state = Interpreter(program).initial();
  std::size_t next = 0;
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    if (program.variables[v].scope != Scope::fixed) continue;
    if (next == path.fixed.size()) throw PathError("the path does not give all fixed variables");
    state.values[v] = path.fixed[next++];
  }
  return state;
}

Path path_from(const Program& program, const State& first, std::uint32_t goal) {
  Path path;
  path.goal = goal;
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    if (program.variables[v].scope == Scope::fixed) path.fixed.push_back(first.values[v]);
  }
  return path;
}

Walk::Walk(const Program& program, const Path& path) : program_(program), path_(path), interpreter_(program) {
  machine_.state = first_state(program, path);
}

void Walk::finish() {
  while (next_event()) {
    begin();
    while (const auto option = next()) take(*option);
  }
}

std::optional<std::uint32_t> Walk::next_event() const {
  if (arrived_ || begun_ == path_.events.size()) return std::nullopt;
  return path_.events[begun_].event;
}

void Walk::begin(CallObserver* observer) {
  const std::uint32_t event = path_.events[begun_].event;
  if (event >= program_.events.size() || !interpreter_.enabled(machine_.state, event)) {
    throw PathError("event " + std::to_string(begun_) + " of the path is not enabled");
  }
  ++begun_;
  decision_ = 0;
  interpreter_.begin(machine_, event, observer);
}

std::optional<Option> Walk::next() {
  if (arrived_) return std::nullopt;
  const std::vector<Option> open = interpreter_.options(machine_);
  if (open.empty()) {
    end_event();
    return std::nullopt;
  }
  const Frame& frame = machine_.frames.back();
  const Node& node = program_.procedures[frame.procedure].nodes[frame.node];
  return node.choice.empty() ? open.front() : decide(node, open);
}

/// The path's decision at a choice. An abstracting node of an exact program has one option, whatever was decided.
Option Walk::decide(const Node& node, const std::vector<Option>& open) {
  const auto& decisions = path_.events[begun_ - 1].decisions;
  if (decision_ == decisions.size()) throw PathError("the path has no decision for '" + node.choice + "'");
  const Option decided = decisions[decision_++];
  if (node.abstracts && program_.counter_margin == 0) return open.front();
  if (std::find(open.begin(), open.end(), decided) == open.end()) {
    throw PathError("the decision of the path for '" + node.choice + "' is not open");
  }
  return decided;
}

void Walk::end_event() {
  if (decision_ != path_.events[begun_ - 1].decisions.size()) throw PathError("the path has decisions left");
  if (begun_ == path_.events.size() && path_.goal != none) throw PathError("the path does not reach its goal");
}

void Walk::take(const Option& option, CallObserver* observer) {
  const Edge& edge = interpreter_.edge(machine_, option);
  const auto* reach = std::get_if<Reach>(&edge.action);
  steps_ += edge.steps;
  interpreter_.take(machine_, option, observer);
  if (path_.goal == none) return;
  const bool is_last = begun_ == path_.events.size();
  if (is_last && steps_ > path_.steps) throw PathError("the path reaches its goal in fewer steps than the program");
  arrived_ = is_last && reach != nullptr && reach->reaches(path_.goal) && steps_ == path_.steps;
}

void follow(const Program& program, const Path& path, const std::function<void(const Edge& edge)>& take) {
  const Interpreter interpreter(program);
  Walk walk(program, path);
  while (walk.next_event()) {
    walk.begin();
    while (const auto option = walk.next()) {
      take(interpreter.edge(walk.machine(), *option));
      walk.take(*option);
    }
  }
}

const Edge& last_edge(const Program& program, const Path& path) {
  const Edge* last = nullptr;
  follow(program, path, [&](const Edge& edge) { last = &edge; });
  if (last == nullptr) throw PathError("the path takes no step");
  return *last;
}

}  // namespace tenure
