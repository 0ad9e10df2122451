#include "model/further.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <memory>

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

/// Knows nothing.
class Interrupted : public Inquiry {
 public:
  std::vector<PropertyVerdict> verdicts(const std::vector<Property>& properties) override {
    return {{properties.front(), Undecided{"interrupted"}}};
  }
  std::vector<Reachability> reached(const std::vector<std::uint32_t>& goals) override {
    return {goals.size(), Reachability{std::nullopt, false, "interrupted"}};
  }
  Violated told(const std::vector<Path>& runs) override { return {runs.front(), false}; }
};

/// Finds no shortest run.
class InHaste : public Inquiry {
 public:
  explicit InHaste(Inquiry& inquiry) : inquiry_(inquiry) {}
  std::vector<PropertyVerdict> verdicts(const std::vector<Property>& properties) override {
    return inquiry_.verdicts(properties);
  }
  std::vector<Reachability> reached(const std::vector<std::uint32_t>& goals) override {
    return inquiry_.reached(goals);
  }
  Violated told(const std::vector<Path>& runs) override { return {runs.front(), false}; }

 private:
  Inquiry& inquiry_;
};

/// A subject of one property, and its verdict.
struct Checked {
  Checked(const Subject& whole, Property property, Engine& engine)
      : subject(divided(whole, {property})),
        inquiry(engine.inquire(subject.program, subject.exact)),
        verdict(inquiry->verdicts({property}).front().verdict) {}

  Subject subject;
  std::unique_ptr<Inquiry> inquiry;
  Verdict verdict;
};

/// What FurtherSearch makes of one property that is violated on both sides. With `of_before`, that answers for the side
/// before the change.
ComparedResult compared(const Subject& before, const Subject& after, Property property, Inquiry* of_before = nullptr) {
  Engine engine;
  const Checked old(before, property, engine), now(after, property, engine);
  std::vector<ComparedResult> results{{"d.json", "d", property, old.verdict, now.verdict, Difference::same, "", {}}};
  REQUIRE(std::holds_alternative<Violated>(old.verdict));
  REQUIRE(std::holds_alternative<Violated>(now.verdict));
  FurtherSearch search({old.subject, of_before != nullptr ? *of_before : *old.inquiry});
  search.find({now.subject, *now.inquiry}, results);
  return results.front();
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
  const Subject subject = divided(subject_with(first_part), {Property::leak});
  const Verdict violated = Engine().check(subject.program, subject.exact, {Property::leak}).front().verdict;
  std::vector<ComparedResult> results{{"d.json", "d", Property::leak, violated, violated, Difference::same, "", {}}};
  Interrupted interrupted;
  FurtherSearch({subject, interrupted}).find({subject, interrupted}, results);
  CHECK(results.front().difference == Difference::unclear);
}

TEST_CASE("what gets worse is told by any run when no shortest one is found in time") {
  Engine engine;
  const Checked before(subject_with(first_part), Property::leak, engine);
  const Checked after(subject_with(R"({"call": "get"}, {"call": "get"}, )"), Property::leak, engine);
  InHaste of_after(*after.inquiry);
  std::vector<ComparedResult> results{
      {"d.json", "d", Property::leak, before.verdict, after.verdict, Difference::same, "", {}}};
  FurtherSearch({before.subject, *before.inquiry}).find({after.subject, of_after}, results);
  CHECK(results.front().difference == Difference::worse);
  CHECK(results.front().further == "thing");
  REQUIRE(std::holds_alternative<Violated>(results.front().after));
  const auto& violated = std::get<Violated>(results.front().after);
  CHECK_FALSE(violated.is_shortest);
  CHECK(replays(after.subject.exact, violated.path));
}

TEST_CASE("what violates before a change too, by the same run, needs no search") {
  const auto leaks = [](const std::string& first, const std::string& second) {
    return subject_with(R"({"call": "may_fail", "into": "ret"}, {"if": "ret", "then": [)" + first + R"(], "else": [)" +
                        second + "]}, ");
  };
  const std::string thing = R"({"call": "get"}, {"call": "get"})", part = R"({"call": "get_part", "with": {"i": 1}})";
  const Subject before = leaks(thing, part);
  const auto difference_to = [&](const Subject& after) {
    Interrupted of_before;
    return compared(before, after, Property::leak, &of_before).difference;
  };
  CHECK(difference_to(leaks(thing, R"({"call": "get"}, )" + part)) == Difference::same);
  CHECK(difference_to(leaks(thing, part + R"(, {"call": "get"}, {"call": "get"})")) == Difference::same);
  CHECK(difference_to(leaks(part, thing)) == Difference::unclear);  // another run
}
