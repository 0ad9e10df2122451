#pragma once

#include <cstdint>

#include "model/spec.h"

namespace tenure {

/// C's arithmetic on 32-bit integers, wrapping; `op` has one or two operands.
std::int32_t apply(Operator op, std::int32_t a, std::int32_t b);

}  // namespace tenure
