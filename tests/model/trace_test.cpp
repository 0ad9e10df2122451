#include "model/trace.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "model/compile.h"
#include "model/explicit_search.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

/// A driver on the tiny kernel with its shortest violation of a property.
struct Found {
  Program program;
  Path path;
};

Found find(Property property, const std::string& kernel, const std::string& driver) {
  Found found{compile(spec_of(kernel, {driver}), {0}), {}};
  const ExplicitAnswer answer = explicit_search(found.program);
  const std::uint32_t goal = goal_of(found.program, property);
  REQUIRE(goal != none);
  REQUIRE(answer.paths[goal]);
  found.path = *answer.paths[goal];
  return found;
}

Trace told(Property property, const std::string& kernel, const std::string& driver) {
  const Found found = find(property, kernel, driver);
  return tell(found.program, found.path);
}

/// The steps in short: "depth event list: call = outcome".
std::vector<std::string> in_short(const Trace& trace) {
  std::vector<std::string> lines;
  for (const TraceStep& step : trace.steps) {
    std::string line = std::to_string(step.depth) + " ";
    line += step.call.empty() ? step.event : (step.list.empty() ? "" : step.list + ": ") + step.call;
    lines.push_back(line + (step.outcome.empty() ? "" : " = " + step.outcome));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a leak: who acquired, that nobody released, and by which rule") {
  const std::string kernel = tiny_kernel(R"(
    "set_up": {"source": "tiny.c", "body": [
      {"if": "1", "then": [{"acquire": "thing"},
        {"return": 0, "at": 7, "says": "it is not managed", "concerns": "thing"}]}]})");
  const Trace trace = told(Property::leak, kernel,
                           tiny_driver(R"({"call": "set_up", "at": 3, "into": "ret", "on_error": "return ret"},
                                          {"call": "may_fail", "at": 4, "into": "ret", "on_error": "return ret"},
                                          {"return": 0})",
                                       R"({"call": "put"})"));
  CHECK(trace.subject == "thing");
  CHECK(trace.explanation ==
        "thing, acquired by set_up() in probe(), is still held at the end of bind: nobody released it, because it is "
        "not managed (set_up(), tiny.c:7).");
  CHECK(in_short(trace) == Lines{"0 bind", "1 probe() = returns -1", "2 ret = set_up() = returns 0",
                                 "2 ret = may_fail() = bad; returns -1"});
  REQUIRE(trace.steps.size() == 4);
  CHECK(trace.steps[2].line == 3);
  CHECK(trace.steps[2].remarks == Lines{"it is not managed"});
  REQUIRE(trace.steps[2].changes.size() == 1);
  CHECK(trace.steps[2].changes[0].kind == Change::Kind::acquired);
  CHECK(trace.steps[2].changes[0].name == "thing");
}

TEST_CASE("a leak by acquiring again") {
  const Trace trace =
      told(Property::leak, tiny_kernel(), tiny_driver(R"({"call": "get"}, {"call": "get"}, {"return": 0})"));
  CHECK(trace.explanation ==
        "thing, acquired by get() in probe(), is acquired again by get() in probe() while it is still held: nobody can "
        "release the first one any more.");
}

TEST_CASE("a double free: a list's call releases what the driver has released") {
  const Trace trace =
      told(Property::double_free, tiny_kernel(),
           tiny_driver(R"({"call": "get"}, {"call": "do_later", "with": {"action": "put"}}, {"return": 0})",
                       R"({"call": "put", "at": 9})"));
  CHECK(trace.explanation ==
        "thing, acquired by get() in probe(), was released first by put() in remove(), then released again by later "
        "calling put().");
  CHECK(in_short(trace) == Lines{"0 bind", "1 probe() = returns 0", "2 get()", "2 do_later(action=put)", "0 unbind",
                                 "1 remove()", "2 put()", "1 later: put()"});
  CHECK(trace.steps[3].changes == std::vector<Change>{{Change::Kind::deferred, "put()", "later", 0, 0}});
}

TEST_CASE("a second release that is tolerated says so") {
  const Trace trace =
      told(Property::redundant_release, tiny_kernel(),
           tiny_driver(R"({"call": "get"}, {"return": 0})", R"({"call": "put_softly"}, {"call": "put_softly"})"));
  CHECK(trace.explanation ==
        "thing, acquired by get() in probe(), was released first by put_softly() in remove(), then released again by "
        "put_softly() in remove(); the callee tolerates it and does nothing.");
}

TEST_CASE("a statement of the driver that is no call is told where it matters") {
  const Trace trace =
      told(Property::use_after_free, tiny_kernel(),
           tiny_driver(R"({"set": "x", "to": 1}, {"if": "x", "then": [{"use": "thing", "at": 5}]}, {"return": 0})", "",
                       R"("variables": {"x": {"type": "bool", "lifetime": "driver"}})"));
  CHECK(in_short(trace) == Lines{"0 bind", "1 probe()", "2 use thing"});
  CHECK(trace.explanation == "thing is used by 'use thing' in probe() while it is not held: it was never acquired.");
}

TEST_CASE("what is freed in use names its user") {
  const Trace trace = told(Property::free_in_use, tiny_kernel(),
                           tiny_driver(R"({"call": "get"}, {"call": "get_part", "with": {"i": 1}}, {"return": 0})",
                                       R"({"call": "put"}, {"call": "put_part", "with": {"i": 1}})"));
  CHECK(trace.explanation ==
        "thing, acquired by get() in probe(), is released by put() in remove() while it is still needed by part[1], "
        "acquired by get_part() in probe().");
}

TEST_CASE("warnings and crashes say where and why") {
  const std::string kernel = tiny_kernel(R"("check": {"source": "tiny.c", "at": 20, "params": {"x": "value"}, "body": [
    {"warn": "x", "at": 21, "says": "x is set"}, {"if": "x == 2", "then": [{"crash": "x is two", "at": 22}]}]})");
  const std::string driver =
      tiny_driver(R"({"call": "check", "with": {"x": 0}}, {"call": "check", "with": {"x": 2}}, {"return": 0})");
  const Trace warning = told(Property::kernel_warning, kernel, driver);
  CHECK(warning.explanation == "check() in probe() warns in check() (tiny.c:21): x is set.");
  CHECK(warning.steps[2].remarks.empty());
  CHECK(warning.steps[3].remarks == Lines{"WARN in check() (tiny.c:21): x is set"});
  CHECK(told(Property::kernel_crash, kernel, driver).explanation ==
        "check() in probe() crashes in check() (tiny.c:22): x is two.");
}

TEST_CASE("stale state: the value it had, the value it has, who changed it") {
  const std::string kernel = tiny_kernel(
      R"("mark": {"source": "tiny.c", "body": [{"set": "marked", "to": 1}]},
         "up": {"source": "tiny.c", "body": [{"set": "count", "to": "count + 1"}]})",
      R"("marked": {"type": "bool", "lifetime": "device", "restored": true},
         "count": {"type": "counter", "lifetime": "device", "restored": true})");
  CHECK(told(Property::stale_state, kernel, tiny_driver(R"({"call": "mark"}, {"return": -1})")).explanation ==
        "marked was 0 when the bind began and is 1 at the end of bind: mark() in probe() changed it last.");
  const Trace counted =
      told(Property::stale_state, kernel, tiny_driver(R"({"call": "up"}, {"call": "up"}, {"return": -1})"));
  CHECK(counted.explanation ==
        "count was 0 when the bind began and is 2 at the end of bind: up() in probe() changed it last.");
  CHECK(counted.steps[2].changes == std::vector<Change>{{Change::Kind::variable, "count", "", 0, 1}});
}

TEST_CASE("an entry that is left on a list names who added it") {
  const Trace trace =
      told(Property::devres_left,
           tiny_kernel(R"("again": {"source": "tiny.c", "body": [{"defer": "put_softly", "on": "later"}]})"),
           tiny_driver(R"({"call": "do_later", "with": {"action": "again"}}, {"return": -1})"));
  CHECK(trace.subject == "later");
  CHECK(trace.explanation ==
        "put_softly(), added by later calling again(), is still on the list later at the end of bind.");
}

TEST_CASE("errors have their names, and the configuration is what the run looked at") {
  const Trace trace = told(
      Property::leak,
      tiny_kernel(
          R"("fail": {"source": "tiny.c", "body": [{"if": "broken", "then": [{"return": "-EIO"}]}, {"return": 0}]})",
          R"("broken": {"type": "bool", "lifetime": "fixed"}, "other": {"type": "bool", "lifetime": "fixed"})", "",
          R"("constants": {"EIO": 5})"),
      tiny_driver(
          R"({"call": "get"}, {"call": "fail", "into": "ret", "on_error": "return ret"}, {"call": "put"}, {"return": 0})"));
  CHECK(in_short(trace).back() == "2 ret = fail() = returns -EIO");
  CHECK(trace.configuration == std::vector<std::pair<std::string, std::int32_t>>{{"broken", 1}});
}

TEST_CASE("a path that the program does not follow is refused") {
  const Found found =
      find(Property::leak, tiny_kernel(),
           tiny_driver(R"({"call": "get"}, {"call": "may_fail", "into": "ret", "on_error": "return ret"},
                                          {"return": 0})",
                       R"({"call": "put"})"));
  REQUIRE(replays(found.program, found.path));
  const auto refused = [&](const Path& path) {
    CHECK_FALSE(replays(found.program, path));
    CHECK_THROWS_AS(tell(found.program, path), InternalError);
  };
  Path path = found.path;
  ++path.steps;
  refused(path);
  path.steps -= 2;
  refused(path);
  path = found.path;
  path.events.back().decisions.clear();
  refused(path);
  path = found.path;
  path.events.back().decisions.back().edge = 9999;
  refused(path);
  path = found.path;
  path.events.insert(path.events.begin(), {1, {}});
  refused(path);
  path = found.path;
  path.events.clear();
  refused(path);
}

TEST_CASE("a path with saturated counters is replayed on exact ones") {
  const Spec spec = spec_of(
      tiny_kernel(R"("up": {"source": "tiny.c", "body": [{"set": "count", "to": "count + 1"}, {"warn": "count > 0"}]})",
                  R"("count": {"type": "counter", "lifetime": "device"})"),
      {tiny_driver(R"({"call": "up"}, {"return": 0})")});
  const Program program = compile(spec);
  const Program exact = compile(spec, {0});
  const auto path = explicit_search(program).paths[goal_of(program, Property::kernel_warning)];
  REQUIRE(path);
  CHECK(replays(program, *path));
  CHECK(replays(exact, *path));
  CHECK(tell(exact, *path).explanation == tell(program, *path).explanation);
}
