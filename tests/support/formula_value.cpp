#include "tests/support/formula_value.h"

namespace tenure::testing {

bool value_of(const FormulaGraph& graph, Literal literal, const std::unordered_map<std::uint32_t, bool>& inputs) {
  const std::uint32_t id = node_of(literal);
  bool holds = false;
  if (graph.is_input(id)) {
    const auto found = inputs.find(id);
    holds = found != inputs.end() && found->second;
  } else if (id != 0) {
    const FormulaGraph::Node& node = graph.node(id);
    holds = value_of(graph, node.left, inputs) && value_of(graph, node.right, inputs);
  }
  return holds != is_negated(literal);
}

}  // namespace tenure::testing
