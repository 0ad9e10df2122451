#include "model/kernel_trees.h"

#include <algorithm>
#include <memory>
#include <system_error>

#include "model/link.h"
#include "model/patch.h"
#include "model/read.h"
#include "model/shape.h"

namespace tenure {

namespace {

namespace fs = std::filesystem;
using fs::path;

}  // namespace

path real_path(const path& file) {
  std::error_code error;
  return fs::weakly_canonical(file, error);
}

path changed_file(const Json& file, const path& specs) {
  const bool is_beside = file.text.starts_with("./") || file.text.starts_with("../");
  return (is_beside ? path(file.place.file_name()).parent_path() : specs) / file.text;
}

TreeDocuments::TreeDocuments(path specs, const std::vector<TreeStep>& trees, std::size_t own)
    : specs_(std::move(specs)), own_(own) {
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    if (i > 0) lines_.push_back(trees[i].lines);
    for (const path& file : trees[i].files) {
      trees_[file.string()] = i;
      if (i > 0)
        apply_file(file);
      else
        documents_.push_back({file, real_path(file), read_json_file(file.string(), diagnostics)});
    }
    diagnostics.throw_if_any();
  }
}

void TreeDocuments::apply_file(const path& patch) {
  Diagnostics diagnostics;
  const Json changes = read_checked(patch, "patch");
  for (const Json& change : changes.find("changes")->elements) apply(change, diagnostics);
  diagnostics.throw_if_any();
}

bool TreeDocuments::has(const path& file) const {
  return std::any_of(documents_.begin(), documents_.end(),
                     [real = real_path(file)](const Document& document) { return document.real == real; });
}

void TreeDocuments::apply(const Json& change, Diagnostics& diagnostics) {
  const Json& file = *change.find("file");
  const path changed = changed_file(file, specs_);
  const auto found = std::find_if(documents_.begin(), documents_.end(),
                                  [real = real_path(changed)](const Document& each) { return each.real == real; });
  if (found == documents_.end()) {
    std::vector<std::string> known;
    for (const Document& document : documents_)
      known.push_back(document.file.lexically_relative(specs_.lexically_normal()).string());
    diagnostics.add(file.place, "'" + file.text + "' is no file of the tree" + suggestion(file.text, known));
    return;
  }
  apply_patch(found->json, *change.find("patch"), diagnostics);
}

std::vector<std::shared_ptr<const Unit>> TreeDocuments::link() const {
  Diagnostics diagnostics;
  std::vector<Unit> parts;
  for (const Document& document : documents_) {
    if (lines_.empty()) {
      parts.push_back(read_unit(document.json, false, diagnostics));
      continue;
    }
    Json moved = document.json;
    move_lines(moved, "");
    parts.push_back(read_unit(moved, false, diagnostics));
  }
  auto linked = link_kernel(std::move(parts), diagnostics);
  diagnostics.throw_if_any();
  return linked;
}

/// `source` is the C file that the lines are of. Where a function's own names stand, 'at' may be one of them.
void TreeDocuments::move_lines(Json& value, const std::string& source) const {
  const Json* named = value.find("source");
  const std::string& file = named != nullptr ? named->text : source;
  for (Json& element : value.elements) move_lines(element, file);
  for (auto& [key, member, place] : value.members) {
    const bool has_names = key == "with" || key == "params" || key == "locals";
    if (!has_names) move_lines(member, file);
    if (key != "at" || file.empty()) continue;
    const auto known = trees_.find(member.place.file_name());
    for (std::size_t tree = known != trees_.end() ? known->second : own_; tree < lines_.size(); ++tree)
      member.integer = lines_[tree].moved(file, member.integer);
  }
}

KernelTrees::KernelTrees(path specs)
    : specs_(std::move(specs)), index_(read_checked(folder() / "semantics.json", "semantics")) {
  for (const std::string& name : names()) line_of(name);
}

std::vector<std::string> KernelTrees::names() const {
  std::vector<std::string> names;
  for (const auto& [name, tree, place] : index_.find("trees")->members) names.push_back(name);
  return names;
}

bool KernelTrees::has(const std::string& name) const {
  return index_.find("trees")->find(name) != nullptr;
}

std::vector<const Json*> KernelTrees::line_of(const std::string& name) const {
  const Json& trees = *index_.find("trees");
  std::vector<const Json*> line{trees.find(name)};
  while (const Json* upon = line.front()->find("upon")) {
    const Json* earlier = trees.find(upon->text);
    if (earlier == nullptr) refuse(upon->place, "unknown tree '" + upon->text + "'" + suggestion(upon->text, names()));
    if (std::find(line.begin(), line.end(), earlier) != line.end())
      refuse(upon->place, "the tree '" + name + "' is made upon itself");
    line.insert(line.begin(), earlier);
  }
  return line;
}

bool KernelTrees::is_upon(const std::string& later, const std::string& earlier) const {
  const std::vector<const Json*> line = line_of(later);
  return later != earlier && std::find(line.begin(), line.end(), index_.find("trees")->find(earlier)) != line.end();
}

std::vector<path> KernelTrees::files_in(const Json& list) const {
  std::vector<path> files;
  for (const Json& file : list.elements) files.push_back((folder() / file.text).lexically_normal());
  return files;
}

std::vector<std::string> KernelTrees::files(const std::string& name) const {
  std::vector<std::string> all;
  for (const Json* tree : line_of(name)) {
    const Json* patches = tree->find("patches");
    if (const Json* lines = tree->find("lines")) all.push_back((folder() / lines->text).lexically_normal().string());
    for (const path& file : files_in(patches != nullptr ? *patches : *tree)) all.push_back(file.string());
  }
  return all;
}

TreeDocuments KernelTrees::read(const std::string& name, const std::string& own) const {
  const std::vector<const Json*> line = line_of(name);
  std::vector<TreeStep> steps;
  for (const Json* tree : line) {
    const Json* patches = tree->find("patches");
    const Json* lines = tree->find("lines");
    steps.push_back({files_in(patches != nullptr ? *patches : *tree),
                     lines != nullptr ? LineMap((folder() / lines->text).lexically_normal()) : LineMap()});
  }
  const auto own_tree = std::find(line.begin(), line.end(), index_.find("trees")->find(own));
  return {specs_, steps, static_cast<std::size_t>(own_tree - line.begin())};
}

}  // namespace tenure
