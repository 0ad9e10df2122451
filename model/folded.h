#pragma once

#include "model/program.h"

namespace tenure {

/// A program without what no run comes to, without variables that never change, and without the places that its
/// statements stand at: terms are folded, and what is left is numbered anew. Programs of which this is equal have the
/// same runs, step by step, so the same verdicts.
Program folded(const Program& program);

}  // namespace tenure
