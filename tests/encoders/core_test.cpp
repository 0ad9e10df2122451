#include "encoders/core.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "encoders/engine.h"
#include "model/compile.h"
#include "model/depends.h"
#include "model/semantics.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

struct Driver {
  explicit Driver(const Spec& linked) : spec(linked), program(compile(spec)), exact(compile(spec, {0})) {}

  Core core(Property property) const {
    const auto cores = cores_of(program, {property}, {});
    REQUIRE(cores.front());
    CHECK(cores.front()->is_least);
    return *cores.front();
  }
  bool is_violated(Property property) const {
    return std::holds_alternative<Violated>(Engine().check(program, exact, {property}).front().verdict);
  }

  Spec spec;
  Program program, exact;
};

/// In a tiny kernel with a function that does something that nothing depends on, and one that always succeeds.
Driver tiny(const std::string& probe, const std::string& remove) {
  return Driver(spec_of(tiny_kernel(R"("note": {"source": "tiny.c", "body": [{"set": "noted", "to": true}]},
                                       "check": {"source": "tiny.c", "body": [{"return": 0}]})",
                                    R"("noted": {"type": "bool", "lifetime": "device"})"),
                        {tiny_driver(probe, remove)}));
}

Driver takes_and_gives_back() {
  return tiny(R"({"call": "get"}, {"call": "note"}, {"return": 0})", R"({"call": "put"})");
}

std::string explicit_driver() {
  std::ifstream file(TENURE_SOURCE_DIR "/specs/drivers/minimal/explicit.json");
  return {std::istreambuf_iterator<char>(file), {}};
}

Driver real(const std::string& text) {
  static const KernelModel kernel = load_kernel("old", TENURE_SOURCE_DIR "/specs");
  return Driver(spec_of(kernel.parts, {text}));
}

/// "put" for a function of the kernel, "probe: get()" for a statement of the driver.
std::vector<std::string> texts(const Program& program, const Core& core) {
  std::vector<std::string> all;
  for (const Fact& fact : core.facts) {
    const std::string& function = program.functions[fact.function].name;
    all.push_back(fact.site == none ? function : function + ": " + program.sites[fact.site].text);
  }
  return all;
}

bool has(const std::vector<std::string>& all, const std::string& text) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

/// What a statement of the driver calls is not called.
void leave_out(Program& program, const Site& statement) {
  for (Procedure& procedure : program.procedures) {
    for (Edge& edge : procedure.edges) {
      const Site& site = program.sites[edge.site];
      const bool is_same = site.place.line == statement.place.line && site.function == statement.function;
      if (is_same && std::holds_alternative<Call>(edge.action)) edge.action = std::monostate{};
    }
  }
}

}  // namespace

TEST_CASE("a core has what gives back, and nothing that does not matter") {
  const Driver driver = takes_and_gives_back();
  const std::vector<std::string> leak = texts(driver.program, driver.core(Property::leak));
  CHECK(has(leak, "put"));
  CHECK(has(leak, "remove: put()"));
  CHECK_FALSE(has(leak, "note"));
  CHECK_FALSE(has(leak, "probe: note()"));
  CHECK(tiny(R"({"call": "get"}, {"call": "note"}, {"return": 0})", "").is_violated(Property::leak));
  CHECK_FALSE(tiny(R"({"call": "get"}, {"return": 0})", R"({"call": "put"})").is_violated(Property::leak));
}

TEST_CASE("a core has what takes, where giving back twice is the fault") {
  const Driver driver = takes_and_gives_back();
  const std::vector<std::string> core = texts(driver.program, driver.core(Property::double_free));
  CHECK(has(core, "get"));
  CHECK(has(core, "probe: get()"));
  CHECK_FALSE(has(core, "note"));
}

TEST_CASE("a core has the condition that decides") {
  const Driver driver = tiny(R"({"call": "check", "into": "ret", "on_error": "return ret"}, {"call": "get"},
              {"call": "may_fail", "into": "ret"}, {"if": "ret != 0", "then": [{"call": "put"}]}, {"return": "ret"})",
                             R"({"call": "put"})");
  const std::vector<std::string> core = texts(driver.program, driver.core(Property::leak));
  CHECK(has(core, "probe: if (ret != 0)"));
  CHECK(has(core, "probe: return ret"));
  CHECK_FALSE(has(core, "may_fail"));
}

TEST_CASE("what a proof rests on of the kernel's functions undoes it when it is left out") {
  const std::string text = explicit_driver();
  const Driver driver = real(text);
  const Core core = driver.core(Property::leak);
  const std::vector<std::string> leak = texts(driver.program, core);
  CHECK(has(leak, "pci_free_irq_vectors"));
  CHECK(has(leak, "minimal_remove: pci_free_irq_vectors()"));
  CHECK_FALSE(has(leak, "pcibios_enable_device"));
  std::string changed = text;
  const std::string call = R"({"call": "pci_free_irq_vectors"},)";
  changed.erase(changed.rfind(call), call.size());
  CHECK(real(changed).is_violated(Property::leak));
}

TEST_CASE("what holds for every size rests on what is said of one member") {
  std::ifstream file(TENURE_SOURCE_DIR "/examples/20-any-number-of-rings.json");
  const Driver driver = real({std::istreambuf_iterator<char>(file), {}});
  const Subject subject{"rings.json", "rings", "old", driver.program, driver.exact, nullptr, {}, ""};
  Engine engine;
  const Check check = [&](const Program& program, const Program& exact, const std::vector<Property>& properties) {
    return engine.check(program, exact, properties);
  };
  std::vector<bool> asked;
  const FindCores cores = [&](const Program& program, const std::vector<Property>& held) {
    asked.push_back(program.is_one_member);
    return engine.cores(program, held);
  };
  const auto proofs = dependence_on("kfree", subject, {Property::double_free, Property::use_after_free}, check, cores);
  REQUIRE(proofs.size() == 2);
  CHECK(asked == std::vector<bool>{true});
  CHECK(proofs[0].rests);
}

TEST_CASE("a proof stands without any call that it does not rest on") {
  const Driver driver = real(explicit_driver());
  std::size_t left_out = 0;
  for (const Property property : {Property::free_in_use, Property::stale_state}) {
    Driver without = driver;
    const std::vector<std::string> core = texts(driver.program, driver.core(property));
    for (const Site& site : driver.program.sites) {
      const std::string& function = driver.program.functions[site.function].name;
      if (!site.is_driver || !site.is_call || has(core, function + ": " + site.text)) continue;
      leave_out(without.program, site);
      leave_out(without.exact, site);
      ++left_out;
    }
    CHECK_FALSE(without.is_violated(property));
  }
  CHECK(left_out > 0);
}
