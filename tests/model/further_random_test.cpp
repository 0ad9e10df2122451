#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "encoders/engine.h"
#include "model/compare.h"
#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/explicit_check.h"
#include "model/further.h"
#include "model/walk.h"
#include "tests/support/random_program.h"

// What FurtherSearch says of random programs and small changes of them, against explicit search of both.
using namespace tenure;
using namespace tenure::testing;

namespace {

constexpr ExplicitLimits explicit_limits{.configurations = 20'000};

Subject subject_of(const RandomProgram& program) {
  const Spec spec = program.spec();
  return {"d.json", "d", "random", compile(spec, random_options), compile(spec, {.counter_margin = 0}),
          nullptr,  {},  ""};
}

/// What violates a property by explicit search; nothing when not all is known.
std::optional<std::set<std::string>> violating(const Subject& subject, Property property) {
  const std::vector<Culprit> culprits = culprits_in(subject.program, {property});
  const std::vector<Reachability> reached =
      violations_explicitly(divided(subject.program, culprits), divided(subject.exact, culprits), explicit_limits);
  std::set<std::string> names;
  for (std::size_t i = 0; i < culprits.size(); ++i) {
    if (!reached[i].path && !reached[i].never) return std::nullopt;
    if (reached[i].path) names.insert(culprits[i].second);
  }
  return names;
}

std::vector<ComparedResult> compared(const Subject& before, const Subject& after, Engine& engine) {
  const std::vector<Property> properties(all_properties.begin(), all_properties.end());
  const auto verdicts_of = [&](const Subject& subject) {
    return engine.check(subject.program, subject.exact, properties, {.seconds = 20});
  };
  const std::vector<PropertyVerdict> old = verdicts_of(before), now = verdicts_of(after);
  std::vector<ComparedResult> results;
  for (std::size_t i = 0; i < properties.size(); ++i) {
    const Difference difference = compare(old[i].verdict, now[i].verdict);
    results.push_back({"d.json", "d", properties[i], old[i].verdict, now[i].verdict, difference, "", {}});
  }
  const Check check = [&](const Program& program, const Program& exact, const std::vector<Property>& asked) {
    return engine.check(program, exact, asked, {.seconds = 20});
  };
  const FindViolations violations = [&](const Program& program, const Program& exact) {
    return engine.violations(program, exact, {.seconds = 20});
  };
  FurtherSearch(before, check, violations).find(after, results);
  return results;
}

struct Tried {
  int worse = 0, same = 0, unclear = 0;
};

/// Compares what came out of one property that is violated on both sides.
void check_result(const Subject& before, const Subject& after, const ComparedResult& result, Tried& tried) {
  const auto old = violating(before, result.property), now = violating(after, result.property);
  if (!old || !now) return;
  std::set<std::string> added;
  std::set_difference(now->begin(), now->end(), old->begin(), old->end(), std::inserter(added, added.end()));
  if (result.difference == Difference::unclear) {
    ++tried.unclear;
    return;
  }
  ++(added.empty() ? tried.same : tried.worse);
  CHECK(result.difference == (added.empty() ? Difference::same : Difference::worse));
  if (result.difference != Difference::worse) return;
  CHECK(added.contains(result.further));
  const Program exact = with_culprit(after.exact, result.property, result.further);
  CHECK(replays(exact, std::get<Violated>(result.after).path));
}

}  // namespace

TEST_CASE("what violates a property after a change of a random program alone is found, and nothing else") {
  Engine engine;
  Tried tried;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    INFO("seed ", seed);
    const RandomProgram program = random_program(seed), other = changed(program, seed);
    const Subject less = subject_of(other), more = subject_of(program);
    const Subject& before = seed % 2 == 0 ? less : more;
    const Subject& after = seed % 2 == 0 ? more : less;
    std::vector<ComparedResult> results;
    try {
      results = compared(before, after, engine);
    } catch (const InputError&) {
      continue;  // an index is out of range
    }
    for (const ComparedResult& result : results) {
      const bool is_meant = std::holds_alternative<Violated>(result.before) &&
                            std::holds_alternative<Violated>(result.after) &&
                            result.property != Property::devres_growth;
      if (is_meant) check_result(before, after, result, tried);
    }
  }
  MESSAGE(tried.worse, " worse, ", tried.same, " the same, ", tried.unclear, " unclear");
  CHECK(tried.worse > 5);
  CHECK(tried.same > 100);
  CHECK(tried.unclear < 5);
}
