#include "tests/support/violated.h"

#include "model/explicit_search.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

namespace tenure::testing {

std::string violated(const std::string& kernel, const std::string& driver, const CompileOptions& options) {
  const Program program = compile(spec_of(kernel, {driver}), options);
  const ExplicitAnswer answer = explicit_search(program, {.configurations = 20'000});
  std::string names;
  for (const Property property : all_properties) {
    const std::uint32_t goal = goal_of(program, property);
    if (goal == none || !answer.paths[goal]) continue;
    names += (names.empty() ? "" : " ") + std::string(name_of(property));
  }
  return names;
}

std::string violated(const std::string& driver) {
  return violated(tiny_kernel(), driver);
}

}  // namespace tenure::testing
