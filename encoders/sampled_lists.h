#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "model/interpreter.h"
#include "model/program.h"

namespace tenure {

/// What is on the lists between two events of some runs: random ones, always the same for one program. Others may have
/// more on them.
class SampledLists {
 public:
  /// Which calls are on each list, oldest first.
  using Calls = std::vector<std::vector<ProcedureId>>;

  /// `control`: variables that tell states apart.
  SampledLists(const Program& program, const std::vector<VariableId>& control);
  /// Where the control variables have these values.
  const std::set<Calls>& at(const std::vector<std::int32_t>& control) const;

 private:
  std::vector<std::int32_t> control_of(const State& state) const;
  bool note(const State& state);

  std::vector<VariableId> control_;
  std::map<std::vector<std::int32_t>, std::set<Calls>> calls_;
};

}  // namespace tenure
