#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/diagnostic.h"

namespace tenure {

/// A JSON value with its place. Objects keep the order of their members.
struct Json {
  enum class Type { null, boolean, integer, number, string, array, object };
  Type type = Type::null;
  bool boolean = false;
  std::int64_t integer = 0;    ///< integer; a number that is no 64-bit integer has type number
  std::string text;            ///< string: its value; number: as written
  std::vector<Json> elements;  ///< array
  struct Member;
  std::vector<Member> members;  ///< object
  Place place;                  ///< of its first character

  /// The member's value, or null when there is none (or this is no object).
  const Json* find(std::string_view key) const;
};

struct Json::Member {
  std::string key;
  Json value;
  Place key_place;
};

inline constexpr std::size_t largest_file = 1 << 20;      ///< bytes, of what is written by hand
inline constexpr std::size_t largest_document = 1 << 28;  ///< bytes, of what tenure wrote
inline constexpr int deepest_nesting = 64;

/// Parses strict JSON (RFC 8259, UTF-8) of at most `largest` bytes. Duplicate keys, too deep nesting, text after the
/// value: all go to `diagnostics`, with their place. After a mistake of syntax nothing is usable: gives null, with line
/// 0 as its place.
Json parse_json(std::string_view text, const std::string& file, Diagnostics& diagnostics,
                std::size_t largest = largest_file);

/// Reads and parses a file; what cannot be read goes to `diagnostics` too.
Json read_json_file(const std::string& path, Diagnostics& diagnostics, std::size_t largest = largest_file);

/// Reads a file, or a little more than its first `largest` bytes. Gives what is wrong when it cannot be read, or "".
std::string read_file(const std::string& path, std::string& text, std::size_t largest);

/// Whether two values are the same as RFC 6902 has it: numbers by their value, objects in any order of their members.
bool is_same(const Json& a, const Json& b);

/// The value as compact JSON text.
std::string to_text(const Json& value);

/// The value as JSON text for people: on one line where that ends by column `width`, or where nothing in it has parts;
/// else a line for each element or member. `column` is where it begins, `indent` what its last line is indented by.
std::string laid_out(const Json& value, std::size_t width, std::size_t indent = 0, std::size_t column = 0);

}  // namespace tenure
