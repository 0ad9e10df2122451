#pragma once

#include <cstdint>
#include <unordered_map>

#include "encoders/formula.h"

namespace tenure::testing {

/// What a formula is when its inputs, by node, have these values; inputs that are not named are false.
bool value_of(const FormulaGraph& graph, Literal literal, const std::unordered_map<std::uint32_t, bool>& inputs);

}  // namespace tenure::testing
