#include "model/patch.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace tenure {

namespace {

/// Why an operation cannot be done; never leaves this file.
struct PatchFailure {
  std::string message;
};

using Pointer = std::vector<std::string>;

Pointer parse_pointer(const std::string& text) {
  Pointer tokens;
  if (text.empty()) return tokens;
  if (text.front() != '/') throw PatchFailure{"'" + text + "' is no JSON Pointer, expected a '/' in front"};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '/') {
      tokens.emplace_back();
    } else if (text[i] == '~') {
      ++i;
      if (i == text.size() || (text[i] != '0' && text[i] != '1'))
        throw PatchFailure{"'" + text + "' is no JSON Pointer, expected ~0 or ~1 for '~' or '/'"};
      tokens.back() += text[i] == '0' ? '~' : '/';
    } else {
      tokens.back() += text[i];
    }
  }
  return tokens;
}

std::string to_string(const Pointer& pointer, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += "/" + escape_pointer(pointer[i]);
  return text.empty() ? "the top" : text;
}

/// The value as a message shows it.
std::string shown(const Json& value) {
  constexpr std::size_t longest = 200;
  std::string text = to_text(value);
  return text.size() <= longest ? text : text.substr(0, longest) + "...";
}

std::size_t member_index(const Json& object, const std::string& key) {
  const auto found =
      std::find_if(object.members.begin(), object.members.end(), [&](const auto& member) { return member.key == key; });
  return static_cast<std::size_t>(found - object.members.begin());
}

/// An index into a list that has `size` places; "-" stands for the end where that is one of them.
std::optional<std::size_t> list_index(const std::string& token, std::size_t size, bool may_append) {
  if (token == "-" && may_append) return size;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool is_canonical = token == "0" || !token.starts_with('0');
  if (error != std::errc() || end != token.data() + token.size() || !is_canonical) return std::nullopt;
  if (index > size || (index == size && !may_append)) return std::nullopt;
  return index;
}

class Patching {
 public:
  Patching(Json& document, const Json& operation) : document_(document), operation_(operation) {}

  void run() {
    const std::string op = operation_.find("op")->text;
    const Pointer path = parse_pointer(operation_.find("path")->text);
    if (op == "add") return add(path, *operation_.find("value"), operation_.place);
    if (op == "remove") return static_cast<void>(remove(path));
    if (op == "replace") return replace(path, *operation_.find("value"));
    if (op == "test") return test(path, *operation_.find("value"));
    const Pointer from = parse_pointer(operation_.find("from")->text);
    if (op == "copy") return add(path, Json(find(from)), operation_.place);
    const bool is_inside = path.size() > from.size() && std::equal(from.begin(), from.end(), path.begin());
    if (is_inside) throw PatchFailure{"cannot move " + to_string(from, from.size()) + " into itself"};
    add(path, remove(from), operation_.place);
  }

 private:
  [[noreturn]] static void missing(const Json& parent, const Pointer& path, std::size_t depth) {
    std::vector<std::string> known;
    for (const auto& [key, member, place] : parent.members) known.push_back(key);
    std::string has = ", which is no object or list";
    if (parent.type == Json::Type::array) has = ", a list of " + std::to_string(parent.elements.size());
    if (parent.type == Json::Type::object) has = suggestion(path[depth], known);
    throw PatchFailure{"no '" + path[depth] + "' at " + to_string(path, depth) + has};
  }

  /// The value at the first `length` tokens of the path.
  Json& find(const Pointer& path, std::size_t length) {
    Json* value = &document_;
    for (std::size_t i = 0; i < length; ++i) {
      if (value->type == Json::Type::object) {
        const std::size_t member = member_index(*value, path[i]);
        if (member == value->members.size()) missing(*value, path, i);
        value = &value->members[member].value;
      } else if (value->type == Json::Type::array) {
        const auto index = list_index(path[i], value->elements.size(), false);
        if (!index) missing(*value, path, i);
        value = &value->elements[*index];
      } else {
        missing(*value, path, i);
      }
    }
    return *value;
  }
  Json& find(const Pointer& path) { return find(path, path.size()); }

  void add(const Pointer& path, Json value, const Place& key_place) {
    if (path.empty()) {
      document_ = std::move(value);
      return;
    }
    Json& parent = find(path, path.size() - 1);
    if (parent.type == Json::Type::array) {
      const auto index = list_index(path.back(), parent.elements.size(), true);
      if (!index) missing(parent, path, path.size() - 1);
      parent.elements.insert(parent.elements.begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
    } else if (parent.type == Json::Type::object) {
      const std::size_t member = member_index(parent, path.back());
      if (member == parent.members.size()) {
        parent.members.push_back({path.back(), std::move(value), key_place});
      } else {
        parent.members[member].value = std::move(value);
      }
    } else {
      missing(parent, path, path.size() - 1);
    }
  }

  Json remove(const Pointer& path) {
    if (path.empty()) throw PatchFailure{"cannot remove the whole document"};
    Json removed = find(path);
    Json& parent = find(path, path.size() - 1);
    if (parent.type == Json::Type::array) {
      const auto index = static_cast<std::ptrdiff_t>(*list_index(path.back(), parent.elements.size(), false));
      parent.elements.erase(parent.elements.begin() + index);
    } else {
      const auto member = static_cast<std::ptrdiff_t>(member_index(parent, path.back()));
      parent.members.erase(parent.members.begin() + member);
    }
    return removed;
  }

  void replace(const Pointer& path, const Json& value) { find(path) = value; }

  void test(const Pointer& path, const Json& expected) {
    const Json& present = find(path);
    if (!is_same(present, expected))
      throw PatchFailure{"test failed: at " + to_string(path, path.size()) + " the model has " + shown(present) +
                         ", the patch expects " + shown(expected)};
  }

  Json& document_;
  const Json& operation_;
};

}  // namespace

bool apply_patch(Json& document, const Json& patch, Diagnostics& diagnostics) {
  for (const Json& operation : patch.elements) {
    try {
      Patching(document, operation).run();
    } catch (const PatchFailure& failure) {
      diagnostics.add(operation.place, failure.message);
      return false;
    }
  }
  return true;
}

}  // namespace tenure
