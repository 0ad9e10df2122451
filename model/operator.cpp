#include "model/operator.h"

#include "model/diagnostic.h"

namespace tenure {

std::int32_t apply(Operator op, std::int32_t a, std::int32_t b) {
  const auto wide = [](std::int32_t x) { return static_cast<std::uint32_t>(x); };
  switch (op) {
    case Operator::negate:
      return static_cast<std::int32_t>(0U - wide(a));
    case Operator::logical_not:
      return a == 0 ? 1 : 0;
    case Operator::bit_not:
      return ~a;
    case Operator::add:
      return static_cast<std::int32_t>(wide(a) + wide(b));
    case Operator::subtract:
      return static_cast<std::int32_t>(wide(a) - wide(b));
    case Operator::multiply:
      return static_cast<std::int32_t>(wide(a) * wide(b));
    case Operator::bit_and:
      return a & b;
    case Operator::bit_or:
      return a | b;
    case Operator::bit_xor:
      return a ^ b;
    case Operator::equal:
      return a == b ? 1 : 0;
    case Operator::unequal:
      return a != b ? 1 : 0;
    case Operator::less:
      return a < b ? 1 : 0;
    case Operator::less_equal:
      return a <= b ? 1 : 0;
    case Operator::greater:
      return a > b ? 1 : 0;
    case Operator::greater_equal:
      return a >= b ? 1 : 0;
    case Operator::logical_and:
      return a != 0 && b != 0 ? 1 : 0;
    case Operator::logical_or:
      return a != 0 || b != 0 ? 1 : 0;
    case Operator::conditional:
      break;
  }
  throw InternalError("the conditional operator has three operands");
}

}  // namespace tenure
