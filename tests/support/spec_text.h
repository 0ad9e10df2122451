#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/program.h"
#include "model/spec.h"

namespace tenure::testing {

/// Reads a driver spec or a part of a kernel model from JSON text. Throws InputError.
Unit unit_of(const std::string& text, bool is_driver);

/// A linked spec from JSON text: one kernel part and the drivers. Throws InputError.
Spec spec_of(const std::string& kernel, const std::vector<std::string>& drivers);

/// Links a kernel model with drivers given as JSON text. Throws InputError.
Spec spec_of(std::vector<std::shared_ptr<const Unit>> kernel, const std::vector<std::string>& drivers);

}  // namespace tenure::testing
