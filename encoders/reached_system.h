#pragma once

#include "encoders/reachable_states.h"
#include "encoders/symbolic.h"
#include "encoders/transition_system.h"
#include "encoders/value.h"
#include "model/program.h"

namespace tenure {

/// The reachable states as a transition system, whose well_formed says that a state is one of them, or has ended: what
/// the decision diagram says is an invariant, if the system keeps it. `executor`, which is new, carries out the events.
TransitionSystem reached_system(const Program& program, ReachableStates& reachable, SymbolicExecutor& executor,
                                ValuePool& pool);

}  // namespace tenure
