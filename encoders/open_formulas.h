#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "encoders/formula.h"

namespace tenure {

/// Which formulas are open: depend on decisions or free values, not on fixed variables alone.
class OpenFormulas {
 public:
  /// All nodes that the graph has now are about fixed variables; inputs made later are not.
  explicit OpenFormulas(const FormulaGraph& graph) : graph_(graph), open_(graph.size(), 0) {}
  bool is_open(Literal literal);

 private:
  const FormulaGraph& graph_;
  std::vector<signed char> open_;  ///< by node; -1 not known yet
};

/// Groups open formulas that have an input in common, directly or by way of others.
class SharedInputs {
 public:
  SharedInputs(const FormulaGraph& graph, OpenFormulas& open_formulas) : graph_(graph), open_formulas_(open_formulas) {}
  /// What is known to hold, or not to hold, is no common input.
  void know(Literal literal) { known_[node_of(literal)] = true; }
  /// Adds a formula as if it had an input in common with `member`, a node that an earlier call gave, or with none yet.
  /// Gives a node that stands for it: `member` when the formula depends on nothing open.
  std::uint32_t add(Literal literal, std::uint32_t member);
  /// The same number for all nodes of one group.
  std::uint32_t group(std::uint32_t member);
  static constexpr std::uint32_t nobody = UINT32_MAX;

 private:
  const FormulaGraph& graph_;
  OpenFormulas& open_formulas_;
  std::unordered_map<std::uint32_t, bool> known_;            ///< by node
  std::unordered_map<std::uint32_t, std::uint32_t> parent_;  ///< by node
};

}  // namespace tenure
