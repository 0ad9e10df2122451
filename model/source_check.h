#pragma once

#include <memory>
#include <vector>

#include "model/diagnostic.h"
#include "model/source_tree.h"
#include "model/spec.h"

namespace tenure {

/// Where a driver spec and its C source disagree: a function or statement that cites a line on which it does not stand,
/// and a call of a function of the kernel model that the spec neither has nor mentions. `kernel` is what its calls
/// mean. A function without `at` is not compared, nor is a driver without a source.
std::vector<Diagnostic> check_driver_source(const Unit& driver, const std::vector<std::shared_ptr<const Unit>>& kernel,
                                            SourceTree& tree);

/// Where a kernel model and the tree disagree: functions that their file does not define, lines outside of them, calls
/// that do not stand on their lines.
std::vector<Diagnostic> check_kernel_source(const std::vector<std::shared_ptr<const Unit>>& kernel, SourceTree& tree);

}  // namespace tenure
