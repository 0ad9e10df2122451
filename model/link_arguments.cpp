#include "model/link_arguments.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "model/expression.h"

namespace tenure {

namespace {

const Argument* argument_called(const std::vector<Argument>& arguments, const std::string& name) {
  const auto found = std::find_if(arguments.begin(), arguments.end(),
                                  [&](const Argument& candidate) { return candidate.name == name; });
  return found == arguments.end() ? nullptr : &*found;
}

std::vector<std::string> names_of(const std::vector<Parameter>& parameters) {
  std::vector<std::string> names;
  names.reserve(parameters.size());
  for (const Parameter& parameter : parameters) names.push_back(parameter.name);
  return names;
}

/// "'a', 'b'", or "no arguments"
std::string listed(const std::vector<Parameter>& parameters) {
  std::string text;
  for (const Parameter& parameter : parameters) text += (text.empty() ? "'" : ", '") + parameter.name + "'";
  return text.empty() ? "no arguments" : text;
}

}  // namespace

void ArgumentLinker::link_call(FunctionReference& function) const {
  if (!function.is_role) return link_complete(function);
  check_device(function);
  scope_.check_role(function.name, function.place);
  if (!function.with.empty())
    diagnostics_.add(function.with.front().place, "the callbacks of drivers take no arguments, expected no 'with'");
}

void ArgumentLinker::link_entry(FunctionReference& function) const {
  if (function.is_role)
    diagnostics_.add(function.place, "a role can only be called, expected the name of a function");
  else
    link_complete(function);
}

void ArgumentLinker::check_device(const FunctionReference& function) const {
  if (function.device.empty()) return;
  scope_.check_device(function.device, function.place);
  const Parameter* parameter = scope_.parameter(function.name);
  if (parameter && parameter->kind == ParameterKind::function)
    diagnostics_.add(function.place,
                     "'" + function.name + "' has its device from where it was given, expected no 'device'");
}

/// Links the arguments that are given; gives the declaration, or null when there is none (an unknown function, or a
/// parameter, whose function is known only where it is bound).
const Function* ArgumentLinker::link_given(FunctionReference& function) const {
  if (function.name.empty()) return nullptr;
  check_device(function);
  const Parameter* parameter = scope_.parameter(function.name);
  if (parameter && parameter->kind == ParameterKind::function) {
    for (Argument& argument : function.with) link_argument(argument, guess(argument));
    return nullptr;
  }
  const Function* declaration = scope_.symbols().functions.find(function.name);
  if (!declaration) {
    std::vector<std::string> known = scope_.symbols().functions.names();
    for (const std::string& name : scope_.names_of_parameters(ParameterKind::function)) known.push_back(name);
    diagnostics_.add(function.place, unknown_name("function", function.name, known));
    return nullptr;
  }
  for (Argument& argument : function.with) {
    if (const Parameter* wanted = find_parameter(declaration->parameters, argument.name)) {
      link_argument(argument, wanted->kind);
      continue;
    }
    const std::string near = suggestion(argument.name, names_of(declaration->parameters));
    diagnostics_.add(argument.place, "'" + function.name + "' takes no argument '" + argument.name + "'" +
                                         (near.empty() ? ", expected " + listed(declaration->parameters) : near));
  }
  return declaration;
}

void ArgumentLinker::link_complete(FunctionReference& function) const {
  const Function* declaration = link_given(function);
  if (!declaration) return;
  add_defaults(function, *declaration);
  for (const Parameter& parameter : declaration->parameters)
    if (!argument_called(function.with, parameter.name))
      diagnostics_.add(function.place, "missing argument '" + parameter.name + "' of '" + function.name +
                                           "', expected " + listed(declaration->parameters));
}

void ArgumentLinker::link_partial(FunctionReference& function) const {
  if (function.is_role)
    diagnostics_.add(function.place, "a role can only be called, expected the name of a function");
  else
    link_given(function);
}

/// Adds the defaults of what is not given, and puts all in the order of the parameters.
void ArgumentLinker::add_defaults(FunctionReference& function, const Function& declaration) const {
  Diagnostics reported_with_the_declaration;
  std::vector<Argument> ordered;
  for (const Parameter& parameter : declaration.parameters) {
    if (const Argument* given = argument_called(function.with, parameter.name))
      ordered.push_back(*given);
    else if (parameter.has_default)
      ordered.push_back(default_argument(parameter, scope_.symbols(), reported_with_the_declaration));
  }
  function.with = std::move(ordered);
}

void ArgumentLinker::link_argument(Argument& argument, ParameterKind kind) const {
  if (kind == ParameterKind::function) return link_function_argument(argument);
  if (argument.closure) {
    diagnostics_.add(argument.place, "found a function, expected " +
                                         std::string(kind == ParameterKind::value ? "an expression" : "a resource") +
                                         " for '" + argument.name + "'");
    return;
  }
  if (kind == ParameterKind::value) {
    if (auto expression = parse_expression(argument.text, argument.place, diagnostics_)) {
      scope_.check_expression(*expression);
      argument.expression = std::make_shared<const Expression>(std::move(*expression));
    }
  } else if (auto resource = parse_resource_reference(argument.text, argument.place, diagnostics_)) {
    scope_.check_resource(*resource, true);
    argument.resource = std::make_shared<const ResourceReference>(std::move(*resource));
  }
}

void ArgumentLinker::link_function_argument(Argument& argument) const {
  std::optional<FunctionReference> function;
  if (argument.closure)
    function = *argument.closure;
  else
    function = parse_function_name(argument.text, argument.place, diagnostics_);
  if (!function) return;
  link_partial(*function);
  argument.function = std::make_shared<const FunctionReference>(std::move(*function));
}

/// The kind of an argument whose parameter is not known yet, by what it names.
ParameterKind ArgumentLinker::guess(const Argument& argument) const {
  if (argument.closure) return ParameterKind::function;
  if (scope_.is_value(argument.text)) return ParameterKind::value;
  Diagnostics scratch;
  if (const auto resource = parse_resource_reference(argument.text, argument.place, scratch)) {
    const Parameter* parameter = scope_.parameter(resource->name);
    if (parameter) return parameter->kind;
    if (resource->name == "none" || scope_.symbols().resources.find(resource->name)) return ParameterKind::resource;
    if (scope_.symbols().functions.find(resource->name)) return ParameterKind::function;
  }
  return ParameterKind::value;
}

Argument default_argument(const Parameter& parameter, const Symbols& symbols, Diagnostics& diagnostics) {
  const LinkScope outside(symbols, diagnostics);
  Argument argument;
  argument.name = parameter.name;
  argument.text = parameter.default_text;
  argument.place = parameter.default_place;
  ArgumentLinker(outside, diagnostics).link_argument(argument, parameter.kind);
  return argument;
}

}  // namespace tenure
