#include "model/explicit_search.h"

#include <doctest/doctest.h>

#include "model/compile.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

struct Searched {
  Program program;
  ExplicitAnswer answer;
  const std::optional<Path>* path(Property property) const {
    const std::uint32_t goal = goal_of(program, property);
    return goal == none ? nullptr : &answer.paths[goal];
  }
  bool reaches(Property property) const { return path(property) != nullptr && path(property)->has_value(); }
};

Searched search(const std::string& kernel, const std::string& driver, const ExplicitLimits& limits = {}) {
  Searched searched{compile(spec_of(kernel, {driver})), {}};
  searched.answer = explicit_search(searched.program, limits);
  return searched;
}

}  // namespace

TEST_CASE("a clean driver: everything is visited, no property is violated") {
  const Searched searched = search(
      tiny_kernel(),
      tiny_driver(R"({"call": "get"}, {"call": "may_fail", "into": "ret", "on_error": "goto undo"}, {"return": 0},
              {"label": "undo"}, {"call": "put"}, {"return": "ret"})",
                  R"({"call": "put"})"));
  CHECK(searched.answer.complete);
  CHECK(searched.answer.stopped.empty());
  CHECK(searched.answer.bounds.empty());
  for (std::size_t i = 0; i < searched.program.goals.size(); ++i) {
    const Goal& goal = searched.program.goals[i];
    CAPTURE(goal.says);
    CHECK(searched.answer.paths[i].has_value() == !goal.property.has_value());
  }
}

TEST_CASE("a leak on the error path is found in one event, the shortest of several") {
  const Searched searched = search(
      tiny_kernel(),
      tiny_driver(R"({"call": "get"}, {"call": "may_fail", "into": "ret", "on_error": "return ret"}, {"return": 0})",
                  R"({"set": "x", "to": 0})", R"("variables": {"x": {"type": "bool", "lifetime": "driver"}})"));
  REQUIRE(searched.reaches(Property::leak));
  const Path& path = **searched.path(Property::leak);
  REQUIRE(path.events.size() == 1);
  REQUIRE(path.events[0].decisions.size() == 1);
  CHECK(path.steps == 2);
  CHECK(searched.program.events[path.events[0].event].name == "bind");
}

TEST_CASE("a violation that takes several events") {
  const Searched searched = search(tiny_kernel(), tiny_driver(R"({"call": "get"}, {"return": 0})",
                                                              R"({"call": "put_softly"}, {"call": "put_softly"})"));
  CHECK_FALSE(searched.reaches(Property::leak));
  REQUIRE(searched.reaches(Property::redundant_release));
  const Path& path = **searched.path(Property::redundant_release);
  CHECK(path.events.size() == 2);
  CHECK(path.steps == 4);
}

TEST_CASE("every combination of the fixed variables that are read is tried, the others have their first value") {
  const Searched searched =
      search(tiny_kernel("", R"(
      "has_a": {"type": "bool", "lifetime": "fixed"}, "unread": {"type": "bool", "lifetime": "fixed"},
      "size": {"type": "int", "lifetime": "fixed", "values": [2, 5, 9]})"),
             tiny_driver(R"({"if": "has_a && size == 5", "then": [{"call": "put"}]}, {"return": -1})"));
  REQUIRE(searched.reaches(Property::double_free));
  CHECK((**searched.path(Property::double_free)).fixed == std::vector<std::int32_t>{1, 0, 5});
}

TEST_CASE("of a large range of picks only some are tried, and the answer says so") {
  const Searched searched = search(
      tiny_kernel(R"("count": {"source": "tiny.c", "body": [
      {"choose": "granted", "into": "n", "between": [1, 64]}, {"return": "n"}]})"),
      tiny_driver(R"({"call": "count", "into": "n"}, {"if": "n == 64", "then": [{"call": "put"}]}, {"return": -1})"));
  CHECK(searched.reaches(Property::double_free));
  REQUIRE(searched.answer.bounds.size() == 1);
  CHECK(searched.answer.bounds[0].find("'granted' in count: of 1 to 64") != std::string::npos);
}

TEST_CASE("after a crash the run is over") {
  const Searched searched =
      search(tiny_kernel(), tiny_driver(R"({"call": "get"}, {"crash": "it dies"}, {"return": 0})"));
  CHECK(searched.reaches(Property::kernel_crash));
  CHECK_FALSE(searched.reaches(Property::leak));
}

TEST_CASE("a loop without end ends the run, not the search") {
  const Searched searched =
      search(tiny_kernel(),
             tiny_driver(R"({"call": "may_fail", "into": "ret"}, {"loop": "i", "from": 0, "while": "ret < 0", "do": []},
              {"call": "put"}, {"return": 0})"));
  CHECK(searched.answer.complete);
  CHECK(searched.reaches(Property::double_free));
}

TEST_CASE("limits stop the search and are named") {
  ExplicitLimits limits;
  limits.configurations = 3;
  const Searched searched =
      search(tiny_kernel(),
             tiny_driver(R"({"call": "may_fail"}, {"call": "may_fail"}, {"call": "may_fail"}, {"return": 0})"), limits);
  CHECK_FALSE(searched.answer.complete);
  CHECK(searched.answer.stopped == "more than 3 configurations");
}
