#pragma once

#include "model/program.h"

namespace tenure {

/// The folded() program, in which besides no local has a value that is not read, no edge does nothing, and no procedure
/// is called that does no more than return a constant. Programs of which this is equal have the same runs, step by
/// step, so the same verdicts; others may have, too.
Program normal_form(const Program& program);

/// Whether the programs are known to have the same runs: they are equal, or their normal forms are.
bool have_same_runs(const Program& a, const Program& b);

}  // namespace tenure
