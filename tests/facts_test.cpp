#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "encoders/engine.h"
#include "model/compile.h"
#include "model/explicit_check.h"
#include "model/semantics.h"
#include "tests/support/spec_text.h"

// Each fact about the kernel that the model uses is a tiny driver, NAME.json, with what NAME.expected.json says of it
// under one or more semantics: the properties that do not hold.
using namespace tenure;
using namespace tenure::testing;
using nlohmann::json;

namespace {

const std::filesystem::path folder = TENURE_SOURCE_DIR "/tests/facts";

std::vector<std::filesystem::path> facts() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".json") && !name.ends_with(".expected.json")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

const KernelModel& kernel_of(const std::string& semantics) {
  static std::map<std::string, KernelModel> loaded;
  const auto found = loaded.find(semantics);
  if (found != loaded.end()) return found->second;
  return loaded.emplace(semantics, load_kernel(semantics, TENURE_SOURCE_DIR "/specs")).first->second;
}

template <typename Check>
void check_facts(const Check& check) {
  const std::vector<Property> properties(all_properties.begin(), all_properties.end());
  for (const auto& file : facts()) {
    const json expected = json::parse(text_of(std::filesystem::path(file).replace_extension("expected.json")));
    for (const auto& [semantics, violated] : expected.items()) {
      const Spec spec = spec_of(kernel_of(semantics).parts, {text_of(file)});
      const Program program = compile(spec);
      const Program exact = compile(spec, {.counter_margin = 0});
      for (const PropertyVerdict& each : check(program, exact, properties)) {
        const std::string property(name_of(each.property));
        const std::string what = file.filename().string() + " under " + semantics + ": " + property;
        INFO(what);
        CHECK(name_of(each.verdict) == violated.value(property, "holds"));
      }
    }
  }
}

}  // namespace

TEST_CASE("there is a fact for every part of the kernel model that has some") {
  CHECK(facts().size() >= 80);
}

TEST_CASE("the facts about the kernel, by explicit search") {
  check_facts([](const Program& program, const Program& exact, const std::vector<Property>& properties) {
    return check_explicitly(program, exact, properties);
  });
}

TEST_CASE("the facts about the kernel, by Z3") {
  Engine engine;
  check_facts([&](const Program& program, const Program& exact, const std::vector<Property>& properties) {
    return engine.check(program, exact, properties);
  });
}
