#pragma once

#include <string>

#include "encoders/claim.h"
#include "encoders/formula.h"
#include "encoders/transition_system.h"

namespace tenure {

/// A claim as an SMT-LIB 2.6 script that is complete by itself and unsatisfiable when the claim is true: a constant for
/// each bit (b0, b1...) and each decision of the environment (d0, d1...), a definition for each node of the graph, an
/// assertion for each part of the claim, with comments in the words of the model. `subject` stands in the first line.
std::string smtlib(const FormulaGraph& graph, const TransitionSystem& system, const Claim& claim,
                   const std::string& subject);

}  // namespace tenure
