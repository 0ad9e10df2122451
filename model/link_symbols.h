#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/spec.h"

namespace tenure {

/// Declarations of one kind by name. They stay where they are; the units must outlive the table.
template <typename Declaration>
class SymbolTable {
 public:
  const Declaration* find(const std::string& name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }
  void add(const Declaration& declaration) { by_name_.emplace(declaration.name, &declaration); }
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& [name, declaration] : by_name_) result.push_back(name);
    return result;
  }
  const std::map<std::string, const Declaration*>& all() const { return by_name_; }

 private:
  std::map<std::string, const Declaration*> by_name_;
};

/// What can be named from a unit: all that the kernel model declares and, for a driver, what it declares itself.
struct Symbols {
  SymbolTable<Constant> constants;
  SymbolTable<Variable> variables;
  SymbolTable<Resource> resources;
  SymbolTable<DeferredList> lists;
  SymbolTable<Function> functions;
  SymbolTable<Role> roles;
  SymbolTable<Event> events;
  SymbolTable<FurtherDevice> devices;

  /// Adds what a unit declares; a name that is taken already goes to `diagnostics`.
  void add(const Unit& unit, Diagnostics& diagnostics);
};

/// The parameter of this name, or null.
const Parameter* find_parameter(const std::vector<Parameter>& parameters, const std::string& name);

/// "unknown KIND 'NAME'", with the nearest of the known names or what else was expected.
std::string unknown_name(const std::string& kind, const std::string& name, const std::vector<std::string>& known);

/// "FILE:LINE", or "the kernel model" when the place is unknown.
std::string where(const Place& place);

}  // namespace tenure
