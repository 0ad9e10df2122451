#include "encoders/location.h"

#include <algorithm>

namespace tenure {

Literal is_said(FormulaGraph& graph, const Bundle& bundle, std::size_t tuple) {
  Literal said = tuple == 0 ? true_literal : bundle.inputs[tuple - 1];
  const std::size_t others = tuple == 0 ? bundle.inputs.size() : tuple - 1;
  for (std::size_t i = 0; i < others; ++i) said = graph.conjunction(said, negation(bundle.inputs[i]));
  return said;
}

Literal is_tuple(ValuePool& pool, const Bundle& bundle, std::size_t tuple, const std::vector<ValueId>& cells) {
  const Bundle::Tuple& is = bundle.tuples[tuple];
  Literal same = true_literal;
  for (const Literal fact : is.facts) same = pool.graph().conjunction(same, fact);
  for (std::size_t i = 0; i < bundle.cells.size(); ++i) {
    const std::uint32_t cell = bundle.cells[i];
    const ValueId value = cell < cells.size() ? cells[cell] : bundle.tuples.front().values[i];
    same = pool.graph().conjunction(same, pool.equal(value, is.values[i]));
  }
  return same;
}

ValueId value_said(ValuePool& pool, const Bundle& bundle, std::size_t place, const std::vector<Literal>& inputs) {
  ValueId value = bundle.tuples.front().values[place];
  for (std::size_t i = inputs.size(); i-- > 0;) {
    value = pool.choice(inputs[i], bundle.tuples[i + 1].values[place], value);
  }
  return value;
}

ValueId usual_value(const Location& location, std::uint32_t cell) {
  for (const Bundle& bundle : location.bundles) {
    const auto found = std::find(bundle.cells.begin(), bundle.cells.end(), cell);
    if (found != bundle.cells.end())
      return bundle.tuples.front().values[static_cast<std::size_t>(found - bundle.cells.begin())];
  }
  return location.cells[cell];
}

std::size_t free_inputs(const Location& location) {
  std::size_t inputs = 0;
  for (const Bundle& bundle : location.bundles) inputs += bundle.inputs.size();
  return inputs;
}

}  // namespace tenure
