#pragma once

#include <cstddef>
#include <optional>

#include "encoders/random_run.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

struct SampledGrowth {
  Path lasso;
  ListId list = 0;  ///< that grows on it
};

/// So many random runs show whether a list grows, as a rule.
constexpr std::size_t runs_for_growth = 400;

/// Lassos on which a list grows again and again that random runs of a program come to, always the same. The program
/// must outlive them.
class SampledLassos {
 public:
  explicit SampledLassos(const Program& program) : program_(program), runs_(program) {}
  /// Whether there is one in so many runs.
  bool any(std::size_t most_runs);
  /// The shortest of some in so many, of which events are left out as long as they stay lassos; others may be shorter.
  std::optional<SampledGrowth> shortest(std::size_t most_runs = runs_for_growth);

 private:
  std::optional<SampledGrowth> next(std::size_t most_runs);

  const Program& program_;
  RandomRuns runs_;
  std::size_t runs_made_ = 0;
  std::optional<SampledGrowth> first_;
};

}  // namespace tenure
