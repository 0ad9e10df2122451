#pragma once

#include <vector>

#include "model/program.h"

namespace tenure {

/// By procedure and list: whether it, or what it calls, looks at the list or changes it.
std::vector<std::vector<bool>> touched_lists(const Program& program);

}  // namespace tenure
