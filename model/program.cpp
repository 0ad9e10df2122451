#include "model/program.h"

#include <algorithm>
#include <utility>

namespace tenure {

std::uint32_t goal_of(const Program& program, Property property) {
  const auto found = std::find_if(program.goals.begin(), program.goals.end(),
                                  [&](const Goal& each) { return each.property == property; });
  return found == program.goals.end() ? none : static_cast<std::uint32_t>(found - program.goals.begin());
}

Program with_lowest_picks(Program program) {
  program.picks_lowest = true;
  return program;
}

}  // namespace tenure
