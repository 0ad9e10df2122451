#include "model/further.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <utility>

#include "encoders/engine.h"
#include "model/compare.h"
#include "model/compile.h"
#include "model/trace.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

/// A driver of the tiny kernel whose probe has this body and ends well, with resources "thing" and "part".
Subject subject_with(const std::string& probe) {
  const Spec spec = spec_of(tiny_kernel(), {tiny_driver(probe + R"({"return": 0})", R"({"call": "put_softly"})")});
  return {"d.json", "d", "tiny", compile(spec, {}), compile(spec, {0}), nullptr, {}, ""};
}

/// What FurtherSearch makes of one property that is violated on both sides.
ComparedResult compared(const Subject& before, const Subject& after, Property property, Engine& engine,
                        const Check& check, const FindViolations& violations) {
  const auto verdict_on = [&](const Subject& subject) {
    return engine.check(subject.program, subject.exact, {property}).front().verdict;
  };
  std::vector<ComparedResult> results{
      {"d.json", "d", property, verdict_on(before), verdict_on(after), Difference::same, "", {}}};
  REQUIRE(std::holds_alternative<Violated>(results.front().before));
  REQUIRE(std::holds_alternative<Violated>(results.front().after));
  FurtherSearch(before, check, violations).find(after, results);
  return results.front();
}

/// The same without limits.
ComparedResult compared(const Subject& before, const Subject& after, Property property) {
  Engine engine;
  const Check check = [&](const Program& program, const Program& exact, const std::vector<Property>& properties) {
    return engine.check(program, exact, properties);
  };
  const FindViolations violations = [&](const Program& program, const Program& exact) {
    return engine.violations(program, exact);
  };
  return compared(before, after, property, engine, check, violations);
}

/// Does not find a verdict.
std::vector<PropertyVerdict> interrupted_check(const Program&, const Program&,
                                               const std::vector<Property>& properties) {
  return {{properties.front(), Undecided{"interrupted"}}};
}

const std::string first_part = R"({"call": "get"}, {"call": "get_part", "with": {"i": 0}}, )";
const std::string other_part = R"({"call": "get"}, {"call": "get_part", "with": {"i": 2}}, )";

}  // namespace

TEST_CASE("a leak that is there before a change does not hide another one after it") {
  const Subject before = subject_with(R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [
    {"call": "get_part", "with": {"i": 0}}]}, )");
  const Subject after = subject_with(R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [
    {"call": "get_part", "with": {"i": 0}}]}, {"call": "may_fail", "into": "again"}, {"if": "again", "then": [
    {"call": "get"}, {"call": "get"}]}, )");
  SUBCASE("which is worse, with a run to it") {
    const ComparedResult result = compared(before, after, Property::leak);
    CHECK(result.difference == Difference::worse);
    CHECK(result.further == "thing");
    const PairedRuns runs = pair_runs(before, after, result);
    CHECK(runs.after.subject == "thing");
    CHECK(runs.before.explanation.empty());
  }
  SUBCASE("and the other way round nothing gets worse") {
    const ComparedResult result = compared(after, before, Property::leak);
    CHECK(result.difference == Difference::same);
    CHECK(result.further.empty());
    CHECK(!has_runs(result));
  }
}

TEST_CASE("another member of a family is no other thing, and neither is a longer way to the same") {
  const ComparedResult result = compared(subject_with(first_part), subject_with(other_part), Property::leak);
  CHECK(result.difference == Difference::same);
  CHECK(result.further.empty());
}

TEST_CASE("what is told by the shortest run after a change may be what was there before by a longer one") {
  // The first leak is the shorter one after the change, and the second before it.
  const auto either = [](const std::string& first, const std::string& second) {
    return R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [)" + first +
           R"(], "else": [{"call": "may_fail", "into": "again"}, )" + second + "]}, ";
  };
  const std::string leaks_thing = R"({"call": "get"}, {"call": "get"})";
  const std::string leaks_part = R"({"call": "get_part", "with": {"i": 1}})";
  const ComparedResult result = compared(subject_with(either(leaks_thing, leaks_part)),
                                         subject_with(either(leaks_part, leaks_thing)), Property::leak);
  CHECK(result.difference == Difference::same);
}

TEST_CASE("warnings are told apart by their statements") {
  const std::string warns = R"({"warn": "1", "says": "always"}, )";
  const Subject before = subject_with(warns);
  const Subject after = subject_with(warns + R"({"warn": "bound == 0", "says": "not bound yet"}, )");
  const ComparedResult result = compared(before, after, Property::kernel_warning);
  CHECK(result.difference == Difference::worse);
  CHECK(result.further.find("probe()") == 0);
  CHECK(compared(before, before, Property::kernel_warning).difference == Difference::same);
}

TEST_CASE("what is not known leaves the difference unclear") {
  const Subject subject = subject_with(first_part);
  Engine engine;
  const Verdict violated = engine.check(subject.program, subject.exact, {Property::leak}).front().verdict;
  std::vector<ComparedResult> results{{"d.json", "d", Property::leak, violated, violated, Difference::same, "", {}}};
  const Check check = [](const Program&, const Program&, const std::vector<Property>&) {
    return std::vector<PropertyVerdict>();
  };
  const FindViolations violations = [](const Program& program, const Program&) {
    return std::vector<Reachability>(program.goals.size(), Reachability{std::nullopt, false, "interrupted"});
  };
  FurtherSearch(subject, check, violations).find(subject, results);
  CHECK(results.front().difference == Difference::unclear);
}

TEST_CASE("what gets worse is told by any run when no shortest one is found in time") {
  const Subject before = subject_with(first_part), after = subject_with(R"({"call": "get"}, {"call": "get"}, )");
  Engine engine;
  const FindViolations violations = [&](const Program& program, const Program& exact) {
    return engine.violations(program, exact);
  };
  const ComparedResult result = compared(before, after, Property::leak, engine, interrupted_check, violations);
  CHECK(result.difference == Difference::worse);
  CHECK(result.further == "thing");
  REQUIRE(std::holds_alternative<Violated>(result.after));
  CHECK_FALSE(std::get<Violated>(result.after).is_shortest);
  CHECK(replays(after.exact, std::get<Violated>(result.after).path));
}

TEST_CASE("what violates before a change too, by the same run, needs no search") {
  const auto leaks = [](const std::string& first, const std::string& second) {
    return subject_with(R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [)" + first + R"(], "else": [)" +
                        second + "]}, ");
  };
  const std::string thing = R"({"call": "get"}, {"call": "get"})", part = R"({"call": "get_part", "with": {"i": 1}})";
  const Subject before = leaks(thing, part);
  Engine engine;
  const auto difference_to = [&](const Subject& after) {
    bool is_after = true;  // which is asked first
    const FindViolations violations = [&](const Program& program, const Program& exact) {
      return std::exchange(is_after, false)
                 ? engine.violations(program, exact)
                 : std::vector<Reachability>(program.goals.size(), Reachability{std::nullopt, false, "interrupted"});
    };
    return compared(before, after, Property::leak, engine, interrupted_check, violations).difference;
  };
  CHECK(difference_to(leaks(thing, R"({"call": "get"}, )" + part)) == Difference::same);
  CHECK(difference_to(leaks(thing, part + R"(, {"call": "get"}, {"call": "get"})")) == Difference::same);
  CHECK(difference_to(leaks(part, thing)) == Difference::unclear);  // another run
}
