#pragma once

#include <vector>

#include "model/program.h"

namespace tenure {

/// What a procedure, or what it calls, looks at or changes.
struct Touched {
  std::vector<bool> variables;  ///< its own parameters and locals among them, but not those of what it calls
  std::vector<bool> lists;
  std::vector<bool> loosened;  ///< by list: whether entries are taken off while others stay
};

/// By procedure.
std::vector<Touched> touched_by(const Program& program);

}  // namespace tenure
