#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "model/diagnostic.h"
#include "model/json.h"
#include "model/semantics.h"

namespace tenure {

/// Whether two paths lead to the same file, however they are spelled; it need not be there.
bool is_same_file(const std::filesystem::path& a, const std::filesystem::path& b);

/// The file that a change is about, by its member `file`: relative to the specs, or, with ./ or ../ in front, to the
/// patch.
std::filesystem::path changed_file(const Json& file, const std::filesystem::path& specs);

/// The files of a semantics before they are read as a model, so that patches can be applied to them.
class KernelDocuments {
 public:
  /// Those of the semantics called `name_or_file`, as load_kernel() takes it. Throws InputError.
  KernelDocuments(const std::string& name_or_file, const std::filesystem::path& specs);

  bool has(const std::filesystem::path& file) const;
  /// Applies a change (`tenure schema patch`) to the file that it names; mistakes go to `diagnostics`.
  void apply(const Json& change, Diagnostics& diagnostics);
  /// Reads the files as they are now. Throws InputError.
  KernelModel link(const std::string& semantics) const;

 private:
  std::filesystem::path specs_;
  std::string tree_;
  std::vector<std::string> patch_files_;  ///< of the semantics
  std::vector<std::pair<std::filesystem::path, Json>> documents_;
};

}  // namespace tenure
