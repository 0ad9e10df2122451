#pragma once

#include <optional>

#include "model/interpreter.h"
#include "model/verdict.h"

namespace tenure {

/// The list that has more entries in `after`, where the two states are the same but for that and for counters: the
/// entries of `before` are still on it, in their order.
std::optional<ListId> growing_list(const Program& program, const State& before, const State& after);

/// Whether the events of a path from Path::repeats_from on can be carried out again and again, and each time bring the
/// same state back with a longer list. Counters may move on, each time by as much: it is followed until they are beyond
/// all that they are compared with, and at least some rounds, each time with the same decisions. The counters of the
/// program are exact.
bool grows_again_and_again(const Program& program, const Path& path);

}  // namespace tenure
