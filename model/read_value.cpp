#include "model/read_value.h"

#include <limits>
#include <memory>
#include <utility>

#include "model/expression.h"

namespace tenure {

namespace {

/// An empty string: wrong wherever something is written in a string, and reported with the shape.
bool is_empty(const Json& value) {
  return value.type == Json::Type::string && value.text.empty();
}

}  // namespace

const Json* ValueReader::member(const Json& object, std::string_view key, Json::Type type) {
  const Json* value = object.find(key);
  return value && value->type == type ? value : nullptr;
}

std::string ValueReader::text(const Json& object, std::string_view key) {
  const Json* value = member(object, key, Json::Type::string);
  return value ? value->text : "";
}

int ValueReader::number(const Json& object, std::string_view key, int otherwise) {
  return scalar(member(object, key, Json::Type::integer)).value_or(otherwise);
}

bool ValueReader::flag(const Json& object, std::string_view key) {
  const Json* value = member(object, key, Json::Type::boolean);
  return value && value->boolean;
}

std::optional<std::int32_t> ValueReader::scalar(const Json* value) {
  if (!value) return std::nullopt;
  if (value->type == Json::Type::boolean) return value->boolean ? 1 : 0;
  using Limits = std::numeric_limits<std::int32_t>;
  if (value->type != Json::Type::integer || value->integer < Limits::min() || value->integer > Limits::max())
    return std::nullopt;
  return static_cast<std::int32_t>(value->integer);
}

std::string ValueReader::text_of(const Json& value) {
  return value.type == Json::Type::string ? value.text : std::to_string(scalar(&value).value_or(0));
}

Place ValueReader::place_of_text(const Json& value) {
  Place place = value.place;
  if (value.type != Json::Type::string) place.columns = std::make_shared<const std::vector<int>>(1, place.column);
  return place;
}

std::optional<Expression> ValueReader::expression(const Json* value) {
  if (!value || is_empty(*value)) return std::nullopt;
  if (value->type == Json::Type::string) return parse_expression(value->text, value->place, diagnostics_);
  const std::optional<std::int32_t> number = scalar(value);
  if (!number) return std::nullopt;
  Expression literal;
  literal.value = *number;
  literal.place = value->place;
  literal.text = to_text(*value);
  return literal;
}

Expression ValueReader::expression_or_zero(const Json* value) {
  if (std::optional<Expression> result = expression(value)) return std::move(*result);
  Expression zero;
  zero.text = "0";
  if (value) zero.place = value->place;
  return zero;
}

Expression ValueReader::variable(const Json* value) {
  if (value && value->type == Json::Type::string && !is_empty(*value))
    if (auto variable = parse_variable(value->text, value->place, diagnostics_)) return std::move(*variable);
  Expression unknown;
  unknown.kind = Expression::Kind::name;
  return unknown;
}

ResourceReference ValueReader::resource(const Json* value) {
  if (value && value->type == Json::Type::string && !is_empty(*value))
    if (auto reference = parse_resource_reference(value->text, value->place, diagnostics_))
      return std::move(*reference);
  ResourceReference none;
  none.name = "none";
  if (value) none.place = value->place;
  return none;
}

std::vector<ResourceReference> ValueReader::resources(const Json* list) {
  std::vector<ResourceReference> result;
  if (list && list->type == Json::Type::array)
    for (const Json& element : list->elements) result.push_back(resource(&element));
  return result;
}

FunctionReference ValueReader::function(const Json& object, std::string_view key) {
  const Json* name = object.find(key);
  FunctionReference reference;
  if (name && name->type == Json::Type::string && !is_empty(*name))
    if (auto parsed = parse_function_name(name->text, name->place, diagnostics_)) reference = std::move(*parsed);
  if (name && !reference.place.file) reference.place = name->place;
  reference.with = arguments(object.find("with"));
  reference.device = text(object, "device");
  return reference;
}

std::vector<Argument> ValueReader::arguments(const Json* with) {
  std::vector<Argument> result;
  if (with)
    for (const auto& [name, value, place] : with->members) result.push_back(argument(name, value));
  return result;
}

Argument ValueReader::argument(const std::string& name, const Json& value) {
  Argument result;
  result.name = name;
  result.place = place_of_text(value);
  if (value.type == Json::Type::object)
    result.closure = std::make_shared<const FunctionReference>(function(value, "call"));
  else
    result.text = text_of(value);
  return result;
}

std::optional<OnError> ValueReader::on_error(const Json* value) {
  if (!value || value->type != Json::Type::string || is_empty(*value)) return std::nullopt;
  return parse_on_error(value->text, value->place, diagnostics_);
}

}  // namespace tenure
