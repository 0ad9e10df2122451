#include "model/patch_diff.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <string>
#include <vector>

#include "model/patch.h"

using namespace tenure;

namespace {

Json json_of(const std::string& text) {
  Diagnostics diagnostics;
  Json json = parse_json(text, "f", diagnostics);
  REQUIRE(diagnostics.empty());
  return json;
}

/// The operations that turn one text into another.
std::string diff_of(const std::string& from, const std::string& to) {
  std::string text;
  for (const Json& each : diff_patch(json_of(from), json_of(to)).elements) text += to_text(each) + "\n";
  return text;
}

Json applied(Json document, const Json& patch) {
  Diagnostics diagnostics;
  const bool fits = apply_patch(document, patch, diagnostics);
  CHECK_MESSAGE(fits, (diagnostics.empty() ? "" : to_string(diagnostics.sorted().front())));
  return document;
}

std::vector<Json> shipped_specs() {
  std::vector<Json> specs;
  Diagnostics diagnostics;
  const auto folder = std::filesystem::path(TENURE_SOURCE_DIR) / "examples";
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json") specs.push_back(read_json_file(entry.path().string(), diagnostics));
  REQUIRE(diagnostics.empty());
  REQUIRE(specs.size() > 5);
  return specs;
}

}  // namespace

TEST_CASE("what changes stands behind a test of what was there") {
  CHECK(diff_of(R"({"a": 1, "b": 2})", R"({"b": 2, "a": 1})").empty());
  CHECK(diff_of(R"({"a": {"b": 1, "c": 2}})", R"({"a": {"b": 1, "c": 3}})") ==
        R"({"op":"test","path":"/a/c","value":2})"
        "\n"
        R"({"op":"replace","path":"/a/c","value":3})"
        "\n");
  CHECK(diff_of(R"({"a": 1, "x/y": [2]})", R"({"a": 1})") == R"({"op":"test","path":"/x~1y","value":[2]})"
                                                             "\n"
                                                             R"({"op":"remove","path":"/x~1y"})"
                                                             "\n");
}

TEST_CASE("what is inserted stands behind a test of what is around it") {
  CHECK(diff_of(R"({"call": "f", "with": {}})", R"({"call": "g", "with": {}, "into": "x"})") ==
        R"({"op":"test","path":"/call","value":"f"})"
        "\n"
        R"({"op":"replace","path":"/call","value":"g"})"
        "\n"
        R"({"op":"test","path":"/call","value":"g"})"
        "\n"
        R"({"op":"add","path":"/into","value":"x"})"
        "\n");
  CHECK(diff_of(R"([{"call": "f", "at": 1}, {"call": "h"}])",
                R"([{"call": "f", "at": 1}, {"call": "g"}, {"call": "g2"}, {"call": "h"}])") ==
        R"({"op":"test","path":"/0/call","value":"f"})"
        "\n"
        R"({"op":"test","path":"/1/call","value":"h"})"
        "\n"
        R"({"op":"add","path":"/1","value":{"call":"g"}})"
        "\n"
        R"({"op":"add","path":"/2","value":{"call":"g2"}})"
        "\n");
  CHECK(diff_of("[]", "[1]") == R"({"op":"add","path":"/0","value":1})"
                                "\n");
}

TEST_CASE("as little as possible is written") {
  CHECK(diff_of(R"([{"call": "a"}, {"call": "b"}, {"call": "c"}])", R"([{"call": "b"}, {"call": "c"}])") ==
        R"({"op":"test","path":"/0","value":{"call":"a"}})"
        "\n"
        R"({"op":"remove","path":"/0"})"
        "\n");
  CHECK(diff_of(R"({"a": [1, 2]})", R"({"a": "none"})") == R"({"op":"test","path":"/a","value":[1,2]})"
                                                           "\n"
                                                           R"({"op":"replace","path":"/a","value":"none"})"
                                                           "\n");
}

TEST_CASE("parameters keep the order that they come in") {
  const std::string from = R"({"params": {"a": "value", "b": "value"}})";
  const std::string to = R"({"params": {"b": "value", "a": "value"}})";
  CHECK(to_text(applied(json_of(from), diff_patch(json_of(from), json_of(to)))) == to_text(json_of(to)));
  CHECK(diff_of(from, R"({"params": {"a": "value", "b": "value", "c": "value"}})") ==
        R"({"op":"test","path":"/params/a","value":"value"})"
        "\n"
        R"({"op":"add","path":"/params/c","value":"value"})"
        "\n");
}

TEST_CASE("a difference applied to the one gives the other, and fits no third") {
  const std::vector<Json> specs = shipped_specs();
  for (std::size_t i = 0; i + 1 < specs.size(); ++i) {
    const Json patch = diff_patch(specs[i], specs[i + 1]);
    CHECK(is_same(applied(specs[i], patch), specs[i + 1]));
    CHECK(diff_patch(specs[i], specs[i]).elements.empty());
    Json third = specs[i + 1];
    Diagnostics diagnostics;
    CHECK_FALSE(apply_patch(third, patch, diagnostics));
  }
}

TEST_CASE("long lists are compared by their index") {
  const auto list = [](int first, int count) {
    Json json;
    json.type = Json::Type::array;
    for (int i = 0; i < count; ++i) {
      json.elements.emplace_back();
      json.elements.back().type = Json::Type::integer;
      json.elements.back().integer = first + i;
    }
    return json;
  };
  CHECK(is_same(applied(list(0, 3000), diff_patch(list(0, 3000), list(7, 2500))), list(7, 2500)));
}

TEST_CASE("a patch has an operation a line, and is read again as it was") {
  const Json operations = json_of(
      R"([{"op":"test","path":"/a","value":"x"},{"op":"add","path":"/b","value":{"body":[{"call":"f","with":{"n":1}}]}}])");
  const std::string text = patch_text("kernel/a.json", operations);
  CHECK(text.find("\n        {\"op\": \"test\", \"path\": \"/a\", \"value\": \"x\"},\n") != std::string::npos);
  CHECK(is_same(*json_of(text).find("changes")->elements[0].find("patch"), operations));
}
