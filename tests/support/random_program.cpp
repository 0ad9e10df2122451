#include "tests/support/random_program.h"

#include <algorithm>

#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/explicit_search.h"
#include "tests/support/random_kernel.h"
#include "tests/support/spec_text.h"

namespace tenure::testing {

Spec RandomProgram::spec() const {
  std::vector<std::string> texts;
  for (const OrderedJson& driver : drivers) texts.push_back(driver.dump());
  return spec_of(kernel.dump(), texts);
}

OrderedJson RandomProgram::document() const {
  return object({{"kernel", kernel}, {"drivers", OrderedJson(drivers)}});
}

namespace {

RandomProgram generated(std::uint64_t seed) {
  RandomSource random(seed);
  const RandomKernel kernel = random_kernel(random);
  RandomProgram program{kernel.document, {random_driver(random, kernel, "d")}};
  if (random.percent(12)) program.drivers.push_back(random_driver(random, kernel, "e"));
  return program;
}

using Pointer = nlohmann::json_pointer<std::string>;

void add_parts(const OrderedJson& value, const Pointer& at, std::vector<Pointer>& parts) {
  const auto add = [&](const OrderedJson& part, const Pointer& where) {
    parts.push_back(where);
    add_parts(part, where, parts);
  };
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      if (key != "next") add(member, at / key);  // without it a loop does not end
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) add(value[i], at / i);
  }
}

/// What may be left out of a program, a part before its own parts.
std::vector<Pointer> parts_of(const OrderedJson& document) {
  std::vector<Pointer> parts;
  add_parts(document["kernel"], Pointer("/kernel"), parts);
  const OrderedJson& drivers = document["drivers"];
  if (drivers.size() > 1) parts.emplace_back("/drivers/1");
  for (std::size_t i = 0; i < drivers.size(); ++i) add_parts(drivers[i], Pointer("/drivers") / i, parts);
  return parts;
}

OrderedJson without(OrderedJson document, const Pointer& part) {
  OrderedJson& parent = document[part.parent_pointer()];
  if (parent.is_object()) {
    parent.erase(part.back());
  } else {
    parent.erase(static_cast<std::size_t>(std::stoul(part.back())));
  }
  return document;
}

bool links(const RandomProgram& program) {
  try {
    program.spec();
    return true;
  } catch (const InputError&) {
    return false;
  }
}

/// Whether explicit search visits all states within little time. Two devices have many states between events.
bool is_small(const RandomProgram& program) {
  const Spec spec = program.spec();
  const bool has_devices = std::any_of(spec.drivers.begin(), spec.drivers.end(),
                                       [](const auto& driver) { return !driver->devices.empty(); });
  return explicit_search(compile(spec, random_options), {.configurations = has_devices ? 400U : 1'500U}).complete;
}

}  // namespace

RandomProgram shrunk(const RandomProgram& program, const std::function<bool(const RandomProgram&)>& fails) {
  OrderedJson smallest = program.document();
  for (bool is_smaller = true; is_smaller;) {
    is_smaller = false;
    std::vector<Pointer> parts = parts_of(smallest);
    for (std::size_t i = 0; i < parts.size();) {
      const OrderedJson candidate = without(smallest, parts[i]);
      const RandomProgram smaller{candidate["kernel"], candidate["drivers"]};
      if (links(smaller) && fails(smaller)) {
        smallest = candidate;
        parts = parts_of(smallest);  // what came after the part is in its place now
        is_smaller = true;
      } else {
        ++i;
      }
    }
  }
  return {smallest["kernel"], smallest["drivers"]};
}

RandomProgram changed(const RandomProgram& program, std::uint64_t seed) {
  RandomSource random(seed);
  const OrderedJson document = program.document();
  const std::vector<Pointer> parts = parts_of(document);
  for (int attempt = 0; attempt < 100; ++attempt) {
    const OrderedJson candidate = without(document, random.one_of(parts));
    RandomProgram less{candidate["kernel"], candidate["drivers"]};
    if (links(less) && is_small(less)) return less;
  }
  return program;
}

RandomProgram random_program(std::uint64_t seed) {
  for (std::uint64_t attempt = 0; attempt < 1000; ++attempt) {
    RandomProgram program = generated(seed * 1000 + attempt);
    if (links(program) && is_small(program)) return program;
  }
  throw InternalError("no program links");
}

}  // namespace tenure::testing
