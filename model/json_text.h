#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/json.h"

// Where things are in the text of a JSON document; the parser of the library in use does not tell.
namespace tenure {

/// One token of the text, from `begin` to before `end`.
struct TextToken {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What the parser has read last.
enum class JsonEvent { none, key, object_start, array_start, value };

/// Where the parser stood when it found a mistake.
struct JsonContext {
  JsonEvent last = JsonEvent::none;
  Json::Type inside = Json::Type::null;  ///< array or object
  bool outside = true;                   ///< neither in an array nor in an object
};

/// Follows a parser through the text, token by token.
class TextFollower {
 public:
  TextFollower(std::string_view text, std::string file);

  /// The token after the one given last.
  TextToken next();
  std::string written(const TextToken& token) const {
    return std::string(text_.substr(token.begin, token.end - token.begin));
  }
  /// The place of a value (by its number in file()) that begins at an offset, or is around it.
  Place place_at(std::size_t offset, std::uint32_t value) const;
  InputFile& file() const { return *file_; }
  /// The column of each byte of a string's value; null when the string has no escapes.
  std::shared_ptr<const std::vector<int>> columns(const TextToken& string) const;

  /// Where the mistake is that the parser found after it had read `position` bytes, and what is wrong in plain words.
  std::pair<std::size_t, std::string> explain(const JsonContext& context, std::size_t position) const;

 private:
  std::size_t skip(std::size_t offset, std::string_view characters) const;
  std::size_t end_of_string(std::size_t begin) const;
  std::size_t end_of_number(std::size_t begin) const;
  std::string found(std::size_t offset) const;
  std::pair<std::size_t, std::string> explain_string(std::size_t begin) const;

  std::string_view text_;
  std::shared_ptr<InputFile> file_;
  std::vector<std::size_t> line_starts_;
  std::size_t last_end_ = 0;
};

/// The offset of the first byte that is not UTF-8 (RFC 3629), or the length of the text.
std::size_t first_invalid_utf8(std::string_view text);

/// A byte as a message shows it: 0x1f.
std::string byte_name(char byte);

}  // namespace tenure
