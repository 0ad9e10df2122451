#include "model/growth.h"

#include <doctest/doctest.h>

#include "model/compile.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

/// Whether the lasso of bind and, again and again, `open` is one on which a list grows: that event has this body, on a
/// driver with a counter `times`.
bool grows(const std::string& body) {
  const Spec spec =
      spec_of(kernel_with_nothing(), {tiny_driver(R"({"return": 0})", "",
                                                  R"("variables": {"times": {"type": "counter", "lifetime": "module"}},
                      "events": {"open": {"says": "open", "do": [)" +
                                                      body + "]}}")});
  const Program exact = compile(spec, {.counter_margin = 0});
  const auto event = [&](const std::string& name) {
    std::uint32_t index = 0;
    while (exact.events[index].name != name) ++index;
    return index;
  };
  // One decision for each step of the counter: it has one option.
  const bool counts = body.find("set") != std::string::npos;
  const std::vector<Option> decisions(counts ? 1 : 0);
  return grows_again_and_again(exact, {{}, {{event("bind"), {}}, {event("open"), decisions}}, none, 0, 1});
}

const std::string adds = R"({"call": "do_later", "with": {"action": "nothing"}})";
const std::string counts = R"({"set": "times", "to": "times + 1"})";

}  // namespace

TEST_CASE("a list grows when each round adds more on it") {
  CHECK(grows(adds));
  CHECK_FALSE(grows(R"({"run": "later"}, )" + adds));
}

TEST_CASE("counters may move on meanwhile") {
  CHECK(grows(counts + ", " + adds));
  CHECK(grows(counts + R"(, {"if": "times >= 8", "then": [)" + adds + R"(], "else": [)" + adds + "]}"));
}

TEST_CASE("a growth that a counter ends after some rounds is none") {
  CHECK_FALSE(grows(counts + R"(, {"if": "times < 8", "then": [)" + adds + "]}"));
  CHECK_FALSE(grows(counts + R"(, {"if": "times == 20", "then": [{"run": "later"}], "else": [)" + adds + "]}"));
}
