#include "encoders/location.h"

#include <utility>

namespace tenure {

Literal is_said(FormulaGraph& graph, const Bundle& bundle, std::size_t tuple) {
  Literal said = tuple == 0 ? true_literal : bundle.inputs[tuple - 1];
  const std::size_t others = tuple == 0 ? bundle.inputs.size() : tuple - 1;
  for (std::size_t i = 0; i < others; ++i) said = graph.conjunction(said, negation(bundle.inputs[i]));
  return said;
}

Literal has_values(ValuePool& pool, const Bundle& bundle, std::size_t tuple, const std::vector<ValueId>& cells,
                   const std::vector<Literal>& kept) {
  FormulaGraph& graph = pool.graph();
  Literal same = true_literal;
  for (std::size_t i = 0; i < bundle.cells.size(); ++i) {
    const std::uint32_t cell = bundle.cells[i];
    const ValueId value = cell < cells.size() ? cells[cell] : bundle.tuples.front().values[i];
    Literal is = pool.equal(value, bundle.tuples[tuple].values[i]);
    if (!kept.empty()) is = graph.disjunction(negation(kept[cell]), is);
    same = graph.conjunction(same, is);
  }
  return same;
}

Literal is_tuple(ValuePool& pool, const Bundle& bundle, std::size_t tuple, const std::vector<ValueId>& cells) {
  const Literal facts = pool.graph().conjunction(true_literal, bundle.tuples[tuple].facts);
  return pool.graph().conjunction(facts, has_values(pool, bundle, tuple, cells));
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

std::vector<bool> free_cells_of(const Location& location) {
  std::vector<bool> is_free(location.cells.size(), false);
  for (const Bundle& bundle : location.bundles) {
    for (const std::uint32_t cell : bundle.cells) is_free[cell] = true;
  }
  return is_free;
}

std::size_t free_inputs(const Location& location) {
  std::size_t inputs = 0;
  for (const Bundle& bundle : location.bundles) inputs += bundle.inputs.size();
  return inputs;
}

}  // namespace tenure
