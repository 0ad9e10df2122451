#include "model/kernel_trees.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <string>

#include "model/inputs.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

namespace fs = std::filesystem;

/// What the trees are, but for the braces around.
const std::string trees = R"("tiny-1": ["tiny.json"],
    "tiny-2": {"upon": "tiny-1", "lines": "lines.json", "patches": ["2.json"]},
    "tiny-3": {"upon": "tiny-2", "patches": ["3.json"]},
    "misfit": {"upon": "tiny-1", "patches": ["misfit.json"]},
    "other": ["tiny.json"])";

/// A patch on a function of the tiny kernel, whose body has one statement.
std::string patch(const std::string& function, const std::string& body) {
  return R"({"changes": [{"file": "kernel/tiny.json", "patch": [
    {"op": "replace", "path": "/functions/)" +
         function + R"(/body/0", "value": )" + body + "}]}]}";
}

/// A folder of specs in which a thing is put back in the first tree, and not in the later ones.
class Folder {
 public:
  explicit Folder(const std::string& all_trees = trees) : path_(fs::temp_directory_path() / "tenure-trees-test") {
    fs::remove_all(path_);
    write("semantics.json", R"({"trees": {)" + all_trees + R"(}, "semantics": {
      "old": {"tree": "tiny-1"}, "new": {"tree": "tiny-1", "patches": ["new.json"]}, "later": {"tree": "tiny-2"},
      "bad": {"tree": "tiny-1", "patches": ["bad.json"]}, "apart": {"tree": "other"}}})");
    write("tiny.json",
          tiny_kernel(
              R"("finish": {"source": "tiny.c", "at": 10, "locals": {"at": 12}, "body": [{"call": "put", "at": 12}]},
            "begin": {"source": "other.c", "at": 10, "body": [{"call": "get", "at": 12}]})"));
    write("lines.json", R"({"lines": {"tiny.c": [[11, 31], [13, 13]]}})");
    write("2.json", patch("finish", R"({"return": 0, "at": 11})"));
    write("3.json", patch("begin", R"({"return": 0, "at": 11})"));
    write("misfit.json", patch("finnish", R"({"return": 0})"));
    write("new.json", patch("begin", R"({"call": "get", "at": 11})"));
    write("bad.json", R"({"changes": [{"file": "kernel/tiny.json", "patch": [
      {"op": "test", "path": "/functions/finish/body/0/call", "value": "put"}]}]})");
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path specs() const { return path_; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories(path_ / "kernel");
    std::ofstream(path_ / "kernel" / name) << text;
  }
  /// A driver that names a tree, under a semantics. `source` is what its `source` has besides the file.
  Subject subject(const std::string& semantics, const std::string& source) const {
    const std::string more = source.empty() ? "" : R"("source": {)" + source + R"(, "file": "d.c"})";
    write("../driver.json", tiny_driver(R"({"call": "begin"}, {"call": "finish"}, {"return": 0})", "", more));
    return load_subjects({(path_ / "driver.json").string()}, {load_kernel(semantics, path_)}, "").front();
  }
  std::string refused(const std::string& semantics, const std::string& source) const {
    try {
      subject(semantics, source);
    } catch (const InputError& error) {
      std::string text = error.what();
      for (auto at = text.find(path_.string()); at != std::string::npos; at = text.find(path_.string()))
        text.erase(at, path_.string().size() + 1);
      return text;
    }
    return "accepted";
  }

 private:
  fs::path path_;
};

const Function& function_called(const Subject& subject, const std::string& name) {
  for (const auto& part : subject.kernel)
    for (const Function& function : part->functions)
      if (function.name == name) return function;
  throw InternalError("no function " + name);
}

bool calls(const Subject& subject, const std::string& function) {
  return std::holds_alternative<CallStatement>(function_called(subject, function).body.front().what);
}

int line_in(const Subject& subject, const std::string& function) {
  return function_called(subject, function).body.front().at;
}

}  // namespace

TEST_CASE("a driver is checked with the kernel model of its tree") {
  const Folder folder;
  const Subject first = folder.subject("old", R"("tree": "tiny-1")");
  CHECK(first.later_tree.empty());
  CHECK(calls(first, "finish"));
  CHECK(folder.subject("old", "").later_tree.empty());
  const Subject second = folder.subject("old", R"("tree": "tiny-2")");
  CHECK(second.semantics == "old");
  CHECK(second.later_tree == "tiny-2");
  CHECK_FALSE(calls(second, "finish"));
  CHECK(calls(second, "begin"));
  const Subject third = folder.subject("old", R"("tree": "tiny-3")");
  CHECK(third.later_tree == "tiny-3");
  CHECK_FALSE(calls(third, "finish"));
  CHECK_FALSE(calls(third, "begin"));
  CHECK_FALSE(calls(folder.subject("old", R"("tree": "tiny-9", "model": "tiny-2")"), "finish"));
}

TEST_CASE("a semantics of a later tree is for drivers of earlier ones too") {
  const Folder folder;
  const Subject early = folder.subject("later", R"("tree": "tiny-1")");
  CHECK(early.later_tree.empty());
  CHECK_FALSE(calls(early, "finish"));
  CHECK(folder.subject("later", R"("tree": "tiny-3")").later_tree == "tiny-3");
}

TEST_CASE("lines are brought over to a later tree, but for those that its patches cite") {
  const Folder folder;
  const Subject first = folder.subject("new", R"("tree": "tiny-1")");
  CHECK(function_called(first, "finish").at == 10);
  CHECK(line_in(first, "finish") == 12);
  CHECK(line_in(first, "begin") == 11);
  folder.write("2.json", R"({"changes": [{"file": "kernel/tiny.json", "patch": [
    {"op": "add", "path": "/functions/finish/body/-", "value": {"return": 0, "at": 12}},
    {"op": "replace", "path": "/functions/begin/source", "value": "tiny.c"}]}]})");
  const Subject second = folder.subject("new", R"("tree": "tiny-2")");
  CHECK(function_called(second, "finish").at == 10);
  CHECK(line_in(second, "finish") == 32);
  CHECK(function_called(second, "finish").locals.front().initial == 12);
  CHECK(function_called(second, "finish").body.back().at == 12);
  CHECK(line_in(second, "begin") == 31);
  CHECK(line_in(folder.subject("later", R"("tree": "tiny-2")"), "finish") == 32);
}

TEST_CASE("the files of a model are those of all later trees") {
  const Folder folder;
  std::string names;
  for (const std::string& file : load_kernel("new", folder.specs()).files)
    names += fs::path(file).filename().string() + " ";
  CHECK(names == "tiny.json new.json lines.json 2.json 3.json misfit.json ");
  CHECK(load_kernel("later", folder.specs()).files.size() == 4);
}

TEST_CASE("a tree that is not known is refused") {
  const Folder folder;
  CHECK(folder.refused("old", R"("tree": "tinny-2")") ==
        "driver.json:1:159: error: there is no kernel model of the tree 'tinny-2', expected 'tiny-1', 'tiny-2', "
        "'tiny-3', "
        "'misfit', 'other', or beside it the 'model' that it is to be checked with, did you mean 'tiny-2'? (at "
        "/source/tree)");
  CHECK(folder.refused("old", R"("tree": "tiny-9", "model": "tinny-2")") ==
        "driver.json:1:178: error: there is no kernel model of the tree 'tinny-2', expected 'tiny-1', 'tiny-2', "
        "'tiny-3', "
        "'misfit', 'other', did you mean 'tiny-2'? (at /source/model)");
  CHECK(folder.refused("apart", R"("tree": "tiny-2")") ==
        "driver.json:1:159: error: the tree 'tiny-2' and that of the semantics 'apart', 'other', are not made one upon "
        "the other (at /source/tree)");
}

TEST_CASE("a patch that does not fit a tree says which") {
  const Folder folder;
  CHECK(folder.refused("old", R"("tree": "misfit")") ==
        "kernel/misfit.json:2:5: error: no 'finnish' at /functions, did you mean 'finish'?, in the tree 'misfit' (at "
        "/changes/0/patch/0)");
  CHECK(folder.subject("bad", R"("tree": "tiny-1")").driver == "d");
  CHECK(folder.refused("bad", R"("tree": "tiny-2")") ==
        "kernel/bad.json:2:7: error: no 'call' at /functions/finish/body/0, in the tree 'tiny-2' (at "
        "/changes/0/patch/0)");
}

TEST_CASE("a tree is made upon another that is there") {
  CHECK(Folder(R"("tiny-1": {"upon": "tiny-2", "patches": []}, "tiny-2": {"upon": "tiny-1", "patches": []})")
            .refused("old", "") ==
        "kernel/semantics.json:1:76: error: the tree 'tiny-1' is made upon itself (at /trees/tiny-2/upon)");
  CHECK(Folder(R"("tiny-1": ["tiny.json"], "tiny-2": {"upon": "tinny-1", "patches": []})").refused("old", "") ==
        "kernel/semantics.json:1:56: error: unknown tree 'tinny-1', did you mean 'tiny-1'? (at /trees/tiny-2/upon)");
}
