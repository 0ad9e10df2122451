#include "model/source_tree.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "model/diagnostic.h"

namespace tenure {

namespace {

std::optional<std::string> read_text(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// The number in a line "NAME = NUMBER" of a Makefile; "" without one.
std::string number_in(const std::string& makefile, const std::string& name) {
  const std::string start = "\n" + name + " = ";
  const std::size_t found = ("\n" + makefile).find(start);
  if (found == std::string::npos) return "";
  const std::size_t begin = found + start.size() - 1;
  return makefile.substr(begin, makefile.find_first_not_of("0123456789", begin) - begin);
}

}  // namespace

SourceTree::SourceTree(std::filesystem::path root) : root_(std::move(root)) {
  const std::string makefile = read_text(root_ / "Makefile").value_or("");
  const std::string version = number_in(makefile, "VERSION");
  const std::string patch_level = number_in(makefile, "PATCHLEVEL");
  const std::string sub_level = number_in(makefile, "SUBLEVEL");
  if (version.empty() || patch_level.empty()) {
    Diagnostics diagnostics;
    Place place;
    place.file = std::make_shared<const std::string>((root_ / "Makefile").string());
    diagnostics.add(place, "expected a kernel tree, whose Makefile says VERSION, PATCHLEVEL and SUBLEVEL");
    diagnostics.throw_if_any();
  }
  const bool is_first = sub_level.empty() || sub_level == "0";
  name_ = "linux-" + version + "." + patch_level + (is_first ? "" : "." + sub_level);
}

const CSource* SourceTree::file(const std::string& path) {
  const auto [found, is_new] = files_.try_emplace(path);
  if (is_new) {
    const auto text = read_text(root_ / path);
    if (text) found->second = std::make_unique<const CSource>(scan_c(*text));
  }
  return found->second.get();
}

}  // namespace tenure
