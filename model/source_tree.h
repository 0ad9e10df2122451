#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/c_source.h"

namespace tenure {

/// An unpacked kernel tree. Its files are read when they are asked for, each once.
class SourceTree {
 public:
  /// `tree` is a directory whose Makefile says a version, after which the tree is called ("linux-6.12.117"); or
  /// NAME=DIRECTORY, which is called NAME whatever version it has. Throws InputError when it is neither.
  explicit SourceTree(const std::string& tree);

  const std::string& name() const { return name_; }
  /// A file by its path in the tree; null when it cannot be read.
  const CSource* file(const std::string& path);

 private:
  std::filesystem::path root_;
  std::string name_;
  std::map<std::string, std::unique_ptr<const CSource>> files_;
};

/// Kernel trees, by their names.
class SourceTrees {
 public:
  /// Each as SourceTree has it. Throws InputError, also when two have the same name.
  explicit SourceTrees(const std::vector<std::string>& trees);

  bool empty() const { return trees_.empty(); }
  /// Null when no tree has the name.
  SourceTree* find(const std::string& name);

 private:
  std::map<std::string, SourceTree> trees_;
};

}  // namespace tenure
