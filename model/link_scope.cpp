#include "model/link_scope.h"

#include <algorithm>

#include "model/operator.h"

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

LinkScope::LinkScope(const Symbols& symbols, Diagnostics& diagnostics)
    : symbols_(symbols),
      parameters_(no_parameters),
      locals_(no_locals),
      diagnostics_(diagnostics),
      is_in_function_(false) {}

LinkScope::LinkScope(const Symbols& symbols, const std::vector<Parameter>& parameters, const std::vector<Local>& locals,
                     Diagnostics& diagnostics)
    : symbols_(symbols), parameters_(parameters), locals_(locals), diagnostics_(diagnostics), is_in_function_(true) {}

const Parameter* LinkScope::parameter(const std::string& name) const {
  return find_parameter(parameters_, name);
}

bool LinkScope::is_local(const std::string& name) const {
  return std::any_of(locals_.begin(), locals_.end(), [&](const Local& local) { return local.name == name; });
}

bool LinkScope::is_value(const std::string& name) const {
  const Parameter* found = parameter(name);
  return is_local(name) || (found && found->kind == ParameterKind::value) || symbols_.variables.find(name) ||
         symbols_.constants.find(name);
}

std::vector<std::string> LinkScope::value_names() const {
  std::vector<std::string> names = names_of_parameters(ParameterKind::value);
  for (const Local& local : locals_) names.push_back(local.name);
  append(names, symbols_.variables.names());
  append(names, symbols_.constants.names());
  return names;
}

std::vector<std::string> LinkScope::names_of_parameters(ParameterKind kind) const {
  std::vector<std::string> names;
  for (const Parameter& candidate : parameters_)
    if (candidate.kind == kind) names.push_back(candidate.name);
  return names;
}

void LinkScope::unknown(const std::string& kind, const std::string& name, const Place& place,
                        const std::vector<std::string>& known) const {
  diagnostics_.add(place, unknown_name(kind, name, known));
}

/// The declared variable that a name stands for; null for anything else.
const Variable* LinkScope::variable(const std::string& name) const {
  return is_local(name) || parameter(name) ? nullptr : symbols_.variables.find(name);
}

const Variable* LinkScope::counter(const Expression& expression) const {
  if (expression.kind != Expression::Kind::name || !expression.operands.empty()) return nullptr;
  const Variable* found = variable(expression.name);
  return found && found->type == VariableType::counter ? found : nullptr;
}

/// The value of an expression of numbers and constants alone.
std::optional<std::int32_t> LinkScope::constant_value(const Expression& expression) const {
  if (expression.kind == Expression::Kind::literal) return expression.value;
  if (expression.kind == Expression::Kind::name && expression.operands.empty()) {
    const Constant* constant = symbols_.constants.find(expression.name);
    return constant ? std::optional(constant->value) : std::nullopt;
  }
  if (expression.kind != Expression::Kind::operation) return std::nullopt;
  std::vector<std::int32_t> values;
  for (const Expression& operand : expression.operands) {
    const auto value = constant_value(operand);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  if (expression.op == Operator::conditional) return values[values[0] != 0 ? 1 : 2];
  return apply(expression.op, values[0], values.size() > 1 ? values[1] : 0);
}

void LinkScope::check_expression(const Expression& expression) const {
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

void LinkScope::check_name(const Expression& expression) const {
  const std::string& name = expression.name;
  if (const Variable* variable = counter(expression))
    diagnostics_.add(expression.place, "'" + variable->name + "' is a counter, expected it compared with a constant");
  if (is_value(name)) return check_member(expression);
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

/// That a member of a family is named with an index, and nothing else is.
void LinkScope::check_member(const Expression& name) const {
  const Expression* index = name.operands.empty() ? nullptr : &name.operands.front();
  const Variable* declared = variable(name.name);
  if (index) check_expression(*index);
  if (!declared) {
    if (index) diagnostics_.add(name.place, "'" + name.name + "' is one value, expected no index");
    return;
  }
  const Indexed indexed{declared->name, "variable", declared->count, declared->is_family};
  if (!index) return missing_index(indexed, declared->name, name.place);
  check_index(indexed, *index, name.place);
  if (declared->is_family && !is_in_function_ && !is_constant(*index))
    diagnostics_.add(index->place, "an index in a condition of the life cycle, expected a constant");
}

void LinkScope::check_operation(const Expression& expression) const {
  if (is_comparison(expression.op)) {
    const Expression& left = expression.operands[0];
    const Expression& right = expression.operands[1];
    if ((counter(left) && is_constant(right)) || (counter(right) && is_constant(left))) return;
  }
  for (const Expression& operand : expression.operands) check_expression(operand);
}

void LinkScope::check_resource(const ResourceReference& reference, bool may_be_whole) const {
  if (reference.index) check_expression(*reference.index);
  const Parameter* given = parameter(reference.name);
  if (reference.name == "none" || (given && given->kind == ParameterKind::resource)) {
    if (reference.per)
      diagnostics_.add(reference.place,
                       "'" + reference.name + "' stands for a resource as it is, expected no parenthesis");
    if (reference.name == "none" && reference.index)
      diagnostics_.add(reference.place, "'none' stands for no resource, expected no index");
    return;
  }
  const Resource* resource = symbols_.resources.find(reference.name);
  if (resource) {
    check_per(reference, *resource);
    const Indexed indexed{resource->name, "resource", resource->count, resource->is_family};
    if (reference.index)
      check_index(indexed, *reference.index, reference.place);
    else if (!may_be_whole)
      missing_index(indexed, reference.name + (reference.per ? "(" + reference.per->name + ")" : ""), reference.place);
  } else {
    check_resource_name(reference.name, reference.place);
  }
}

void LinkScope::check_resource_name(const std::string& name, const Place& place) const {
  const Parameter* given = parameter(name);
  if ((given && given->kind == ParameterKind::resource) || symbols_.resources.find(name)) return;
  std::vector<std::string> known = symbols_.resources.names();
  append(known, names_of_parameters(ParameterKind::resource));
  unknown("resource", name, place, known);
}

void LinkScope::missing_index(const Indexed& indexed, const std::string& written, const Place& place) const {
  if (indexed.is_family)
    diagnostics_.add(place, "'" + indexed.name + "' is a family of " + std::to_string(indexed.count) + ", expected " +
                                written + "[INDEX]");
}

void LinkScope::check_index(const Indexed& indexed, const Expression& index, const Place& place) const {
  const std::string quoted = "'" + indexed.name + "'";
  const auto value = constant_value(index);
  if (!indexed.is_family)
    diagnostics_.add(place, quoted + " is one " + indexed.what + " (no 'count'), expected no index");
  else if (value && (*value < 0 || *value >= indexed.count))
    diagnostics_.add(index.place, "index " + std::to_string(*value) + " of " + quoted + ", expected 0 to " +
                                      std::to_string(indexed.count - 1));
}

void LinkScope::check_per(const ResourceReference& reference, const Resource& resource) const {
  const std::string quoted = "'" + reference.name + "'";
  if (resource.per.empty() && reference.per)
    diagnostics_.add(reference.place, quoted + " is not declared with 'per', expected no parenthesis");
  if (!resource.per.empty() && !reference.per)
    diagnostics_.add(reference.place,
                     quoted + " is one for each " + resource.per + ", expected " + reference.name + "(RESOURCE)");
  if (!reference.per) return;
  const Resource* other = symbols_.resources.find(reference.per->name);
  if (other && !other->per.empty()) {
    diagnostics_.add(
        reference.place,
        "'" + other->name + "' has a parenthesis of its own, expected a resource without 'per' in " + quoted);
    return;
  }
  check_resource(*reference.per);
}

void LinkScope::check_list(const std::string& name, const Place& place) const {
  if (!name.empty() && !symbols_.lists.find(name)) unknown("list", name, place, symbols_.lists.names());
}

void LinkScope::check_role(const std::string& name, const Place& place) const {
  if (!symbols_.roles.find(name)) unknown("role", name, place, symbols_.roles.names());
}

void LinkScope::check_device(const std::string& name, const Place& place) const {
  if (symbols_.devices.find(name)) return;
  std::vector<std::string> known = symbols_.devices.names();
  if (!known.empty()) known.emplace_back(main_device);
  if (known.empty() || name != main_device) unknown("device", name, place, known);
}

void LinkScope::check_assignment(const Expression& target, const Expression* to) const {
  const std::string& name = target.name;
  const Variable* declared = variable(name);
  const bool is_counter = declared && declared->type == VariableType::counter;
  const auto complain = [&](const std::string& problem) {
    diagnostics_.add(target.place, "'" + name + "' " + problem);
  };
  if (to && !is_counter) check_expression(*to);
  if (name.empty()) return;
  const Parameter* given = is_local(name) ? nullptr : parameter(name);
  if (given && given->kind != ParameterKind::value)
    complain(std::string("is a parameter of kind ") + name_of(given->kind) + ", expected a variable");
  else if (symbols_.constants.find(name))
    complain("is a constant, expected a variable");
  else if (!is_value(name))
    unknown("variable", name, target.place, value_names());
  else if (declared && declared->lifetime == Lifetime::fixed)
    complain("is fixed and never changes, expected another variable");
  else if (!to && (is_counter || (declared && declared->is_family)))
    complain(std::string("is a ") + (is_counter ? "counter" : "family") + ", expected another variable for a result");
  else
    check_member(target);
  if (is_counter && to) check_counter_step(*declared, *to);
}

void LinkScope::check_counter_step(const Variable& variable, const Expression& to) const {
  if (is_constant(to)) return;
  const bool steps = to.kind == Expression::Kind::operation && (to.op == Operator::add || to.op == Operator::subtract);
  const bool by_one = steps && counter(to.operands[0]) == &variable &&
                      to.operands[1].kind == Expression::Kind::literal && to.operands[1].value == 1;
  if (!by_one)
    diagnostics_.add(to.place, "'" + variable.name + "' is a counter, expected '" + variable.name + " + 1', '" +
                                   variable.name + " - 1' or a constant");
}

}  // namespace tenure
