#include "model/link_uses.h"

#include <algorithm>

#include "model/link_walk.h"

namespace tenure {

namespace {

ParameterKind kind_of(const Argument& argument) {
  return argument.resource   ? ParameterKind::resource
         : argument.function ? ParameterKind::function
                             : ParameterKind::value;
}

void note_use(const ResourceReference& reference, const std::string& parameter, ResourceUse& use) {
  if (reference.name == parameter) (reference.index ? use.as_family : use.as_one) = true;
  if (reference.per) note_use(*reference.per, parameter, use);
}

void note_uses(const Expression& expression, const std::string& parameter, ResourceUse& use) {
  if (expression.resource) note_use(*expression.resource, parameter, use);
  for (const Expression& operand : expression.operands) note_uses(operand, parameter, use);
}

}  // namespace

const FunctionUses& ParameterUses::of_function(const Function& function, const std::string& parameter) {
  const auto [found, is_new] = functions_.insert({{&function, parameter}, {}});
  if (!is_new) return found->second;  // a recursion finds nothing here and is reported elsewhere
  FunctionUses uses;
  for_each_statement(function.body, [&](const Statement& statement) {
    const FunctionReference* reference = function_of(statement);
    if (!reference || reference->is_role) return;
    if (reference->name == parameter) {
      auto& given = uses.emplace_back();
      for (const Argument& argument : reference->with) given[argument.name] = kind_of(argument);
    }
    collect_calls(*reference, parameter, uses);
  });
  return functions_[{&function, parameter}] = std::move(uses);
}

/// What becomes of the parameter where it is an argument of another function.
void ParameterUses::collect_calls(const FunctionReference& reference, const std::string& parameter,
                                  FunctionUses& uses) {
  const Function* called = symbols_.functions.find(reference.name);
  for (const Argument& argument : reference.with) {
    if (!argument.function) continue;
    if (called && argument.function->name == parameter) {
      for (auto given : of_function(*called, argument.name)) {
        for (const Argument& bound : argument.function->with) given[bound.name] = kind_of(bound);
        uses.push_back(std::move(given));
      }
    }
    collect_calls(*argument.function, parameter, uses);
  }
}

const ResourceUse& ParameterUses::of_resource(const Function& function, const std::string& parameter) {
  const auto [found, is_new] = resources_.insert({{&function, parameter}, {}});
  if (!is_new) return found->second;
  ResourceUse use;
  for_each_statement(function.body, [&](const Statement& statement) {
    for_each_resource_of(statement, [&](const ResourceReference& resource) { note_use(resource, parameter, use); });
    for_each_expression_of(statement, [&](const Expression& expression) { note_uses(expression, parameter, use); });
    if (const FunctionReference* reference = function_of(statement)) collect_resource(*reference, parameter, use);
  });
  return resources_[{&function, parameter}] = use;
}

void ParameterUses::collect_resource(const FunctionReference& reference, const std::string& parameter,
                                     ResourceUse& use) {
  const Function* called = symbols_.functions.find(reference.name);
  for (const Argument& argument : reference.with) {
    if (argument.expression) note_uses(*argument.expression, parameter, use);
    if (argument.function) collect_resource(*argument.function, parameter, use);
    if (!argument.resource || argument.resource->name != parameter) continue;
    if (argument.resource->index) {
      use.as_family = true;
    } else if (called) {
      const ResourceUse inner = of_resource(*called, argument.name);
      use.as_one |= inner.as_one;
      use.as_family |= inner.as_family;
    }
  }
}

}  // namespace tenure
