#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/shape.h"

// Types of JSON values, made in one line each; for the tables of shape.h alone.
namespace tenure::shapes {

using Kind = Type::Kind;
using Table = std::unordered_map<std::string_view, Type>;
inline constexpr std::int64_t smallest = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int64_t largest = std::numeric_limits<std::int32_t>::max();

inline Type simple(Kind kind, std::string_view called) {
  Type type;
  type.kind = kind;
  type.called = called;
  return type;
}

inline Type text(std::string_view called, std::string_view says = {}) {
  Type type = simple(Kind::text, called);
  type.says = says;
  type.least = 1;
  return type;
}

inline Type integer(std::string_view called, std::int64_t least, std::int64_t most) {
  Type type = simple(Kind::integer, called);
  type.least = least;
  type.most = most;
  return type;
}

inline Type words(std::string_view called, std::vector<std::string_view> choices) {
  Type type = simple(Kind::word, called);
  type.choices = std::move(choices);
  return type;
}

inline Type list_of(std::string_view of, std::string_view called, std::int64_t least = 0, std::int64_t most = largest) {
  Type type = simple(Kind::list, called);
  type.of = of;
  type.least = least;
  type.most = most;
  return type;
}

inline Type names_to(std::string_view of, std::string_view called) {
  Type type = simple(Kind::map, called);
  type.of = of;
  type.names = true;
  return type;
}

inline Type texts_to(std::string_view of, std::string_view called) {
  Type type = simple(Kind::map, called);
  type.of = of;
  return type;
}

inline Type either(std::string_view called, std::vector<std::string_view> choices, std::string_view says = {}) {
  Type type = simple(Kind::either, called);
  type.choices = std::move(choices);
  type.says = says;
  return type;
}

inline Type one_of(std::string_view called, std::vector<std::string_view> choices) {
  Type type = simple(Kind::one_of, called);
  type.choices = std::move(choices);
  return type;
}

inline Type object(std::string_view called, std::string_view says, std::vector<Key> keys, std::size_t marks = 1) {
  Type type = simple(Kind::object, called);
  type.says = says;
  type.keys = std::move(keys);
  type.marks = marks;
  return type;
}

/// The documents that tenure itself writes and reads again: results, and the manifest of a certificate.
void add_documents(Table& table);

}  // namespace tenure::shapes
