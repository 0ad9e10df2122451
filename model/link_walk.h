#pragma once

#include <type_traits>
#include <variant>

#include "model/spec.h"

// Walks over the tree of a spec. `Node` stands for the node or its const form.
namespace tenure {

/// Calls `visit` with every block directly inside a statement.
template <typename Node, typename Visit>
requires std::is_same_v<std::remove_const_t<Node>, Statement>
void for_each_block(Node& statement, const Visit& visit) {
  if (auto* conditional = std::get_if<IfStatement>(&statement.what)) {
    visit(conditional->then_block);
    visit(conditional->else_block);
  } else if (auto* choose = std::get_if<ChooseStatement>(&statement.what)) {
    for (auto& alternative : choose->alternatives) visit(alternative.body);
  } else if (auto* loop = std::get_if<LoopStatement>(&statement.what)) {
    visit(loop->body);
  }
}

/// Calls `visit` with every statement of a block at any depth, outer ones first.
template <typename Node, typename Visit>
requires std::is_same_v<std::remove_const_t<Node>, Block>
void for_each_statement(Node& block, const Visit& visit) {
  for (auto& statement : block) {
    visit(statement);
    for_each_block(statement, [&](auto& inner) { for_each_statement(inner, visit); });
  }
}

/// Calls `visit` with the callbacks for all devices of a driver.
template <typename Visit>
void for_each_callback(const Unit& driver, const Visit& visit) {
  for (const Callback& callback : driver.callbacks) visit(callback);
  for (const FurtherDevice& device : driver.devices)
    for (const Callback& callback : device.callbacks) visit(callback);
}

/// The function that a statement calls, defers or takes back; null for other statements.
template <typename Node>
auto function_of(Node& statement) -> decltype(&std::get<CallStatement>(statement.what).function) {
  if (auto* call = std::get_if<CallStatement>(&statement.what)) return &call->function;
  if (auto* defer = std::get_if<DeferStatement>(&statement.what)) return &defer->function;
  if (auto* take_back = std::get_if<TakeBackStatement>(&statement.what)) return &take_back->function;
  return nullptr;
}

/// Calls `visit` with every expression that a statement has itself, but not with those of arguments.
template <typename Visit>
void for_each_expression_of(const Statement& statement, const Visit& visit) {
  const auto maybe = [&](const std::optional<Expression>& expression) {
    if (expression) visit(*expression);
  };
  if (const auto* call = std::get_if<CallStatement>(&statement.what)) {
    if (call->on_error) maybe(call->on_error->value);
  } else if (const auto* acquire = std::get_if<AcquireStatement>(&statement.what)) {
    maybe(acquire->owed);
  } else if (const auto* set = std::get_if<SetStatement>(&statement.what)) {
    visit(set->variable);
    visit(set->to);
  } else if (const auto* result = std::get_if<ReturnStatement>(&statement.what)) {
    maybe(result->value);
  } else if (const auto* conditional = std::get_if<IfStatement>(&statement.what)) {
    visit(conditional->condition);
  } else if (const auto* choose = std::get_if<ChooseStatement>(&statement.what)) {
    for (const Alternative& alternative : choose->alternatives) maybe(alternative.when);
    maybe(choose->low);
    maybe(choose->high);
  } else if (const auto* loop = std::get_if<LoopStatement>(&statement.what)) {
    maybe(loop->from);
    visit(loop->condition);
    maybe(loop->next);
  } else if (const auto* open = std::get_if<OpenGroupStatement>(&statement.what)) {
    visit(open->number);
  } else if (const auto* group = std::get_if<GroupStatement>(&statement.what)) {
    maybe(group->number);
  } else if (const auto* warn = std::get_if<WarnStatement>(&statement.what)) {
    visit(warn->condition);
  }
}

/// Calls `visit` with every resource that a statement acquires, needs, releases or uses itself.
template <typename Visit>
void for_each_resource_of(const Statement& statement, const Visit& visit) {
  if (const auto* acquire = std::get_if<AcquireStatement>(&statement.what)) {
    visit(acquire->resource);
    for (const ResourceReference& needed : acquire->needs) visit(needed);
  } else if (const auto* release = std::get_if<ReleaseStatement>(&statement.what)) {
    visit(release->resource);
  } else if (const auto* use = std::get_if<UseStatement>(&statement.what)) {
    visit(use->resource);
  }
}

/// The list whose groups a statement is about; null for other statements.
inline const std::string* group_list_of(const Statement& statement) {
  if (const auto* open = std::get_if<OpenGroupStatement>(&statement.what)) return &open->list;
  if (const auto* group = std::get_if<GroupStatement>(&statement.what)) return &group->list;
  return nullptr;
}

/// The variable that a statement assigns a result or a number to, introducing it when it is new; null for none.
inline const std::string* introduced_by(const Statement& statement) {
  const std::string* name = nullptr;
  if (const auto* call = std::get_if<CallStatement>(&statement.what)) name = &call->into;
  if (const auto* choose = std::get_if<ChooseStatement>(&statement.what)) name = &choose->into;
  if (const auto* loop = std::get_if<LoopStatement>(&statement.what)) name = &loop->variable;
  if (const auto* take_back = std::get_if<TakeBackStatement>(&statement.what)) name = &take_back->into;
  if (const auto* group = std::get_if<GroupStatement>(&statement.what)) name = &group->into;
  return name && !name->empty() ? name : nullptr;
}

}  // namespace tenure
