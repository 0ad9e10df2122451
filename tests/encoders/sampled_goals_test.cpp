#include "encoders/sampled_goals.h"

#include <doctest/doctest.h>
#include <numeric>

#include "model/compile.h"
#include "model/explicit_search.h"
#include "model/interpreter.h"
#include "model/trace.h"
#include "model/walk.h"
#include "tests/support/random_program.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

std::vector<std::uint32_t> all_goals(const Program& program) {
  std::vector<std::uint32_t> goals(program.goals.size());
  std::iota(goals.begin(), goals.end(), 0U);
  return goals;
}

}  // namespace

TEST_CASE("random runs come to most of what can be reached, and to nothing else") {
  std::size_t reached = 0, sampled = 0, longer = 0, left_out = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Program program = compile(random_program(seed).spec(), {.counter_margin = 0});
    const ExplicitAnswer answer = explicit_search(program, {.configurations = 20'000});
    if (!answer.complete) continue;
    const auto paths = SampledGoals(program).paths(all_goals(program), 20'000, {});
    for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
      CAPTURE(seed);
      CAPTURE(program.goals[goal].says);
      if (answer.paths[goal]) ++reached;
      if (!paths.contains(goal)) continue;
      ++sampled;
      REQUIRE(answer.paths[goal]);
      const Path& path = paths.at(goal);
      CHECK(replays(program, path));
      const Path shorter = shortened(program, path);
      CHECK(replays(program, shorter));
      CHECK(shorter.events.size() <= path.events.size());
      CHECK(shorter.events.size() >= answer.paths[goal]->events.size());
      if (shorter.events.size() < path.events.size()) ++left_out;
      if (shorter.events.size() > answer.paths[goal]->events.size()) ++longer;
    }
  }
  MESSAGE(sampled, " of ", reached, " goals sampled; events left out of ", left_out, ", ", longer, " not shortest");
  CHECK(sampled * 10 > reached * 8);
  CHECK(longer * 5 < sampled);
}

TEST_CASE("what random runs come to is the same however it is asked for") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec(), {.counter_margin = 0});
    auto together = SampledGoals(program).paths(all_goals(program), 2'000, {});
    SampledGoals one_by_one(program);
    for (const std::uint32_t goal : all_goals(program)) {
      CAPTURE(goal);
      auto found = one_by_one.paths({goal}, 2'000, {});
      CHECK(one_by_one.paths({goal}, 1'000, {}).size() == found.size());
      if (!found.contains(goal)) continue;
      REQUIRE(together.contains(goal));
      CHECK(found[goal].steps == together[goal].steps);
      CHECK(found[goal].events.size() == together[goal].events.size());
      CHECK(replays(program, found[goal]));
    }
  }
}

TEST_CASE("of a random run, what its goal does not need is left out") {
  const Program program =
      compile(spec_of(tiny_kernel(),
                      {tiny_driver(R"({"call": "may_fail"}, {"call": "get"}, {"call": "may_fail"}, {"return": 0})",
                                   R"({"call": "may_fail"})")}),
              {.counter_margin = 0});
  const std::uint32_t leak = goal_of(program, Property::leak);
  const auto paths = SampledGoals(program).paths({leak}, 1'000, {});
  REQUIRE(paths.size() == 1);
  const Interpreter interpreter(program);
  const Path told = shortened(program, paths.at(leak));
  CHECK(told.events.size() == 2);
  Walk walk(program, told);
  while (walk.next_event()) {
    walk.begin();
    while (const auto option = walk.next()) {
      CHECK(*option == interpreter.options(walk.machine()).front());
      walk.take(*option);
    }
  }
  CHECK(walk.arrived());
}
