#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/json.h"
#include "model/spec.h"

namespace tenure {

/// Reads one JSON document as a driver spec (`is_driver`) or as a part of a kernel model. Shape, types and expressions
/// are checked here, names by link(). Mistakes go to `diagnostics`; what could be read is returned all the same.
Unit read_unit(const Json& document, bool is_driver, Diagnostics& diagnostics);

}  // namespace tenure
