#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/support/fuzz_input.h"

/// libFuzzer's entry; TENURE_FUZZ_TARGET names what the bytes are taken for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto& target = tenure::testing::fuzz_targets().at(TENURE_FUZZ_TARGET);
  target(std::string(data, data + size));
  return 0;
}
