#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "model/diagnostic.h"
#include "model/interpreter.h"
#include "model/verdict.h"

namespace tenure {

/// The program does not do what a path says.
class PathError : public InternalError {
 public:
  using InternalError::InternalError;
};

/// The state before the first event of a path, with its fixed variables. Throws PathError when it does not give all.
State first_state(const Program& program, const Path& path);

/// The inverse: a path without events that begins in this state.
Path path_from(const Program& program, const State& first, std::uint32_t goal);

/// Follows a path through the interpreter, one edge at a time, up to its goal. A path whose goal is `none` is followed
/// to the end of its last event. What the program does not do as the path says is thrown as PathError.
class Walk {
 public:
  Walk(const Program& program, const Path& path);

  const Machine& machine() const { return machine_; }
  /// The event that comes next (index in Program::events); nothing when the goal or the end is reached.
  std::optional<std::uint32_t> next_event() const;
  /// Begins the next event.
  void begin(CallObserver* observer = nullptr);
  /// How the event goes on; nothing when it is over or the goal is reached.
  std::optional<Option> next();
  /// Goes on to the end of the path, or to its goal.
  void finish();
  /// Goes on by what next() gave.
  void take(const Option& option, CallObserver* observer = nullptr);
  /// Whether the goal is reached.
  bool arrived() const { return arrived_; }
  /// The sum of Edge::steps so far.
  std::uint32_t steps() const { return steps_; }

 private:
  Option decide(const Node& node, const std::vector<Option>& open);
  void end_event();

  const Program& program_;
  const Path& path_;
  Interpreter interpreter_;
  Machine machine_;
  std::size_t begun_ = 0;     ///< events
  std::size_t decision_ = 0;  ///< the next one in the event
  std::uint32_t steps_ = 0;
  bool arrived_ = false;
};

/// Follows a path as Walk does, and gives `take` each edge that it takes.
void follow(const Program& program, const Path& path, const std::function<void(const Edge& edge)>& take);

/// The last edge that a path takes: with a goal, the one that reaches it. Throws PathError when it takes none.
const Edge& last_edge(const Program& program, const Path& path);

}  // namespace tenure
