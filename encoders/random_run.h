#pragma once

#include <functional>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "model/interpreter.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// The state after an event, whose decisions are noted in it as `decide` takes them from the options that are open,
/// the usual one first. `took` is told of edges that count as steps or reach goals, when what was decided before and on
/// them is noted. Nothing when it takes so many steps that it may have no end.
std::optional<State> carry_out(const Interpreter& interpreter, State state, Path::Event& event,
                               const std::function<Option(const std::vector<Option>&)>& decide,
                               const EdgeObserver& took);

/// Decides what was decided before, in the same order, as long as that is open, and takes the usual alternative else.
class AsBefore {
 public:
  /// In place of a decision: the usual alternative.
  static constexpr Option usual{none, false, 0};
  explicit AsBefore(std::vector<Option> before) : before_(std::move(before)) {}
  Option operator()(const std::vector<Option>& open);

 private:
  std::vector<Option> before_;
  std::size_t next_ = 0;
};

/// What becomes of a path when its decisions are taken as before, up to where it first comes to its goal, or, without a
/// goal, to its end. Nothing when an event may not happen or the goal is not reached.
std::optional<Path> repaired(const Interpreter& interpreter, const Path& path);

/// Runs of a program whose configuration, events and decisions are drawn.
class RandomRuns {
 public:
  explicit RandomRuns(const Program& program, const std::mt19937& random = std::mt19937(1))
      : program_(program), interpreter_(program), random_(random) {}

  /// Given to others, it has them go on as these do.
  const std::mt19937& random() const { return random_; }

  /// Of a device whose configuration is drawn.
  State first_state();
  /// After any event that may happen, which is put in `event`, as after_event(). Nothing when none may. How often
  /// another alternative than the usual one is taken differs.
  std::optional<State> after_any_event(
      State state, Path::Event& event, const EdgeObserver& took = [](const Edge&) {});
  /// After an event that may happen: what it decided is put in it. Nothing when it may have no end.
  std::optional<State> after_event(State state, Path::Event& event, const EdgeObserver& took);
  /// A number below `count`.
  std::size_t below(std::size_t count) { return random_() % count; }

 private:
  const Program& program_;
  Interpreter interpreter_;
  std::mt19937 random_;
};

}  // namespace tenure
