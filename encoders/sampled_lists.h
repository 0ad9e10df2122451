#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "model/interpreter.h"
#include "model/program.h"

namespace tenure {

/// What is on the lists between two events of some runs: random ones, always the same for one program. Others may have
/// more on them.
class SampledLists {
 public:
  /// The entries of each list, oldest first.
  using Lists = std::vector<std::vector<ListEntry>>;

  /// `control`: variables that tell states apart.
  SampledLists(const Program& program, const std::vector<VariableId>& control);
  /// Where the control variables have these values: one sample of those with the same calls on their lists.
  const std::vector<Lists>& at(const std::vector<std::int32_t>& control) const;

 private:
  std::vector<std::int32_t> control_of(const State& state) const;

  std::vector<VariableId> control_;
  std::map<std::vector<std::int32_t>, std::vector<Lists>> lists_;
};

}  // namespace tenure
