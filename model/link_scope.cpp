#include "model/link_scope.h"

#include <algorithm>

namespace tenure {

namespace {

const std::vector<Parameter> no_parameters;
const std::vector<Local> no_locals;

const char* name_of(ParameterKind kind) {
  return kind == ParameterKind::value ? "value" : kind == ParameterKind::resource ? "resource" : "function";
}

bool is_comparison(Operator op) {
  return op == Operator::equal || op == Operator::unequal || op == Operator::less || op == Operator::less_equal ||
         op == Operator::greater || op == Operator::greater_equal;
}

void append(std::vector<std::string>& names, const std::vector<std::string>& more) {
  names.insert(names.end(), more.begin(), more.end());
}

}  // namespace

Scope::Scope(const Symbols& symbols, Diagnostics& diagnostics)
    : Scope(symbols, no_parameters, no_locals, diagnostics) {}

Scope::Scope(const Symbols& symbols, const std::vector<Parameter>& parameters, const std::vector<Local>& locals,
             Diagnostics& diagnostics)
    : symbols_(symbols), parameters_(parameters), locals_(locals), diagnostics_(diagnostics) {}

const Parameter* Scope::parameter(const std::string& name) const {
  return find_parameter(parameters_, name);
}

bool Scope::is_local(const std::string& name) const {
  return std::any_of(locals_.begin(), locals_.end(), [&](const Local& local) { return local.name == name; });
}

bool Scope::is_value(const std::string& name) const {
  const Parameter* found = parameter(name);
  return is_local(name) || (found && found->kind == ParameterKind::value) || symbols_.variables.find(name) ||
         symbols_.constants.find(name);
}

std::vector<std::string> Scope::value_names() const {
  std::vector<std::string> names = names_of_parameters(ParameterKind::value);
  for (const Local& local : locals_) names.push_back(local.name);
  append(names, symbols_.variables.names());
  append(names, symbols_.constants.names());
  return names;
}

std::vector<std::string> Scope::names_of_parameters(ParameterKind kind) const {
  std::vector<std::string> names;
  for (const Parameter& candidate : parameters_)
    if (candidate.kind == kind) names.push_back(candidate.name);
  return names;
}

void Scope::unknown(const std::string& kind, const std::string& name, const Place& place,
                    const std::vector<std::string>& known) const {
  diagnostics_.add(place, unknown_name(kind, name, known));
}

const Variable* Scope::counter(const Expression& expression) const {
  if (expression.kind != Expression::Kind::name) return nullptr;
  if (is_local(expression.name) || parameter(expression.name)) return nullptr;
  const Variable* variable = symbols_.variables.find(expression.name);
  return variable && variable->type == VariableType::counter ? variable : nullptr;
}

bool Scope::is_constant(const Expression& expression) const {
  if (expression.kind == Expression::Kind::literal) return true;
  if (expression.kind == Expression::Kind::name) return symbols_.constants.find(expression.name) != nullptr;
  return expression.kind == Expression::Kind::operation &&
         std::all_of(expression.operands.begin(), expression.operands.end(),
                     [&](const Expression& operand) { return is_constant(operand); });
}

void Scope::check_expression(const Expression& expression) const {
  switch (expression.kind) {
    case Expression::Kind::literal:
      return;
    case Expression::Kind::name:
      return check_name(expression);
    case Expression::Kind::operation:
      return check_operation(expression);
    case Expression::Kind::held:
    case Expression::Kind::in_use:
      return check_resource(*expression.resource);
    case Expression::Kind::has: {
      check_list(expression.name, expression.place);
      const Parameter* given = parameter(expression.function);
      if ((given && given->kind == ParameterKind::function) || symbols_.functions.find(expression.function)) return;
      std::vector<std::string> known = symbols_.functions.names();
      append(known, names_of_parameters(ParameterKind::function));
      return unknown("function", expression.function, expression.place, known);
    }
    case Expression::Kind::empty:
      return check_list(expression.name, expression.place);
    case Expression::Kind::defined:
      return check_role(expression.name, expression.place);
  }
}

void Scope::check_name(const Expression& expression) const {
  const std::string& name = expression.name;
  if (const Variable* variable = counter(expression))
    diagnostics_.add(expression.place, "'" + variable->name + "' is a counter, expected it compared with a constant");
  if (is_value(name)) return;
  if (const Parameter* given = parameter(name))
    diagnostics_.add(expression.place,
                     "'" + name + "' is a parameter of kind " + name_of(given->kind) + ", expected a value");
  else if (symbols_.resources.find(name))
    diagnostics_.add(expression.place,
                     "'" + name + "' is a resource, expected held(" + name + ") or in_use(" + name + ")");
  else if (symbols_.functions.find(name))
    diagnostics_.add(expression.place, "'" + name + "' is a function, expected a value");
  else
    unknown("variable", name, expression.place, value_names());
}

void Scope::check_operation(const Expression& expression) const {
  if (is_comparison(expression.op)) {
    const Expression& left = expression.operands[0];
    const Expression& right = expression.operands[1];
    if ((counter(left) && is_constant(right)) || (counter(right) && is_constant(left))) return;
  }
  for (const Expression& operand : expression.operands) check_expression(operand);
}

void Scope::check_resource(const ResourceReference& reference, bool may_be_whole) const {
  if (reference.index) check_expression(*reference.index);
  const Parameter* given = parameter(reference.name);
  if (reference.name == "none" || (given && given->kind == ParameterKind::resource)) {
    if (!reference.per.empty())
      diagnostics_.add(reference.place,
                       "'" + reference.name + "' stands for a resource as it is, expected no parenthesis");
    if (reference.name == "none" && reference.index)
      diagnostics_.add(reference.place, "'none' stands for no resource, expected no index");
    return;
  }
  const Resource* resource = symbols_.resources.find(reference.name);
  if (resource) {
    check_per(reference, *resource);
    check_index(reference, *resource, may_be_whole);
  } else {
    check_resource_name(reference.name, reference.place);
  }
}

void Scope::check_resource_name(const std::string& name, const Place& place) const {
  const Parameter* given = parameter(name);
  if ((given && given->kind == ParameterKind::resource) || symbols_.resources.find(name)) return;
  std::vector<std::string> known = symbols_.resources.names();
  append(known, names_of_parameters(ParameterKind::resource));
  unknown("resource", name, place, known);
}

void Scope::check_index(const ResourceReference& reference, const Resource& resource, bool may_be_whole) const {
  const std::string quoted = "'" + reference.name + "'";
  if (!reference.index) {
    if (resource.is_family && !may_be_whole)
      diagnostics_.add(reference.place, quoted + " is a family of " + std::to_string(resource.count) + ", expected " +
                                            reference.name + (resource.per.empty() ? "" : "(" + reference.per + ")") +
                                            "[INDEX]");
    return;
  }
  const Expression& index = *reference.index;
  if (!resource.is_family)
    diagnostics_.add(reference.place, quoted + " is one resource (no 'count'), expected no index");
  else if (index.kind == Expression::Kind::literal && (index.value < 0 || index.value >= resource.count))
    diagnostics_.add(index.place, "index " + std::to_string(index.value) + " of " + quoted + ", expected 0 to " +
                                      std::to_string(resource.count - 1));
}

void Scope::check_per(const ResourceReference& reference, const Resource& resource) const {
  const std::string quoted = "'" + reference.name + "'";
  if (resource.per.empty() && !reference.per.empty())
    diagnostics_.add(reference.place, quoted + " is not declared with 'per', expected no parenthesis");
  if (!resource.per.empty() && reference.per.empty())
    diagnostics_.add(reference.place,
                     quoted + " is one for each " + resource.per + ", expected " + reference.name + "(RESOURCE)");
  if (reference.per.empty() || reference.per == "none") return;
  check_resource_name(reference.per, reference.place);
  const Resource* other = symbols_.resources.find(reference.per);
  if (other && !other->per.empty())
    diagnostics_.add(
        reference.place,
        "'" + other->name + "' has a parenthesis of its own, expected a resource without 'per' in " + quoted);
}

void Scope::check_list(const std::string& name, const Place& place) const {
  if (!name.empty() && !symbols_.lists.find(name)) unknown("list", name, place, symbols_.lists.names());
}

void Scope::check_role(const std::string& name, const Place& place) const {
  if (!symbols_.roles.find(name)) unknown("role", name, place, symbols_.roles.names());
}

void Scope::check_device(const std::string& name, const Place& place) const {
  if (symbols_.devices.find(name)) return;
  std::vector<std::string> known = symbols_.devices.names();
  if (!known.empty()) known.emplace_back(main_device);
  if (known.empty() || name != main_device) unknown("device", name, place, known);
}

void Scope::check_assignment(const std::string& name, const Expression* to, const Place& place) const {
  const Variable* variable = symbols_.variables.find(name);
  const bool is_counter = variable && variable->type == VariableType::counter && !is_local(name) && !parameter(name);
  if (to && !is_counter) check_expression(*to);
  if (name.empty() || is_local(name)) return;
  if (const Parameter* given = parameter(name)) {
    if (given->kind != ParameterKind::value)
      diagnostics_.add(place,
                       "'" + name + "' is a parameter of kind " + name_of(given->kind) + ", expected a variable");
  } else if (symbols_.constants.find(name)) {
    diagnostics_.add(place, "'" + name + "' is a constant, expected a variable");
  } else if (variable) {
    if (variable->lifetime == Lifetime::fixed)
      diagnostics_.add(place, "'" + name + "' is fixed and never changes, expected another variable");
    else if (is_counter && !to)
      diagnostics_.add(place, "'" + name + "' is a counter, expected another variable for a result");
    else if (is_counter)
      check_counter_step(*variable, *to);
  } else {
    unknown("variable", name, place, value_names());
  }
}

void Scope::check_counter_step(const Variable& variable, const Expression& to) const {
  if (is_constant(to)) return;
  const bool steps = to.kind == Expression::Kind::operation && (to.op == Operator::add || to.op == Operator::subtract);
  const bool by_one = steps && counter(to.operands[0]) == &variable &&
                      to.operands[1].kind == Expression::Kind::literal && to.operands[1].value == 1;
  if (!by_one)
    diagnostics_.add(to.place, "'" + variable.name + "' is a counter, expected '" + variable.name + " + 1', '" +
                                   variable.name + " - 1' or a constant");
}

}  // namespace tenure
