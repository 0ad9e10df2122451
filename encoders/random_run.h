#pragma once

#include <functional>
#include <optional>
#include <random>
#include <vector>

#include "model/interpreter.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// The state after an event, whose decisions are noted in it as `decide` takes them from the options that are open,
/// the usual one first. Nothing when it takes so many steps that it may have no end.
std::optional<State> carry_out(const Program& program, State state, Path::Event& event,
                               const std::function<Option(const std::vector<Option>&)>& decide);

/// Runs of a program whose configuration, events and decisions are drawn.
class RandomRuns {
 public:
  explicit RandomRuns(const Program& program, unsigned seed = 1)
      : program_(program), interpreter_(program), random_(seed) {}

  /// Of a device whose configuration is drawn.
  State first_state();
  /// After any event that may happen: what it decided is put in `event`. Nothing when none may or when it
  /// may have no end. How often another alternative than the usual one is taken differs.
  std::optional<State> after_any_event(State state, Path::Event& event);
  /// A number below `count`.
  std::size_t below(std::size_t count) { return random_() % count; }

 private:
  const Program& program_;
  Interpreter interpreter_;
  std::mt19937 random_;
};

}  // namespace tenure
