#include "encoders/location.h"

#include <doctest/doctest.h>
#include <unordered_map>

#include "tests/support/formula_value.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

struct Cells {
  FormulaGraph graph;
  ValuePool pool{graph};
  ValueId zero = pool.constant(0);
  ValueId one = pool.constant(1);
};

}  // namespace

TEST_CASE("a relation holds for its pairs of values alone") {
  Cells cells;
  const Relation relation{2, 0, {{cells.zero, cells.zero}, {cells.one, cells.one}}};
  const Literal first = cells.graph.input();
  const Literal second = cells.graph.input();
  const std::vector<ValueId> values{cells.pool.boolean(second), cells.zero, cells.pool.boolean(first)};
  const Literal related = is_related(cells.pool, relation, values);
  for (const bool a : {false, true}) {
    for (const bool b : {false, true}) {
      const std::unordered_map<std::uint32_t, bool> inputs{{node_of(first), a}, {node_of(second), b}};
      CHECK(value_of(cells.graph, related, inputs) == (a == b));
    }
  }
}

TEST_CASE("the inputs of a bundle say one of its tuples, and each cell its value there") {
  Cells cells;
  Bundle bundle;
  bundle.cells = {0, 1};
  add_tuple(cells.graph, bundle, {{cells.zero, cells.one}, {}});
  add_tuple(cells.graph, bundle, {{cells.one, cells.one}, {}});
  add_tuple(cells.graph, bundle, {{cells.one, cells.zero}, {}});
  REQUIRE(bundle.inputs.size() == 2);
  const std::vector<ValueId> said{value_said(cells.pool, bundle, 0, bundle.inputs),
                                  value_said(cells.pool, bundle, 1, bundle.inputs)};
  for (const bool a : {false, true}) {
    for (const bool b : {false, true}) {
      const std::unordered_map<std::uint32_t, bool> inputs{{node_of(bundle.inputs[0]), a},
                                                           {node_of(bundle.inputs[1]), b}};
      const std::size_t expected = a ? 1 : b ? 2 : 0;
      for (std::size_t tuple = 0; tuple < bundle.tuples.size(); ++tuple) {
        CHECK(value_of(cells.graph, is_said(cells.graph, bundle, tuple), inputs) == (tuple == expected));
        CHECK(value_of(cells.graph, is_tuple(cells.pool, bundle, tuple, said), inputs) == (tuple == expected));
      }
    }
  }
}
