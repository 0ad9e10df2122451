#include "model/shape.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

using namespace tenure;

namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string errors_of(const std::string& text, std::string_view type) {
  Diagnostics diagnostics;
  const Json json = parse_json(text, "f", diagnostics);
  const bool is_right = check_shape(json, type, diagnostics);
  CHECK(is_right == diagnostics.empty());
  std::string errors;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) errors += to_string(diagnostic) + "\n";
  return errors;
}

}  // namespace

TEST_CASE("the schemas in the repository are those of the table") {
  for (const std::string_view name : schema_names()) {
    const std::string file = "specs/schema/" + std::string(name) + ".schema.json";
    const bool is_equal = text_of(std::filesystem::path(TENURE_SOURCE_DIR) / file) == json_schema(name);
    CHECK_MESSAGE(is_equal, file << " is out of date, print it with: tenure schema " << name);
  }
}

TEST_CASE("types that the table lacks are mistakes of tenure") {
  CHECK_THROWS_AS(type_called("no such type"), InternalError);
  CHECK_THROWS_AS(json_schema("no such type"), InternalError);
}

TEST_CASE("parts of a document can be checked alone") {
  CHECK(errors_of(R"({"tree": "t", "patches": ["a.json"], "says": "mine"})", "semantics_file") == "");
  CHECK(errors_of(R"({"patches": "a.json"})", "semantics_file") ==
        "f:1:1: error: missing key 'tree' in a semantics (the tree it is made from)\n"
        "f:1:13: error: found 'a.json', expected a list of files (at /patches)\n");
  CHECK(errors_of(R"({"choose": "x", "between": [0, 1], "into": "y"})", "statement") == "");
  CHECK(errors_of(R"({"op": "test", "path": "", "value": null})", "operation") == "");
  CHECK(errors_of("\"" + std::string(50, 'x') + "\"", "flag") ==
        "f:1:1: error: found a long string, expected true or false\n");
}
