#include "encoders/location.h"

#include <utility>

namespace tenure {

Literal is_said(FormulaGraph& graph, const Bundle& bundle, std::size_t tuple) {
  Literal said = tuple == 0 ? true_literal : bundle.inputs[tuple - 1];
  const std::size_t others = tuple == 0 ? bundle.inputs.size() : tuple - 1;
  for (std::size_t i = 0; i < others; ++i) said = graph.conjunction(said, negation(bundle.inputs[i]));
  return said;
}

Literal is_tuple(ValuePool& pool, const Bundle& bundle, std::size_t tuple, const std::vector<ValueId>& cells) {
  const Bundle::Tuple& is = bundle.tuples[tuple];
  Literal same = pool.graph().conjunction(true_literal, is.facts);
  for (std::size_t i = 0; i < bundle.cells.size(); ++i) {
    const std::uint32_t cell = bundle.cells[i];
    const ValueId value = cell < cells.size() ? cells[cell] : bundle.tuples.front().values[i];
    same = pool.graph().conjunction(same, pool.equal(value, is.values[i]));
  }
  return same;
}

Literal is_related(ValuePool& pool, const Relation& relation, const std::vector<ValueId>& cells) {
  FormulaGraph& graph = pool.graph();
  Literal related = false_literal;
  for (const auto& [first, second] : relation.pairs) {
    const Literal both =
        graph.conjunction(pool.equal(cells[relation.first], first), pool.equal(cells[relation.second], second));
    related = graph.disjunction(related, both);
  }
  return related;
}

ValueId value_said(ValuePool& pool, const Bundle& bundle, std::size_t place, const std::vector<Literal>& inputs) {
  ValueId value = bundle.tuples.front().values[place];
  for (std::size_t i = inputs.size(); i-- > 0;) {
    value = pool.choice(inputs[i], bundle.tuples[i + 1].values[place], value);
  }
  return value;
}

std::vector<ValueId> usual_values(const Location& location) {
  std::vector<ValueId> values = location.cells;
  for (const Bundle& bundle : location.bundles) {
    for (std::size_t i = 0; i < bundle.cells.size(); ++i) values[bundle.cells[i]] = bundle.tuples.front().values[i];
  }
  return values;
}

void add_tuple(FormulaGraph& graph, Bundle& bundle, Bundle::Tuple tuple) {
  if (!bundle.tuples.empty()) bundle.inputs.push_back(graph.input());
  bundle.tuples.push_back(std::move(tuple));
}

std::size_t free_inputs(const Location& location) {
  std::size_t inputs = 0;
  for (const Bundle& bundle : location.bundles) inputs += bundle.inputs.size();
  return inputs;
}

}  // namespace tenure
