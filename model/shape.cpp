#include "model/shape.h"

#include <algorithm>

#include "model/expression.h"

namespace tenure {

namespace {

using Kind = Type::Kind;

/// The value as a message shows what was found.
std::string found(const Json& value) {
  switch (value.type) {
    case Json::Type::null:
      return "null";
    case Json::Type::boolean:
      return value.boolean ? "true" : "false";
    case Json::Type::integer:
      return std::to_string(value.integer);
    case Json::Type::number:
      return value.text;
    case Json::Type::string:
      return value.text.size() <= 40 ? "'" + value.text + "'" : "a long string";
    case Json::Type::array:
      return value.elements.empty() ? "an empty list" : "a list";
    case Json::Type::object:
      return "an object";
  }
  throw InternalError("a JSON value of no type");
}

std::vector<std::string> copied(const std::vector<std::string_view>& names) {
  return {names.begin(), names.end()};
}

/// "'a'", or "one of 'a', 'b', 'c'"
std::string one_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return (names.size() > 1 ? "one of " : "") + text;
}

bool is_kind(const Json& value, Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::name:
    case Kind::word:
      return value.type == Json::Type::string;
    case Kind::boolean:
      return value.type == Json::Type::boolean;
    case Kind::null:
      return value.type == Json::Type::null;
    case Kind::integer:
      return value.type == Json::Type::integer;
    case Kind::list:
      return value.type == Json::Type::array;
    case Kind::map:
    case Kind::object:
    case Kind::one_of:
      return value.type == Json::Type::object;
    case Kind::either:
    case Kind::anything:
      return true;
  }
  throw InternalError("a type of no kind");
}

class ShapeCheck {
 public:
  explicit ShapeCheck(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  bool is_right() const { return is_right_; }

  void check(const Json& value, const Type& type) {
    if (!is_kind(value, type.kind)) return wrong(value, type);
    switch (type.kind) {
      case Kind::text:
        if (value.text.size() < static_cast<std::size_t>(type.least)) wrong(value, type);
        return;
      case Kind::name:
        if (!is_name(value.text)) wrong(value, type);
        return;
      case Kind::integer:
        return check_integer(value, type);
      case Kind::word:
        return check_word(value, type.choices);
      case Kind::list:
        return check_list(value, type);
      case Kind::map:
        return check_map(value, type);
      case Kind::object:
        return check_object(value, type);
      case Kind::either:
        return check_either(value, type);
      case Kind::one_of:
        return check_one_of(value, type);
      case Kind::boolean:
      case Kind::null:
      case Kind::anything:
        return;
    }
  }

 private:
  void complain(const Place& place, const std::string& message) {
    is_right_ = false;
    diagnostics_.add(place, message);
  }

  void wrong(const Json& value, const Type& type) {
    const bool is_object = type.kind == Kind::object || type.kind == Kind::one_of;
    complain(value.place,
             "found " + found(value) + ", expected " + std::string(type.called) + (is_object ? " (an object)" : ""));
  }

  void unknown_key(const std::string& key, const Place& place, const Type& type, const std::string& expected) {
    complain(place, "unknown key '" + key + "' in " + std::string(type.called) + expected);
  }

  void check_integer(const Json& value, const Type& type) {
    if (value.integer < type.least || value.integer > type.most)
      complain(value.place, "found " + found(value) + ", expected " + std::string(type.called) + " from " +
                                std::to_string(type.least) + " to " + std::to_string(type.most));
  }

  void check_word(const Json& value, const std::vector<std::string_view>& words) {
    if (std::find(words.begin(), words.end(), value.text) != words.end()) return;
    const std::vector<std::string> known = copied(words);
    complain(value.place, "found " + found(value) + ", expected " + one_of(known) + suggestion(value.text, known));
  }

  void check_list(const Json& value, const Type& type) {
    const auto size = static_cast<std::int64_t>(value.elements.size());
    if (size < type.least || size > type.most) {
      const std::string many =
          type.least == type.most ? std::to_string(type.least) : "at least " + std::to_string(type.least);
      complain(value.place,
               "found " + std::to_string(size) + " values, expected " + many + ": " + std::string(type.called));
    }
    for (const Json& element : value.elements) check(element, type_called(type.of));
  }

  void check_map(const Json& value, const Type& type) {
    for (const auto& [key, member, place] : value.members) {
      if (type.names && !is_name(key))
        complain(place, "found '" + key + "', expected " + std::string(type_called("name").called));
      check(member, type_called(type.of));
    }
  }

  void check_object(const Json& value, const Type& type) {
    for (const auto& [name, member, place] : value.members) {
      const auto known =
          std::find_if(type.keys.begin(), type.keys.end(), [&name = name](const Key& key) { return key.name == name; });
      if (known == type.keys.end()) {
        std::vector<std::string> names;
        for (const Key& key : type.keys) names.emplace_back(key.name);
        const std::string near = suggestion(name, names);
        unknown_key(name, place, type, near.empty() ? ", expected " + one_of(names) : near);
      } else {
        check(member, type_called(known->type));
      }
    }
    for (const Key& key : type.keys)
      if (key.required && !value.find(key.name))
        complain(value.place, "missing key '" + std::string(key.name) + "' in " + std::string(type.called) + " (" +
                                  std::string(key.says) + ")");
  }

  void check_either(const Json& value, const Type& type) {
    for (const std::string_view choice : type.choices)
      if (is_kind(value, type_called(choice).kind)) return check(value, type_called(choice));
    wrong(value, type);
  }

  /// Whether the value has the keys that tell this type from its siblings.
  static bool has_marks(const Json& value, const Type& type) {
    for (std::size_t i = 0; i < type.marks; ++i) {
      const Json* mark = value.find(type.keys[i].name);
      if (!mark) return false;
      const Type& of_mark = type_called(type.keys[i].type);
      const auto& words = of_mark.choices;
      if (of_mark.kind == Kind::word && std::find(words.begin(), words.end(), mark->text) == words.end()) return false;
    }
    return true;
  }

  void check_one_of(const Json& value, const Type& type) {
    const Type* best = nullptr;
    for (const std::string_view choice : type.choices) {
      const Type& candidate = type_called(choice);
      if (!has_marks(value, candidate)) continue;
      if (best && best->keys[0].name != candidate.keys[0].name)
        return complain(value.place, "'" + std::string(best->keys[0].name) + "' and '" +
                                         std::string(candidate.keys[0].name) + "' in one, expected " +
                                         std::string(type.called) + " with one of them");
      if (!best || candidate.marks > best->marks) best = &candidate;
    }
    if (best) return check_object(value, *best);
    no_mark(value, type);
  }

  /// No type fits: the key that tells is missing, or its value is none of the words.
  void no_mark(const Json& value, const Type& type) {
    std::vector<std::string> marks;
    std::vector<std::string_view> words;
    for (const std::string_view choice : type.choices) {
      const Key& mark = type_called(choice).keys[0];
      if (std::find(marks.begin(), marks.end(), mark.name) == marks.end()) marks.emplace_back(mark.name);
      const auto& some = type_called(mark.type).choices;
      words.insert(words.end(), some.begin(), some.end());
    }
    const Json* mark = value.find(marks.front());
    if (mark && mark->type == Json::Type::string) return check_word(*mark, words);
    if (mark) return wrong(*mark, type_called(type_called(type.choices.front()).keys[0].type));
    for (const auto& [key, member, place] : value.members) {
      const std::string near = suggestion(key, marks);
      if (!near.empty()) return unknown_key(key, place, type, near);
    }
    complain(value.place, "expected " + std::string(type.called) + ": an object with " + one_of(marks));
  }

  Diagnostics& diagnostics_;
  bool is_right_ = true;
};

}  // namespace

bool check_shape(const Json& value, std::string_view type, Diagnostics& diagnostics) {
  ShapeCheck check(diagnostics);
  check.check(value, type_called(type));
  return check.is_right();
}

Json read_checked(const std::filesystem::path& file, std::string_view type) {
  Diagnostics diagnostics;
  Json document = read_json_file(file.lexically_normal().string(), diagnostics);
  diagnostics.throw_if_any();
  check_shape(document, type, diagnostics);
  diagnostics.throw_if_any();
  return document;
}

}  // namespace tenure
