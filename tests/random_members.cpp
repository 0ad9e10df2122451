#include "tests/support/random_members.h"

#include <iostream>
#include <string>

#include "encoders/engine.h"
#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/explicit_check.h"
#include "tests/support/random_program.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

// What is proved by one arbitrary member, with no more than two members tried, is compared with explicit search over
// all sizes up to four: what holds for every size must hold there.
using namespace tenure;
using namespace tenure::testing;

namespace {

struct Counts {
  std::uint64_t proved = 0, bounded = 0, violated = 0, other = 0, wrong = 0, refused = 0, not_compared = 0;
};

void compare(std::uint64_t seed, Engine& engine, Counts& counts) {
  const std::string driver = RandomMembers(seed).driver();
  const std::vector<Property> properties(all_properties.begin(), all_properties.end());
  const Spec cut = spec_of(tiny_kernel(), {RandomMembers::with_size(driver, 64, 2)});
  const auto verdicts =
      engine.check(compile(cut, random_options), compile(cut, {.counter_margin = 0}), properties, {.seconds = 5});
  const Spec whole = spec_of(tiny_kernel(), {RandomMembers::with_size(driver, 4, 4)});
  const auto oracle = check_explicitly(compile(whole, random_options), compile(whole, {.counter_margin = 0}),
                                       properties, {.configurations = 200'000, .seconds = 5});
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const std::string_view name = name_of(verdicts[i].verdict);
    const auto* holds = std::get_if<Holds>(&verdicts[i].verdict);
    if (holds != nullptr && holds->nothing_to_check) continue;
    ++(name == "holds"           ? counts.proved
       : name == "holds-bounded" ? counts.bounded
       : name == "violated"      ? counts.violated
                                 : counts.other);
    if (name == "holds" && std::holds_alternative<Undecided>(oracle[i].verdict)) ++counts.not_compared;
    if (name != "holds" || !std::holds_alternative<Violated>(oracle[i].verdict)) continue;
    ++counts.wrong;
    std::cout << "seed " << seed << ": " << name_of(properties[i]) << " holds, but not for every size up to 4:\n"
              << driver << "\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t count = 100;
  std::uint64_t seed = 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string argument = argv[i];
    (argument == "--count" ? count : seed) = std::stoull(argv[i + 1]);
  }
  Engine engine;
  Counts counts;
  for (std::uint64_t i = 0; i < count; ++i) {
    try {
      compare(seed + i, engine, counts);
    } catch (const InputError& error) {
      ++counts.refused;
      std::cout << error.what() << "\n";
    }
  }
  std::cout << count << " programs from seed " << seed << ": " << counts.proved << " proved for every size ("
            << counts.not_compared << " not compared), " << counts.bounded << " bounded, " << counts.violated
            << " violated, " << counts.other << " other, " << counts.refused << " refused; " << counts.wrong
            << " wrong\n";
  return counts.wrong == 0 && counts.refused == 0 && counts.proved > count / 4 && counts.bounded > 0 ? 0 : 1;
}
