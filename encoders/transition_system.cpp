#include "encoders/transition_system.h"

namespace tenure {

void add_bits(TransitionSystem& system, const FreeValue& value, bool is_fixed, const std::string& name,
              bool is_boolean) {
  for (std::size_t i = 0; i < value.inputs.size(); ++i) {
    const std::string is = name + (is_boolean ? "" : " is " + std::to_string(value.values[i + 1]));
    const bool is_zero = is_boolean && value.values[i + 1] == 0;
    system.bits.push_back({value.inputs[i], is_fixed, false, is_zero ? "not " + is : is, is_zero ? is : "not " + is});
  }
}

}  // namespace tenure
