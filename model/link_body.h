#pragma once

#include <vector>

#include "model/diagnostic.h"
#include "model/link_symbols.h"
#include "model/spec.h"

namespace tenure {

/// Links the body of a function or an event: adds the locals that statements introduce, checks every name, gives every
/// argument the kind of its parameter and adds defaults.
void link_body(Block& body, const std::vector<Parameter>& parameters, std::vector<Local>& locals,
               const Symbols& symbols, Diagnostics& diagnostics);

/// Checks the parameters of a function: that they hide nothing, and their defaults.
void link_parameters(const Function& function, const Symbols& symbols, Diagnostics& diagnostics);

/// That every label of a body is defined once and used, and that each goto leads forward and enters no block.
void check_labels(const Block& body, Diagnostics& diagnostics);

}  // namespace tenure
