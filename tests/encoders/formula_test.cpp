#include "encoders/formula.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/support/formula_value.h"
#include "tests/support/random_source.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("constants and repeated operands are folded") {
  FormulaGraph graph;
  const Literal a = graph.input();
  const Literal b = graph.input();
  CHECK(graph.conjunction(a, true_literal) == a);
  CHECK(graph.conjunction(false_literal, a) == false_literal);
  CHECK(graph.conjunction(a, a) == a);
  CHECK(graph.conjunction(a, negation(a)) == false_literal);
  CHECK(graph.disjunction(a, negation(a)) == true_literal);
  CHECK(graph.conjunction(graph.conjunction(a, b), negation(b)) == false_literal);
  CHECK(graph.choice(a, b, b) == b);
  CHECK(graph.choice(true_literal, a, b) == a);
  CHECK(graph.choice(false_literal, a, b) == b);
  CHECK(graph.equal(a, a) == true_literal);
  CHECK(graph.equal(a, negation(a)) == false_literal);
}

TEST_CASE("equal formulas are one node, whatever the order of their operands") {
  FormulaGraph graph;
  const Literal a = graph.input();
  const Literal b = graph.input();
  const Literal both = graph.conjunction(a, b);
  const std::size_t size = graph.size();
  CHECK(graph.conjunction(b, a) == both);
  CHECK(graph.disjunction(negation(b), negation(a)) == negation(both));
  CHECK(graph.size() == size);
  CHECK(graph.input() != graph.input());
}

TEST_CASE("conjuncts are what a formula is the conjunction of") {
  FormulaGraph graph;
  const Literal a = graph.input();
  const Literal b = graph.input();
  const Literal either = graph.disjunction(a, b);
  const Literal c = graph.input();
  const Literal all = graph.conjunction(graph.conjunction(either, c), negation(graph.input()));
  const std::vector<Literal> found = conjuncts(graph, all);
  const auto has = [&](Literal literal) { return std::find(found.begin(), found.end(), literal) != found.end(); };
  CHECK(has(all));
  CHECK(has(either));
  CHECK(has(c));
  CHECK_FALSE(has(a));
  CHECK(conjuncts(graph, negation(all)) == std::vector<Literal>{negation(all)});
}

// Each formula is made beside its truth table: bit i is its value when the inputs are the bits of i.
TEST_CASE("what is simplified is the same function of the inputs") {
  constexpr std::uint32_t input_count = 4;
  constexpr std::uint32_t rows = 1U << input_count;
  RandomSource random(7);
  for (int round = 0; round < 50; ++round) {
    FormulaGraph graph;
    std::vector<std::pair<Literal, std::uint32_t>> made{{false_literal, 0}};
    std::vector<std::uint32_t> inputs;
    for (std::uint32_t input = 0; input < input_count; ++input) {
      std::uint32_t table = 0;
      for (std::uint32_t row = 0; row < rows; ++row) table |= ((row >> input) & 1U) << row;
      made.emplace_back(graph.input(), table);
      inputs.push_back(node_of(made.back().first));
    }
    const auto any = [&] {
      auto [literal, table] = random.one_of(made);
      return random.percent(50) ? std::pair(negation(literal), ~table) : std::pair(literal, table);
    };
    for (int i = 0; i < 60; ++i) {
      const auto [a, a_table] = any();
      const auto [b, b_table] = any();
      const auto [c, c_table] = any();
      switch (random.below(4)) {
        case 0:
          made.emplace_back(graph.conjunction(a, b), a_table & b_table);
          break;
        case 1:
          made.emplace_back(graph.disjunction(a, b), a_table | b_table);
          break;
        case 2:
          made.emplace_back(graph.choice(a, b, c), (a_table & b_table) | (~a_table & c_table));
          break;
        default:
          made.emplace_back(graph.equal(a, b), ~(a_table ^ b_table));
          break;
      }
    }
    for (std::uint32_t row = 0; row < rows; ++row) {
      std::unordered_map<std::uint32_t, bool> values;
      for (std::uint32_t input = 0; input < input_count; ++input) values[inputs[input]] = ((row >> input) & 1U) != 0;
      for (const auto& each : made) {
        const auto& [literal, table] = each;
        CAPTURE(each.first);
        CAPTURE(row);
        REQUIRE(value_of(graph, literal, values) == (((table >> row) & 1U) != 0));
      }
    }
  }
}
