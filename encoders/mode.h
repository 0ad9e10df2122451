#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "encoders/symbolic.h"
#include "model/program.h"

namespace tenure {

/// The values of the variables that decide which events may happen and what is checked after them: "bound, not
/// suspended".
using Mode = std::vector<std::int32_t>;

/// Tells the states between two events apart by their mode: within one, much is constant.
class Modes {
 public:
  explicit Modes(const Program& program);
  /// The parts of a state, one for each mode that it may be in, each simplified by what its mode says.
  std::vector<std::pair<Mode, SymbolicState>> split(const SymbolicState& state, SymbolicExecutor& executor) const;
  /// "bound, not suspended"
  std::string in_words(const Mode& mode) const;

 private:
  void collect(TermId term);

  const Program& program_;
  std::vector<VariableId> variables_;
};

}  // namespace tenure
