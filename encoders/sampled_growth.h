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

/// Lassos on which a list grows again and again that so many random runs of a program come to, always the same. The
/// program must outlive them.
class SampledLassos {
 public:
  explicit SampledLassos(const Program& program, std::size_t most_runs = runs_for_growth)
      : program_(program), runs_(program), runs_left_(most_runs) {}
  /// Whether there is one.
  bool any();
  /// The shortest of some, of which events are left out as long as they stay lassos; others may be shorter.
  std::optional<SampledGrowth> shortest();

 private:
  std::optional<SampledGrowth> next();

  const Program& program_;
  RandomRuns runs_;
  std::size_t runs_left_;
  std::optional<SampledGrowth> first_;
};

}  // namespace tenure
