#include "model/link.h"

#include <algorithm>
#include <utility>

#include "model/link_body.h"
#include "model/link_calls.h"
#include "model/link_scope.h"
#include "model/link_symbols.h"
#include "model/link_uses.h"

namespace tenure {

namespace {

/// Everything in one unit that can be checked without looking at who calls whom.
void link_unit(Unit& unit, const Symbols& symbols, Diagnostics& diagnostics) {
  const LinkScope scope(symbols, diagnostics);
  for (Function& function : unit.functions) {
    link_parameters(function, symbols, diagnostics);
    link_body(function.body, function.parameters, function.locals, symbols, diagnostics);
  }
  for (Event& event : unit.events) {
    if (event.when) scope.check_expression(*event.when);
    link_body(event.body, {}, event.locals, symbols, diagnostics);
  }
  for (const Variable& variable : unit.variables)
    if (!variable.device.empty()) scope.check_device(variable.device, variable.place);
  for (const DeferredList& list : unit.lists)
    if (list.empty_when) scope.check_expression(*list.empty_when);
  for (const auto* condition : {&unit.quiescent, &unit.final, &unit.while_bound})
    if (*condition) scope.check_expression(**condition);
}

void check_keeps(const Unit& driver, const Symbols& symbols, Diagnostics& diagnostics) {
  std::vector<std::string> restored;
  for (const auto& [name, variable] : symbols.variables.all())
    if (variable->restored) restored.push_back(name);
  for (const Keeps& keeps : driver.keeps) {
    const Variable* variable = symbols.variables.find(keeps.variable);
    const std::string quoted = "'" + keeps.variable + "'";
    if (!variable)
      diagnostics.add(keeps.place, unknown_name("variable", keeps.variable, restored));
    else if (!variable->restored)
      diagnostics.add(keeps.place, quoted + " is not restored, expected no 'keeps' for it");
  }
}

std::string no_callback(const std::string& role) {
  return "no callback has the role '" + role + "', expected \"callbacks\": {\"" + role + "\": FUNCTION}";
}

/// Callbacks of the driver's main device, or of a further one.
void check_callbacks(const Unit& driver, const std::vector<Callback>& callbacks, const Place& place,
                     const Symbols& symbols, Diagnostics& diagnostics) {
  for (const Callback& callback : callbacks) {
    if (!symbols.roles.find(callback.role))
      diagnostics.add(callback.place, unknown_name("role", callback.role, symbols.roles.names()));
    std::vector<std::string> own;
    for (const Function& function : driver.functions) own.push_back(function.name);
    const auto function = std::find_if(driver.functions.begin(), driver.functions.end(),
                                       [&](const Function& candidate) { return candidate.name == callback.function; });
    if (function == driver.functions.end()) {
      diagnostics.add(callback.place, unknown_name("driver function", callback.function, own));
      continue;
    }
    for (const Parameter& parameter : function->parameters)
      diagnostics.add(parameter.place, "'" + function->name + "' is a callback, expected no parameters");
  }
  for (const auto& [name, role] : symbols.roles.all()) {
    const bool is_given = std::any_of(callbacks.begin(), callbacks.end(),
                                      [&, &role_name = name](const Callback& each) { return each.role == role_name; });
    if (role->required && !is_given) diagnostics.add(place, no_callback(name));
  }
}

/// A device without callbacks has no life of its own, so that it needs none.
void check_devices(const Unit& driver, const Symbols& symbols, Diagnostics& diagnostics) {
  for (const FurtherDevice& device : driver.devices) {
    if (device.name == main_device)
      diagnostics.add(device.place,
                      "'" + device.name + "' is what the driver's first device is called, expected another name");
    if (!device.callbacks.empty()) check_callbacks(driver, device.callbacks, device.place, symbols, diagnostics);
  }
}

/// That the life cycle says each of these once.
void check_once(const std::vector<std::shared_ptr<Unit>>& parts, std::optional<Expression> Unit::*condition,
                const std::string& name, Diagnostics& diagnostics) {
  const Unit* first = nullptr;
  for (const auto& part : parts) {
    if (!((*part).*condition)) continue;
    if (first)
      diagnostics.add(((*part).*condition)->place,
                      "'" + name + "' is given already in " + where(first->place) + ", expected it once");
    else
      first = part.get();
  }
}

Symbols symbols_of(const std::vector<std::shared_ptr<const Unit>>& kernel) {
  Symbols symbols;
  Diagnostics reported_when_the_kernel_was_linked;
  for (const auto& part : kernel) symbols.add(*part, reported_when_the_kernel_was_linked);
  return symbols;
}

/// No object at all, or text that could not be parsed: all that can be said of it has been said.
bool is_unreadable(const Unit& unit) {
  return unit.place.line == 0 && unit.functions.empty();
}

void check_driver(const Unit& driver, const Spec& spec, const Symbols& symbols, Diagnostics& diagnostics) {
  check_callbacks(driver, driver.callbacks, driver.place, symbols, diagnostics);
  check_devices(driver, symbols, diagnostics);
  check_keeps(driver, symbols, diagnostics);
  check_all_called(driver, diagnostics);
  const bool has_guard = std::any_of(spec.kernel.begin(), spec.kernel.end(),
                                     [](const auto& part) { return part->while_bound.has_value(); });
  if (!driver.events.empty() && !has_guard)
    diagnostics.add(driver.events.front().place,
                    "events of drivers need the kernel model's 'while_bound', and it has none");
}

}  // namespace

std::vector<std::shared_ptr<const Unit>> link_kernel(std::vector<Unit> parts, Diagnostics& diagnostics) {
  std::vector<std::shared_ptr<Unit>> units;
  Symbols symbols;
  units.reserve(parts.size());
  for (Unit& part : parts) units.push_back(std::make_shared<Unit>(std::move(part)));
  for (const auto& unit : units) symbols.add(*unit, diagnostics);
  for (const auto& unit : units) link_unit(*unit, symbols, diagnostics);
  check_once(units, &Unit::quiescent, "quiescent", diagnostics);
  check_once(units, &Unit::final, "final", diagnostics);
  check_once(units, &Unit::while_bound, "while_bound", diagnostics);
  std::vector<Caller> callers;
  callers.reserve(units.size());
  for (const auto& unit : units) callers.push_back({unit.get(), &symbols});
  if (check_recursion(callers, diagnostics))
    for (const auto& unit : units) link_passed(*unit, symbols, diagnostics);
  return {units.begin(), units.end()};
}

Spec link(std::vector<std::shared_ptr<const Unit>> kernel, std::vector<Unit> drivers, Diagnostics& diagnostics) {
  Spec spec;
  spec.kernel = std::move(kernel);
  const Symbols kernel_symbols = symbols_of(spec.kernel);
  std::vector<Caller> callers;
  for (const auto& part : spec.kernel) callers.push_back({part.get(), &kernel_symbols});
  std::vector<std::shared_ptr<Unit>> units;
  std::vector<std::unique_ptr<Symbols>> symbols_of_drivers;
  for (Unit& unit : drivers) {
    Unit& driver = *units.emplace_back(std::make_shared<Unit>(std::move(unit)));
    Symbols& symbols = *symbols_of_drivers.emplace_back(std::make_unique<Symbols>(kernel_symbols));
    if (is_unreadable(driver)) continue;
    symbols.add(driver, diagnostics);
    link_unit(driver, symbols, diagnostics);
    check_driver(driver, spec, symbols, diagnostics);
    callers.push_back({&driver, &symbols});
  }
  if (check_recursion(callers, diagnostics))
    for (std::size_t i = 0; i < units.size(); ++i) link_passed(*units[i], *symbols_of_drivers[i], diagnostics);
  spec.drivers.assign(units.begin(), units.end());
  return spec;
}

}  // namespace tenure
