#include "encoders/sampled_growth.h"

#include <doctest/doctest.h>

#include "model/growth.h"
#include "tests/support/explored.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("random runs come to a list that grows, and no event too many is told") {
  const Explored explored(kernel_with_nothing(), growing_driver());
  const std::optional<SampledGrowth> growth = SampledLassos(explored.exact).shortest();
  REQUIRE(growth);
  CHECK(growth->list == 0);
  REQUIRE(growth->lasso.events.size() == 2);
  CHECK(growth->lasso.repeats_from == 1);
  CHECK(grows_again_and_again(explored.exact, growth->lasso));
}

TEST_CASE("what has to happen once before the list grows is told once") {
  const Explored explored(kernel_with_nothing(),
                          tiny_driver(R"({"return": 0})", "",
                                      R"("variables": {"ready": {"type": "bool", "lifetime": "driver"}}, "events": {
                     "prepare": {"says": "prepare", "do": [{"set": "ready", "to": 1}]},
                     "open": {"says": "open", "do": [
                       {"if": "ready", "then": [{"call": "do_later", "with": {"action": "nothing"}}]}]}})"));
  const std::optional<SampledGrowth> growth = SampledLassos(explored.exact).shortest();
  REQUIRE(growth);
  REQUIRE(growth->lasso.events.size() == 3);
  CHECK(growth->lasso.repeats_from == 2);
  CHECK(explored.exact.events[growth->lasso.events[1].event].name == "prepare");
}

TEST_CASE("no lasso where the list is run each time") {
  const Explored explored(kernel_with_nothing(), driver_with_event(R"({"run": "later"},
                                            {"call": "do_later", "with": {"action": "nothing"}})"));
  CHECK_FALSE(SampledLassos(explored.exact).shortest());
}
