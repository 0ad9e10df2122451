#pragma once

#include <optional>
#include <random>

#include "model/interpreter.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// Runs of a program whose configuration, events and decisions are drawn.
class RandomRuns {
 public:
  /// An event of more steps may have no end.
  static constexpr std::size_t most_steps = 20'000;

  explicit RandomRuns(const Program& program, unsigned seed = 1)
      : program_(program), interpreter_(program), random_(seed) {}

  /// Of a device whose configuration is drawn.
  State first_state();
  /// After any event that may happen: what it decided is put in `event`. Nothing when none may or when it takes more
  /// than most_steps. How often another alternative than the usual one is taken differs.
  std::optional<State> after_any_event(State state, Path::Event& event);
  /// A number below `count`.
  std::size_t below(std::size_t count) { return random_() % count; }

 private:
  const Program& program_;
  Interpreter interpreter_;
  std::mt19937 random_;
};

}  // namespace tenure
