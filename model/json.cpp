#include "model/json.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <system_error>
#include <unordered_map>

#include "model/json_text.h"

namespace tenure {

namespace {

/// Builds the tree from the events of the parser. The parser tells no places, so this follows it through the text: a
/// token begins at the first character after the last token that is neither white space nor ',' nor ':'.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view text, const std::string& file, Diagnostics& diagnostics)
      : text_(text, file), diagnostics_(diagnostics) {}

  Json take() { return std::move(root_); }

  bool null() override { return scalar({}); }
  bool boolean(bool value) override {
    Json json;
    json.type = Json::Type::boolean;
    json.boolean = value;
    return scalar(std::move(json));
  }
  bool number_integer(number_integer_t value) override {
    Json json;
    json.type = Json::Type::integer;
    json.integer = value;
    return scalar(std::move(json));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value <= static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max()))
      return number_integer(static_cast<number_integer_t>(value));
    return number_float(0, {});
  }
  bool number_float(number_float_t, const string_t&) override {
    Json json;
    json.type = Json::Type::number;
    return scalar(std::move(json));
  }
  bool string(string_t& value) override {
    Json json;
    json.type = Json::Type::string;
    json.text = std::move(value);
    return scalar(std::move(json));
  }
  bool binary(binary_t&) override { throw InternalError("JSON text has no binary values"); }

  bool key(string_t& value) override {
    const TextToken token = text_.next();
    key_ = value;
    last_ = JsonEvent::key;
    key_place_ = text_.place_at(token.begin, text_.file().add_value(open_value(), key_));
    const auto [first, is_new] = keys_.back().insert({value, key_place_.line});
    if (!is_new)
      diagnostics_.add(key_place_, "duplicate key '" + value + "', first on line " + std::to_string(first->second));
    return true;
  }

  bool start_object(std::size_t) override { return start(Json::Type::object, JsonEvent::object_start); }
  bool start_array(std::size_t) override { return start(Json::Type::array, JsonEvent::array_start); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override {
    const JsonContext context{last_, open_.empty() ? Json::Type::null : open_.back()->type, open_.empty()};
    const auto [offset, message] = text_.explain(context, position);
    diagnostics_.add(text_.place_at(offset, open_value()), message);
    return false;
  }

 private:
  bool start(Json::Type type, JsonEvent event) {
    const TextToken token = text_.next();
    Json json;
    json.type = type;
    json.place = text_.place_at(token.begin, next_value());
    if (open_.size() >= deepest_nesting) {
      diagnostics_.add(json.place, "nested deeper than " + std::to_string(deepest_nesting) + " levels");
      return false;
    }
    open_.push_back(&attach(std::move(json)));
    keys_.emplace_back();
    last_ = event;
    return true;
  }

  bool end() {
    text_.next();
    open_.pop_back();
    keys_.pop_back();
    last_ = JsonEvent::value;
    return true;
  }

  bool scalar(Json json) {
    const TextToken token = text_.next();
    json.place = text_.place_at(token.begin, next_value());
    if (json.type == Json::Type::number) json.text = text_.written(token);
    if (json.type == Json::Type::string) json.place.columns = text_.columns(token);
    attach(std::move(json));
    last_ = JsonEvent::value;
    return true;
  }

  Json& attach(Json json) {
    if (open_.empty()) return root_ = std::move(json);
    Json& parent = *open_.back();
    if (parent.type == Json::Type::array) return parent.elements.emplace_back(std::move(json));
    parent.members.push_back({key_, std::move(json), key_place_});
    return parent.members.back().value;
  }

  std::uint32_t open_value() const { return open_.empty() ? 0 : open_.back()->place.value; }

  /// The number of the value that begins.
  std::uint32_t next_value() {
    if (open_.empty()) return 0;
    const Json& parent = *open_.back();
    if (parent.type == Json::Type::object) return key_place_.value;
    return text_.file().add_value(open_value(), std::to_string(parent.elements.size()));
  }

  TextFollower text_;
  Diagnostics& diagnostics_;
  Json root_;
  std::vector<Json*> open_;
  std::vector<std::unordered_map<std::string, int>> keys_;  ///< of what is open: each key with its line
  JsonEvent last_ = JsonEvent::none;
  std::string key_;
  Place key_place_;
};

/// What is wrong with the text before any grammar is asked; "" when nothing is.
std::string refusal(std::string_view text, std::size_t largest) {
  if (text.size() > largest) return "larger than " + std::to_string(largest) + " bytes";
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return "empty, expected a JSON document";
  if (text.starts_with("\xEF\xBB\xBF")) return "begins with a byte order mark, expected plain UTF-8";
  return "";
}

}  // namespace

const Json* Json::find(std::string_view key) const {
  for (const Member& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

Json parse_json(std::string_view text, const std::string& file, Diagnostics& diagnostics, std::size_t largest) {
  const auto nothing = [&] {
    Json json;
    json.place = whole_file(file);
    return json;
  };
  if (const std::string problem = refusal(text, largest); !problem.empty()) {
    diagnostics.add(whole_file(file), problem);
    return nothing();
  }
  if (const std::size_t offset = first_invalid_utf8(text); offset < text.size()) {
    diagnostics.add(TextFollower(text, file).place_at(offset, 0),
                    "not UTF-8: unexpected byte " + byte_name(text[offset]));
    return nothing();
  }
  Builder builder(text, file, diagnostics);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return nothing();
  return builder.take();
}

std::string read_file(const std::string& path, std::string& text, std::size_t largest) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return "no such file";
  if (error) return "cannot be read: " + error.message();
  if (status.type() == std::filesystem::file_type::directory) return "is a directory, expected a file";
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return "cannot be read: " + std::generic_category().message(errno);
  text.clear();
  std::array<char, 65536> part{};
  while (text.size() <= largest) {
    stream.read(part.data(), static_cast<std::streamsize>(part.size()));
    text.append(part.data(), static_cast<std::size_t>(stream.gcount()));
    if (!stream) break;
  }
  return stream.bad() ? "cannot be read" : "";
}

Json read_json_file(const std::string& path, Diagnostics& diagnostics, std::size_t largest) {
  const auto fail = [&](const std::string& problem) {
    Json json;
    json.place = whole_file(path);
    diagnostics.add(json.place, problem);
    return json;
  };
  std::string text;
  if (const std::string problem = read_file(path, text, largest); !problem.empty()) return fail(problem);
  return parse_json(text, path, diagnostics, largest);
}

bool is_same(const Json& a, const Json& b) {
  const auto is_number = [](const Json& json) {
    return json.type == Json::Type::integer || json.type == Json::Type::number;
  };
  if (is_number(a) && is_number(b) && a.type != b.type) return std::stod(to_text(a)) == std::stod(to_text(b));
  if (a.type != b.type) return false;
  switch (a.type) {
    case Json::Type::null:
      return true;
    case Json::Type::boolean:
      return a.boolean == b.boolean;
    case Json::Type::integer:
      return a.integer == b.integer;
    case Json::Type::number:
      return std::stod(a.text) == std::stod(b.text);
    case Json::Type::string:
      return a.text == b.text;
    case Json::Type::array:
      return std::equal(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end(), is_same);
    case Json::Type::object:
      return a.members.size() == b.members.size() &&
             std::all_of(a.members.begin(), a.members.end(), [&](const auto& member) {
               const Json* other = b.find(member.key);
               return other && is_same(member.value, *other);
             });
  }
  throw InternalError("a JSON value of no type");
}

namespace {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}

/// The value on one line, with `comma` between what it contains and `colon` after keys.
std::string on_one_line(const Json& value, const std::string& comma, const std::string& colon) {
  std::string text;
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
      return quoted(value.text);
    case Json::Type::array:
      for (const Json& element : value.elements)
        text += (text.empty() ? "" : comma) + on_one_line(element, comma, colon);
      return "[" + text + "]";
    case Json::Type::object:
      for (const auto& [key, member, place] : value.members)
        text += (text.empty() ? "" : comma) + quoted(key) + colon + on_one_line(member, comma, colon);
      return "{" + text + "}";
  }
  throw InternalError("a JSON value of no type");
}

}  // namespace

std::string to_text(const Json& value) {
  return on_one_line(value, ",", ":");
}

std::string laid_out(const Json& value, std::size_t width, std::size_t indent, std::size_t column) {
  std::string line = on_one_line(value, ", ", ": ");
  const auto has_parts = [](const Json& json) { return !json.elements.empty() || !json.members.empty(); };
  const bool is_flat =
      std::none_of(value.elements.begin(), value.elements.end(), has_parts) &&
      std::none_of(value.members.begin(), value.members.end(), [&](const auto& each) { return has_parts(each.value); });
  if (is_flat || column + line.size() <= width) return line;
  const std::string margin = "\n" + std::string(indent + 2, ' ');
  std::string text;
  for (const Json& element : value.elements)
    text += (text.empty() ? "" : ",") + margin + laid_out(element, width, indent + 2, indent + 2);
  for (const auto& [key, member, place] : value.members) {
    const std::string name = quoted(key) + ": ";
    text += (text.empty() ? "" : ",") + margin + name + laid_out(member, width, indent + 2, indent + 2 + name.size());
  }
  const bool is_array = value.type == Json::Type::array;
  return (is_array ? "[" : "{") + text + "\n" + std::string(indent, ' ') + (is_array ? "]" : "}");
}

}  // namespace tenure
