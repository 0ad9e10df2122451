#pragma once

#include <vector>

#include "model/explicit_search.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// Gives verdicts by explicit search: one for each property asked for, in that order. `exact` is the same spec compiled
/// with exact counters; a counterexample that it does not follow is none. What holds has no invariant: every reachable
/// state was visited. Throws InputError when an index of the spec can be out of range.
std::vector<PropertyVerdict> check_explicitly(const Program& program, const Program& exact,
                                              const std::vector<Property>& properties,
                                              const ExplicitLimits& limits = {});

/// For each goal of the program, whether it is reached, by explicit search.
std::vector<Reachability> violations_explicitly(const Program& program, const Program& exact,
                                                const ExplicitLimits& limits = {});

}  // namespace tenure
