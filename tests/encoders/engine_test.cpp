#include "encoders/engine.h"

#include <doctest/doctest.h>

#include "encoders/rebuild.h"
#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/explicit_check.h"
#include "model/explicit_search.h"
#include "model/further.h"
#include "model/trace.h"
#include "tests/support/random_program.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

const std::vector<Property> everything(all_properties.begin(), all_properties.end());

struct Compiled {
  Compiled(const std::string& kernel, const std::string& driver, bool has_points = false)
      : spec(spec_of(kernel, {driver})),
        program(compile(spec, {.has_points = has_points})),
        exact(compile(spec, {.counter_margin = 0, .has_points = has_points})) {}
  Spec spec;
  Program program;
  Program exact;

  /// By the diagram of all states; it has to be the same where clauses are wanted, and so the graph explored.
  Verdict verdict(Property property, Limits limits = {}) const {
    Verdict by_diagram = Engine().check(program, exact, {property}, limits).front().verdict;
    limits.wants_clauses = true;
    const Verdict by_graph = Engine().check(program, exact, {property}, limits).front().verdict;
    CHECK(name_of(by_diagram) == name_of(by_graph));
    const auto* violated = std::get_if<Violated>(&by_diagram);
    const auto* also = std::get_if<Violated>(&by_graph);
    if (violated != nullptr && also != nullptr) {
      CHECK(violated->path.events.size() == also->path.events.size());
      CHECK(violated->path.steps == also->path.steps);
    }
    return by_diagram;
  }
  std::vector<Reachability> reach(bool wants_shortest, const Limits& limits = {}) const {
    return Engine().reach(program, exact, wants_shortest, limits);
  }
};

/// A driver with a goal for each thing that may leak.
struct Leaks {
  explicit Leaks(const Compiled& driver)
      : culprits(culprits_in(driver.program, {Property::leak})),
        program(divided(driver.program, culprits)),
        exact(divided(driver.exact, culprits)) {
    for (const Culprit& culprit : culprits) goals.push_back(goal_of(program, culprit));
  }
  std::vector<Culprit> culprits;
  Program program;
  Program exact;
  std::vector<std::uint32_t> goals;
};

const std::string count_function = R"("count": {"source": "tiny.c", "body": [
    {"choose": "granted", "into": "n", "between": [1, 64]}, {"return": "n"}]})";

const std::string keep_functions = R"("keep": {"source": "tiny.c", "params": {"i": "value"}, "body": [{"return": 0}]},
    "keep_later": {"source": "tiny.c", "params": {"i": "value"}, "body": [
      {"defer": "keep", "with": {"i": "i"}, "on": "later"}]})";

}  // namespace

TEST_CASE("what holds is told apart from what no statement could violate") {
  const Compiled clean(tiny_kernel(), tiny_driver(R"({"call": "get"}, {"return": 0})", R"({"call": "put"})"));
  const Verdict leak = clean.verdict(Property::leak);
  REQUIRE(std::holds_alternative<Holds>(leak));
  CHECK_FALSE(std::get<Holds>(leak).nothing_to_check);
  const Verdict crash = clean.verdict(Property::kernel_crash);
  REQUIRE(std::holds_alternative<Holds>(crash));
  CHECK(std::get<Holds>(crash).nothing_to_check);
}

TEST_CASE("verdicts come in the order of the question, and do not depend on what else is asked") {
  const Compiled faulty(tiny_kernel(),
                        tiny_driver(R"({"call": "get"}, {"call": "may_fail", "into": "ret", "on_error": "return ret"},
                                       {"return": 0})",
                                    R"({"call": "put"}, {"call": "put"})"));
  Engine engine;
  const auto together = engine.check(faulty.program, faulty.exact, {Property::leak, Property::double_free});
  REQUIRE(together.size() == 2);
  CHECK(together[0].property == Property::leak);
  CHECK(together[1].property == Property::double_free);
  for (const PropertyVerdict& each : together) {
    REQUIRE(std::holds_alternative<Violated>(each.verdict));
    const Verdict alone = faulty.verdict(each.property);
    REQUIRE(std::holds_alternative<Violated>(alone));
    CHECK(std::get<Violated>(alone).path.steps == std::get<Violated>(each.verdict).path.steps);
  }
}

TEST_CASE("a driver whose counters were followed less far once gets the same verdicts after that") {
  std::size_t compared = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const Spec spec = random_program(seed).spec();
    const Program program = compile(spec, random_options);
    const Program exact = compile(spec, {.counter_margin = 0});
    const auto names = [&](Engine& engine, const Limits& limits) {
      std::vector<std::string> all;
      for (const PropertyVerdict& each : engine.check(program, exact, everything, limits))
        all.emplace_back(name_of(each.verdict));
      return all;
    };
    Engine engine, fresh;
    try {
      const std::vector<std::string> expected = names(fresh, {.seconds = 20});
      const Limits less_far{.seconds = 20, .nodes_before_narrowing = 0};
      CHECK(names(engine, less_far) == expected);
      CHECK(names(engine, {.seconds = 20}) == expected);
      ++compared;
    } catch (const InputError&) {
    }
  }
  CHECK(compared > 50);
}

TEST_CASE("one engine checks programs one after the other as well as fresh ones do") {
  const Compiled clean(tiny_kernel(), tiny_driver(R"({"call": "get"}, {"return": 0})", R"({"call": "put"})"));
  const Compiled faulty(tiny_kernel(), tiny_driver(R"({"call": "get"}, {"return": 0})"));
  Engine engine;
  for (int i = 0; i < 2; ++i) {
    for (const Compiled* each : {&clean, &faulty}) {
      const auto verdicts = engine.check(each->program, each->exact, everything);
      const auto expected = check_explicitly(each->program, each->exact, everything);
      for (std::size_t p = 0; p < everything.size(); ++p) {
        CAPTURE(name_of(everything[p]));
        CHECK(name_of(verdicts[p].verdict) == name_of(expected[p].verdict));
      }
    }
  }
}

TEST_CASE("a probe that never succeeds proves nothing") {
  const Compiled failing(tiny_kernel(), tiny_driver(R"({"return": -1})", R"({"call": "put"})"));
  const Verdict verdict = failing.verdict(Property::leak);
  REQUIRE(std::holds_alternative<Unreachable>(verdict));
  CHECK_FALSE(std::get<Unreachable>(verdict).goals.empty());
}

TEST_CASE("what holds though a range was cut is bounded, and says which") {
  const Compiled counting(tiny_kernel(count_function), tiny_driver(R"({"call": "count", "into": "n"},
      {"if": "n > 70", "then": [{"call": "put"}]}, {"return": 0})"));
  const Verdict verdict = counting.verdict(Property::double_free);
  REQUIRE(std::holds_alternative<Holds>(verdict));
  REQUIRE(std::get<Holds>(verdict).bounds.size() == 1);
  CHECK(std::get<Holds>(verdict).bounds.front().find("granted") != std::string::npos);
  CHECK(name_of(verdict) == "holds-bounded");
}

TEST_CASE("of runs that are as short, one on which every counter is exact") {
  // More than three times up is beyond the counter's range: the six steps down then come out anywhere.
  const std::string kernel = R"({"kernel": "counting",
    "variables": {"bound": {"type": "bool", "lifetime": "device"},
                  "count": {"type": "counter", "lifetime": "device", "restored": true}},
    "lists": {"later": {}}, "roles": {"probe": {}, "remove": {}}, "quiescent": "!bound",
    "functions": {
      "may_count": {"source": "c.c", "body": [
        {"choose": "luck", "from": [{"says": "good"}, {"says": "bad", "do": [{"return": -1}]}]},
        {"set": "count", "to": "count + 1"}]},
      "uncount": {"source": "c.c", "body": [{"set": "count", "to": "count - 1"}]}},
    "events": {
      "bind": {"when": "!bound", "remembers": true, "do": [
        {"call": "driver->probe", "into": "ret"}, {"if": "ret < 0", "then": [{"run": "later"}]},
        {"set": "bound", "to": "ret >= 0"}]},
      "unbind": {"when": "bound", "do": [{"call": "driver->remove"}, {"set": "bound", "to": 0}]}}})";
  const Compiled counting(kernel, R"({"driver": "d", "callbacks": {"probe": "p", "remove": "r"}, "functions": {
    "p": {"body": [
      {"loop": "i", "while": "i < 6", "next": "i + 1", "do": [
        {"defer": "uncount", "on": "later"}, {"call": "may_count"}]},
      {"return": -1}]},
    "r": {"body": []}}})");
  const Verdict verdict = counting.verdict(Property::stale_state);
  REQUIRE(std::holds_alternative<Violated>(verdict));
  CHECK(replays(counting.exact, std::get<Violated>(verdict).path));
}

TEST_CASE("a list that grows without end is devres-growth") {
  const Compiled growing(tiny_kernel(R"("nothing": {"source": "tiny.c", "body": [{"return": 0}]})"),
                         tiny_driver(R"({"return": 0})", "",
                                     R"("events": {"open": {"says": "open", "do": [
                                         {"call": "do_later", "with": {"action": "nothing"}}]}})"));
  const Verdict verdict = growing.verdict(Property::devres_growth);
  REQUIRE(std::holds_alternative<Violated>(verdict));
  const Path& path = std::get<Violated>(verdict).path;
  CHECK(path.repeats_from < path.events.size());
  CHECK(replays(growing.exact, path));
}

TEST_CASE("an index that can be out of range is an error of the spec") {
  const Compiled wrong(tiny_kernel(count_function), tiny_driver(R"({"call": "get"}, {"call": "count", "into": "n"},
                                      {"call": "get_part", "with": {"i": "n"}}, {"return": 0})"));
  CHECK_THROWS_WITH_AS(wrong.verdict(Property::leak), doctest::Contains("out of range"), InputError);
}

TEST_CASE("a check that is interrupted decides nothing") {
  const std::atomic<bool> interrupted = true;
  const Compiled clean(tiny_kernel(),
                       tiny_driver(R"({"call": "get"}, {"call": "may_fail"}, {"return": 0})", R"({"call": "put"})"));
  const Verdict verdict = clean.verdict(Property::leak, {.interrupted = &interrupted});
  REQUIRE(std::holds_alternative<Undecided>(verdict));
  CHECK(std::get<Undecided>(verdict).reason.find("interrupted") != std::string::npos);
}

TEST_CASE("runs of few events are searched as explicit search does") {
  const std::string variables = R"("variables": {"times": {"type": "counter", "lifetime": "module"}})";
  const Compiled late(
      tiny_kernel(),
      tiny_driver(R"({"call": "may_fail", "into": "ret", "on_error": "return ret"}, {"return": 0})",
                  R"({"set": "times", "to": "times + 1"}, {"if": "times == 2", "then": [{"call": "put"}]})",
                  variables));
  const ExplicitAnswer all = explicit_search(late.program);
  REQUIRE(all.complete);
  const std::optional<Path>& shortest = all.paths[goal_of(late.program, Property::double_free)];
  REQUIRE(shortest);
  const auto needed = static_cast<std::uint32_t>(shortest->events.size());
  for (std::uint32_t events = 1; events <= needed; ++events) {
    const ExplicitAnswer some = explicit_search(late.program, {.events = events});
    CHECK_FALSE(some.complete);
    CHECK(some.stopped == only_runs_of(events));
    const Verdict verdict = late.verdict(Property::double_free, {.events = events});
    CHECK(std::holds_alternative<Violated>(verdict) ==
          some.paths[goal_of(late.program, Property::double_free)].has_value());
    if (const auto* undecided = std::get_if<Undecided>(&verdict)) CHECK(undecided->reason == only_runs_of(events));
    if (const auto* violated = std::get_if<Violated>(&verdict)) CHECK(violated->path.steps == shortest->steps);
  }
}

TEST_CASE("what is violated soon is found where the states cannot all be explored") {
  // Each time it is opened other calls come onto the list: soon there are more of them than the engine follows.
  const Compiled growing(tiny_kernel(keep_functions),
                         tiny_driver(R"({"return": 0})", R"({"call": "put"})",
                                     R"("variables": {"opened": {"type": "int", "lifetime": "module"}},
      "events": {"open": {"says": "open", "when": "opened < 5", "do": [
        {"loop": "i", "from": 0, "while": "i < 400", "next": "i + 1", "do": [
          {"call": "keep_later", "with": {"i": "400 * opened + i"}}]},
        {"set": "opened", "to": "opened + 1"}]}})"));
  const Verdict found = growing.verdict(Property::double_free);
  REQUIRE(std::holds_alternative<Violated>(found));
  CHECK(std::get<Violated>(found).path.events.size() == 2);
  const Verdict leak = growing.verdict(Property::leak);
  REQUIRE(std::holds_alternative<Undecided>(leak));
  CHECK(std::get<Undecided>(leak).reason ==
        "a list may have more than 1024 entries; no violation in the first 3 events");
}

TEST_CASE("what is too much with the highest pick is proved for the lowest ones") {
  const Compiled many(tiny_kernel(keep_functions + R"(, "count": {"source": "tiny.c", "body": [
        {"choose": "granted", "into": "n", "between": [1, 1100]}, {"return": "n"}]})"),
                      tiny_driver(R"({"call": "get"}, {"call": "count", "into": "n"},
          {"loop": "i", "from": 0, "while": "i < n", "next": "i + 1", "do": [{"call": "keep_later", "with": {"i": "i"}}]},
          {"return": 0})",
                                  R"({"call": "put"}, {"call": "put_softly"})"));
  const Limits with_proofs{.writes_proofs = true};
  const Verdict leak = many.verdict(Property::leak, with_proofs);
  REQUIRE(std::holds_alternative<Holds>(leak));
  const Holds& holds = std::get<Holds>(leak);
  CHECK(holds.bounds == Bounds{"granted: of 1 to 1100 only the 4 lowest"});
  REQUIRE(holds.proof);
  CHECK(holds.proof->hints.picks_lowest);
  const std::vector<std::uint32_t> goals{goal_of(many.program, Property::leak)};
  const RebuiltProof again = rebuild_proof(many.program, holds.proof->hints, goals);
  CHECK(again.bounds == holds.bounds);
  REQUIRE(again.proof.goals.size() == 1);
  CHECK(again.proof.goals.front().script == holds.proof->goals.front().script);
  // A violation with few picks, or in a random run, is one.
  const Verdict redundant = many.verdict(Property::redundant_release);
  REQUIRE(std::holds_alternative<Violated>(redundant));
  CHECK_FALSE(std::get<Violated>(redundant).is_shortest);
  CHECK(replays(many.exact, std::get<Violated>(redundant).path));
}

TEST_CASE("for every point of a driver, a run to it or a proof that there is none") {
  const Compiled driver(tiny_kernel(),
                        tiny_driver(R"({"call": "may_fail", "into": "ret", "on_error": "return ret"},
                     {"if": "ret > 0", "then": [{"call": "put"}]}, {"call": "get"}, {"return": 0})",
                                    R"({"call": "put"})"),
                        true);
  const std::vector<Reachability> reached = driver.reach(true);
  const ExplicitAnswer answer = explicit_search(driver.program);
  REQUIRE(answer.complete);
  REQUIRE(reached.size() == driver.program.goals.size());
  std::size_t never = 0;
  for (std::size_t goal = 0; goal < reached.size(); ++goal) {
    if (driver.program.goals[goal].property) continue;
    CAPTURE(driver.program.goals[goal].says);
    CHECK(reached[goal].reason.empty());
    CHECK(reached[goal].never != reached[goal].path.has_value());
    REQUIRE(reached[goal].path.has_value() == answer.paths[goal].has_value());
    if (reached[goal].never) ++never;
    if (!reached[goal].path) continue;
    CHECK(reached[goal].path->steps == answer.paths[goal]->steps);
    CHECK(replays(driver.exact, *reached[goal].path));
  }
  CHECK(never > 0);
}

TEST_CASE("runs that need not be shortest reach the same points") {
  const Compiled driver(tiny_kernel(),
                        tiny_driver(R"({"call": "may_fail", "into": "ret", "on_error": "goto out"}, {"call": "get"},
                                       {"label": "out"}, {"return": "ret"})",
                                    R"({"call": "put"})"),
                        true);
  const std::vector<Reachability> shortest = driver.reach(true);
  const std::vector<Reachability> any = driver.reach(false);
  REQUIRE(shortest.size() == any.size());
  for (std::size_t goal = 0; goal < any.size(); ++goal) {
    CAPTURE(driver.program.goals[goal].says);
    CHECK(any[goal].never == shortest[goal].never);
    REQUIRE(any[goal].path.has_value() == shortest[goal].path.has_value());
    if (any[goal].path) CHECK(replays(driver.exact, *any[goal].path));
  }
}

TEST_CASE("reachability that is interrupted is not known, and says why") {
  const std::atomic<bool> interrupted = true;
  const Compiled driver(tiny_kernel(), tiny_driver(R"({"call": "may_fail"}, {"return": 0})"), true);
  const std::vector<Reachability> reached = driver.reach(false, {.interrupted = &interrupted});
  for (std::size_t goal = 0; goal < reached.size(); ++goal) {
    if (driver.program.goals[goal].property) continue;
    CHECK_FALSE(reached[goal].never);
    CHECK_FALSE(reached[goal].path);
    CHECK(reached[goal].reason.find("interrupted") != std::string::npos);
  }
}

TEST_CASE("what violates a property is told apart after the verdicts, in what was explored for them") {
  const Compiled driver(tiny_kernel(), tiny_driver(R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [
                                       {"call": "get_part", "with": {"i": 1}}, {"call": "get"}, {"call": "get"}]},
                                       {"return": 0})",
                                                   R"({"call": "put_softly"})"));
  const auto& [culprits, program, exact, goals] = Leaks(driver);
  Engine engine;
  const auto inquiry = engine.inquire(program, exact);
  const Verdict leak = inquiry->verdicts({Property::leak}).front().verdict;
  REQUIRE(std::holds_alternative<Violated>(leak));
  CHECK(std::get<Violated>(leak).path.steps == std::get<Violated>(driver.verdict(Property::leak)).path.steps);
  const std::vector<Reachability> after = inquiry->reached(goals);
  const std::vector<Reachability> alone = engine.inquire(program, exact)->reached(goals);
  REQUIRE(after.size() == culprits.size());
  std::size_t reached = 0;
  for (std::size_t i = 0; i < goals.size(); ++i) {
    CAPTURE(culprits[i].second);
    CHECK(after[i].path.has_value() == alone[i].path.has_value());
    CHECK(after[i].never == alone[i].never);
    if (!after[i].path) continue;
    ++reached;
    CHECK(replays(exact, *after[i].path));
  }
  CHECK(reached == 2);
}

TEST_CASE("a shortest run to one of several things is told, or any where there is no time") {
  const Compiled driver(tiny_kernel(), tiny_driver(R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [
                                       {"call": "get_part", "with": {"i": 1}}, {"call": "may_fail"}, {"call": "get"},
                                       {"call": "get"}]}, {"return": 0})",
                                                   R"({"call": "put_softly"})"));
  const auto& [culprits, program, exact, goals] = Leaks(driver);
  Engine engine;
  std::atomic<bool> interrupted = false;
  const auto inquiry = engine.inquire(program, exact, {.interrupted = &interrupted});
  const auto leak = std::get<Violated>(inquiry->verdicts({Property::leak}).front().verdict);
  std::vector<Path> runs;
  for (const Reachability& each : inquiry->reached(goals))
    if (each.path) runs.push_back(*each.path);
  REQUIRE(runs.size() == 2);
  const Violated told = inquiry->told(runs);
  CHECK(told.is_shortest);
  CHECK(told.path.events.size() == leak.path.events.size());
  CHECK(told.path.steps == leak.path.steps);
  CHECK(replays(exact, told.path));
  for (const Path& run : runs) {
    const Violated alone = inquiry->told({run});
    CHECK(alone.path.goal == run.goal);
    CHECK(alone.is_shortest);
    CHECK(alone.path.events.size() <= run.events.size());
  }
  interrupted = true;
  const Violated any = inquiry->told(runs);
  CHECK_FALSE(any.is_shortest);
  CHECK(replays(exact, any.path));
}

TEST_CASE("what is invariant is how many states there are, or clauses where they are wanted") {
  const Compiled driver(tiny_kernel(), tiny_driver(R"({"call": "get"}, {"return": 0})", R"({"call": "put"})"));
  const Invariant counted = std::get<Holds>(driver.verdict(Property::leak)).invariant;
  CHECK(counted.clauses ==
        std::vector<std::string>{"one of 2 states and configurations, in a decision diagram of 2 nodes"});
  CHECK(counted.states.empty());
  const Invariant in_clauses =
      std::get<Holds>(
          Engine().check(driver.program, driver.exact, {Property::leak}, {.wants_clauses = true}).front().verdict)
          .invariant;
  CHECK(in_clauses.states.size() == 2);
}

TEST_CASE("a list that many copies come on, but no more, is followed to its end") {
  const Compiled driver(kernel_with_nothing(),
                        tiny_driver(R"({"set": "times", "to": 0}, {"return": 0})", "",
                                    R"("variables": {"times": {"type": "int", "lifetime": "driver"}},
      "events": {"open": {"says": "open", "when": "times < 12", "do": [
        {"call": "do_later", "with": {"action": "nothing"}}, {"set": "times", "to": "times + 1"}]}})"));
  const Verdict verdict = Engine().check(driver.program, driver.exact, {Property::devres_growth}).front().verdict;
  CHECK(name_of(verdict) == "holds");
}
