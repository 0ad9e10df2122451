#include "model/link_body.h"

#include <optional>
#include <string>

#include "model/link_arguments.h"
#include "model/link_scope.h"
#include "model/link_walk.h"

namespace tenure {

namespace {

/// Checks the names of each kind of statement; what is nested is visited by the caller.
class StatementLinker {
 public:
  StatementLinker(const LinkScope& scope, Diagnostics& diagnostics) : scope_(scope), arguments_(scope, diagnostics) {}

  void link(Statement& statement) {
    place_ = statement.place;
    if (!statement.concerns.empty()) scope_.check_resource_name(statement.concerns, statement.place);
    for_each_resource_of(statement, [&](const ResourceReference& resource) { scope_.check_resource(resource); });
    if (auto* set = std::get_if<SetStatement>(&statement.what)) {
      scope_.check_assignment(set->variable, &set->to);
      return;
    }
    for_each_expression_of(statement, [&](const Expression& expression) { scope_.check_expression(expression); });
    if (const std::string* name = introduced_by(statement)) {
      Expression variable;
      variable.kind = Expression::Kind::name;
      variable.name = *name;
      variable.place = place_;
      scope_.check_assignment(variable, nullptr);
    }
    if (auto* call = std::get_if<CallStatement>(&statement.what)) arguments_.link_call(call->function);
    if (auto* defer = std::get_if<DeferStatement>(&statement.what)) entry(defer->function, defer->list);
    if (auto* take_back = std::get_if<TakeBackStatement>(&statement.what)) entry(take_back->function, take_back->list);
    if (const std::string* list = group_list_of(statement)) scope_.check_list(*list, place_);
    if (auto* run = std::get_if<RunStatement>(&statement.what)) scope_.check_list(run->list, place_);
  }

 private:
  void entry(FunctionReference& function, const std::string& list) {
    scope_.check_list(list, place_);
    arguments_.link_entry(function);
  }

  const LinkScope& scope_;
  ArgumentLinker arguments_;
  Place place_;
};

void check_hidden(const std::string& name, const Place& place, const Place* hidden, Diagnostics& diagnostics) {
  if (hidden)
    diagnostics.add(place, "'" + name + "' hides what is defined at " + where(*hidden) + ", expected another name");
}

template <typename Declaration>
const Place* place_in(const SymbolTable<Declaration>& table, const std::string& name) {
  const Declaration* found = table.find(name);
  return found ? &found->place : nullptr;
}

const Place* place_of_value(const Symbols& symbols, const std::string& name) {
  const Place* place = place_in(symbols.variables, name);
  return place ? place : place_in(symbols.constants, name);
}

}  // namespace

void link_body(Block& body, const std::vector<Parameter>& parameters, std::vector<Local>& locals,
               const Symbols& symbols, Diagnostics& diagnostics) {
  const LinkScope scope(symbols, parameters, locals, diagnostics);
  for (const Local& local : locals) {
    check_hidden(local.name, local.place, place_of_value(symbols, local.name), diagnostics);
    if (const Parameter* parameter = scope.parameter(local.name))
      check_hidden(local.name, local.place, &parameter->place, diagnostics);
  }
  for_each_statement(body, [&](const Statement& statement) {
    const std::string* name = introduced_by(statement);
    if (name && !scope.is_value(*name) && !scope.parameter(*name)) locals.push_back({*name, 0, statement.place});
  });
  StatementLinker linker(scope, diagnostics);
  for_each_statement(body, [&](Statement& statement) { linker.link(statement); });
  check_labels(body, diagnostics);
}

void link_parameters(const Function& function, const Symbols& symbols, Diagnostics& diagnostics) {
  for (const Parameter& parameter : function.parameters) {
    const Place* hidden = parameter.kind == ParameterKind::value      ? place_of_value(symbols, parameter.name)
                          : parameter.kind == ParameterKind::resource ? place_in(symbols.resources, parameter.name)
                                                                      : place_in(symbols.functions, parameter.name);
    check_hidden(parameter.name, parameter.place, hidden, diagnostics);
    if (parameter.has_default) default_argument(parameter, symbols, diagnostics);
  }
}

}  // namespace tenure
