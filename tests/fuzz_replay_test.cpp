#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/fuzz_input.h"

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("what fuzzing found once is harmless") {
  const fs::path found = fs::path(TENURE_SOURCE_DIR) / "tests/fuzz/found";
  for (const auto& [name, target] : tenure::testing::fuzz_targets()) {
    if (!fs::is_directory(found / name)) continue;
    for (const auto& entry : fs::directory_iterator(found / name)) {
      CAPTURE(entry.path().string());
      CHECK_NOTHROW(target(bytes_of(entry.path())));
    }
  }
}

TEST_CASE("each kind of input is read as what it is") {
  const fs::path specs = fs::path(TENURE_SOURCE_DIR);
  const auto& targets = tenure::testing::fuzz_targets();
  CHECK_NOTHROW(targets.at("driver")(bytes_of(specs / "specs/drivers/minimal/managed.json")));
  CHECK_NOTHROW(targets.at("kernel")(bytes_of(specs / "tests/specs/kernel/buffers.json")));
  CHECK_NOTHROW(targets.at("series")(bytes_of(specs / "specs/series/pcim-msi-v1/37-only-check-is-msi-managed.json")));
  CHECK_NOTHROW(targets.at("expression")("a ? b : held(c[d + 1])"));
  CHECK_NOTHROW(targets.at("json")("{\"a\": [1, -2.5e3, \"\\u00e4\"]}"));
}
