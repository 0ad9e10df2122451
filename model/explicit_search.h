#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <vector>

#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

struct ExplicitLimits {
  std::size_t configurations = 2'000'000;          ///< machines that are kept
  double seconds = 0;                              ///< 0: no limit
  std::uint32_t events = 0;                        ///< runs of at most so many; 0: no limit
  const std::atomic<bool>* interrupted = nullptr;  ///< when it becomes true the search stops soon
};

struct ExplicitAnswer {
  bool complete = false;                   ///< every reachable state was visited
  std::string stopped;                     ///< otherwise: the limit that was reached
  std::vector<std::optional<Path>> paths;  ///< for each of Program::goals: a shortest path, if it was reached
  Bounds bounds;                           ///< picks that were cut
  std::size_t configurations = 0;
};

/// Visits every reachable state of a Program, by number of events and then of steps, every combination of fixed
/// variables on its own. The oracle for the other engines: it shares nothing with them but the interpreter.
ExplicitAnswer explicit_search(const Program& program, const ExplicitLimits& limits = {});

}  // namespace tenure
