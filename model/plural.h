#pragma once

#include <cstddef>
#include <string>

namespace tenure {

/// "1 event", "2 events".
inline std::string plural(std::size_t number, const std::string& noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

}  // namespace tenure
