#include "model/json.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <string>

using namespace tenure;

namespace {

std::string errors_of(const std::string& text) {
  Diagnostics diagnostics;
  parse_json(text, "f", diagnostics);
  std::string errors;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) errors += to_string(diagnostic) + "\n";
  return errors;
}

Json parsed(const std::string& text) {
  Diagnostics diagnostics;
  Json json = parse_json(text, "f", diagnostics);
  CHECK(diagnostics.empty());
  return json;
}

std::string place_of(const Json& json) {
  return std::to_string(json.place.line) + ":" + std::to_string(json.place.column) + " " + json.place.pointer();
}

std::string error_of_file(const std::string& path) {
  Diagnostics diagnostics;
  const Json json = read_json_file(path, diagnostics);
  CHECK(json.type == Json::Type::null);
  CHECK(json.place.line == 0);
  REQUIRE(diagnostics.sorted().size() == 1);
  return diagnostics.sorted().front().message;
}

}  // namespace

TEST_CASE("every value and key has its place and its pointer") {
  const Json json = parsed("{\"a\": [1, {\"b/c~d\" : true}],\n  \"e\": \"x\",\r\n\t\"f\":null}");
  CHECK(place_of(json) == "1:1 ");
  CHECK(place_of(*json.find("a")) == "1:7 /a");
  CHECK(place_of(json.find("a")->elements[0]) == "1:8 /a/0");
  CHECK(place_of(json.find("a")->elements[1]) == "1:11 /a/1");
  CHECK(place_of(*json.find("a")->elements[1].find("b/c~d")) == "1:22 /a/1/b~1c~0d");
  CHECK(json.find("a")->elements[1].members[0].key_place.column == 12);
  CHECK(place_of(*json.find("e")) == "2:8 /e");
  CHECK(place_of(*json.find("f")) == "3:6 /f");
  CHECK(json.members[2].key_place.line == 3);
  CHECK(json.place.file_name() == "f");
}

TEST_CASE("values are read as they are written") {
  CHECK(to_text(parsed("[0, -0, 9223372036854775807, -9223372036854775808]")) ==
        "[0,0,9223372036854775807,-9223372036854775808]");
  CHECK(parsed("9223372036854775808").type == Json::Type::number);
  CHECK(parsed("9223372036854775808").text == "9223372036854775808");
  CHECK(parsed("1.50").text == "1.50");
  CHECK(parsed("-1E+2").text == "-1E+2");
  CHECK(to_text(parsed(" [ true , false , null , \"\" , [ ] , { } ] ")) == "[true,false,null,\"\",[],{}]");
  CHECK(parsed("\"\\u00e9\\ud83d\\ude00\\n\\/\"").text == "\xc3\xa9\xf0\x9f\x98\x80\n/");
  CHECK(to_text(parsed("{\"b\":1,\"a\":\"q\\\"\"}")) == "{\"b\":1,\"a\":\"q\\\"\"}");
}

TEST_CASE("characters of a string are found behind escapes") {
  const Json json = parsed("[\"ab\", \"a\\n\\u00e9b\\ud83d\\ude00c\"]");
  CHECK(json.elements[0].place.character(0).column == 3);
  CHECK(json.elements[0].place.character(1).column == 4);
  const Place& place = json.elements[1].place;
  CHECK(place.column == 8);
  CHECK(place.character(0).column == 9);    // a
  CHECK(place.character(1).column == 10);   // \n
  CHECK(place.character(2).column == 12);   // first byte of e acute
  CHECK(place.character(3).column == 12);   // second byte
  CHECK(place.character(4).column == 18);   // b
  CHECK(place.character(8).column == 19);   // last byte of the pair
  CHECK(place.character(9).column == 31);   // c
  CHECK(place.character(10).column == 32);  // the end
}

TEST_CASE("duplicate keys are found at every level and the rest is read") {
  CHECK(errors_of("{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2},\n \"a\": 2}") ==
        "f:2:16: error: duplicate key 'c', first on line 2 (at /b/c)\n"
        "f:3:2: error: duplicate key 'a', first on line 1 (at /a)\n");
}

TEST_CASE("limits are errors") {
  const std::string depth_64 = std::string(64, '[') + std::string(64, ']');
  CHECK(errors_of(depth_64) == "");
  CHECK(errors_of("[" + depth_64 + "]").find("f:1:65: error: nested deeper than 64 levels") == 0);
  CHECK(errors_of(std::string(10000, '[')).find("f:1:65: error: nested deeper than 64 levels") == 0);
  CHECK(errors_of(std::string(10000, '{')) == "f:1:2: error: found '{', expected a key in '\"' or '}'\n");
  const std::string fits = "\"" + std::string(largest_file - 2, 'x') + "\"";
  CHECK(errors_of(fits) == "");
  CHECK(errors_of(fits + " ") == "f: error: larger than 1048576 bytes\n");
}

TEST_CASE("what is no UTF-8 is refused") {
  for (const std::string bytes :
       {"\xff", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3", "\x80"})
    CHECK(errors_of("[\"a" + bytes + "\"]").find("f:1:4: error: not UTF-8: unexpected byte 0x") == 0);
  CHECK(errors_of("[\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"]") == "");
}

TEST_CASE("files that cannot be read are errors") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "tenure_json_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  CHECK(error_of_file(folder.string()) == "is a directory, expected a file");
  CHECK(error_of_file((folder / "missing.json").string()) == "no such file");
  std::filesystem::create_symlink("loop", folder / "loop");
  CHECK(error_of_file((folder / "loop").string()) == "cannot be read: Too many levels of symbolic links");
  std::ofstream(folder / "empty.json").close();
  CHECK(error_of_file((folder / "empty.json").string()) == "empty, expected a JSON document");
  std::ofstream(folder / "large.json") << std::string(5 << 20, ' ');
  CHECK(error_of_file((folder / "large.json").string()) == "larger than 1048576 bytes");
  std::ofstream(folder / "good.json") << "[1]\n";
  Diagnostics diagnostics;
  CHECK(to_text(read_json_file((folder / "good.json").string(), diagnostics)) == "[1]");
  CHECK(diagnostics.empty());
  std::filesystem::remove_all(folder);
}

TEST_CASE("every beginning of a document is refused, and none crashes") {
  const std::string text = "{\"a\": [1, -2.5e3, \"x\\u00e9\\\"\"], \"b\": {\"c\": null, \"d\": [true, false]}}";
  CHECK(errors_of(text) == "");
  for (std::size_t length = 0; length < text.size(); ++length) CHECK(errors_of(text.substr(0, length)) != "");
}
