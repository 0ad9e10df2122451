#include "model/semantics.h"

#include <algorithm>
#include <map>
#include <utility>

#include "model/kernel_documents.h"
#include "model/shape.h"

namespace tenure {

namespace {

using std::filesystem::path;

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value, place] : object.members) keys.push_back(key);
  return keys;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

/// What a semantics is made of.
struct Recipe {
  Json entry;
  path folder;  ///< that the patches are relative to
};

/// The recipe of a name in the index, or of a file.
Recipe recipe_of(const std::string& name_or_file, const KernelTrees& trees) {
  const Json& known = *trees.index().find("semantics");
  if (const Json* entry = known.find(name_or_file)) return {*entry, trees.folder()};
  if (name_or_file.find('/') == std::string::npos && !name_or_file.ends_with(".json")) {
    refuse(whole_file(trees.index().place.file_name()), "unknown semantics '" + name_or_file + "', expected " +
                                                            listed(keys_of(known)) + " or a file" +
                                                            suggestion(name_or_file, keys_of(known)));
  }
  return {read_checked(name_or_file, "semantics_file"), path(name_or_file).parent_path()};
}

std::string tree_of(const Recipe& recipe, const KernelTrees& trees) {
  const Json& tree = *recipe.entry.find("tree");
  if (!trees.has(tree.text))
    refuse(tree.place, "unknown tree '" + tree.text + "'" + suggestion(tree.text, trees.names()));
  return tree.text;
}

}  // namespace

/// The models of the trees that are made upon the semantics' own, each read when it is first asked for.
class OtherTrees {
 public:
  OtherTrees(std::shared_ptr<const KernelTrees> trees, std::string own, std::vector<Json> changes)
      : trees_(std::move(trees)), own_(std::move(own)), changes_(std::move(changes)) {}

  const KernelTrees& trees() const { return *trees_; }

  /// Throws InputError, with the tree's name in each message.
  const KernelModel& model(const std::string& tree) const {
    const auto known = models_.find(tree);
    if (known != models_.end()) return known->second;
    try {
      return models_.emplace(tree, KernelModel{"", tree, patched(tree).link(), {}, nullptr}).first->second;
    } catch (const InputError& error) {
      std::vector<Diagnostic> mistakes = error.diagnostics();
      for (Diagnostic& mistake : mistakes) mistake.message += ", in the tree '" + tree + "'";
      throw InputError(std::move(mistakes));
    }
  }

 private:
  TreeDocuments patched(const std::string& tree) const {
    TreeDocuments documents = trees_->read(tree, own_);
    Diagnostics diagnostics;
    for (const Json& change : changes_) {
      documents.apply(change, diagnostics);
      diagnostics.throw_if_any();
    }
    return documents;
  }

  std::shared_ptr<const KernelTrees> trees_;
  std::string own_;            ///< the semantics' tree
  std::vector<Json> changes_;  ///< of the semantics
  mutable std::map<std::string, KernelModel> models_;
};

KernelDocuments::KernelDocuments(const std::string& name_or_file, const path& specs)
    : trees_(std::make_shared<const KernelTrees>(specs)) {
  const Recipe recipe = recipe_of(name_or_file, *trees_);
  tree_ = tree_of(recipe, *trees_);
  documents_ = trees_->read(tree_, tree_);
  const Json* patches = recipe.entry.find("patches");
  if (patches == nullptr) return;
  Diagnostics diagnostics;
  for (const Json& file : patches->elements) {
    const path name = (recipe.folder / file.text).lexically_normal();
    const Json patch = read_checked(name, "patch");
    patch_files_.push_back(name.string());
    for (const Json& change : patch.find("changes")->elements) apply(change, diagnostics);
    diagnostics.throw_if_any();
  }
}

void KernelDocuments::apply(const Json& change, Diagnostics& diagnostics) {
  documents_.apply(change, diagnostics);
  changes_.push_back(change);
}

KernelModel KernelDocuments::link(const std::string& semantics) const {
  KernelModel model{semantics, tree_, documents_.link(), trees_->files(tree_),
                    std::make_shared<const OtherTrees>(trees_, tree_, changes_)};
  model.files.insert(model.files.end(), patch_files_.begin(), patch_files_.end());
  for (const std::string& later : later_trees(model)) {
    for (std::string& file : trees_->files(later)) {
      const bool is_known = std::find(model.files.begin(), model.files.end(), file) != model.files.end();
      if (!is_known) model.files.push_back(std::move(file));
    }
  }
  return model;
}

KernelModel load_kernel(const std::string& name_or_file, const path& specs) {
  return KernelDocuments(name_or_file, specs).link(name_or_file);
}

const KernelModel& model_for(const Unit& driver, const KernelModel& kernel) {
  const std::string& tree = driver.model.empty() ? driver.tree : driver.model;
  const KernelTrees& trees = kernel.others->trees();
  if (tree.empty() || tree == kernel.tree) return kernel;
  if (!trees.has(tree)) {
    const std::string way_out = driver.model.empty() ? ", or beside it the 'model' that it is to be checked with" : "";
    refuse(driver.tree_place, "there is no kernel model of the tree '" + tree + "', expected " + listed(trees.names()) +
                                  way_out + suggestion(tree, trees.names()));
  }
  if (trees.is_upon(kernel.tree, tree)) return kernel;
  if (trees.is_upon(tree, kernel.tree)) return model_of_later(tree, kernel);
  refuse(driver.tree_place, "the tree '" + tree + "' and that of the semantics '" + kernel.semantics + "', '" +
                                kernel.tree + "', are not made one upon the other");
}

std::vector<std::string> later_trees(const KernelModel& kernel) {
  std::vector<std::string> later = kernel.others->trees().names();
  std::erase_if(later, [&](const std::string& name) { return !kernel.others->trees().is_upon(name, kernel.tree); });
  return later;
}

const KernelModel& model_of_later(const std::string& tree, const KernelModel& kernel) {
  return kernel.others->model(tree);
}

std::vector<std::string> semantics_names(const path& specs) {
  return keys_of(*KernelTrees(specs).index().find("semantics"));
}

}  // namespace tenure
