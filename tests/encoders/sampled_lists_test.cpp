#include "encoders/sampled_lists.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "model/compile.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

/// What is on the lists of a program while the driver is bound, and while it is not.
struct Sampled {
  Sampled(const std::string& kernel, const std::string& driver)
      : spec(spec_of(kernel, {driver})), program(compile(spec)), lists(program, {variable("bound")}) {}

  VariableId variable(const std::string& name) const {
    VariableId v = 0;
    while (program.variables[v].name != name) ++v;
    return v;
  }
  std::vector<std::size_t> lengths(std::int32_t bound) const {
    std::vector<std::size_t> lengths;
    for (const SampledLists::Lists& each : lists.at({bound})) lengths.push_back(each.front().size());
    std::sort(lengths.begin(), lengths.end());
    return lengths;
  }

  Spec spec;
  Program program;
  SampledLists lists;
};

}  // namespace

TEST_CASE("samples have what runs put on a list, also where the environment does what is not usual") {
  const Sampled sampled(tiny_kernel(), tiny_driver(R"({"call": "do_later", "with": {"action": "put_softly"}},
                                                      {"call": "may_fail", "into": "ret"},
                                                      {"if": "ret", "then": [{"return": 0}]},
                                                      {"call": "do_later", "with": {"action": "put_softly"}},
                                                      {"return": 0})"));
  CHECK(sampled.lengths(1) == std::vector<std::size_t>{1, 2});
  CHECK(sampled.lengths(0) == std::vector<std::size_t>{0});
}

TEST_CASE("how long a list that grows was in some run is no sample") {
  const Sampled sampled(kernel_with_nothing(), growing_driver());
  CHECK(sampled.lengths(1) == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("where no run comes to there are no samples") {
  const Sampled sampled(tiny_kernel(), tiny_driver(R"({"return": -1})"));
  CHECK(sampled.lists.at({1}).empty());
}

TEST_CASE("an event that does not end is no sample") {
  const Sampled sampled(tiny_kernel(), tiny_driver(R"({"loop": "i", "from": 0, "while": "i < 1", "next": "i", "do": []},
                                                      {"return": 0})"));
  CHECK(sampled.lists.at({1}).empty());
}
