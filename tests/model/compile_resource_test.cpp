#include <algorithm>
#include <doctest/doctest.h>
#include <string>

#include "model/compile.h"
#include "model/explicit_search.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"
#include "tests/support/violated.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("there is one resource for each that it is per") {
  const std::string kernel = tiny_kernel(R"(
    "request": {"source": "tiny.c", "params": {"nr": "value", "data": "resource"}, "body": [
      {"acquire": "handler(data)[nr]", "needs": ["data"]}]},
    "free": {"source": "tiny.c", "params": {"nr": "value", "data": "resource"}, "body": [
      {"release": "handler(data)[nr]", "not_held": "warns"}]})");
  const auto driver = [](const std::string& freed, const std::string& between = "") {
    return R"({"driver": "d", "resources": {"a": {}, "b": {}}, "callbacks": {"probe": "probe", "remove": "remove"}, "functions": {
      "probe": {"body": [{"acquire": "a"}, {"acquire": "b"}, {"call": "request", "with": {"nr": 1, "data": "a"}}, {"return": 0}]},
      "remove": {"body": [)" +
           between + R"({"call": "free", "with": {"nr": 1, "data": ")" + freed + R"("}},
        {"release": "a", "not_held": "corrupts"}, {"release": "b", "not_held": "corrupts"}]}}})";
  };
  CHECK(violated(kernel, driver("a")) == "");
  CHECK(violated(kernel, driver("b")) == "double-free leak free-in-use kernel-warning");
  CHECK(violated(kernel, driver("a", R"({"release": "a", "not_held": "corrupts"}, {"acquire": "a"}, )")) ==
        "free-in-use");
}

TEST_CASE("there is one resource for each member of a family that it is per") {
  const std::string kernel = tiny_kernel(R"(
    "request": {"source": "tiny.c", "params": {"nr": "value", "data": "resource"}, "body": [
      {"acquire": "handler(data)[nr]", "needs": ["data"]}]},
    "free": {"source": "tiny.c", "params": {"nr": "value", "data": "resource"}, "body": [
      {"release": "handler(data)[nr]", "not_held": "warns"}]},
    "stop": {"source": "tiny.c", "params": {"data": "resource"}, "body": [
      {"release": "data", "not_held": "corrupts", "dependents": "lost"}]},
    "request_later": {"source": "tiny.c", "params": {"nr": "value", "data": "resource"}, "body": [
      {"call": "request", "with": {"nr": "nr", "data": "data"}},
      {"defer": "free", "with": {"nr": "nr", "data": "data"}, "on": "later"}]},
    "free_now": {"source": "tiny.c", "params": {"nr": "value", "data": "resource"}, "body": [
      {"take_back": "free", "with": {"nr": "nr", "data": "data"}, "on": "later", "into": "found"},
      {"warn": "!found"},
      {"call": "free", "with": {"nr": "nr", "data": "data"}}]})");
  const auto found = [&](const std::string& body) {
    return violated(
        kernel, R"({"driver": "d", "resources": {"queue": {"count": 3}}, "callbacks": {"probe": "probe"}, "functions": {
      "probe": {"locals": {"i": 1, "one": 1}, "body": [{"acquire": "queue[0]"}, {"acquire": "queue[1]"}, )" +
                    body + R"(, {"return": 0}]}}})");
  };
  const auto call = [](const std::string& function, const std::string& nr, const std::string& data) {
    return R"({"call": ")" + function + R"(", "with": {"nr": ")" + nr + R"(", "data": ")" + data + R"("}})";
  };
  const std::string both = call("request", "1", "queue[0]") + ", " + call("request", "1", "queue[i]") + ", ";
  const std::string end =
      R"(, {"release": "queue[0]", "not_held": "warns"}, {"release": "queue[1]", "not_held": "warns"})";
  const std::string free_0 = call("free", "1", "queue[0]");
  const std::string free_1 = call("free", "one", "queue[1]");

  CHECK(found(both + free_0 + ", " + free_1 + end) == "");
  CHECK(found(both + free_0 + ", " + call("free", "1", "queue[i]") + end) == "");
  CHECK(found(both + free_0 + end) == "leak free-in-use");
  CHECK(found(both + free_0 + ", " + free_0 + end) == "double-free leak free-in-use kernel-warning");
  CHECK(found(both + free_1 + ", " + call("free", "0", "queue[0]") + end) ==
        "double-free leak free-in-use kernel-warning");

  SUBCASE("each needs its own member") {
    const std::string early = R"(, {"release": "queue[)";
    CHECK(found(both + free_1 + early + R"(i]", "not_held": "warns"}, )" + free_0 +
                R"(, {"release": "queue[0]", "not_held": "warns"})") == "");
    CHECK(found(both + free_0 + early + R"(1]", "not_held": "warns"}, )" + free_1 +
                R"(, {"release": "queue[0]", "not_held": "warns"})") == "free-in-use");
    CHECK(found(both + free_0 + R"x(, {"warn": "in_use(queue[0]) || !in_use(queue[1]) || !in_use(queue[i])"}, )x" +
                free_1 + end) == "");
    CHECK(found(both + R"({"call": "stop", "with": {"data": "queue[i]"}}, )" + free_0 +
                R"(, {"release": "queue[0]", "not_held": "warns"})") == "free-in-use");
  }
  SUBCASE("expressions ask about one of them") {
    CHECK(
        found(
            call("request", "1", "queue[i]") +
            R"x(, {"warn": "held(handler(queue[0])[1]) || !held(handler(queue[i])[one]) || held(handler(queue[1])[0])"}, )x" +
            free_1 + end) == "");
  }
  SUBCASE("a list keeps which of them, however it is written") {
    const std::string later =
        call("request_later", "1", "queue[0]") + ", " + call("request_later", "1", "queue[1]") + ", ";
    CHECK(found(later + call("free_now", "one", "queue[i]") + ", " + call("free_now", "1", "queue[0]") + end) == "");
    CHECK(found(later + call("free_now", "1", "queue[i]") + ", " + call("free_now", "1", "queue[1]") + end) ==
          "double-free free-in-use kernel-warning");
  }
  SUBCASE("an index out of range is none of another member") {
    const auto index_range = [&](const std::string& body) {
      const Program program = compile(spec_of(kernel, {R"({"driver": "d", "resources": {"queue": {"count": 3}},
          "callbacks": {"probe": "probe"}, "functions": {"probe": {"locals": {"i": 3, "nr": 2}, "body": [)" +
                                                       body + R"(, {"return": 0}]}}})"}));
      const std::uint32_t goal = goal_of(program, Property::index_range);
      return goal != none && explicit_search(program).paths.at(goal).has_value();
    };
    CHECK(index_range(call("free", "2", "queue[0]")));
    CHECK(index_range(R"({"set": "nr", "to": "nr + 0"}, )" + call("free", "nr", "queue[1]")));
    CHECK(index_range(call("free", "-1", "queue[1]")));
    CHECK(index_range(call("free", "0", "queue[i]")));
    CHECK_FALSE(index_range(call("free", "1", "queue[i - 1]")));
  }
}

TEST_CASE("dependents that are lost need no release, and their release is one too many") {
  const std::string kernel = tiny_kernel(R"(
    "tear_down": {"source": "tiny.c", "body": [{"release": "thing", "not_held": "nothing", "dependents": "lost"}]})");
  const std::string probe = R"({"call": "get"}, {"call": "get_part", "with": {"i": 1}}, {"return": 0})";
  CHECK(violated(kernel, tiny_driver(probe, R"({"call": "tear_down"})")) == "free-in-use");
  CHECK(violated(kernel, tiny_driver(probe, R"({"call": "tear_down"}, {"call": "put_part", "with": {"i": 1}})")) ==
        "double-free free-in-use kernel-warning");
}

TEST_CASE("a resource that owes no release may stay behind") {
  const std::string kernel = tiny_kernel(R"(
    "borrow": {"source": "tiny.c", "body": [{"acquire": "thing", "owed": 0}]})");
  CHECK(violated(kernel, tiny_driver(R"({"call": "borrow"}, {"call": "borrow"}, {"return": 0})")) == "");
  CHECK(violated(kernel, tiny_driver(R"({"call": "get"}, {"call": "borrow"}, {"return": 0})")) == "leak");
}

TEST_CASE("of two ways to acquire an instance, one may need what the other does not") {
  const std::string kernel = tiny_kernel(R"(
    "get_free": {"source": "tiny.c", "body": [{"acquire": "part[0]"}]},
    "get_twice": {"source": "tiny.c", "body": [{"acquire": "part[0]", "needs": ["thing", "thing"]}]})");
  const auto probe = [](const std::string& get, const std::string& other) {
    return R"({"call": "get"}, {"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [{"call": ")" + other +
           R"("}, {"call": "put_part", "with": {"i": 0}}, {"call": "put"}, {"return": "ret"}]}, {"call": ")" + get +
           R"("}, {"call": "put"}, {"call": "put_part", "with": {"i": 0}}, {"return": 0})";
  };
  CHECK(violated(kernel, tiny_driver(probe("get_free", "get_twice"))) == "");
  CHECK(violated(kernel, tiny_driver(probe("get_twice", "get_free"))) == "free-in-use");
  CHECK(violated(kernel, tiny_driver(probe("get_twice", "get_twice"))) == "free-in-use");
}

TEST_CASE("members of a family may need one member of another, or that of the same index") {
  const auto kernel = [](const std::string& which) {
    return tiny_kernel(R"("get_user": {"source": "tiny.c", "params": {"i": "value"}, "body": [
        {"acquire": "user[i]", "needs": ["part[)" +
                           which + R"(]"]}]},
      "put_user": {"source": "tiny.c", "params": {"i": "value"}, "body": [
        {"release": "user[i]", "not_held": "corrupts"}]})",
                       "", R"("user": {"count": 3})");
  };
  // Both members of both families; then one part is released while one user is held.
  const auto driver = [](int user, int part) {
    const auto call = [](const std::string& name, int i) {
      return R"({"call": ")" + name + R"(", "with": {"i": )" + std::to_string(i) + "}}, ";
    };
    return tiny_driver(R"({"call": "get"}, )" + call("get_part", 0) + call("get_part", 1) + call("get_user", 0) +
                           call("get_user", 1) + call("put_user", 1 - user) + call("put_part", part) +
                           R"({"return": 0})",
                       call("put_user", user) + call("put_part", 1 - part) + R"({"call": "put"})");
  };
  for (const int user : {0, 1}) {
    for (const int part : {0, 1}) {
      CAPTURE(user);
      CAPTURE(part);
      CHECK(violated(kernel("i"), driver(user, part)) == (user == part ? "free-in-use" : ""));
      CHECK(violated(kernel("1"), driver(user, part)) == (part == 1 ? "free-in-use" : ""));
      CHECK(violated(kernel("i - i"), driver(user, part)) == (part == 0 ? "free-in-use" : ""));
      CHECK(violated(kernel("i]\", \"part[1 - i"), driver(user, part)) == "free-in-use");
    }
  }
}

TEST_CASE("one variable says that an instance is held, owed, and needed by what is held, where that is always so") {
  const auto is_read = [](const std::string& kernel, const std::string& name) {
    const Program program = compile(spec_of(kernel, {tiny_driver(R"({"call": "get"},
        {"call": "get_part", "with": {"i": 0}}, {"call": "other"}, {"return": 0})",
                                                                 R"({"call": "put"})")}));
    return std::any_of(program.variables.begin(), program.variables.end(),
                       [&](const VariableInfo& variable) { return variable.name == name && variable.is_read; });
  };
  const auto kernel_with = [](const std::string& body) {
    return tiny_kernel(R"("other": {"source": "tiny.c", "body": [)" + body + "]}");
  };
  CHECK(is_read(kernel_with(""), "thing"));
  CHECK_FALSE(is_read(kernel_with(""), "thing owed"));
  CHECK(is_read(kernel_with(R"({"acquire": "thing", "owed": "false"})"), "thing owed"));
  CHECK_FALSE(is_read(kernel_with(""), "part[0] needs thing"));
  CHECK_FALSE(is_read(kernel_with(R"({"acquire": "part[1]", "needs": ["thing"]})"), "part[0] needs thing"));
  CHECK(is_read(kernel_with(R"({"acquire": "part[1]"})"), "part[0] needs thing"));
}
