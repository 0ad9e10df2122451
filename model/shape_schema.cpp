#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "model/expression.h"
#include "model/shape.h"

namespace tenure {

namespace {

using Schema = nlohmann::ordered_json;

std::string text(std::string_view view) {
  return std::string(view);
}

/// The pattern that is_name() stands for.
std::string name_pattern() {
  std::string words;
  for (const std::string_view word : reserved_words()) words += (words.empty() ? "" : "|") + text(word);
  return "^(?!(?:" + words + ")$)[A-Za-z_][A-Za-z0-9_]*$";
}

/// Prints types as schemas; those that are referred to wait to become definitions.
class SchemaPrinter {
 public:
  Schema document(std::string_view which) {
    Schema schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                  {"title", "tenure: " + text(type_called(which).called).substr(2)}};
    schema.update(printed(type_called(which)));
    Schema definitions = Schema::object();
    while (!waiting_.empty()) {
      const std::string_view name = *waiting_.begin();
      waiting_.erase(waiting_.begin());
      done_.insert(name);
      definitions[text(name)] = printed(type_called(name));
    }
    schema["$defs"] = sorted(definitions);
    return schema;
  }

 private:
  static Schema sorted(const Schema& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    Schema result = Schema::object();
    for (const std::string& key : keys) result[key] = object[key];
    return result;
  }

  Schema reference(std::string_view type) {
    if (!done_.contains(type)) waiting_.insert(type);
    return {{"$ref", "#/$defs/" + text(type)}};
  }

  Schema references(const std::vector<std::string_view>& types) {
    Schema list = Schema::array();
    for (const std::string_view type : types) list.push_back(reference(type));
    return list;
  }

  Schema printed(const Type& type) {
    Schema schema = Schema::object();
    if (!type.says.empty()) schema["description"] = text(type.says);
    switch (type.kind) {
      case Type::Kind::text:
        schema["type"] = "string";
        if (type.least > 0) schema["minLength"] = type.least;
        break;
      case Type::Kind::name:
        schema["type"] = "string";
        schema["pattern"] = name_pattern();
        break;
      case Type::Kind::boolean:
        schema["type"] = "boolean";
        break;
      case Type::Kind::null:
        schema["type"] = "null";
        break;
      case Type::Kind::integer:
        schema.update({{"type", "integer"}, {"minimum", type.least}, {"maximum", type.most}});
        break;
      case Type::Kind::word:
        for (const std::string_view word : type.choices) schema["enum"].push_back(text(word));
        break;
      case Type::Kind::list:
        print_list(type, schema);
        break;
      case Type::Kind::map:
        schema["type"] = "object";
        if (type.names) schema["propertyNames"] = {{"pattern", name_pattern()}};
        schema["additionalProperties"] = reference(type.of);
        break;
      case Type::Kind::object:
        print_object(type, schema);
        break;
      case Type::Kind::either:
        schema["anyOf"] = references(type.choices);
        break;
      case Type::Kind::one_of:
        schema["oneOf"] = references(type.choices);
        break;
      case Type::Kind::anything:
        break;
    }
    return schema;
  }

  void print_list(const Type& type, Schema& schema) {
    schema["type"] = "array";
    schema["items"] = reference(type.of);
    if (type.least > 0) schema["minItems"] = type.least;
    if (type.most < std::numeric_limits<std::int32_t>::max()) schema["maxItems"] = type.most;
  }

  void print_object(const Type& type, Schema& schema) {
    schema["type"] = "object";
    schema["properties"] = Schema::object();
    Schema required = Schema::array();
    for (const Key& key : type.keys) {
      Schema member{{"description", text(key.says)}};
      member.update(reference(key.type));
      schema["properties"][text(key.name)] = member;
      if (key.required) required.push_back(text(key.name));
    }
    if (!required.empty()) schema["required"] = required;
    schema["additionalProperties"] = false;
  }

  std::set<std::string_view> waiting_, done_;
};

}  // namespace

const std::vector<std::string_view>& schema_names() {
  static const std::vector<std::string_view> names{"driver",    "kernel", "series",     "patch",
                                                   "semantics", "lines",  "certificate"};
  return names;
}

std::string json_schema(std::string_view which) {
  return SchemaPrinter().document(which).dump(2) + "\n";
}

}  // namespace tenure
