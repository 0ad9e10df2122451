#pragma once

#include <optional>

#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

struct SampledGrowth {
  Path lasso;
  ListId list = 0;  ///< that grows on it
};

/// A lasso on which a list grows again and again that random runs come to, always the same for one program. Events are
/// left out of it as long as it stays one; others may be shorter.
std::optional<SampledGrowth> sample_growth(const Program& program);

/// Whether they come to any.
bool grows_in_samples(const Program& program);

}  // namespace tenure
