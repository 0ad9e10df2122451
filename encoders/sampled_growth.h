#pragma once

#include <cstddef>
#include <optional>

#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

struct SampledGrowth {
  Path lasso;
  ListId list = 0;  ///< that grows on it
};

/// So many random runs show whether a list grows, as a rule.
constexpr std::size_t runs_for_growth = 400;

/// A lasso on which a list grows again and again that so many random runs come to, always the same for one program.
/// Events are left out of it as long as it stays one; others may be shorter.
std::optional<SampledGrowth> sample_growth(const Program& program, std::size_t most_runs = runs_for_growth);

/// Whether they come to any.
bool grows_in_samples(const Program& program);

}  // namespace tenure
