#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/program.h"
#include "model/property.h"
#include "model/verdict.h"

// What a proof rests on.
namespace tenure {

/// A function of the kernel, or a call in the driver.
struct Ground {
  std::string what;  ///< "release()", or "release() in x_probe()"
  std::string file;  ///< in the kernel tree
  int line = 0;      ///< 0: not known
  bool is_driver = false;
};

/// What the proof of a property rests on.
struct Grounds {
  /// The functions of the kernel that some run carries out. Whatever another one does, the proof stands, for it is
  /// never called; a change of one of these can undo it.
  std::vector<std::string> runs;
  /// What is needed as it is: if this alone did nothing, and gave 0, the property would be violated.
  std::vector<Ground> needs;
};

/// How verdicts are got: as Engine::check() without limits.
using Check = std::function<std::vector<PropertyVerdict>(const Program& program, const Program& exact,
                                                         const std::vector<Property>& properties)>;

/// The functions of the kernel that some run of a program carries out, or may carry out as far as is known, in order.
/// `held` is a property that holds.
std::vector<std::string> functions_that_run(const Program& program, const Program& exact, Property held,
                                            const Check& check);

/// What the proofs of some properties that hold rest on, in their order. Each function that runs and each call of the
/// driver is left out in turn, and all is checked again.
std::vector<Grounds> grounds_of(const Program& program, const Program& exact, const std::vector<Property>& held,
                                const Check& check);

}  // namespace tenure
