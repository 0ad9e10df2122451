#include "encoders/claim.h"

#include <doctest/doctest.h>
#include <fstream>
#include <string>

#include "encoders/smtlib.h"
#include "encoders/solver_process.h"
#include "model/diagnostic.h"

using namespace tenure;

namespace {

/// A device of which a bit `leaked` may be set where the configuration is `odd` and the device `bound`; never
/// elsewhere.
struct Tiny {
  Tiny() {
    odd = add("odd", true);
    bound = add("bound", false);
    leaked = add("leaked", false);
    const Literal decision = graph.input();
    system.happens = true_literal;
    system.next = {odd, decision, graph.disjunction(leaked, graph.conjunction(odd, bound))};
    system.reached = {graph.conjunction(leaked, negation(odd)), graph.conjunction(leaked, odd)};
    program.driver = "tiny";
    program.goals = {{Property::leak, ""}, {std::nullopt, "it is odd"}};
  }

  Literal add(const std::string& name, bool is_fixed) {
    system.bits.push_back({graph.input(), is_fixed, false, name, "not " + name});
    return system.bits.back().input;
  }
  Claims claims(const std::vector<Cube>& excluded, const std::vector<std::uint32_t>& goals) {
    return claims_of(program, system, graph, excluded, goals);
  }
  Satisfiability check(const std::vector<Cube>& excluded, const std::vector<std::uint32_t>& goals) {
    return check_claims(claims(excluded, goals), graph, context, {});
  }

  FormulaGraph graph;
  TransitionSystem system;
  Program program;
  SolverContext context;
  Literal odd = 0, bound = 0, leaked = 0;
};

std::string answer_to(const std::string& script) {
  const char* file = "claim_test.smt2";
  std::ofstream(file) << script;
  std::string answer = SolverProcess("z3").answer(file);
  std::remove(file);
  return answer;
}

}  // namespace

TEST_CASE("a proof is accepted, a wrong one is not") {
  Tiny tiny;
  const Cube never = {negation(tiny.odd), tiny.leaked};
  CHECK(tiny.check({never}, {0}) == Satisfiability::unsatisfiable);
  // Nothing excludes the goal any more.
  CHECK_THROWS_AS(tiny.check({}, {0}), InternalError);
  // This can be.
  CHECK_THROWS_AS(tiny.check({never}, {1}), InternalError);
  // This is not so at first.
  CHECK_THROWS_AS(tiny.check({never, {negation(tiny.bound)}}, {0}), InternalError);
  // This is so at first but does not stay so.
  CHECK_THROWS_AS(tiny.check({never, {tiny.bound}}, {0}), InternalError);
}

TEST_CASE("what the bits cannot express is no part of a proof") {
  Tiny tiny;
  tiny.system.outside = tiny.bound;
  CHECK_THROWS_AS(tiny.check({{negation(tiny.odd), tiny.leaked}}, {0}), InternalError);
}

TEST_CASE("what the bits satisfy by construction has to be kept") {
  Tiny tiny;
  tiny.system.well_formed = negation(tiny.bound);
  CHECK_THROWS_AS(tiny.check({{negation(tiny.odd), tiny.leaked}}, {0}), InternalError);
}

TEST_CASE("a cube is told by the words of its bits") {
  const Tiny tiny;
  CHECK(in_words(tiny.system, {negation(tiny.odd), tiny.leaked}) == "never not odd and leaked");
}

TEST_CASE("the obligations of a proof are scripts that say what they state") {
  Tiny tiny;
  const std::vector<Cube> excluded = {{negation(tiny.odd), tiny.leaked}};
  const Proof proof = written(tiny.claims(excluded, {0, 1}), tiny.program, tiny.system, tiny.graph);
  REQUIRE(proof.invariant.size() == 3);
  REQUIRE(proof.goals.size() == 2);
  CHECK(proof.invariant[0].name == "initially");
  CHECK(proof.invariant[1].name == "kept");
  CHECK(proof.invariant[2].name == "expressed");
  CHECK(proof.goals[0].name == "leak");
  CHECK(proof.goals[1].name == "never-it-is-odd");
  for (const Obligation& obligation : proof.invariant) CHECK(answer_to(obligation.script) == "unsat");
  CHECK(answer_to(proof.goals[0].script) == "unsat");
  CHECK(answer_to(proof.goals[1].script) == "sat");
  CHECK(proof.goals[0].script ==
        "; driver tiny\n"
        "; leak: no event that happens in a state of the invariant comes to this: a violation of leak\n"
        "; Stated is the contrary, so nothing satisfies this when the claim is true.\n"
        "(set-info :smt-lib-version 2.6)\n(set-info :status unsat)\n(set-logic QF_UF)\n"
        "\n; Bits of the state before the event.\n"
        "; odd\n(declare-const b0 Bool)\n; leaked\n(declare-const b2 Bool)\n"
        "\n; What the environment decides in the event.\n"
        "\n; Formulas, each once.\n"
        "(define-fun n0 () Bool (and (not b0) b2))\n"
        "\n; the bits stand for one state, and for what is known of the configuration in it\n"
        "(define-fun well-formed () Bool true)\n(assert well-formed)\n"
        "\n; never not odd and leaked\n(define-fun clause-1 () Bool (not n0))\n(assert clause-1)\n"
        "\n; an event happens\n(define-fun event () Bool true)\n(assert event)\n"
        "\n; a violation of leak\n(define-fun reached () Bool n0)\n(assert reached)\n"
        "\n(check-sat)\n(exit)\n");
}

TEST_CASE("shared formulas do not make a script explode") {
  FormulaGraph graph;
  Literal parity = false_literal;
  for (int i = 0; i < 200; ++i) parity = graph.equal(parity, negation(graph.input()));
  const Claim claim{"parity", "parity", {{"odd", "odd", parity}}, {"even", "even", negation(parity)}};
  const std::string script = smtlib(graph, {}, claim, "parity");
  CHECK(script.size() < 60'000);
  CHECK(answer_to(script) == "unsat");
}
