#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "model/kernel_trees.h"
#include "model/semantics.h"

namespace tenure {

/// The files of a semantics before they are read as a model, so that patches can be applied to them.
class KernelDocuments {
 public:
  /// Those of the semantics called `name_or_file`, as load_kernel() takes it. Throws InputError.
  KernelDocuments(const std::string& name_or_file, const std::filesystem::path& specs);

  bool has(const std::filesystem::path& file) const { return documents_.has(file); }
  /// Applies a change (`tenure schema patch`) to the file that it names; mistakes go to `diagnostics`.
  void apply(const Json& change, Diagnostics& diagnostics);
  /// Reads the files as they are now. Throws InputError.
  KernelModel link(const std::string& semantics) const;

 private:
  std::shared_ptr<const KernelTrees> trees_;
  std::string tree_;
  TreeDocuments documents_;
  std::vector<Json> changes_;             ///< to the files of the tree, in order
  std::vector<std::string> patch_files_;  ///< of the semantics
};

}  // namespace tenure
