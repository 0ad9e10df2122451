#include "model/followed_members.h"

#include <doctest/doctest.h>

#include "model/compile.h"
#include "model/program.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

constexpr const char* declared = R"(
  "variables": {"n": {"type": "size", "lifetime": "fixed", "between": [0, 64], "unrolled": 2},
                "ready": {"type": "bool", "lifetime": "driver", "count": "n"},
                "flag": {"type": "bool", "lifetime": "driver"}, "number": {"type": "int", "lifetime": "driver"}},
  "resources": {"m": {"count": "n"}, "q": {"count": "n"}})";

Program program_of(const std::string& probe) {
  const std::string kernel = tiny_kernel(R"(
    "take": {"source": "tiny.c", "params": {"what": "resource"}, "body": [{"acquire": "what"}]},
    "drop": {"source": "tiny.c", "params": {"what": "resource"}, "body": [{"release": "what", "not_held": "warns"}]},
    "number_it": {"source": "tiny.c", "params": {"i": "value"}, "body": [{"if": "i > 3", "then": [{"return": -1}]}, {"return": 0}]},
    "map": {"source": "tiny.c", "params": {"page": "resource", "mapping": "resource"}, "body": [
      {"acquire": "mapping", "needs": ["page"]}]},
    "drop_later": {"source": "tiny.c", "params": {"what": "resource"}, "body": [
      {"defer": "drop", "with": {"what": "what"}, "on": "later"}]},
    "forget": {"source": "tiny.c", "params": {"what": "resource"}, "body": [
      {"take_back": "drop", "with": {"what": "what"}, "on": "later", "into": "found"}, {"return": "found"}]})");
  return compile(spec_of(kernel, {tiny_driver(probe, "", declared)}));
}

/// Why no member stands for all; "" when one does.
std::string objection(const std::string& probe) {
  const Program program = program_of(probe);
  REQUIRE(program.sizes.size() == 1);
  const std::string cut = program.sizes.front().cut;
  REQUIRE(cut.starts_with("n: of 0 to 64 only 0 to 2"));
  CHECK(program.one_member.empty() == (cut.find(';') != std::string::npos));
  return program.one_member.empty() ? cut.substr(cut.find(';') + 2) : "";
}

std::string for_each(const std::string& body, const std::string& after = R"({"return": 0})") {
  return R"({"loop": "i", "from": 0, "while": "i < n", "next": "i + 1", "do": [)" + body + "]}, " + after;
}

const std::string fails = R"({"call": "may_fail", "into": "ret", "on_error": "goto out"})";

}  // namespace

TEST_CASE("one member stands for all when each has to do with itself alone") {
  CHECK(objection(for_each(R"({"call": "take", "with": {"what": "m[i]"}})")) == "");
  CHECK(objection(for_each(
            R"({"acquire": "m[i]"}, {"acquire": "q[i]", "needs": ["m[i]"]}, {"set": "ready[i]", "to": 1})")) == "");
  CHECK(objection(
            for_each(R"({"if": "held(m[i]) && ready[i]", "then": [{"release": "m[i]", "not_held": "warns"}]})")) == "");
  CHECK(objection(for_each(
            R"({"call": "drop_later", "with": {"what": "m[i]"}}, {"call": "forget", "with": {"what": "m[i]"}})")) ==
        "");
}

TEST_CASE("a loop may fail, and be undone upwards or downwards") {
  const std::string undo = R"({"call": "drop", "with": {"what": "m[j]"}}]}, {"return": -1})";
  CHECK(objection(for_each(fails, R"({"return": 0}, {"label": "out"},
    {"loop": "j", "from": "i - 1", "while": "j >= 0", "next": "j - 1", "do": [)" +
                                      undo)) == "");
  CHECK(objection(for_each(fails, R"({"return": 0}, {"label": "out"},
    {"loop": "j", "from": 0, "while": "j < i", "next": "j + 1", "do": [)" +
                                      undo)) == "");
  CHECK(objection(for_each(fails, R"({"return": 0}, {"label": "out"},
    {"loop": "j", "from": "n - 1", "while": "j >= 0", "next": "j - 1", "do": [)" +
                                      undo)) == "");
}

TEST_CASE("what fails may change whatever it likes") {
  CHECK(
      objection(for_each(
          R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [{"set": "flag", "to": 1}, {"return": -1}]})")) ==
      "");
}

TEST_CASE("one member is picked, and there may be none") {
  CHECK(objection(R"({"if": "n > 0", "then": [{"choose": "which", "into": "k", "between": [0, "n - 1"]},
    {"acquire": "m[k]"}, {"set": "flag", "to": 1}]}, {"if": "!n", "then": [{"set": "flag", "to": 0}]}, {"return": 0})") ==
        "");
  CHECK(objection(R"({"choose": "which", "into": "k", "between": [1, "n - 1"]}, {"acquire": "m[k]"}, {"return": 0})") ==
        "probe() chooses #0 from a part of them");
}

TEST_CASE("shared state has to do with all members") {
  CHECK(objection(for_each(R"({"acquire": "m[i]"}, {"set": "flag", "to": 1})")) == "probe() sets flag for all members");
  CHECK(objection(for_each(R"({"acquire": "m[i]"}, {"call": "get"})")) == "get() sets thing for all members (tiny.c)");
  CHECK(objection(for_each(R"({"acquire": "m[i]"}, {"call": "do_later", "with": {"action": "get"}})")) ==
        "do_later() changes a list for all members (tiny.c)");
}

TEST_CASE("an iteration leaves nothing to the next one") {
  const std::string is_bad = R"({"call": "may_fail", "into": "bad"}, )";
  CHECK(
      objection(
          is_bad +
          for_each(
              R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [{"set": "bad", "to": 1}]}, {"use": "m[i]"})",
              R"({"return": "bad"})")) == "probe() keeps bad from one iteration to the next");
  CHECK(objection(is_bad + for_each(R"({"if": "bad", "then": [{"acquire": "m[i]"}]}, {"set": "bad", "to": 1})")) ==
        "probe() keeps bad from one iteration to the next");
  CHECK(objection(for_each(R"({"call": "may_fail", "into": "ret"}, {"use": "m[i]"})", R"({"return": "ret"})")) == "");
}

TEST_CASE("an index says no more than which member it is") {
  CHECK(objection(for_each(R"({"use": "m[i]"}, {"call": "number_it", "with": {"i": "i"}})")) ==
        "number_it() asks for i as a number (tiny.c)");
  CHECK(objection(for_each(R"~({"use": "m[i]"}, {"if": "held(m[i + 1])", "then": []})~")) ==
        "probe() reaches for a member by a number");
  CHECK(objection(for_each(R"({"use": "m[i]"}, {"if": "i == 1", "then": [{"acquire": "m[i]"}]})")) ==
        "probe() asks for i as a number");
  CHECK(objection(for_each(R"({"use": "m[i]"})", R"({"use": "m[1]"}, {"return": 0})")) ==
        "probe() reaches for a member by a number");
  CHECK(objection(for_each(R"({"use": "m[i]"})", R"({"use": "m[0]"}, {"return": 0})")) == "");
  CHECK(objection(for_each(R"({"use": "m[i]"}, {"set": "number", "to": "i"})", R"({"return": "number > 1"})")) != "");
  CHECK(objection(for_each(R"({"use": "m[i]"})", R"({"return": "n"})")) != "");
}

TEST_CASE("an iteration is about its own member") {
  CHECK(objection(R"({"if": "n > 0", "then": [{"choose": "which", "into": "k", "between": [0, "n - 1"]}, )" +
                  for_each(R"({"acquire": "m[k]"})") + "]}, {\"return\": 0}") == "probe() reaches for another member");
  CHECK(objection(for_each(for_each(R"({"acquire": "m[j]"})").replace(10, 1, "j"))) != "");
}

TEST_CASE("what a member needs is its own") {
  const std::string needs_k = for_each(R"({"acquire": "q[i]", "needs": ["m[k]"]})");
  CHECK(objection(R"({"if": "n > 0", "then": [{"choose": "which", "into": "k", "between": [0, "n - 1"]}, )" + needs_k +
                  R"(]}, {"return": 0})") == "probe() reaches for another member");
  CHECK(objection(for_each(R"({"acquire": "q[i]", "needs": ["m[i]", "thing"]})")) == "");
  CHECK(objection(for_each(R"({"call": "map", "with": {"page": "m[i]", "mapping": "q[i]"}})")) == "");
  CHECK(objection(R"({"if": "n > 0", "then": [{"choose": "which", "into": "k", "between": [0, "n - 1"]},
    {"call": "map", "with": {"page": "m[k]", "mapping": "q[0]"}}]}, )" +
                  for_each(R"({"use": "m[i]"})")) == "q may need another member's m");
}

TEST_CASE("nobody asks what a loop over a part of the members has left in a local") {
  const std::string part =
      R"({"return": 0}, {"label": "out"}, {"loop": "j", "from": 0, "while": "j < i", "next": "j + 1",
    "do": [{"call": "may_fail", "into": "bad"}, {"release": "m[j]", "not_held": "warns"}]}, )";
  CHECK(objection(for_each(fails, part + R"({"return": "bad"})")) ==
        "probe() keeps bad from a loop over a part of the members");
  CHECK(objection(for_each(fails, part + R"({"return": -1})")) == "");
}

TEST_CASE("a list has no entry for a member by its number") {
  CHECK(
      objection(for_each(R"({"use": "m[i]"})", R"({"call": "drop_later", "with": {"what": "m[0]"}}, {"return": 0})")) ==
      "drop_later() has a list for a member by its number (tiny.c)");
  CHECK(objection(R"({"defer": "drop", "with": {"what": "m[0]"}, "on": "later"}, )" + for_each(R"({"use": "m[i]"})")) ==
        "probe() has a list for a member by its number");
}

TEST_CASE("a loop over a part of the members goes to its end") {
  const std::string part =
      R"({"return": 0}, {"label": "out"}, {"loop": "j", "from": 0, "while": "j < i", "next": "j + 1", "do": [
    {"release": "m[j]", "not_held": "warns"}, {"if": "ready[j]", "then": [{"return": -1}]}]}, {"return": -1})";
  CHECK(objection(for_each(fails, part)) == "probe() leaves a loop over a part of the members");
}

TEST_CASE("what asks for any entry on a list asks for those of all members") {
  CHECK(objection(for_each(R"({"call": "drop_later", "with": {"what": "m[i]"}})",
                           R"~({"return": "has(later, drop)"})~")) != "");
}

TEST_CASE("what is not known of an integer cannot be tried") {
  const std::string integers = std::string(declared).replace(std::string(declared).find("bool"), 4, "int");
  const Program program = compile(spec_of(tiny_kernel(), {tiny_driver(for_each(R"({"use": "m[i]"})"), "", integers)}));
  REQUIRE(program.sizes.size() == 1);
  CHECK(program.sizes.front().cut == "n: of 0 to 64 only 0 to 2; the integers ready[] may be anything");
}

TEST_CASE("a size that can be unrolled to its end is not cut") {
  const std::string few = std::string(declared).replace(std::string(declared).find("64"), 2, "2");
  const Program program = compile(spec_of(tiny_kernel(), {tiny_driver(for_each(R"({"use": "m[i]"})"), "", few)}));
  REQUIRE(program.sizes.size() == 1);
  CHECK(program.sizes.front().cut.empty());
  CHECK(program.one_member.empty());
}
