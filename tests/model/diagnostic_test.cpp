#include "model/diagnostic.h"

#include <doctest/doctest.h>
#include <memory>
#include <string>
#include <utility>

using namespace tenure;

namespace {

Place place(const char* name, int line, int column, const std::string& key = "") {
  auto file = std::make_shared<InputFile>(name);
  Place result;
  if (!key.empty()) result.value = file->add_value(0, key);
  result.file = std::move(file);
  result.line = line;
  result.column = column;
  return result;
}

}  // namespace

TEST_CASE("what is unknown of a place is left out") {
  CHECK(to_string({place("f", 1, 2, "a"), "wrong"}) == "f:1:2: error: wrong (at /a)");
  CHECK(to_string({place("f", 0, 0), "wrong"}) == "f: error: wrong");
  CHECK(to_string({Place{}, "wrong"}) == "error: wrong");
}

TEST_CASE("diagnostics are sorted by file as first met, line and column, without repetitions") {
  Diagnostics diagnostics;
  CHECK(diagnostics.empty());
  CHECK_NOTHROW(diagnostics.throw_if_any());
  diagnostics.add(place("b", 2, 1), "third");
  diagnostics.add(place("a", 1, 1), "fourth");
  diagnostics.add(place("b", 1, 9), "second");
  diagnostics.add(place("b", 1, 2), "first");
  diagnostics.add(place("b", 1, 9), "second");
  try {
    diagnostics.throw_if_any();
    FAIL("nothing was thrown");
  } catch (const InputError& error) {
    CHECK(error.diagnostics().size() == 4);
    CHECK(std::string(error.what()) ==
          "b:1:2: error: first\nb:1:9: error: second\nb:2:1: error: third\na:1:1: error: fourth");
  }
}

TEST_CASE("the nearest name is at most a third of its length away") {
  const std::vector<std::string> names{"probe", "remove", "shutdown", "ret"};
  CHECK(nearest("prob", names) == "probe");
  CHECK(nearest("porbe", names) == "probe");
  CHECK(nearest("shutdwon", names) == "shutdown");
  CHECK(nearest("re", names) == "ret");
  CHECK(nearest("suspend", names) == "");
  CHECK(nearest("x", names) == "");
  CHECK(nearest("", names) == "");
  CHECK(nearest("remove", {}) == "");
  CHECK(nearest("abcx", {"abcy", "abcd", "abcx_"}) == "abcy");
  CHECK(suggestion("prob", names) == ", did you mean 'probe'?");
  CHECK(suggestion("zzz", names) == "");
}
