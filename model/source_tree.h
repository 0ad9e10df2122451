#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "model/c_source.h"

namespace tenure {

/// An unpacked kernel tree. Its files are read when they are asked for, each once.
class SourceTree {
 public:
  /// Throws InputError when `root` has no Makefile that says a version: then it is no kernel tree.
  explicit SourceTree(std::filesystem::path root);

  /// "linux-6.12.117"
  const std::string& name() const { return name_; }
  /// A file by its path in the tree; null when it cannot be read.
  const CSource* file(const std::string& path);

 private:
  std::filesystem::path root_;
  std::string name_;
  std::map<std::string, std::unique_ptr<const CSource>> files_;
};

}  // namespace tenure
