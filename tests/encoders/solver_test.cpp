#include "encoders/solver.h"

#include <atomic>
#include <doctest/doctest.h>
#include <functional>
#include <random>

#include "encoders/sat_solver.h"
#include "encoders/z3_solver.h"

using namespace tenure;

namespace {

/// Says something about an empty graph and a solver for it, of each kind.
void for_each_solver(const std::function<void(FormulaGraph&, Solver&)>& say,
                     const std::vector<Questions>& of_z3 = {Questions::many, Questions::few}) {
  for (const Questions questions : of_z3) {
    SolverContext context;
    FormulaGraph graph;
    Z3Solver solver(context, graph, questions);
    say(graph, solver);
  }
  for (const Questions questions : {Questions::many, Questions::few}) {
    FormulaGraph graph;
    SatSolver solver(graph, questions);
    say(graph, solver);
  }
}

}  // namespace

TEST_CASE("a model makes true what was added and assumed") {
  for_each_solver([](FormulaGraph& graph, Solver& solver) {
    const Literal a = graph.input();
    const Literal b = graph.input();
    const Literal c = graph.input();
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
    CHECK(solver.check({true_literal}) == Satisfiability::satisfiable);
  });
}

TEST_CASE("a core has only assumptions that matter") {
  for_each_solver(
      [](FormulaGraph& graph, Solver& solver) {
        const Literal a = graph.input();
        const Literal b = graph.input();
        const Literal idle = graph.input();
        const Literal both = graph.conjunction(a, b);
        REQUIRE(solver.check({idle, both, negation(a)}) == Satisfiability::unsatisfiable);
        for (const Literal literal : solver.core()) CHECK((literal == both || literal == negation(a)));
        CHECK(solver.core().size() == 2);
        REQUIRE(solver.check({idle, false_literal}) == Satisfiability::unsatisfiable);
        CHECK(solver.core() == std::vector<Literal>{false_literal});
      },
      {Questions::many});
}

TEST_CASE("a deep formula") {
  for_each_solver([](FormulaGraph& graph, Solver& solver) {
    Literal deep = graph.input();
    for (int i = 0; i < 5'000; ++i) deep = graph.choice(graph.input(), negation(deep), deep);
    REQUIRE(solver.check({deep}) == Satisfiability::satisfiable);
    solver.read_model();
    CHECK(solver.value(deep));
  });
}

TEST_CASE("a limit that is reached is said") {
  for_each_solver([](FormulaGraph& graph, Solver& solver) {
    const Literal a = graph.input();
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
  });
}

TEST_CASE("a constraint holds for one question only") {
  for_each_solver([](FormulaGraph& graph, Solver& solver) {
    const Literal a = graph.input();
    const Literal b = graph.input();
    solver.constrain({a, b});
    CHECK(solver.check({negation(a), negation(b)}) == Satisfiability::unsatisfiable);
    CHECK(solver.check({negation(a), negation(b)}) == Satisfiability::satisfiable);
    solver.constrain({graph.conjunction(a, b)});
    REQUIRE(solver.check({}) == Satisfiability::satisfiable);
    solver.read_model();
    CHECK(solver.value(a));
    CHECK(solver.value(b));
    solver.constrain({negation(a)});
    CHECK(solver.check({b}) == Satisfiability::satisfiable);
    CHECK(solver.check({a, b}) == Satisfiability::satisfiable);
  });
}

TEST_CASE("a constraint of a question that a limit left open does not hold for the next one") {
  for_each_solver([](FormulaGraph& graph, Solver& solver) {
    const Literal a = graph.input();
    const std::atomic<bool> interrupted = true;
    solver.constrain({negation(a)});
    solver.set_limits({0, &interrupted});
    REQUIRE(solver.check({a}) == Satisfiability::unknown);
    CHECK(solver.reason() == "interrupted");
    solver.set_limits({});
    CHECK(solver.check({a}) == Satisfiability::satisfiable);
  });
}

TEST_CASE("solvers agree on questions about a graph that grows") {
  std::mt19937 random(7);
  SolverContext context;
  for (int round = 0; round < 20; ++round) {
    FormulaGraph graph;
    Z3Solver z3(context, graph, round % 2 == 0 ? Questions::many : Questions::few);
    SatSolver sat(graph, round % 3 == 0 ? Questions::many : Questions::few);
    std::vector<Literal> known;
    for (int i = 0; i < 6; ++i) known.push_back(graph.input());
    const auto any = [&] { return known[random() % known.size()] ^ static_cast<Literal>(random() & 1U); };
    for (int question = 0; question < 30; ++question) {
      for (int i = 0; i < 4; ++i) known.push_back(graph.conjunction(any(), any()));
      if (question % 10 == 9) sat.simplify({any(), any()});
      const std::vector<Literal> assumed{any(), any(), any()};
      const Satisfiability answer = z3.check(assumed);
      REQUIRE(sat.check(assumed) == answer);
      if (answer == Satisfiability::unsatisfiable) {
        CHECK(z3.check(sat.core()) == Satisfiability::unsatisfiable);
        continue;
      }
      sat.read_model();
      for (const Literal literal : assumed) CHECK(sat.value(literal));
    }
  }
}
