#pragma once

#include <memory>
#include <vector>

#include "model/diagnostic.h"
#include "model/spec.h"

namespace tenure {

/// The parts of a kernel model as one: checked against each other, arguments bound to the kinds of their parameters.
/// Mistakes go to `diagnostics`.
std::vector<std::shared_ptr<const Unit>> link_kernel(std::vector<Unit> parts, Diagnostics& diagnostics);

/// Joins a linked kernel model and one or two driver specs: every name known, every function called, no recursion (also
/// none through a deferred list or a role), every label defined once and used, required roles given. Mistakes go to
/// `diagnostics`.
Spec link(std::vector<std::shared_ptr<const Unit>> kernel, std::vector<Unit> drivers, Diagnostics& diagnostics);

}  // namespace tenure
