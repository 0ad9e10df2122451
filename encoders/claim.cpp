#include "encoders/claim.h"

#include <algorithm>
#include <utility>

#include "encoders/smtlib.h"
#include "encoders/unrolling.h"
#include "model/diagnostic.h"

namespace tenure {

namespace {

/// Makes the claims about one invariant.
class ClaimMaker {
 public:
  ClaimMaker(const TransitionSystem& system, FormulaGraph& graph, const std::vector<Cube>& excluded);

  Claim holds_initially() const;
  Claim is_kept() const;
  Claim is_expressed() const;
  Claim excludes(const std::string& name, const std::string& what, Literal reached) const;

 private:
  /// A state of the invariant is left by an event.
  std::vector<Assertion> event() const;
  std::vector<Assertion> followed_event() const;

  const TransitionSystem& system_;
  FormulaGraph& graph_;
  std::vector<Assertion> inside_;
  Literal outside_ = false_literal, outside_after_ = false_literal;
};

ClaimMaker::ClaimMaker(const TransitionSystem& system, FormulaGraph& graph, const std::vector<Cube>& excluded)
    : system_(system), graph_(graph) {
  Substitution after(graph);
  for (std::size_t i = 0; i < system.bits.size(); ++i) {
    const StateBit& bit = system.bits[i];
    after.put(bit.input, bit.is_fixed ? bit.input : system.next[i]);
  }
  const auto add = [&](const std::string& name, const std::string& says, Literal holds, Literal holds_after) {
    inside_.push_back({name, says, holds});
    outside_ = graph_.disjunction(outside_, negation(holds));
    outside_after_ = graph_.disjunction(outside_after_, negation(holds_after));
  };
  add("well-formed", "the bits stand for one state, and for what is known of the configuration in it",
      system.well_formed, after(system.well_formed));
  for (std::size_t i = 0; i < excluded.size(); ++i) {
    Literal all = true_literal, all_after = true_literal;
    for (const Literal literal : excluded[i]) {
      all = graph_.conjunction(all, literal);
      all_after = graph_.conjunction(all_after, after(literal));
    }
    add("clause-" + std::to_string(i + 1), in_words(system, excluded[i]), negation(all), negation(all_after));
  }
}

Claim ClaimMaker::holds_initially() const {
  Literal initial = true_literal;
  for (const StateBit& bit : system_.bits) {
    if (!bit.is_fixed) initial = graph_.conjunction(initial, bit.initial ? bit.input : negation(bit.input));
  }
  return {"initially",
          "the state before the first event is in the invariant, in every configuration",
          {{"initial", "it is the state before the first event", initial}},
          {"outside", "it is not in the invariant", outside_}};
}

std::vector<Assertion> ClaimMaker::event() const {
  std::vector<Assertion> given = inside_;
  given.push_back({"event", "an event happens", system_.happens});
  return given;
}

std::vector<Assertion> ClaimMaker::followed_event() const {
  std::vector<Assertion> given = event();
  if (system_.left_out != false_literal)
    given.push_back({"followed", "it does not put more on a list than is followed", negation(system_.left_out)});
  return given;
}

Claim ClaimMaker::is_kept() const {
  return {"kept",
          "every event that happens in a state of the invariant ends in one",
          followed_event(),
          {"outside-after", "the state after it is not in the invariant", outside_after_}};
}

Claim ClaimMaker::is_expressed() const {
  return {"expressed",
          "every event that happens in a state of the invariant ends in a state that the bits can express, so that no "
          "list grows without end",
          event(),
          {"inexpressible", "it ends in a state that no bit stands for", system_.outside}};
}

Claim ClaimMaker::excludes(const std::string& name, const std::string& what, Literal reached) const {
  return {name,
          "no event that happens in a state of the invariant comes to this: " + what,
          event(),
          {"reached", what, reached}};
}

}  // namespace

Claims claims_of(const Program& program, const TransitionSystem& system, FormulaGraph& graph,
                 const std::vector<Cube>& excluded, const std::vector<std::uint32_t>& goals) {
  const ClaimMaker maker(system, graph, excluded);
  Claims claims{{maker.holds_initially(), maker.is_kept(), maker.is_expressed()}, {}};
  for (const std::uint32_t goal : goals) {
    const Goal& what = program.goals[goal];
    const std::string name = what.property ? std::string(name_of(*what.property)) : name_of_unreachable(what.says);
    const bool is_shared = what.property == Property::index_range;
    (is_shared ? claims.invariant : claims.goals)
        .push_back(maker.excludes(name, what.property ? "a violation of " + name : what.says, system.reached[goal]));
  }
  return claims;
}

/// Claims with the same things given are checked together.
Satisfiability check_claims(const Claims& claims, FormulaGraph& graph, SolverContext& context,
                            const QueryLimits& limits) {
  struct Question {
    Literal given, never;
    std::string names;
  };
  std::vector<Question> questions;
  for (const std::vector<Claim>* part : {&claims.invariant, &claims.goals}) {
    for (const Claim& claim : *part) {
      Literal given = true_literal;
      for (const Assertion& assertion : claim.given) given = graph.conjunction(given, assertion.holds);
      const auto same = std::find_if(questions.begin(), questions.end(),
                                     [&](const Question& question) { return question.given == given; });
      if (same == questions.end()) {
        questions.push_back({given, claim.never.holds, claim.name});
      } else {
        same->never = graph.disjunction(same->never, claim.never.holds);
        same->names += ", " + claim.name;
      }
    }
  }
  for (const Question& question : questions) {
    if (graph.conjunction(question.given, question.never) == false_literal) continue;
    Z3Solver solver(context, graph, Questions::few);
    solver.set_limits(limits);
    solver.add(graph.conjunction(question.given, question.never));
    const Satisfiability answer = solver.check({});
    if (answer == Satisfiability::satisfiable) throw InternalError("a proof is wrong in one of: " + question.names);
    if (answer == Satisfiability::unknown) return answer;
  }
  return Satisfiability::unsatisfiable;
}

std::string in_words(const TransitionSystem& system, const Cube& cube) {
  std::string clause;
  for (const Literal literal : cube) {
    for (const StateBit& bit : system.bits) {
      if (node_of(bit.input) != node_of(literal)) continue;
      clause += (clause.empty() ? "never " : " and ") + (is_negated(literal) ? bit.fails : bit.holds);
    }
  }
  return clause;
}

Proof written(const Claims& claims, const Program& program, const TransitionSystem& system, const FormulaGraph& graph) {
  Proof proof;
  const auto write = [&](const Claim& claim) -> Obligation {
    return {claim.name, claim.says, smtlib(graph, system, claim, "driver " + program.driver)};
  };
  for (const Claim& claim : claims.invariant) proof.invariant.push_back(write(claim));
  for (const Claim& claim : claims.goals) proof.goals.push_back(write(claim));
  return proof;
}

}  // namespace tenure
