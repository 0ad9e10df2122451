#pragma once

#include <vector>

#include "model/program.h"

namespace tenure {

/// The variables that tell the states of devices' lives apart: those that Program::life_cycle is about.
std::vector<VariableId> control_variables(const Program& program);

}  // namespace tenure
