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

std::vector<std::string> texts(const Grounds& grounds) {
  std::vector<std::string> all;
  for (const Ground& each : grounds.needs) all.push_back(each.what);
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a proof rests on the functions that run") {
  const Driver driver(R"({"call": "get"}, {"call": "idle"}, {"return": 0})", R"({"call": "put"})");
  CHECK(functions_that_run(driver.program, driver.exact, Property::leak, check) == Texts{"get", "idle", "put"});
}

TEST_CASE("a proof needs what it does not survive without") {
  const Driver driver(R"({"call": "get"}, {"call": "idle"}, {"return": 0})", R"({"call": "put"})");
  const auto grounds = grounds_of(driver.program, driver.exact, {Property::leak, Property::double_free}, check);
  REQUIRE(grounds.size() == 2);
  // Without put() what get() took is lost; without get() put() releases what is not held.
  CHECK(texts(grounds[0]) == Texts{"put()", "put() in remove()"});
  CHECK(texts(grounds[1]) == Texts{"get()", "get() in probe()"});
  CHECK(grounds[0].runs == grounds[1].runs);
  CHECK_FALSE(grounds[0].needs[0].is_driver);
  CHECK(grounds[0].needs[1].is_driver);
  CHECK(grounds[0].needs[0].file == "tiny.c");
}

TEST_CASE("what nothing is left to check of has no grounds") {
  const Driver driver(R"({"return": 0})", R"({"return": null})");
  CHECK(grounds_of(driver.program, driver.exact, {}, check).empty());
}
