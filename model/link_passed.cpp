#include <algorithm>
#include <memory>
#include <set>

#include "model/link_arguments.h"
#include "model/link_uses.h"
#include "model/link_walk.h"

namespace tenure {

namespace {

std::string quoted(const std::string& name) {
  return "'" + name + "'";
}

const char* a(ParameterKind kind) {
  return kind == ParameterKind::value ? "a value" : kind == ParameterKind::resource ? "a resource" : "a function";
}

class PassedLinker {
 public:
  PassedLinker(const Symbols& symbols, Diagnostics& diagnostics)
      : symbols_(symbols), uses_(symbols), diagnostics_(diagnostics) {}

  void link(Block& body) {
    for_each_statement(body, [&](Statement& statement) {
      if (FunctionReference* reference = function_of(statement)) link(*reference);
    });
  }

 private:
  void link(FunctionReference& reference) {
    const Function* called = reference.is_role ? nullptr : symbols_.functions.find(reference.name);
    for (Argument& argument : reference.with) {
      if (called && argument.resource) check_resource(*argument.resource, *called, argument.name);
      if (!argument.function) continue;
      FunctionReference passed = *argument.function;
      if (called) complete(passed, *called, argument);
      link(passed);
      argument.function = std::make_shared<const FunctionReference>(std::move(passed));
    }
  }

  void check_resource(const ResourceReference& reference, const Function& called, const std::string& parameter) {
    const Resource* resource = symbols_.resources.find(reference.name);
    if (!resource) return;
    const ResourceUse use = uses_.of_resource(called, parameter);
    const bool is_whole_family = resource->is_family && !reference.index;
    if (is_whole_family && use.as_one)
      diagnostics_.add(reference.place, quoted(reference.name) + " is a family of " + std::to_string(resource->count) +
                                            " and " + quoted(called.name) + " takes one, expected " + reference.name +
                                            "[INDEX]");
    if (!is_whole_family && use.as_family)
      diagnostics_.add(reference.place, quoted(called.name) + " takes a whole family for " + quoted(parameter) +
                                            ", expected one without an index");
  }

  /// Checks what a passed function is given in the end, and adds defaults for what it is not given.
  void complete(FunctionReference& passed, const Function& called, const Argument& argument) {
    const Function* function = symbols_.functions.find(passed.name);
    if (!function) return;
    const FunctionUses& uses = uses_.of_function(called, argument.name);
    std::set<std::string> given_later;
    Diagnostics reported_with_the_declaration;
    for (const auto& given : uses) {
      for (const auto& [name, kind] : given) given_later.insert(name);
      check_given(passed, *function, given, called, argument.place);
    }
    for (const Parameter& parameter : function->parameters)
      if (parameter.has_default && !given_later.contains(parameter.name) && !is_bound(passed, parameter.name))
        passed.with.push_back(default_argument(parameter, symbols_, reported_with_the_declaration));
  }

  static bool is_bound(const FunctionReference& passed, const std::string& name) {
    return std::any_of(passed.with.begin(), passed.with.end(),
                       [&](const Argument& argument) { return argument.name == name; });
  }

  void check_given(const FunctionReference& passed, const Function& function,
                   const std::map<std::string, ParameterKind>& given, const Function& called, const Place& place) {
    const std::string who = quoted(called.name) + " calls " + quoted(function.name) + " ";
    for (const auto& [name, kind] : given) {
      const Parameter* parameter = find_parameter(function.parameters, name);
      if (!parameter)
        diagnostics_.add(place, who + "with an argument " + quoted(name) + ", expected a function that takes it");
      else if (parameter->kind != kind)
        diagnostics_.add(place,
                         who + "with " + a(kind) + " for " + quoted(name) + ", expected a function that takes one");
      else if (is_bound(passed, name))
        diagnostics_.add(place, who + "with an argument " + quoted(name) + ", expected none bound here");
    }
    for (const Parameter& parameter : function.parameters)
      if (!parameter.has_default && !given.contains(parameter.name) && !is_bound(passed, parameter.name))
        diagnostics_.add(place, who + "without " + quoted(parameter.name) + ", expected {\"call\": \"" + function.name +
                                    "\", \"with\": {\"" + parameter.name + "\": ...}}");
  }

  const Symbols& symbols_;
  ParameterUses uses_;
  Diagnostics& diagnostics_;
};

}  // namespace

void link_passed(Unit& unit, const Symbols& symbols, Diagnostics& diagnostics) {
  PassedLinker linker(symbols, diagnostics);
  for (Function& function : unit.functions) linker.link(function.body);
  for (Event& event : unit.events) linker.link(event.body);
}

}  // namespace tenure
