#include "encoders/models.h"

#include <doctest/doctest.h>
#include <vector>

using namespace tenure;

namespace {

struct Inputs {
  FormulaGraph graph;
  Models models{graph};
  std::vector<Literal> all;

  void set(std::size_t count, bool value, bool varies) {
    while (all.size() < count) all.push_back(graph.input());
    models.clear();
    for (const Literal input : all) models.set(node_of(input), value, varies);
  }
};

}  // namespace

TEST_CASE("without others the model is the only one, and what is not set is false") {
  Inputs inputs;
  inputs.set(10, true, false);
  const Literal free = inputs.graph.input();
  for (const Literal input : inputs.all) {
    CHECK(inputs.models.value(input));
    CHECK_FALSE(inputs.models.choose(negation(input)));
  }
  CHECK_FALSE(inputs.models.value(free));
  CHECK(inputs.models.value(negation(free)));
  CHECK(inputs.models.value(true_literal));
  CHECK_FALSE(inputs.models.choose(false_literal));
}

TEST_CASE("of models that are alike one is chosen in which a formula holds, and values are those in it") {
  Inputs inputs;
  inputs.set(200, false, true);
  std::size_t found = 0;
  for (const Literal input : inputs.all) {
    REQUIRE_FALSE(inputs.models.value(input));
    if (!inputs.models.choose(input)) continue;
    ++found;
    CHECK(inputs.models.value(input));
    const Literal other = inputs.all[(found * 7) % inputs.all.size()];
    const bool both = inputs.models.value(input) && inputs.models.value(other);
    CHECK(inputs.models.value(inputs.graph.conjunction(input, other)) == both);
    // The model itself comes first.
    REQUIRE(inputs.models.choose(true_literal));
  }
  CHECK(found > inputs.all.size() * 9 / 10);
}

TEST_CASE("a model that is chosen is forgotten with the others") {
  Inputs inputs;
  inputs.set(50, false, true);
  const Literal first = inputs.all.front();
  REQUIRE(inputs.models.choose(first));
  inputs.models.clear();
  CHECK_FALSE(inputs.models.value(first));
  CHECK_FALSE(inputs.models.choose(first));
}
