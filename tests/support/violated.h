#pragma once

#include <string>

#include "model/compile.h"

namespace tenure::testing {

/// The properties that some run of a driver violates, by name, as explicit search finds them: "leak double-free".
std::string violated(const std::string& kernel, const std::string& driver, const CompileOptions& options = {});
/// On a tiny_kernel().
std::string violated(const std::string& driver);

}  // namespace tenure::testing
