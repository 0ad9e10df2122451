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

/// The name of the tree whose Makefile this is.
std::string name_by(const std::filesystem::path& path) {
  const std::string makefile = read_text(path).value_or("");
  const std::string version = number_in(makefile, "VERSION");
  const std::string patch_level = number_in(makefile, "PATCHLEVEL");
  const std::string sub_level = number_in(makefile, "SUBLEVEL");
  if (version.empty() || patch_level.empty())
    refuse(whole_file(path.string()),
           "expected a kernel tree, whose Makefile says VERSION, PATCHLEVEL and SUBLEVEL, or NAME=DIR");
  const bool is_first = sub_level.empty() || sub_level == "0";
  return "linux-" + version + "." + patch_level + (is_first ? "" : "." + sub_level);
}

}  // namespace

SourceTree::SourceTree(const std::string& tree) : root_(tree) {
  std::error_code error;
  const std::size_t sign = tree.find('=');
  const bool is_named = sign != std::string::npos && sign != 0 && !std::filesystem::is_directory(root_, error);
  if (is_named) root_ = tree.substr(sign + 1);
  if (!std::filesystem::is_directory(root_, error)) refuse(whole_file(root_.string()), "expected a directory");
  name_ = is_named ? tree.substr(0, sign) : name_by(root_ / "Makefile");
}

const CSource* SourceTree::file(const std::string& path) {
  const auto [found, is_new] = files_.try_emplace(path);
  if (is_new) {
    const auto text = read_text(root_ / path);
    if (text) found->second = std::make_unique<const CSource>(scan_c(*text));
  }
  return found->second.get();
}

SourceTrees::SourceTrees(const std::vector<std::string>& trees) {
  for (const std::string& each : trees) {
    SourceTree tree(each);
    const std::string name = tree.name();
    if (!trees_.try_emplace(name, std::move(tree)).second)
      refuse(whole_file(each), "found " + name + " again, expected one tree of each name");
  }
}

SourceTree* SourceTrees::find(const std::string& name) {
  const auto found = trees_.find(name);
  return found == trees_.end() ? nullptr : &found->second;
}

}  // namespace tenure
