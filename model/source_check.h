#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/semantics.h"
#include "model/source_tree.h"
#include "model/spec.h"

namespace tenure {

/// What came of comparing a spec or a kernel model with its source.
struct SourceReport {
  std::vector<Diagnostic> mistakes;  ///< where they differ
  std::string not_compared;          ///< why they were not compared; ""
};

/// Where a driver spec and its C source, in the tree that the spec names, disagree: a function or statement that cites
/// a line on which it does not stand, and a call of a function of the kernel model that the spec neither has nor
/// mentions. `kernel` is what its calls mean. A function without `at` is not compared; a driver without a source has
/// nothing to compare.
SourceReport check_driver_source(const Unit& driver, const std::vector<std::shared_ptr<const Unit>>& kernel,
                                 SourceTrees& trees);

/// Where a kernel model and its tree disagree: functions that their file does not define, lines outside of them, calls
/// that do not stand on their lines. The models of later trees are compared too, each where its tree is given.
SourceReport check_kernel_source(const KernelModel& kernel, SourceTrees& trees);

}  // namespace tenure
