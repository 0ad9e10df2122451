#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/json.h"
#include "model/line_map.h"
#include "model/spec.h"

namespace tenure {

/// The same for all paths that lead to one file, however they are spelled; it need not be there.
std::filesystem::path real_path(const std::filesystem::path& file);

/// The file that a change is about, by its member `file`: relative to the specs, or, with ./ or ../ in front, to the
/// patch.
std::filesystem::path changed_file(const Json& file, const std::filesystem::path& specs);

/// What a kernel tree adds to the one before it, or the first of all.
struct TreeStep {
  std::vector<std::filesystem::path> files;  ///< of the first tree; else patches upon the tree before
  LineMap lines;                             ///< from the tree before to this one
};

/// The files of a kernel tree before they are read as a model, so that patches can be applied to them.
class TreeDocuments {
 public:
  TreeDocuments() = default;
  /// Reads the files of the first tree and applies the patches of the later ones. What is applied afterwards is written
  /// for the tree at `own`. Throws InputError.
  TreeDocuments(std::filesystem::path specs, const std::vector<TreeStep>& trees, std::size_t own);

  bool has(const std::filesystem::path& file) const;
  /// Applies a change (`tenure schema patch`) to the file that it names; mistakes go to `diagnostics`.
  void apply(const Json& change, Diagnostics& diagnostics);
  /// Reads the files as they are now, every line brought over to the last tree. Throws InputError.
  std::vector<std::shared_ptr<const Unit>> link() const;

 private:
  struct Document {
    std::filesystem::path file, real;
    Json json;
  };

  void apply_file(const std::filesystem::path& patch);
  void move_lines(Json& value, const std::string& source) const;

  std::filesystem::path specs_;
  std::vector<Document> documents_;
  std::vector<LineMap> lines_;                ///< from each tree to the next
  std::map<std::string, std::size_t> trees_;  ///< index of the tree whose lines a file cites
  std::size_t own_ = 0;                       ///< that of other files
};

/// The kernel trees that `specs`/kernel/semantics.json names. One has files; a later one is made upon another, by
/// patches.
class KernelTrees {
 public:
  /// Throws InputError, also when a tree is made upon one that is not there or, by way of others, upon itself.
  explicit KernelTrees(std::filesystem::path specs);

  const Json& index() const { return index_; }
  std::filesystem::path folder() const { return specs_ / "kernel"; }
  std::vector<std::string> names() const;
  bool has(const std::string& name) const;
  /// Whether a tree is made upon another, directly or by way of others.
  bool is_upon(const std::string& later, const std::string& earlier) const;
  /// What a tree is made of: the files of the first, then the lines and patches of each later one, in order.
  std::vector<std::string> files(const std::string& name) const;
  /// The files of a tree, patched. What is applied to them is written for the tree `own`, which is this one or one that
  /// it is made upon. Throws InputError.
  TreeDocuments read(const std::string& name, const std::string& own) const;

 private:
  /// A tree behind those that it is made upon.
  std::vector<const Json*> line_of(const std::string& name) const;
  std::vector<std::filesystem::path> files_in(const Json& list) const;

  std::filesystem::path specs_;
  Json index_;
};

}  // namespace tenure
