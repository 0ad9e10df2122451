#include <doctest/doctest.h>

#include "model/compile.h"
#include "model/normal_form.h"
#include "model/program.h"
#include "tests/support/random_program.h"

using namespace tenure;
using namespace tenure::testing;

TEST_CASE("a program with a smaller margin is as it is compiled with that margin") {
  int different = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    const Spec spec = random_program(seed).spec();
    const Program program = compile(spec, {.counter_margin = 3});
    const Program expected = normal_form(compile(spec, {.counter_margin = 1}));
    CHECK(normal_form(with_counter_margin(program, 1)) == expected);
    different += expected == normal_form(program) ? 0 : 1;
  }
  CHECK(different > 20);
}
