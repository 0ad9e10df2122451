#include "encoders/random_run.h"

#include <utility>

namespace tenure {

State RandomRuns::first_state() {
  State state = interpreter_.initial();
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    if (variable.scope == Scope::fixed) state.values[v] = variable.values[below(variable.values.size())];
  }
  return state;
}

std::optional<State> RandomRuns::after_any_event(State state, Path::Event& event) {
  std::vector<std::uint32_t> enabled;
  for (std::uint32_t each = 0; each < program_.events.size(); ++each) {
    if (interpreter_.enabled(state, each)) enabled.push_back(each);
  }
  if (enabled.empty()) return std::nullopt;
  const std::size_t usual_for = std::size_t{1} << below(9);
  event = {enabled[below(enabled.size())], {}};
  Machine machine{std::move(state), {}};
  interpreter_.begin(machine, event.event);
  for (std::size_t step = 0; step < most_steps; ++step) {
    const std::vector<Option> options = interpreter_.options(machine);
    if (options.empty()) return std::move(machine.state);
    const bool is_usual = options.size() == 1 || below(usual_for) != 0;
    const Option& option = options[is_usual ? 0 : below(options.size())];
    const Frame& frame = machine.frames.back();
    const bool decides = !program_.procedures[frame.procedure].nodes[frame.node].choice.empty();
    if (decides) event.decisions.push_back(option);
    interpreter_.take(machine, option);
  }
  return std::nullopt;
}

}  // namespace tenure
