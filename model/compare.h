#pragma once

#include <cstddef>
#include <string_view>

#include "model/program.h"
#include "model/trace.h"
#include "model/verdict.h"

namespace tenure {

/// How a property of a driver fares after a change. `unclear`: a verdict is no answer.
enum class Difference { same, worse, mended, unclear };

std::string_view name_of(Difference difference);

/// Compares the verdicts before and after a change: what holds is better than what is unreachable, and that is better
/// than what is violated. A bounded proof counts as one.
Difference compare(const Verdict& before, const Verdict& after);

/// The same environment on another program: each choice is made as in `path`, where it is known by event, call path,
/// name and occurrence; a choice that `path` does not know takes the first alternative. Gives a path whose goal is
/// `none`, as long as the events of `path` happen in `to`. Both programs have exact counters.
Path mirrored(const Program& from, const Path& path, const Program& to);

/// A run under two semantics, told on both.
struct PairedRuns {
  Trace before, after;
  std::size_t parting = 0;  ///< index of the first step that differs; as long as the shorter one when none does
};

/// Tells the run that violates a property on one side together with the same run on the other.
PairedRuns pair_runs(const Program& before, const Verdict& verdict_before, const Program& after,
                     const Verdict& verdict_after);

}  // namespace tenure
