#include "model/compare.h"

#include <doctest/doctest.h>

#include "model/compile.h"
#include "model/explicit_search.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("worse and mended come from the verdicts") {
  const Verdict holds = Holds{};
  const Verdict bounded = Holds{{}, {"a list of 9 entries"}, false};
  const Verdict violated = Violated{};
  const Verdict unreachable = Unreachable{{"probe succeeds"}};
  const Verdict undecided = Undecided{"time"};
  CHECK(compare(holds, holds) == Difference::same);
  CHECK(compare(holds, bounded) == Difference::same);
  CHECK(compare(holds, violated) == Difference::worse);
  CHECK(compare(holds, unreachable) == Difference::worse);
  CHECK(compare(unreachable, violated) == Difference::worse);
  CHECK(compare(violated, holds) == Difference::mended);
  CHECK(compare(violated, violated) == Difference::same);
  CHECK(compare(undecided, undecided) == Difference::unclear);
  CHECK(compare(holds, undecided) == Difference::unclear);
  CHECK(compare(undecided, violated) == Difference::unclear);
}

namespace {

/// The tiny kernel with a function that registers a release, or does not.
Program program_with(const std::string& body) {
  const std::string kernel =
      tiny_kernel(R"("set_up": {"source": "tiny.c", "body": [)" + body + R"({"acquire": "thing"}]})");
  return compile(spec_of(kernel, {tiny_driver(R"({"call": "set_up"},
      {"call": "may_fail", "into": "ret", "on_error": "return ret"}, {"return": 0})")}),
                 {0});
}

}  // namespace

TEST_CASE("a run is followed on another program with the same choices, known by name") {
  // The extra choice, whose usual outcome is taken, shifts all numbers.
  const Program before = program_with(R"({"choose": "memory", "from": [{"says": "yes"}, {"says": "no"}]},
                                         {"defer": "put", "on": "later"},)");
  const Program after = program_with("");
  const ExplicitAnswer answer = explicit_search(after);
  const auto path = answer.paths[goal_of(after, Property::leak)];
  REQUIRE(path);
  const PairedRuns runs = pair_runs(before, Holds{}, after, Violated{*path});
  REQUIRE(runs.before.steps.size() == runs.after.steps.size() + 1);
  CHECK(runs.parting == 2);
  CHECK(runs.after.steps[3].outcome == "bad; returns -1");
  CHECK(runs.before.steps[3].outcome == "bad; returns -1");
  CHECK(runs.before.steps[4].list == "later");
  CHECK(runs.before.explanation.empty());
  CHECK(runs.after.subject == "thing");
}
