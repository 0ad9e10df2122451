#include "model/line_map.h"

#include <iterator>

#include "model/shape.h"

namespace tenure {

LineMap::LineMap(const std::filesystem::path& file) {
  const Json document = read_checked(file, "lines");
  for (const auto& [name, pairs, place] : document.find("lines")->members) {
    for (const Json& pair : pairs.elements) {
      const std::int64_t line = pair.elements[0].integer;
      files_[name][line] = pair.elements[1].integer - line;
    }
  }
}

std::int64_t LineMap::moved(const std::string& file, std::int64_t line) const {
  const auto found = files_.find(file);
  if (found == files_.end()) return line;
  const auto next = found->second.upper_bound(line);
  return next == found->second.begin() ? line : line + std::prev(next)->second;
}

}  // namespace tenure
