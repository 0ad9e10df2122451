#include "model/compile.h"

#include <doctest/doctest.h>

#include "model/explicit_search.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"
#include "tests/support/violated.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("loops visit each instance of a family") {
  const std::string acquire = R"({"call": "get"},
    {"loop": "i", "from": 0, "while": "i < 3", "next": "i + 1", "do": [{"call": "get_part", "with": {"i": "i"}}]}, {"return": 0})";
  const auto release = [](const std::string& from) {
    return R"({"loop": "i", "from": ")" + from +
           R"(", "while": "i >= 0", "next": "i - 1", "do": [{"call": "put_part", "with": {"i": "i"}}]}, {"call": "put"})";
  };
  CHECK(violated(tiny_driver(acquire, release("2"))) == "");
  CHECK(violated(tiny_driver(acquire, release("1"))) == "leak free-in-use");
  CHECK(violated(tiny_driver(acquire + R"(, {"call": "put_part", "with": {"i": 1}})", release("2"))) == "");
}

TEST_CASE("an error path goes on where its label stands, also out of a loop") {
  const auto probe = [](const std::string& label) {
    return R"({"call": "get"}, {"loop": "i", "from": 0, "while": "i < 2", "next": "i + 1", "do": [
        {"call": "may_fail", "into": "ret", "on_error": "goto )" +
           label + R"("}]}, {"return": 0},
      {"label": "undo"}, {"call": "put"}, {"label": "out"}, {"return": "ret"})";
  };
  const auto with_both = [&](const std::string& label) {
    return tiny_driver(R"({"call": "may_fail", "into": "ret", "on_error": "goto out"}, )" + probe(label),
                       R"({"call": "put"})");
  };
  CHECK(violated(with_both("undo")) == "");
  CHECK(violated(tiny_driver(R"({"call": "may_fail", "into": "ret", "on_error": "goto undo"}, )" + probe("out"),
                             R"({"call": "put"})")) == "double-free leak");
}

TEST_CASE("a deferred call keeps the values that it was given") {
  const auto driver = [&](const std::string& deferred) {
    return R"({"driver": "d", "resources": {"buffer": {"count": 3}}, "callbacks": {"probe": "probe"}, "functions": {
      "drop": {"params": {"b": "resource"}, "body": [{"release": "b", "not_held": "corrupts"}]},
      "drop_numbered": {"params": {"i": "value"}, "body": [{"release": "buffer[i]", "not_held": "corrupts"}]},
      "probe": {"body": [
        {"loop": "i", "from": 0, "while": "i < 3", "next": "i + 1", "do": [{"acquire": "buffer[i]"}, )" +
           deferred + R"(]}, {"return": 0}]}}})";
  };
  const std::string by_number =
      R"({"call": "do_later", "with": {"action": {"call": "drop_numbered", "with": {"i": "i"}}}})";
  const std::string by_instance =
      R"({"call": "do_later", "with": {"action": {"call": "drop", "with": {"b": "buffer[i]"}}}})";
  const std::string never =
      R"({"if": "0", "then": [{"call": "drop", "with": {"b": "buffer[i]"}}, {"call": "drop_numbered", "with": {"i": 0}}]})";
  CHECK(violated(driver(by_number + ", " + never)) == "");
  CHECK(violated(driver(by_instance + ", " + never)) == "");
  CHECK(violated(driver(never)) == "leak");
}

TEST_CASE("the newest entry with equal values is taken back") {
  const std::string kernel = tiny_kernel(R"(
    "undo_later": {"source": "tiny.c", "params": {"action": "function"}, "body": [
      {"take_back": "action", "on": "later", "into": "found"}, {"warn": "!found"}]})");
  const auto driver = [](const std::string& index) {
    return R"({"driver": "d", "resources": {"buffer": {"count": 3}}, "callbacks": {"probe": "probe"}, "functions": {
      "drop": {"params": {"b": "resource"}, "body": [{"release": "b", "not_held": "nothing"}]},
      "probe": {"locals": {"i": 2, "j": )" +
           index + R"(}, "body": [
        {"call": "do_later", "with": {"action": {"call": "drop", "with": {"b": "buffer[i]"}}}},
        {"call": "undo_later", "with": {"action": {"call": "drop", "with": {"b": "buffer[j]"}}}}, {"return": 0}]}}})";
  };
  CHECK(violated(kernel, driver("2")) == "");
  CHECK(violated(kernel, driver("1")) == "kernel-warning");
  const auto as_written = [&](const std::string& added, const std::string& taken_back) {
    std::string text = driver("2");
    text.replace(text.find("buffer[i]"), 9, "buffer[" + added + "]");
    text.replace(text.find("buffer[j]"), 9, "buffer[" + taken_back + "]");
    return violated(kernel, text);
  };
  CHECK(as_written("2", "j") == "");
  CHECK(as_written("i", "2") == "");
  CHECK(as_written("1", "j") == "kernel-warning");
}

TEST_CASE("an index out of range is reported and has no effect") {
  const Program program =
      compile(spec_of(tiny_kernel(), {tiny_driver(R"({"call": "get_part", "with": {"i": 3}}, {"return": 0})")}));
  const ExplicitAnswer answer = explicit_search(program);
  CHECK(answer.paths.at(goal_of(program, Property::index_range)).has_value());
  CHECK(goal_of(program, Property::leak) != none);
  CHECK_FALSE(answer.paths.at(goal_of(program, Property::leak)).has_value());
}

TEST_CASE("each member of a family of variables is a variable of its own") {
  const auto driver = [](const std::string& type, const std::string& probe) {
    return tiny_driver(
        probe + R"(, {"return": 0})", "",
        R"("variables": {"x": {"type": ")" + type + R"(", "lifetime": "driver", "count": 3, "initial": 1}})");
  };
  const std::string clear_one = R"({"loop": "i", "from": 0, "while": "i < 3", "next": "i + 1", "do": [
      {"if": "i == 1", "then": [{"set": "x[i]", "to": 0}]}]})";
  CHECK(violated(driver("bool", clear_one + R"(, {"warn": "!x[0] || x[1] || !x[2]"})")) == "");
  CHECK(violated(driver("bool", clear_one + R"(, {"warn": "!x[1]"})")) == "kernel-warning");
  CHECK(violated(driver("bool", R"({"set": "x[2]", "to": 4}, {"warn": "x[1 + 1] != 1"})")) == "");
  CHECK(violated(driver("int", R"({"set": "x[2]", "to": 4}, {"warn": "x[x[0] + x[1]] != 4"})")) == "");
}

TEST_CASE("a driver's family is back at its initial values after unbind") {
  const std::string variables = R"("variables": {"x": {"type": "bool", "lifetime": "driver", "count": 2}})";
  const std::string probe =
      R"({"warn": "x[0] || x[1]"}, {"set": "x[0]", "to": 1}, {"set": "x[1]", "to": 1}, {"return": 0})";
  CHECK(violated(tiny_driver(probe, "", variables)) == "");
  CHECK(violated(tiny_driver(probe, R"({"warn": "!x[0] || !x[1]"})", variables)) == "");
}

TEST_CASE("a restored family is compared member by member, and kept as a whole") {
  const std::string kernel = tiny_kernel(
      R"("switch": {"source": "tiny.c", "params": {"i": "value"}, "body": [{"set": "x[i]", "to": "!x[i]"}]})",
      R"("x": {"type": "bool", "lifetime": "device", "restored": true, "count": 2, "initial": true})");
  const auto calls = [](const std::string& i) { return R"({"call": "switch", "with": {"i": )" + i + "}}"; };
  const std::string probe = calls("1") + R"(, {"return": 0})";
  CHECK(violated(kernel, tiny_driver(probe, calls("1"))) == "");
  CHECK(violated(kernel, tiny_driver(probe, calls("0"))) == "stale-state");
  CHECK(violated(kernel, tiny_driver(probe, calls("0"), R"("keeps": {"x": "on purpose"})")) == "");
}

TEST_CASE("a variable's index out of range is reported where C would evaluate it") {
  const auto leaves_range = [](const std::string& statement) {
    const Program program = compile(spec_of(
        tiny_kernel(), {tiny_driver(R"({"loop": "i", "from": 0, "while": "i < 3", "next": "i + 1", "do": []}, )" +
                                        statement + R"(, {"return": 0})",
                                    "", R"("variables": {"x": {"type": "bool", "lifetime": "driver", "count": 3}})")}));
    const std::uint32_t goal = goal_of(program, Property::index_range);
    return goal != none && explicit_search(program).paths.at(goal).has_value();
  };
  CHECK(leaves_range(R"({"set": "x[i]", "to": 1})"));
  CHECK(leaves_range(R"({"if": "x[i]", "then": []})"));
  CHECK(leaves_range(R"({"if": "i && x[i - 4]", "then": []})"));
  CHECK(leaves_range(R"({"call": "get_part", "with": {"i": "x[i]"}})"));
  CHECK(leaves_range(R"({"use": "part[x[i]]"})"));
  CHECK_FALSE(leaves_range(R"({"set": "x[i - 1]", "to": 1})"));
  CHECK_FALSE(leaves_range(R"({"if": "i < 3 && x[i]", "then": []})"));
  CHECK_FALSE(leaves_range(R"({"if": "i >= 3 || x[i]", "then": []})"));
  CHECK_FALSE(leaves_range(R"({"if": "i < 3 ? x[i] : x[i - 1]", "then": []})"));
}

TEST_CASE("counters are exact as far as they matter, and saturate beyond") {
  const auto kernel = [](const std::string& restored) {
    return tiny_kernel(R"(
      "up": {"source": "tiny.c", "body": [{"set": "count", "to": "count + 1"}]},
      "down": {"source": "tiny.c", "body": [{"warn": "count <= 0"}, {"set": "count", "to": "count - 1"}]})",
                       R"("count": {"type": "counter", "lifetime": "device", "restored": )" + restored + "}");
  };
  const std::string leaving = tiny_driver(R"({"call": "up"}, {"return": 0})");
  const std::string balanced = tiny_driver(R"({"call": "up"}, {"return": 0})", R"({"call": "down"})");
  const std::string sinking = tiny_driver(R"({"return": 0})", R"({"call": "down"})");
  CHECK(violated(kernel("true"), balanced) == "");
  CHECK(violated(kernel("true"), leaving) == "stale-state");
  CHECK(violated(kernel("true"), sinking) == "kernel-warning stale-state");
  CHECK(violated(kernel("false"), leaving) == "");

  SUBCASE("so that an unbalanced driver has finitely many states, and infinitely many with exact counters") {
    const Spec spec = spec_of(kernel("true"), {leaving});
    CHECK(explicit_search(compile(spec), {.configurations = 1000}).complete);
    CHECK_FALSE(explicit_search(compile(spec, {.counter_margin = 0}), {.configurations = 1000}).complete);
  }
  SUBCASE("with the same nodes and edges") {
    const Spec spec = spec_of(kernel("true"), {balanced});
    const Program abstract = compile(spec);
    const Program exact = compile(spec, {.counter_margin = 0});
    REQUIRE(abstract.procedures.size() == exact.procedures.size());
    for (std::size_t i = 0; i < exact.procedures.size(); ++i) {
      CHECK(abstract.procedures[i].edges.size() == exact.procedures[i].edges.size());
    }
  }
}

TEST_CASE("a restored counter that is set is refused") {
  const std::string kernel = tiny_kernel(R"("reset": {"source": "tiny.c", "body": [{"set": "count", "to": 0}]})",
                                         R"("count": {"type": "counter", "lifetime": "device", "restored": true})");
  CHECK_THROWS_WITH_AS(compile(spec_of(kernel, {tiny_driver(R"({"call": "reset"}, {"return": 0})")})),
                       doctest::Contains("only goes up and down by one"), InputError);
}

TEST_CASE("what an event finds changed is compared with what the last one left") {
  const std::string kernel =
      tiny_kernel(R"("switch": {"source": "tiny.c", "body": [{"set": "mode", "to": "!mode"}]})",
                  R"("mode": {"type": "bool", "lifetime": "device", "restored": true, "initial": true})");
  CHECK(violated(kernel, tiny_driver(R"({"call": "switch"}, {"return": 0})", R"({"call": "switch"})")) == "");
  CHECK(violated(kernel, tiny_driver(R"({"call": "switch"}, {"return": 0})")) == "stale-state");
  CHECK(violated(kernel,
                 tiny_driver(R"({"call": "switch"}, {"return": 0})", "", R"("keeps": {"mode": "on purpose"})")) == "");
}

TEST_CASE("a second driver is bound only after the first one was") {
  const std::string first = tiny_driver(R"({"call": "get"}, {"return": 0})", R"({"call": "put"})");
  const std::string second = R"({"driver": "e", "callbacks": {"probe": "probe"}, "functions": {"probe": {"body": [
      {"call": "put"}, {"return": -1}]}}})";
  const Program program = compile(spec_of(tiny_kernel(), {first, second}));
  const ExplicitAnswer answer = explicit_search(program);
  const auto& path = answer.paths.at(goal_of(program, Property::double_free));
  REQUIRE(path.has_value());
  CHECK(path->events.size() == 3);
}

TEST_CASE("a list may say when it has to be empty, and what it still releases is no leak") {
  // The list runs when the last reference goes, which may be after the driver.
  const std::string kernel =
      tiny_kernel(R"("keep_until_last": {"source": "tiny.c", "params": {"action": "function"}, "body": [
        {"defer": "action", "on": "last"}]},
      "refer": {"source": "tiny.c", "body": [{"set": "referred", "to": 1}]})",
                  R"("referred": {"type": "bool", "lifetime": "device"})");
  const auto model = [&](const std::string& empty_when, const std::string& drop) {
    std::string text = kernel;
    const auto replace = [&](const std::string& from, const std::string& to) {
      text.replace(text.find(from), from.size(), to);
    };
    replace(R"("lists": {)", R"("lists": {"last": {)" + empty_when + "}, ");
    replace(R"("events": {)",
            R"("events": {"drop": {"when": "referred", "do": [{"set": "referred", "to": 0})" + drop + "]}, ");
    return text;
  };
  const std::string own_rule = R"("empty_when": "!referred")";
  const std::string runs = R"(, {"run": "last"})";
  // Bound again only when the last reference is gone, so that nothing is taken twice and no list grows.
  const auto driver = [](const std::string& deferred) {
    return tiny_driver(
        R"x({"if": "!empty(last) || referred", "then": [{"return": -1}]}, {"call": "get"}, {"call": "refer"}, )x" +
        deferred + R"({"return": 0})");
  };
  const std::string put_last = R"({"call": "keep_until_last", "with": {"action": "put"}}, )";
  CHECK(violated(model("", runs), driver(put_last)) == "leak devres-left");
  CHECK(violated(model(own_rule, ""), driver(put_last)) == "leak devres-left");
  CHECK(violated(model(own_rule, runs), driver("")) == "leak");
  CHECK(violated(model(own_rule, runs), driver(put_last)) == "");
}

TEST_CASE(
    "the driver's variables last as long as a list that may still use them, and no longer than to the next bind") {
  std::string kernel = tiny_kernel("", R"("referred": {"type": "bool", "lifetime": "device"})");
  const auto replace = [&](const std::string& from, const std::string& to) {
    kernel.replace(kernel.find(from), from.size(), to);
  };
  replace(R"("lists": {)", R"("lists": {"last": {"empty_when": "!referred"}, )");
  replace(
      R"("events": {)",
      R"("events": {"drop": {"when": "referred && !bound", "do": [{"run": "last"}, {"set": "referred", "to": 0}]}, )");
  const auto driver = [](const std::string& seen_by_action, const std::string& seen_by_probe) {
    return R"({"driver": "d", "variables": {"mine": {"type": "bool", "lifetime": "driver"}}, "callbacks": {"probe": "probe"},
      "functions": {"action": {"body": [{"warn": ")" +
           seen_by_action + R"("}]},
        "probe": {"body": [{"warn": ")" +
           seen_by_probe + R"x("}, {"set": "mine", "to": 1}, {"set": "referred", "to": 1},
          {"if": "empty(last)", "then": [{"defer": "action", "on": "last"}]}, {"return": 0}]}}})x";
  };
  CHECK(violated(kernel, driver("!mine", "mine")) == "");
  CHECK(violated(kernel, driver("mine", "0")) == "kernel-warning");
}

namespace {

/// A kernel whose list has groups: the driver names them by number.
std::string kernel_with_groups() {
  const auto function = [](const std::string& name, const std::string& body) {
    return "\"" + name + R"(": {"source": "tiny.c", "params": {"n": "value"}, "body": [)" + body + "]}";
  };
  return tiny_kernel(
      function("open", R"({"open_group": "n", "on": "later"})") + ", " +
      function("close", R"({"close_group": "n", "on": "later", "into": "found"}, {"return": "found"})") + ", " +
      function("forget", R"({"remove_group": "n", "on": "later", "into": "found"}, {"return": "found"})") + ", " +
      function("finish", R"({"run": "later", "group": "n", "into": "found"}, {"return": "found"})") + ", " +
      R"("finish_newest": {"source": "tiny.c", "body": [
                       {"run": "later", "group": null, "into": "found"}, {"return": "found"}]})");
}

/// A driver that defers the dropping of a, b and c, does something with groups around it, and says what holds then.
std::string driver_with_groups(const std::vector<std::string>& words, const std::string& holds) {
  std::string probe;
  for (const std::string& word : words) {
    const std::size_t space = word.find(' ');
    const std::string number = space == std::string::npos ? "" : "\"with\": {\"n\": " + word.substr(space + 1) + "}, ";
    if (word.size() == 1) {
      probe += R"({"acquire": ")" + word + R"x("}, {"call": "do_later", "with": {"action":
          {"call": "drop", "with": {"r": ")x" +
               word + "\"}}}}, ";
    } else {
      probe += R"({"call": ")" + word.substr(0, space) + "\", " + number + "\"into\": \"found\"}, ";
    }
  }
  return R"({"driver": "d", "resources": {"a": {}, "b": {}, "c": {}}, "callbacks": {"probe": "probe"}, "functions": {
    "drop": {"params": {"r": "resource"}, "body": [{"release": "r", "not_held": "corrupts"}]},
    "probe": {"body": [{"if": "0", "then": [{"call": "drop", "with": {"r": "a"}}]}, )" +
         probe + R"x({"warn": "!()x" + holds + R"x()"}, {"return": 0}]}}})x";
}

/// Whether this holds after the words, in the interpreter; nothing may be wrong at the end.
bool holds_after(const std::vector<std::string>& words, const std::string& holds) {
  return violated(kernel_with_groups(), driver_with_groups(words, holds)).empty();
}

}  // namespace

TEST_CASE("a group is run, newest first, and nothing else") {
  CHECK(holds_after({"a", "open 1", "b", "close 1", "c", "finish 1"}, "found == 1 && held(a) && !held(b) && held(c)"));
  CHECK(holds_after({"a", "open 1", "b", "c", "finish 1"}, "held(a) && !held(b) && !held(c) && found == 1"));
  CHECK(holds_after({"a", "finish 1"}, "found == 0 && held(a)"));
  CHECK(holds_after({"open 1", "a", "finish 1"}, "empty(later)"));
}

TEST_CASE("groups with the same number, nested ones and overlapping ones are told apart") {
  CHECK(holds_after({"open 1", "a", "close 1", "open 1", "b", "close 1", "finish 1"}, "held(a) && !held(b)"));
  CHECK(holds_after({"open 1", "open 2", "a", "close 2", "close 1", "b", "finish 1", "finish 2"}, "found == 0"));
  CHECK(holds_after({"open 1", "open 2", "a", "close 1", "b", "close 2", "finish 1"},
                    "!held(a) && held(b) && !empty(later)"));
  CHECK(holds_after({"open 1", "open 2", "a", "close 1", "b", "close 2", "finish 1", "finish 2"},
                    "!held(b) && empty(later)"));
  CHECK(holds_after({"open 1", "open 1", "a", "forget 1", "b", "close 1", "c", "finish 1"},
                    "!held(a) && !held(b) && held(c)"));
  CHECK(holds_after({"open 1", "a", "open 2", "b", "close 2", "c", "finish_newest"}, "empty(later)"));
}

TEST_CASE("a group is closed once, and its marks count as entries until it is removed") {
  CHECK(holds_after({"open 1", "close 1", "close 1"}, "found == -1"));
  CHECK(holds_after({"close 1"}, "found == 0"));
  CHECK(holds_after({"open 1", "close 1"}, "!empty(later)"));
  CHECK(holds_after({"open 1", "a", "close 1", "forget 1"}, "found == 1 && held(a)"));
  CHECK(holds_after({"open 1", "close 1", "forget 1"}, "empty(later)"));
}

namespace {

/// A driver of two devices, `first` and `second` with these probes, and what else it declares.
std::string driver_of_two(const std::string& probe, const std::string& second, const std::string& remove = "",
                          const std::string& second_remove = "", const std::string& more = "") {
  const auto function = [](const std::string& name, const std::string& body) {
    return "\"" + name + R"(": {"body": [)" + body + "]}";
  };
  const auto callbacks = [](const std::string& suffix) {
    return R"("callbacks": {"probe": "probe)" + suffix + R"(", "remove": "remove)" + suffix + R"("})";
  };
  return R"({"driver": "d", "resources": {"hif": {}}, "devices": {"other": {)" + callbacks("_2") + "}}, " +
         callbacks("") + ", \"functions\": {" + function("probe", probe) + ", " + function("remove", remove) + ", " +
         function("probe_2", second) + ", " + function("remove_2", second_remove) + more + "}}";
}

}  // namespace

TEST_CASE("each device has its own of what the kernel keeps") {
  const std::string get = R"({"call": "get"}, {"return": 0})";
  const std::string put = R"({"call": "put"})";
  CHECK(violated(driver_of_two(get, get, put, put)) == "");
  CHECK(violated(driver_of_two(get, R"({"return": 0})", "", put)) == "double-free leak");
  CHECK(violated(driver_of_two(R"({"call": "get"}, {"call": "get", "device": "other"}, {"return": 0})",
                               R"({"return": 0})", R"({"call": "put"}, {"call": "put", "device": "other"})")) ==
        "leak");
}

TEST_CASE("what is deferred is called for the device that it was given for") {
  const std::string later = R"({"call": "do_later", "with": {"action": "put"}})";
  CHECK(violated(driver_of_two(R"({"call": "get"}, )" + later + R"(, {"return": 0})",
                               R"({"call": "get"}, )" + later + R"(, {"return": 0})")) == "");
  // On the list of the other device, but for this one: it is put when the other one is unbound.
  CHECK(violated(driver_of_two(
            R"({"call": "get"}, {"call": "do_later", "device": "other", "with": {"action": "put"}}, {"return": 0})",
            R"({"return": 0})")) == "double-free leak devres-left");
}

TEST_CASE("what a driver acquires is owed to the device for which the function was called") {
  const std::string acquire = R"({"acquire": "hif"}, {"return": 0})";
  const std::string release = R"({"release": "hif", "not_held": "corrupts"})";
  CHECK(violated(driver_of_two(R"({"return": 0})", acquire, "", release)) == "");
  CHECK(violated(driver_of_two(acquire, R"({"return": 0})", "", release)) == "double-free leak");
  CHECK(violated(driver_of_two(R"x({"if": "held(hif)", "then": [{"use": "hif"}]}, {"return": 0})x", acquire,
                               R"({"use": "hif"})", release)) == "use-after-free");
}

TEST_CASE("a role is that of the device for which it is called, and a device without callbacks lives as the main one") {
  const std::string used =
      R"({"driver": "d", "devices": {"other": {}}, "callbacks": {"probe": "probe", "remove": "remove"}, "functions": {
      "probe": {"body": [{"call": "get", "device": "other"}, {"return": 0}]}, "remove": {"body": [)";
  CHECK(violated(used + R"({"call": "put", "device": "other"}]}}})") == "");
  CHECK(violated(used + R"({"call": "put"}]}}})") == "double-free leak");
  const Program program = compile(spec_of(tiny_kernel(), {driver_of_two(R"({"return": 0})", R"({"return": 0})")}));
  std::string events;
  for (const ProgramEvent& event : program.events) events += event.name + ", ";
  CHECK(events == "bind, unbind, other: bind, other: unbind, ");
  const ExplicitAnswer answer = explicit_search(program);
  for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
    if (program.goals[goal].property) continue;
    INFO(program.goals[goal].says);
    CHECK(answer.paths[goal].has_value());
  }
}

TEST_CASE("a kernel function may call the driver in the middle of the driver's own code") {
  std::string kernel = tiny_kernel(R"("unregister": {"source": "tiny.c", "body": [{"call": "driver->stop"}]})");
  kernel.replace(kernel.find(R"("remove": {}})"), 13, R"("remove": {}, "stop": {}})");
  const auto driver = [](const std::string& stop) {
    return R"x({"driver": "d", "callbacks": {"probe": "probe", "remove": "remove", "stop": "stop"}, "functions": {
      "probe": {"body": [{"call": "get"}, {"return": 0}]},
      "remove": {"body": [{"call": "unregister"}, {"warn": "held(thing)"}]},
      "stop": {"body": [)x" +
           stop + "]}}}";
  };
  CHECK(violated(kernel, driver(R"({"call": "put"})")) == "");
  CHECK(violated(kernel, driver("")) == "leak kernel-warning");
  CHECK_THROWS_AS(spec_of(kernel, {driver(R"({"call": "unregister"})")}), InputError);
}
