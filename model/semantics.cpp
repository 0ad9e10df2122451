#include "model/semantics.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "model/kernel_documents.h"
#include "model/link.h"
#include "model/patch.h"
#include "model/read.h"
#include "model/shape.h"

namespace tenure {

namespace {

namespace fs = std::filesystem;
using fs::path;

[[noreturn]] void refuse(const Place& place, const std::string& message) {
  Diagnostics diagnostics;
  diagnostics.add(place, message);
  throw InputError(diagnostics.sorted());
}

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value, place] : object.members) keys.push_back(key);
  return keys;
}

path index_of(const path& specs) {
  return specs / "kernel" / "semantics.json";
}

/// What a semantics is made of.
struct Recipe {
  const Json* entry;
  path folder;  ///< that the patches are relative to
};

/// The recipe of a name in the index, or of a file, whose document is kept in `own`.
Recipe recipe_of(const std::string& name_or_file, const Json& index, const path& specs, Json& own) {
  const Json& known = *index.find("semantics");
  if (const Json* entry = known.find(name_or_file)) return {entry, index_of(specs).parent_path()};
  if (name_or_file.find('/') == std::string::npos && !name_or_file.ends_with(".json")) {
    Place place;
    place.file = index.place.file;
    std::string names;
    for (const std::string& name : keys_of(known)) names += (names.empty() ? "'" : ", '") + name + "'";
    refuse(place, "unknown semantics '" + name_or_file + "', expected " + names + " or a file" +
                      suggestion(name_or_file, keys_of(known)));
  }
  own = read_checked(name_or_file, "semantics_file");
  return {&own, path(name_or_file).parent_path()};
}

}  // namespace

bool is_same_file(const path& a, const path& b) {
  std::error_code error;
  return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

path changed_file(const Json& file, const path& specs) {
  const bool is_beside = file.text.starts_with("./") || file.text.starts_with("../");
  return (is_beside ? path(*file.place.file).parent_path() : specs) / file.text;
}

KernelDocuments::KernelDocuments(const std::string& name_or_file, const path& specs) : specs_(specs) {
  const Json index = read_checked(index_of(specs), "semantics");
  Json own;
  const Recipe recipe = recipe_of(name_or_file, index, specs, own);
  const Json& tree_name = *recipe.entry->find("tree");
  const Json& trees = *index.find("trees");
  const Json* files = trees.find(tree_name.text);
  if (!files)
    refuse(tree_name.place, "unknown tree '" + tree_name.text + "'" + suggestion(tree_name.text, keys_of(trees)));
  tree_ = tree_name.text;

  Diagnostics diagnostics;
  for (const Json& file : files->elements) {
    const path name = (index_of(specs).parent_path() / file.text).lexically_normal();
    documents_.emplace_back(name, read_json_file(name.string(), diagnostics));
  }
  diagnostics.throw_if_any();
  if (const Json* patches = recipe.entry->find("patches")) {
    for (const Json& file : patches->elements) {
      const path name = (recipe.folder / file.text).lexically_normal();
      const Json patch = read_checked(name, "patch");
      patch_files_.push_back(name.string());
      for (const Json& change : patch.find("changes")->elements) apply(change, diagnostics);
      diagnostics.throw_if_any();
    }
  }
}

bool KernelDocuments::has(const path& file) const {
  return std::any_of(documents_.begin(), documents_.end(),
                     [&](const auto& document) { return is_same_file(document.first, file); });
}

void KernelDocuments::apply(const Json& change, Diagnostics& diagnostics) {
  const Json& file = *change.find("file");
  const path changed = changed_file(file, specs_);
  const auto found = std::find_if(documents_.begin(), documents_.end(),
                                  [&](const auto& document) { return is_same_file(document.first, changed); });
  if (found == documents_.end()) {
    std::vector<std::string> known;
    for (const auto& [name, document] : documents_)
      known.push_back(name.lexically_relative(specs_.lexically_normal()).string());
    diagnostics.add(file.place, "'" + file.text + "' is no file of the tree" + suggestion(file.text, known));
    return;
  }
  apply_patch(found->second, *change.find("patch"), diagnostics);
}

KernelModel KernelDocuments::link(const std::string& semantics) const {
  Diagnostics diagnostics;
  std::vector<Unit> parts;
  for (const auto& [name, document] : documents_) parts.push_back(read_unit(document, false, diagnostics));
  std::vector<std::string> files;
  for (const auto& [name, document] : documents_) files.push_back(name.string());
  files.insert(files.end(), patch_files_.begin(), patch_files_.end());
  KernelModel model{semantics, tree_, link_kernel(std::move(parts), diagnostics), std::move(files)};
  diagnostics.throw_if_any();
  return model;
}

KernelModel load_kernel(const std::string& name_or_file, const path& specs) {
  return KernelDocuments(name_or_file, specs).link(name_or_file);
}

std::vector<std::string> semantics_names(const path& specs) {
  const Json index = read_checked(index_of(specs), "semantics");
  return keys_of(*index.find("semantics"));
}

}  // namespace tenure
