#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "encoders/claim.h"
#include "encoders/transition_system.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// A proof cannot be rebuilt: it is about a bit that there is not, or the states are not explored to the end.
class RebuildError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct RebuiltProof {
  Proof proof;
  Bounds bounds;
  bool is_finite = false;  ///< no list was cut, so that `expressed` says that the states are all there are
};

/// The proof that some goals (indices in Program::goals) are never reached which somebody's hints lead to. Its formulas
/// are made of the program anew, without a solver, so that they are the same each time and everywhere. Whether the
/// hints are right is not asked: the obligations say so. Throws RebuildError.
RebuiltProof rebuild_proof(const Program& whole, const ProofHints& hints, const std::vector<std::uint32_t>& goals);

/// The cubes by the numbers of their bits.
std::vector<std::vector<BitValue>> bit_values(const TransitionSystem& system, const std::vector<Cube>& cubes);

}  // namespace tenure
