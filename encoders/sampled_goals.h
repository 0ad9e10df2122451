#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "encoders/solver.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// By goal, a path to it: for those of some goals that random runs come to, until so many events in a row reach nothing
/// new or a limit is reached. Without limits always the same ones for one program. Others may be reachable too, and
/// these by fewer events.
std::map<std::uint32_t, Path> sample_goals(const Program& program, const std::vector<std::uint32_t>& goals,
                                           std::size_t most_in_vain, const QueryLimits& limits);

/// The path to its goal without the events, and with the usual alternatives in place of the decisions, that it comes
/// there without. A shorter one may be there.
Path shortened(const Program& program, Path path);

}  // namespace tenure
