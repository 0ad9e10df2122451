#include "model/named_path.h"

#include <doctest/doctest.h>

#include "model/compile.h"
#include "model/explicit_search.h"
#include "model/trace.h"
#include "model/walk.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

/// A driver that leaks after bad luck in its second bind, when it is odd.
struct Leak {
  Leak()
      : program(compile(spec_of(tiny_kernel(), {tiny_driver(R"(
            {"call": "may_fail", "into": "ret", "on_error": "return ret"},
            {"choose": "number", "into": "n", "between": [1, 3]},
            {"if": "odd && again && n == 2", "then": [{"call": "get"}, {"return": -1}]},
            {"set": "again", "to": 1},
            {"return": 0})",
                                                            R"({"return": null})", R"("variables": {
            "odd": {"type": "bool", "lifetime": "fixed"}, "again": {"type": "bool", "lifetime": "module"}})")}),
                        {0})) {
    goal = goal_of(program, Property::leak);
    const ExplicitAnswer answer = explicit_search(program);
    REQUIRE(answer.paths[goal]);
    path = *answer.paths[goal];
    names = named(program, path);
  }
  std::string refusal() const {
    try {
      tell(program, resolved(program, names, goal, path.steps));
      return "";
    } catch (const PathError& error) {
      return error.what();
    }
  }

  Program program;
  std::uint32_t goal = 0;
  Path path;
  NamedPath names;
};

}  // namespace

TEST_CASE("a path keeps what it is when it is written in names") {
  const Leak leak;
  REQUIRE(leak.names.events.size() == 3);
  CHECK(leak.names.configuration == std::vector<std::pair<std::string, std::int32_t>>{{"odd", 1}});
  CHECK(leak.names.events[0].event == "bind");
  CHECK(leak.names.events[1].event == "unbind");
  CHECK(leak.names.events[2].decisions == std::vector<NamedPath::Decision>{{"luck", "good", 0}, {"number", "", 2}});
  const Path again = resolved(leak.program, leak.names, leak.goal, leak.path.steps);
  CHECK(again.fixed == leak.path.fixed);
  REQUIRE(again.events.size() == leak.path.events.size());
  for (std::size_t i = 0; i < again.events.size(); ++i) {
    CHECK(again.events[i].event == leak.path.events[i].event);
    CHECK(again.events[i].decisions == leak.path.events[i].decisions);
  }
  CHECK(tell(leak.program, again).explanation == tell(leak.program, leak.path).explanation);
  CHECK(tell(leak.program, again).path == leak.names);
}

TEST_CASE("names that do not make a run are refused, with the place") {
  Leak leak;
  CHECK(leak.refusal().empty());
  const NamedPath good = leak.names;
  const auto refusal_of = [&](const auto& edit) {
    leak.names = good;
    edit(leak.names);
    return leak.refusal();
  };
  CHECK(refusal_of([](NamedPath& path) { path.events[0].event = "bid"; }) == "event 1 (bid): there is no such event");
  CHECK(refusal_of([](NamedPath& path) { path.events.erase(path.events.begin()); }) ==
        "event 1 (unbind): it cannot happen here");
  CHECK(refusal_of([](NamedPath& path) { path.events[2].decisions[0].alternative = "middling"; }) ==
        "event 3 (bind): 'middling' for 'luck' cannot be taken here");
  CHECK(refusal_of([](NamedPath& path) { path.events[2].decisions[1].picked = 4; }) ==
        "event 3 (bind): 4 for 'number' cannot be taken here");
  CHECK(refusal_of([](NamedPath& path) { path.events[2].decisions[0].choice = "weather"; }) ==
        "event 3 (bind): decided is 'good' for 'weather', but the program asks for 'luck'");
  CHECK(refusal_of([](NamedPath& path) { path.events[0].decisions.pop_back(); }) ==
        "event 1 (bind): nothing is decided for 'number'");
  CHECK(refusal_of([](NamedPath& path) {
          path.events[1].decisions = {{"luck", "good", 0}};
        }) == "event 2 (unbind): nothing asks for 'good' for 'luck'");
  CHECK(refusal_of([](NamedPath& path) { path.configuration[0].second = 2; }) == "odd is never 2");
  CHECK(refusal_of([](NamedPath& path) { path.configuration.clear(); }) == "the configuration says nothing of odd");
  CHECK(refusal_of([](NamedPath& path) { path.configuration.emplace_back("even", 1); }) ==
        "'even' is no variable of the configuration");
  // A run that violates nothing.
  CHECK_FALSE(refusal_of([](NamedPath& path) { path.configuration[0].second = 0; }).empty());
}
