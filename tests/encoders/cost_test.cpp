#include "encoders/cost.h"

#include <doctest/doctest.h>
#include <random>

#include "encoders/sat_solver.h"

using namespace tenure;

TEST_CASE("a bound on the cost holds exactly where it can") {
  std::mt19937 random(3);
  for (int round = 0; round < 30; ++round) {
    FormulaGraph graph;
    SatSolver solver(graph);
    Weighted weighted;
    std::vector<Literal> inputs;
    for (int i = 0; i < 7; ++i) {
      inputs.push_back(graph.input());
      weighted.emplace_back(inputs.back(), random() % 4);
    }
    weighted.push_back(weighted.front());
    weighted.emplace_back(negation(inputs.back()), 2);
    weighted.emplace_back(true_literal, random() % 2);
    const auto most = static_cast<std::uint32_t>(2 + random() % 9);
    const Cost cost(graph, solver, weighted, most);
    for (int question = 0; question < 20; ++question) {
      std::vector<Literal> assumed;
      std::uint32_t sum = 0;
      const auto choice = random();
      const auto holds = [&](Literal literal) {
        if (literal == true_literal) return true;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
          if (node_of(inputs[i]) == node_of(literal)) return ((choice >> i & 1U) != 0) != is_negated(literal);
        }
        return false;
      };
      for (const Literal input : inputs) assumed.push_back(holds(input) ? input : negation(input));
      for (const auto& [literal, weight] : weighted) sum += holds(literal) ? weight : 0;
      for (std::uint32_t limit = 0; limit <= most; ++limit) {
        assumed.push_back(cost.at_most(limit));
        CHECK((solver.check(assumed) == Satisfiability::satisfiable) == (sum <= limit));
        assumed.pop_back();
      }
    }
  }
}

TEST_CASE("nothing costs nothing") {
  FormulaGraph graph;
  SatSolver solver(graph);
  CHECK(Cost(graph, solver, {}, 5).at_most(0) == true_literal);
  CHECK(Cost(graph, solver, {{false_literal, 3}}, 5).at_most(0) == true_literal);
}
