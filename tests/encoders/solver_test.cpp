#include "encoders/solver.h"

#include <doctest/doctest.h>

using namespace tenure;

namespace {

struct Solving {
  FormulaGraph graph;
  SolverContext context;
};

}  // namespace

TEST_CASE("a model makes true what was added and assumed") {
  for (const Solver::Kind kind : {Solver::Kind::incremental, Solver::Kind::independent}) {
    Solving solving;
    FormulaGraph& graph = solving.graph;
    const Literal a = graph.input();
    const Literal b = graph.input();
    const Literal c = graph.input();
    Solver solver(solving.context, graph, kind);
    solver.add(graph.disjunction(a, b));
    solver.add_clause({negation(b), c});
    REQUIRE(solver.check({negation(a)}) == Satisfiability::satisfiable);
    solver.read_model();
    CHECK_FALSE(solver.value(a));
    CHECK(solver.value(b));
    CHECK(solver.value(c));
    CHECK(solver.value(graph.conjunction(b, c)));
    CHECK(solver.check({negation(a), negation(c)}) == Satisfiability::unsatisfiable);
    // Assumptions hold for one question only.
    CHECK(solver.check({}) == Satisfiability::satisfiable);
  }
}

TEST_CASE("a core has only assumptions that matter") {
  Solving solving;
  FormulaGraph& graph = solving.graph;
  const Literal a = graph.input();
  const Literal b = graph.input();
  const Literal idle = graph.input();
  Solver solver(solving.context, graph);
  const Literal both = graph.conjunction(a, b);
  REQUIRE(solver.check({idle, both, negation(a)}) == Satisfiability::unsatisfiable);
  for (const Literal literal : solver.core()) CHECK((literal == both || literal == negation(a)));
  CHECK(solver.core().size() == 2);
  REQUIRE(solver.check({idle, false_literal}) == Satisfiability::unsatisfiable);
  CHECK(solver.core() == std::vector<Literal>{false_literal});
}

TEST_CASE("a bound on weights holds where its guard does") {
  Solving solving;
  FormulaGraph& graph = solving.graph;
  const Literal a = graph.input();
  const Literal b = graph.input();
  const Literal guard = graph.input();
  Solver solver(solving.context, graph);
  solver.add_at_most(guard, {{a, 2}, {b, 3}}, 4);
  CHECK(solver.check({a, b}) == Satisfiability::satisfiable);
  CHECK(solver.check({guard, a}) == Satisfiability::satisfiable);
  CHECK(solver.check({guard, b}) == Satisfiability::satisfiable);
  CHECK(solver.check({guard, a, b}) == Satisfiability::unsatisfiable);
}

TEST_CASE("a deep formula") {
  Solving solving;
  FormulaGraph& graph = solving.graph;
  const Literal first = graph.input();
  Literal deep = first;
  for (int i = 0; i < 5'000; ++i) deep = graph.choice(graph.input(), negation(deep), deep);
  Solver solver(solving.context, graph);
  REQUIRE(solver.check({deep}) == Satisfiability::satisfiable);
  solver.read_model();
  CHECK(solver.value(deep));
}

TEST_CASE("a limit that is reached is said") {
  Solving solving;
  FormulaGraph& graph = solving.graph;
  const Literal a = graph.input();
  Solver solver(solving.context, graph);
  const std::atomic<bool> interrupted = true;
  solver.set_limits({0, &interrupted});
  CHECK(solver.check({a}) == Satisfiability::unknown);
  CHECK(solver.reason() == "interrupted");
  solver.set_limits({seconds_now() - 1, nullptr});
  CHECK(solver.check({a}) == Satisfiability::unknown);
  CHECK(solver.reason() == "time limit reached");
  solver.set_limits({});
  CHECK(solver.check({a}) == Satisfiability::satisfiable);
  CHECK(solver.reason().empty());
}
