#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include "encoders/solver.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// The goals of one program, which must outlive it, that random runs come to: always the same runs. What they came to
/// besides what was asked for is known when it is asked for.
class SampledGoals {
 public:
  explicit SampledGoals(const Program& program) : program_(program) {}

  /// By goal, a path to it: for those of some goals that random runs come to, until so many events in a row reach none
  /// of them anew or a limit is reached. Others may be reachable too, and these by fewer events.
  std::map<std::uint32_t, Path> paths(const std::vector<std::uint32_t>& goals, std::size_t most_in_vain,
                                      const QueryLimits& limits);

 private:
  struct Found {
    Path path;
    std::size_t event;  ///< at which of all the runs' events
  };

  const Program& program_;
  std::map<std::uint32_t, Found> found_;
  std::size_t events_ = 0;  ///< after which these were found
  std::size_t begun_ = 0;   ///< events before the last runs that have nothing to do with those before
  std::mt19937 random_{1};  ///< then
};

/// The path to its goal without the events, and with the usual alternatives in place of the decisions, that it comes
/// there without. A shorter one may be there.
Path shortened(const Program& program, Path path);

}  // namespace tenure
