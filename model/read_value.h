#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/diagnostic.h"
#include "model/json.h"
#include "model/spec.h"

namespace tenure {

/// Takes values out of JSON whose shape has been checked. What has the wrong shape was reported then; here it is as if
/// it were not there. Only what strings say inside is still checked: expressions, resources, functions.
class ValueReader {
 public:
  explicit ValueReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  /// The member of an object, when it is there and of this type; null otherwise.
  static const Json* member(const Json& object, std::string_view key, Json::Type type);
  static std::string text(const Json& object, std::string_view key);
  static int number(const Json& object, std::string_view key, int otherwise = 0);
  static bool flag(const Json& object, std::string_view key);
  /// An integer or a boolean as a number.
  static std::optional<std::int32_t> scalar(const Json* value);
  /// A string's value, or the digits of an integer or a boolean (true is 1).
  static std::string text_of(const Json& value);
  /// The place of that text, such that Place::character() finds its characters although there are no quotes.
  static Place place_of_text(const Json& value);

  std::optional<Expression> expression(const Json* value);
  /// As above; the number 0 when there is none, so that reading can go on.
  Expression expression_or_zero(const Json* value);
  /// A variable, perhaps with an index; one without a name when it cannot be read, so that reading can go on.
  Expression variable(const Json* value);
  /// "none" when it cannot be read, so that reading can go on.
  ResourceReference resource(const Json* value);
  std::vector<ResourceReference> resources(const Json* list);
  /// The function that a key of an object names, with the object's `with` and `device`.
  FunctionReference function(const Json& object, std::string_view key);
  std::optional<OnError> on_error(const Json* value);

  Diagnostics& diagnostics() { return diagnostics_; }

 private:
  std::vector<Argument> arguments(const Json* with);
  Argument argument(const std::string& name, const Json& value);

  Diagnostics& diagnostics_;
};

/// Reads a list of statements.
Block read_block(const Json* list, ValueReader& reader);

}  // namespace tenure
