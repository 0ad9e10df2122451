#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/spec.h"

namespace tenure {

class OtherTrees;

/// A kernel model under one semantics, ready to be linked with drivers.
struct KernelModel {
  std::string semantics;  ///< name, or path of the file
  std::string tree;
  std::vector<std::shared_ptr<const Unit>> parts;  ///< linked
  std::vector<std::string> files;  ///< of the model: the tree's, then the semantics' patches, then the later trees'
  std::shared_ptr<const OtherTrees> others;  ///< the models of later trees under the semantics; never null
};

/// Loads the semantics called `name_or_file`: a name in `specs`/kernel/semantics.json, or the path of a file of the
/// form
/// {"tree": NAME, "patches": [FILE, ...]}. Patches (RFC 6902) are applied in order before the parts are read.
/// Throws InputError.
KernelModel load_kernel(const std::string& name_or_file, const std::filesystem::path& specs);

/// The model that a driver is checked with: `kernel`, or where the tree that the driver names is made upon that of the
/// semantics, the model of that tree with the semantics' patches. A driver of an earlier tree, or of none, is checked
/// with `kernel` itself. Lives as long as `kernel` or a copy of it. Throws InputError when there is no such tree, or a
/// patch does not fit it.
const KernelModel& model_for(const Unit& driver, const KernelModel& kernel);

/// The names of the trees that are made upon the semantics' own.
std::vector<std::string> later_trees(const KernelModel& kernel);
/// The model of one of them. As model_for().
const KernelModel& model_of_later(const std::string& tree, const KernelModel& kernel);

/// The names in `specs`/kernel/semantics.json, in order. Throws InputError.
std::vector<std::string> semantics_names(const std::filesystem::path& specs);

}  // namespace tenure
