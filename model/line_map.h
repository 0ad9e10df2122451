#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "model/json.h"

namespace tenure {

/// Which line of a kernel tree is which line of a later one, file by file (`tenure schema lines`).
class LineMap {
 public:
  LineMap() = default;
  /// Throws InputError.
  explicit LineMap(const std::filesystem::path& file);

  /// The line of the later tree; of a file that is not listed, the same one.
  std::int64_t moved(const std::string& file, std::int64_t line) const;

 private:
  std::map<std::string, std::map<std::int64_t, std::int64_t>> files_;  ///< how far lines move from a line on
};

}  // namespace tenure
