#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "encoders/formula.h"
#include "encoders/transition_system.h"
#include "encoders/z3_solver.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// A formula with a name and words for it.
struct Assertion {
  std::string name;
  std::string says;
  Literal holds = true_literal;
};

/// Something to be shown of a transition system: where all that is given holds, `never` does not.
struct Claim {
  std::string name;
  std::string says;
  std::vector<Assertion> given;
  Assertion never;
};

/// What no state of an invariant is: literals of the inputs of bits, all of which hold.
using Cube = std::vector<Literal>;

/// All that has to be shown for a proof. They say of the formulas of a transition system what its maker knows already
/// from a solver's answers or by construction, so that nothing is taken from there.
struct Claims {
  std::vector<Claim> invariant;  ///< that the cubes make an invariant
  std::vector<Claim> goals;      ///< that it excludes a goal
};

/// The claims of a proof that some goals (indices in Program::goals) are never reached. Where a program has indices
/// that must be in range, that they are is among the claims of the invariant.
Claims claims_of(const Program& program, const TransitionSystem& system, FormulaGraph& graph,
                 const std::vector<Cube>& excluded, const std::vector<std::uint32_t>& goals);

/// Checks claims with a fresh general solver. Throws InternalError when one is not true; gives `unknown` when a limit
/// was reached.
Satisfiability check_claims(const Claims& claims, FormulaGraph& graph, SolverContext& context,
                            const QueryLimits& limits);

/// "never bound and 3 entries on devres": what a cube excludes, in the words of the model.
std::string in_words(const TransitionSystem& system, const Cube& cube);

/// The obligations of a proof as others can check them.
Proof written(const Claims& claims, const Program& program, const TransitionSystem& system, const FormulaGraph& graph);

}  // namespace tenure
