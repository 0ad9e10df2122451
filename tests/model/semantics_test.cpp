#include "model/semantics.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <string>

using namespace tenure;

namespace {

const std::filesystem::path specs = std::filesystem::path(TENURE_SOURCE_DIR) / "tests" / "specs";

/// What load_kernel() complains of, without the folder of the specs.
std::string refused(const std::string& name) {
  try {
    load_kernel(name, specs);
  } catch (const InputError& error) {
    std::string text = error.what();
    const std::string folder = specs.string() + "/";
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder))
      text.erase(at, folder.size());
    return text;
  }
  return "accepted";
}

const Function& function_called(const KernelModel& kernel, const std::string& name) {
  for (const auto& part : kernel.parts)
    for (const Function& function : part->functions)
      if (function.name == name) return function;
  FAIL("no function " << name);
  throw InternalError("unreachable");
}

}  // namespace

TEST_CASE("a semantics is a tree with patches") {
  CHECK(semantics_names(specs).front() == "old");
  const KernelModel old = load_kernel("old", specs);
  CHECK(old.semantics == "old");
  CHECK(old.tree == "tiny");
  CHECK(old.parts.size() == 2);
  CHECK(function_called(old, "clean_up").body.size() == 1);
  const KernelModel patched = load_kernel("new", specs);
  const Block& body = function_called(patched, "clean_up").body;
  REQUIRE(body.size() == 2);
  CHECK(std::holds_alternative<SetStatement>(body[0].what));
  CHECK(body[0].place.file_name().ends_with("series/tiny/1.json"));
  CHECK(std::holds_alternative<RunStatement>(body[1].what));
}

TEST_CASE("a semantics can be a file of its own") {
  const auto file = std::filesystem::temp_directory_path() / "tenure_semantics_test.json";
  std::ofstream(file) << "{\"tree\": \"tiny\", \"patches\": [\"" << (specs / "series/tiny/1.json").string() << "\"]}";
  const KernelModel own = load_kernel(file.string(), specs);
  CHECK(own.semantics == file.string());
  CHECK(function_called(own, "clean_up").body.size() == 2);
  std::filesystem::remove(file);
}

TEST_CASE("what cannot be loaded says why") {
  CHECK(refused("nwe") ==
        "kernel/semantics.json: error: unknown semantics 'nwe', expected 'old', 'new', 'refused', 'misspelt', "
        "'elsewhere', 'no-file', 'no-patch', 'unlinked' or a file, did you mean 'new'?");
  CHECK(refused("nothing.json") == "nothing.json: error: no such file");
  CHECK(refused("refused") ==
        "series/tiny/2.json:4:5: error: no '1' at /functions/clean_up/body, a list of 1 (at /changes/0/patch/0)");
  CHECK(refused("misspelt") ==
        "kernel/semantics.json:8:26: error: unknown tree 'tinny', did you mean 'tiny'? (at /semantics/misspelt/tree)");
  CHECK(refused("elsewhere") ==
        "series/tiny/1.json:4:24: error: 'kernel/core.json' is no file of the tree, did you mean "
        "'kernel/buffers.json'? (at /changes/0/file)");
  CHECK(refused("no-file") == "kernel/missing.json: error: no such file");
  CHECK(refused("no-patch") == "series/tiny/3.json: error: no such file");
}

TEST_CASE("mistakes of a patch are found in the patch") {
  CHECK(refused("unlinked") ==
        "series/tiny/unlinked.json:4:76: error: unknown function 'clean_upp', did you mean 'clean_up'? (at "
        "/changes/0/patch/0/value/call)\n"
        "series/tiny/unlinked.json:5:67: error: unknown key 'cal' in a statement, did you mean 'call'? (at "
        "/changes/0/patch/1/value/cal)");
}
