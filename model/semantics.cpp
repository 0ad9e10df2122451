#include "model/semantics.h"

#include <algorithm>
#include <map>
#include <utility>

#include "model/json.h"
#include "model/link.h"
#include "model/patch.h"
#include "model/read.h"
#include "model/shape.h"

namespace tenure {

namespace {

using std::filesystem::path;

/// Reads a document of a shape; throws InputError when it cannot be used.
Json read_checked(const path& file, std::string_view type) {
  Diagnostics diagnostics;
  Json document = read_json_file(file.lexically_normal().string(), diagnostics);
  diagnostics.throw_if_any();
  check_shape(document, type, diagnostics);
  diagnostics.throw_if_any();
  return document;
}

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
  std::string name;
  const Json* entry;
  path folder;  ///< that the patches are relative to
};

/// The files of a tree while they are patched, by their normal paths.
class Tree {
 public:
  Tree(const Json& files, const path& folder, Diagnostics& diagnostics) {
    for (const Json& file : files.elements) {
      const std::string name = (folder / file.text).lexically_normal().string();
      documents_.emplace_back(name, read_json_file(name, diagnostics));
    }
  }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& [name, document] : documents_) names.push_back(name);
    return names;
  }

  void apply(const Json& change, const path& specs, Diagnostics& diagnostics) {
    const Json& file = *change.find("file");
    const std::string name = (specs / file.text).lexically_normal().string();
    const auto found = std::find_if(documents_.begin(), documents_.end(),
                                    [&](const auto& document) { return document.first == name; });
    if (found == documents_.end()) {
      std::vector<std::string> known;
      for (const auto& [known_name, document] : documents_)
        known.push_back(path(known_name).lexically_relative(specs.lexically_normal()).string());
      diagnostics.add(file.place, "'" + file.text + "' is no file of the tree" + suggestion(file.text, known));
      return;
    }
    apply_patch(found->second, *change.find("patch"), diagnostics);
  }

  std::vector<std::shared_ptr<const Unit>> link(Diagnostics& diagnostics) const {
    std::vector<Unit> parts;
    for (const auto& [name, document] : documents_) parts.push_back(read_unit(document, false, diagnostics));
    return link_kernel(std::move(parts), diagnostics);
  }

 private:
  std::vector<std::pair<std::string, Json>> documents_;
};

KernelModel load(const Recipe& recipe, const Json& index, const path& specs) {
  const Json& tree_name = *recipe.entry->find("tree");
  const Json& trees = *index.find("trees");
  const Json* files = trees.find(tree_name.text);
  if (!files)
    refuse(tree_name.place, "unknown tree '" + tree_name.text + "'" + suggestion(tree_name.text, keys_of(trees)));

  Diagnostics diagnostics;
  Tree tree(*files, index_of(specs).parent_path(), diagnostics);
  diagnostics.throw_if_any();
  if (const Json* patches = recipe.entry->find("patches")) {
    for (const Json& file : patches->elements) {
      const Json patch = read_checked(recipe.folder / file.text, "patch");
      for (const Json& change : patch.find("changes")->elements) tree.apply(change, specs, diagnostics);
      diagnostics.throw_if_any();
    }
  }
  KernelModel model{recipe.name, tree_name.text, tree.link(diagnostics), tree.files()};
  if (const Json* patches = recipe.entry->find("patches")) {
    for (const Json& file : patches->elements) {
      model.files.push_back((recipe.folder / file.text).lexically_normal().string());
    }
  }
  diagnostics.throw_if_any();
  return model;
}

}  // namespace

KernelModel load_kernel(const std::string& name_or_file, const path& specs) {
  const Json index = read_checked(index_of(specs), "semantics");
  const Json& known = *index.find("semantics");
  if (const Json* entry = known.find(name_or_file))
    return load({name_or_file, entry, index_of(specs).parent_path()}, index, specs);
  if (name_or_file.find('/') == std::string::npos && !name_or_file.ends_with(".json")) {
    Place place;
    place.file = index.place.file;
    std::string names;
    for (const std::string& name : keys_of(known)) names += (names.empty() ? "'" : ", '") + name + "'";
    refuse(place, "unknown semantics '" + name_or_file + "', expected " + names + " or a file" +
                      suggestion(name_or_file, keys_of(known)));
  }
  const Json own = read_checked(name_or_file, "semantics_file");
  return load({name_or_file, &own, path(name_or_file).parent_path()}, index, specs);
}

std::vector<std::string> semantics_names(const path& specs) {
  const Json index = read_checked(index_of(specs), "semantics");
  return keys_of(*index.find("semantics"));
}

}  // namespace tenure
