#include "model/grounds.h"

#include <doctest/doctest.h>

#include "model/compile.h"
#include "model/explicit_check.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

std::vector<PropertyVerdict> check(const Program& program, const Program& exact,
                                   const std::vector<Property>& properties) {
  return check_explicitly(program, exact, properties, {});
}

struct Driver {
  Driver(const std::string& probe, const std::string& remove)
      : spec(spec_of(tiny_kernel(R"("idle": {"source": "tiny.c", "body": [{"if": "0", "then": [{"call": "never"}]}]},
                                    "never": {"source": "tiny.c", "body": [{"call": "put"}]})"),
                     {tiny_driver(probe, remove)})),
        program(compile(spec)),
        exact(compile(spec, {0})) {}

  Spec spec;
  Program program, exact;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a proof rests on the functions that run") {
  const Driver driver(R"({"call": "get"}, {"call": "idle"}, {"return": 0})", R"({"call": "put"})");
  CHECK(functions_that_run(driver.program, driver.exact, Property::leak, check) == Texts{"get", "idle", "put"});
}

TEST_CASE("grounds name the functions of the kernel, then the statements of the driver") {
  const Driver driver(R"({"call": "get"}, {"call": "idle"}, {"return": 0})", R"({"call": "put"})");
  const auto cores = [](const Program& program, const std::vector<Property>&) {
    Core core;
    for (SiteId site = 0; site < program.sites.size(); ++site) {
      if (program.sites[site].text == "put()" && program.sites[site].is_driver)
        core.facts.push_back({program.sites[site].function, site});
    }
    for (std::uint32_t function = 0; function < program.functions.size(); ++function) {
      if (program.functions[function].name == "put") core.facts.push_back({function, none});
    }
    return std::vector<std::optional<Core>>{core, std::nullopt};
  };
  const auto grounds = grounds_of(driver.program, driver.exact, {Property::leak, Property::double_free}, check, cores);
  REQUIRE(grounds.size() == 2);
  CHECK(grounds[0].is_known);
  REQUIRE(grounds[0].rests_on.size() == 2);
  CHECK(grounds[0].rests_on[0].function == "put");
  CHECK(grounds[0].rests_on[0].statement.empty());
  CHECK(grounds[0].rests_on[0].file == "tiny.c");
  CHECK(grounds[0].rests_on[1].function == "remove");
  CHECK(grounds[0].rests_on[1].statement == "put()");
  CHECK_FALSE(grounds[1].is_known);
  CHECK(grounds[0].runs == grounds[1].runs);
}

TEST_CASE("what nothing is left to check of has no grounds") {
  const Driver driver(R"({"return": 0})", R"({"return": null})");
  CHECK(grounds_of(driver.program, driver.exact, {}, check, {}).empty());
}
