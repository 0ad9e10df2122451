#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/spec.h"

namespace tenure {

/// A kernel model under one semantics, ready to be linked with drivers.
struct KernelModel {
  std::string semantics;  ///< name, or path of the file
  std::string tree;
  std::vector<std::shared_ptr<const Unit>> parts;  ///< linked
  std::vector<std::string> files;                  ///< that it was read from: the tree's, then the patches, in order
};

/// Loads the semantics called `name_or_file`: a name in `specs`/kernel/semantics.json, or the path of a file of the
/// form
/// {"tree": NAME, "patches": [FILE, ...]}. Patches (RFC 6902) are applied in order before the parts are read.
/// Throws InputError.
KernelModel load_kernel(const std::string& name_or_file, const std::filesystem::path& specs);

/// The names in `specs`/kernel/semantics.json, in order. Throws InputError.
std::vector<std::string> semantics_names(const std::filesystem::path& specs);

}  // namespace tenure
