#include "model/link_symbols.h"

#include <algorithm>

namespace tenure {

namespace {

void taken(const std::string& name, const Place& place, const Place& first, Diagnostics& diagnostics) {
  diagnostics.add(place, "'" + name + "' is defined already at " + where(first) + ", expected another name");
}

/// Adds declarations to their table; their names may be neither in it nor in `rivals`.
template <typename Declaration, typename... Rival>
void add_all(const std::vector<Declaration>& declarations, SymbolTable<Declaration>& table, Diagnostics& diagnostics,
             const SymbolTable<Rival>&... rivals) {
  for (const Declaration& declaration : declarations) {
    const Place* first = nullptr;
    const auto look_in = [&](const auto& names) {
      if (const auto* found = names.find(declaration.name)) first = &found->place;
    };
    (look_in(table), ..., look_in(rivals));
    if (first)
      taken(declaration.name, declaration.place, *first, diagnostics);
    else
      table.add(declaration);
  }
}

}  // namespace

void Symbols::add(const Unit& unit, Diagnostics& diagnostics) {
  add_all(unit.constants, constants, diagnostics, variables);
  add_all(unit.variables, variables, diagnostics, constants);
  add_all(unit.resources, resources, diagnostics);
  add_all(unit.lists, lists, diagnostics);
  add_all(unit.functions, functions, diagnostics);
  add_all(unit.roles, roles, diagnostics);
  add_all(unit.events, events, diagnostics);
  add_all(unit.devices, devices, diagnostics);
}

const Parameter* find_parameter(const std::vector<Parameter>& parameters, const std::string& name) {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& candidate) { return candidate.name == name; });
  return found == parameters.end() ? nullptr : &*found;
}

std::string unknown_name(const std::string& kind, const std::string& name, const std::vector<std::string>& known) {
  const std::string near = suggestion(name, known);
  return "unknown " + kind + " '" + name + "'" + (near.empty() ? ", expected one that is declared" : near);
}

std::string where(const Place& place) {
  if (!place.file) return "the kernel model";
  return place.file_name() + (place.line > 0 ? ":" + std::to_string(place.line) : "");
}

}  // namespace tenure
