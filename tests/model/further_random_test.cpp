#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <memory>

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

using Cost = std::pair<std::size_t, std::uint32_t>;  ///< events and steps

Cost cost_of(const Path& path) {
  return {path.events.size(), path.steps};
}

/// What violates a property by explicit search, and at what least cost; nothing when not all is known.
std::optional<std::map<std::string, Cost>> violating(const Subject& whole, Property property) {
  const Subject subject = divided(whole, {property});
  const std::vector<Reachability> reached = violations_explicitly(subject.program, subject.exact, explicit_limits);
  std::map<std::string, Cost> names;
  for (const Culprit& culprit : culprits_in(subject.program, {property})) {
    const Reachability& how = reached[goal_of(subject.program, culprit)];
    if (!how.path && !how.never) return std::nullopt;
    if (how.path) names[culprit.second] = cost_of(*how.path);
  }
  return names;
}

const std::vector<Property> properties(all_properties.begin(), all_properties.end());
const Limits limits{.seconds = 20};

/// A subject with its verdicts.
struct Checked {
  Checked(const Subject& whole, Engine& engine)
      : subject(divided(whole, properties)),
        inquiry(engine.inquire(subject.program, subject.exact, limits)),
        verdicts(inquiry->verdicts(properties)) {}

  Subject subject;
  std::unique_ptr<Inquiry> inquiry;
  std::vector<PropertyVerdict> verdicts;
};

std::vector<ComparedResult> compared(const Subject& before, const Subject& after, Engine& engine) {
  const Checked old(before, engine), now(after, engine);
  std::vector<ComparedResult> results;
  for (std::size_t i = 0; i < properties.size(); ++i) {
    const Difference difference = compare(old.verdicts[i].verdict, now.verdicts[i].verdict);
    results.push_back(
        {"d.json", "d", properties[i], old.verdicts[i].verdict, now.verdicts[i].verdict, difference, "", {}});
  }
  FurtherSearch({old.subject, *old.inquiry}).find({now.subject, *now.inquiry}, results);
  return results;
}

struct Tried {
  int worse = 0, same = 0, unclear = 0;
};

/// Compares what came out of one property that is violated on both sides.
void check_result(const Subject& before, const Subject& after, const ComparedResult& result, Tried& tried) {
  const auto old = violating(before, result.property), now = violating(after, result.property);
  if (!old || !now) return;
  std::map<std::string, Cost> added;
  for (const auto& [name, cost] : *now)
    if (!old->contains(name)) added[name] = cost;
  if (result.difference == Difference::unclear) {
    ++tried.unclear;
    return;
  }
  ++(added.empty() ? tried.same : tried.worse);
  CHECK(result.difference == (added.empty() ? Difference::same : Difference::worse));
  if (result.difference != Difference::worse) return;
  REQUIRE(added.contains(result.further));
  const auto& violated = std::get<Violated>(result.after);
  CHECK(replays(with_culprit(after.exact, result.property, result.further), violated.path));
  if (!violated.is_shortest) return;
  const auto least =
      std::min_element(added.begin(), added.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  CHECK(cost_of(violated.path) == least->second);
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
