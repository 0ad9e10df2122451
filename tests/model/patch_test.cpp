#include "model/patch.h"

#include <doctest/doctest.h>
#include <string>

using namespace tenure;

namespace {

/// The document after the patch, or what was wrong.
std::string patched(const std::string& document, const std::string& patch) {
  Diagnostics diagnostics;
  Json json = parse_json(document, "model", diagnostics);
  const Json operations = parse_json(patch, "patch", diagnostics);
  REQUIRE(diagnostics.empty());
  if (apply_patch(json, operations, diagnostics)) return to_text(json);
  REQUIRE(diagnostics.sorted().size() == 1);
  return to_string(diagnostics.sorted().front());
}

}  // namespace

// The examples of RFC 6902, appendix A.
TEST_CASE("operations do what RFC 6902 says") {
  CHECK(patched(R"({"foo": "bar"})", R"([{"op": "add", "path": "/baz", "value": "qux"}])") ==
        R"({"foo":"bar","baz":"qux"})");
  CHECK(patched(R"({"foo": ["bar", "baz"]})", R"([{"op": "add", "path": "/foo/1", "value": "qux"}])") ==
        R"({"foo":["bar","qux","baz"]})");
  CHECK(patched(R"({"baz": "qux", "foo": "bar"})", R"([{"op": "remove", "path": "/baz"}])") == R"({"foo":"bar"})");
  CHECK(patched(R"({"foo": ["bar", "qux", "baz"]})", R"([{"op": "remove", "path": "/foo/1"}])") ==
        R"({"foo":["bar","baz"]})");
  CHECK(patched(R"({"baz": "qux", "foo": "bar"})", R"([{"op": "replace", "path": "/baz", "value": "boo"}])") ==
        R"({"baz":"boo","foo":"bar"})");
  CHECK(patched(R"({"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}})",
                R"([{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}])") ==
        R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})");
  CHECK(patched(R"({"foo": ["all", "grass", "cows", "eat"]})",
                R"([{"op": "move", "from": "/foo/1", "path": "/foo/3"}])") ==
        R"({"foo":["all","cows","eat","grass"]})");
  CHECK(patched(R"({"foo": "bar"})", R"([{"op": "add", "path": "/child", "value": {"grandchild": {}}}])") ==
        R"({"foo":"bar","child":{"grandchild":{}}})");
  CHECK(patched(R"({"foo": ["bar"]})", R"([{"op": "add", "path": "/foo/-", "value": ["abc", "def"]}])") ==
        R"({"foo":["bar",["abc","def"]]})");
  CHECK(patched(R"({"/": 9, "~1": 10})",
                R"([{"op": "test", "path": "/~01", "value": 10}, {"op": "remove", "path": "/~1"}])") == R"({"~1":10})");
}

TEST_CASE("copies, the whole document, members that are there already") {
  CHECK(patched(R"({"a": [1]})",
                R"([{"op": "copy", "from": "/a", "path": "/b"}, {"op": "add", "path": "/b/0", "value": 0}])") ==
        R"({"a":[1],"b":[0,1]})");
  CHECK(patched(R"({"a": 1})", R"([{"op": "add", "path": "/a", "value": 2}])") == R"({"a":2})");
  CHECK(patched(R"({"a": 1})", R"([{"op": "replace", "path": "", "value": [1]}])") == "[1]");
  CHECK(patched(R"({"a": 1})", R"([{"op": "add", "path": "", "value": 3}])") == "3");
  CHECK(patched(R"({"a": {"b": 1}})", R"([{"op": "move", "from": "/a/b", "path": "/a"}])") == R"({"a":1})");
  CHECK(patched(R"({"": 1})", R"([{"op": "replace", "path": "/", "value": 2}])") == R"({"":2})");
}

TEST_CASE("tests compare values") {
  const std::string document = R"({"a": {"x": 1, "y": [null, true, "s", 1.5, 2]}})";
  CHECK(patched(document,
                R"([{"op": "test", "path": "/a", "value": {"y": [null, true, "s", 1.50, 2.0], "x": 1}}])")[0] == '{');
  CHECK(patched(document, R"([{"op": "test", "path": "/a/x", "value": 2}])") ==
        "patch:1:2: error: test failed: at /a/x the model has 1, the patch expects 2 (at /0)");
  CHECK(patched(document, R"([{"op": "test", "path": "/a/x", "value": "1"}])")
            .find("the model has 1, the patch expects \"1\"") != std::string::npos);
  CHECK(patched(document, R"([{"op": "test", "path": "/a/y", "value": []}])").find("test failed: at /a/y") !=
        std::string::npos);
  CHECK(patched("{}", R"([{"op": "test", "path": "", "value": 0}])").find("at the top the model has {}") !=
        std::string::npos);
}

TEST_CASE("what cannot be done says why, and where in the patch") {
  const std::string document = R"({"functions": {"probe": [1, 2]}})";
  CHECK(patched(document,
                "[{\"op\": \"test\", \"path\": \"/functions/probe/0\", \"value\": 1},\n {\"op\": \"remove\", \"path\": "
                "\"/functions/prob\"}]") == "patch:2:2: error: no 'prob' at /functions, did you mean 'probe'? (at /1)");
  CHECK(patched(document, R"([{"op": "remove", "path": "/functions/probe/2"}])")
            .find("no '2' at /functions/probe, a list of 2") != std::string::npos);
  CHECK(patched(document, R"([{"op": "add", "path": "/functions/probe/3", "value": 0}])")
            .find("no '3' at /functions/probe") != std::string::npos);
  CHECK(patched(document, R"([{"op": "replace", "path": "/functions/probe/-", "value": 0}])").find("no '-' at") !=
        std::string::npos);
  CHECK(patched(document, R"([{"op": "replace", "path": "/functions/probe/01", "value": 0}])").find("no '01' at") !=
        std::string::npos);
  CHECK(patched(document, R"([{"op": "add", "path": "/functions/probe/0/x", "value": 0}])")
            .find("no 'x' at /functions/probe/0, which is no object or list") != std::string::npos);
  CHECK(patched(document, R"([{"op": "add", "path": "/x/y", "value": 0}])").find("no 'x' at the top") !=
        std::string::npos);
  CHECK(patched(document, R"([{"op": "remove", "path": ""}])").find("cannot remove the whole document") !=
        std::string::npos);
  CHECK(patched(document, R"([{"op": "move", "from": "/functions", "path": "/functions/probe"}])")
            .find("cannot move /functions into itself") != std::string::npos);
  CHECK(patched(document, R"([{"op": "copy", "from": "/none", "path": "/x"}])").find("no 'none' at the top") !=
        std::string::npos);
  CHECK(patched(document, R"([{"op": "remove", "path": "functions"}])")
            .find("'functions' is no JSON Pointer, expected a '/' in front") != std::string::npos);
  CHECK(patched(document, R"([{"op": "remove", "path": "/a~2"}])").find("expected ~0 or ~1 for '~' or '/'") !=
        std::string::npos);
  CHECK(patched(document, R"([{"op": "remove", "path": "/a~"}])").find("expected ~0 or ~1") != std::string::npos);
}

TEST_CASE("what is inserted keeps its place in the patch") {
  Diagnostics diagnostics;
  Json document = parse_json(R"({"a": 1})", "model", diagnostics);
  const Json patch = parse_json("[{\"op\": \"add\", \"path\": \"/b\",\n  \"value\": 2}]", "patch", diagnostics);
  REQUIRE(apply_patch(document, patch, diagnostics));
  CHECK(document.find("b")->place.file_name() == "patch");
  CHECK(document.find("b")->place.line == 2);
  CHECK(document.members[1].key_place.file_name() == "patch");
  CHECK(document.find("a")->place.file_name() == "model");
}
