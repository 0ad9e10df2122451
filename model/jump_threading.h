#pragma once

#include "model/program.h"

namespace tenure {

/// Whether all that an edge does is to go on, unseen.
bool is_silent(const Edge& edge);

/// Leaves out the nodes of a procedure at which a run has no choice and nothing has happened since the last one, as
/// compilers do (jump threading): edges lead to where what is at their ends leads, and an edge that does no more than
/// come to the rest of its statement does that as well. Loops keep their heads and their back edges. The runs stay the
/// same, and so does what is told of them.
void thread_jumps(Procedure& procedure);
/// In all procedures, those of Program::one_member among them.
void thread_jumps(Program& program);

}  // namespace tenure
