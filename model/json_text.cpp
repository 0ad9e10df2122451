#include "model/json_text.h"

#include <algorithm>
#include <cstdio>

namespace tenure {

namespace {

constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view number_characters = "+-.0123456789eE";
constexpr std::string_view escapes = "\"\\/bfnrtu";

bool is_hexadecimal(char c) {
  return std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// How many bytes of UTF-8 the escape \uXXXX at `offset` becomes; a pair of surrogates counts as one escape of 12.
std::pair<std::size_t, std::size_t> unicode_escape(std::string_view text, std::size_t offset) {
  const unsigned long code = std::stoul(std::string(text.substr(offset + 2, 4)), nullptr, 16);
  if (code >= 0xD800 && code < 0xDC00) return {12, 4};
  return {6, code < 0x80 ? 1 : code < 0x800 ? 2 : 3};
}

}  // namespace

std::string byte_name(char byte) {
  char name[8];
  std::snprintf(name, sizeof name, "0x%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
  return name;
}

std::size_t first_invalid_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  std::size_t i = 0;
  while (i < text.size()) {
    const unsigned lead = byte(i);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (length == 0) return i;
    for (std::size_t k = 1; k < length; ++k)
      if ((byte(i + k) & 0xC0) != 0x80) return i;
    const unsigned second = byte(i + 1);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool surrogate = lead == 0xED && second > 0x9F;
    if (overlong || surrogate || (lead == 0xF4 && second > 0x8F)) return i;
    i += length;
  }
  return i;
}

TextFollower::TextFollower(std::string_view text, std::string file)
    : text_(text), file_(std::make_shared<InputFile>(std::move(file))), line_starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') line_starts_.push_back(i + 1);
}

std::size_t TextFollower::skip(std::size_t offset, std::string_view characters) const {
  return std::min(text_.find_first_not_of(characters, offset), text_.size());
}

std::size_t TextFollower::end_of_string(std::size_t begin) const {
  std::size_t i = begin + 1;
  while (i < text_.size() && text_[i] != '"') i += text_[i] == '\\' ? 2 : 1;
  return std::min(i + 1, text_.size());
}

std::size_t TextFollower::end_of_number(std::size_t begin) const {
  constexpr std::string_view digits = "0123456789";
  const auto at = [&](std::size_t i, std::string_view any) {
    return i < text_.size() && any.find(text_[i]) != std::string_view::npos;
  };
  std::size_t end = begin + (text_[begin] == '-' ? 1 : 0);
  end = at(end, "0") ? end + 1 : skip(end, digits);
  if (at(end, ".")) end = skip(end + 1, digits);
  if (at(end, "eE")) end = skip(end + (at(end + 1, "+-") ? 2 : 1), digits);
  return end;
}

TextToken TextFollower::next() {
  TextToken token;
  token.begin = token.end = skip(last_end_, " \t\r\n,:");
  if (token.begin < text_.size()) {
    const char first = text_[token.begin];
    if (first == '"')
      token.end = end_of_string(token.begin);
    else if (number_characters.find(first) != std::string_view::npos)
      token.end = end_of_number(token.begin);
    else if (is_word(first))
      while (token.end < text_.size() && is_word(text_[token.end])) ++token.end;
    else
      token.end = token.begin + 1;
  }
  last_end_ = token.end;
  return token;
}

Place TextFollower::place_at(std::size_t offset, std::uint32_t value) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  Place place;
  place.file = file_;
  place.line = static_cast<int>(after - line_starts_.begin());
  place.column = static_cast<int>(offset - *(after - 1)) + 1;
  place.value = value;
  return place;
}

std::shared_ptr<const std::vector<int>> TextFollower::columns(const TextToken& string) const {
  const std::string_view inside = text_.substr(0, string.end - 1);
  if (inside.find('\\', string.begin) == std::string_view::npos) return nullptr;
  const int first = place_at(string.begin, 0).column;
  auto columns = std::make_shared<std::vector<int>>();
  std::size_t i = string.begin + 1;
  while (i < inside.size()) {
    std::pair<std::size_t, std::size_t> step{1, 1};
    if (inside[i] == '\\')
      step = inside[i + 1] == 'u' ? unicode_escape(inside, i) : std::pair<std::size_t, std::size_t>{2, 1};
    columns->insert(columns->end(), step.second, first + static_cast<int>(i - string.begin));
    i += step.first;
  }
  return columns;
}

std::string TextFollower::found(std::size_t offset) const {
  if (offset >= text_.size()) return "the end of the file";
  const char c = text_[offset];
  if (c == '"') return "a string";
  if (static_cast<unsigned char>(c) < 0x20) return "byte " + byte_name(c);
  std::size_t end = offset + 1;
  if (is_word(c))
    while (end < text_.size() && is_word(text_[end]) && end < offset + 20) ++end;
  while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
  return "'" + std::string(text_.substr(offset, end - offset)) + "'";
}

std::pair<std::size_t, std::string> TextFollower::explain_string(std::size_t begin) const {
  std::size_t i = begin + 1;
  for (; i < text_.size() && text_[i] != '"'; ++i) {
    if (text_[i] == '\n') return {begin, "this string has no closing '\"' on its line"};
    if (static_cast<unsigned char>(text_[i]) < 0x20)
      return {i, "byte " + byte_name(text_[i]) + " in a string, expected it as an escape (\\u00" +
                     byte_name(text_[i]).substr(2) + ")"};
    if (text_[i] != '\\' || i + 1 == text_.size()) continue;
    const std::size_t escape = i++;
    if (escapes.find(text_[i]) == std::string_view::npos)
      return {escape, "unknown escape '\\" + std::string(1, text_[i]) +
                          "', expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"};
    if (text_[i] != 'u') continue;
    for (std::size_t k = 1; k <= 4; ++k)
      if (i + k >= text_.size() || !is_hexadecimal(text_[i + k]))
        return {escape, "expected four hexadecimal digits after '\\u'"};
  }
  if (i >= text_.size()) return {begin, "this string has no closing '\"'"};
  return {begin, "this string has half of a surrogate pair, expected '\\uD8xx\\uDCxx'"};
}

std::pair<std::size_t, std::string> TextFollower::explain(const JsonContext& context, std::size_t position) const {
  std::size_t offset = skip(last_end_, white_space);
  const char separator = offset < text_.size() ? text_[offset] : '\0';
  const bool in_object = context.inside == Json::Type::object;
  const auto pass = [&] { offset = skip(offset + 1, white_space); };
  const auto wrong = [&](const std::string& expected) {
    return std::pair(offset, "found " + found(offset) + ", expected " + expected);
  };
  if (context.last == JsonEvent::value && context.outside) return wrong("the end of the file");
  if (context.last == JsonEvent::key) {
    if (separator != ':') return wrong("':' after the key");
    pass();
  } else if (context.last == JsonEvent::value) {
    if (separator != ',') return wrong(in_object ? "',' or '}'" : "',' or ']'");
    pass();
  }
  if (offset < text_.size() && text_[offset] == '"') return explain_string(offset);
  const bool wants_key = in_object && context.last != JsonEvent::key;
  if (wants_key)
    return wrong(context.last == JsonEvent::object_start ? "a key in '\"' or '}'" : "a key in '\"' after the ','");
  if (offset < text_.size() && number_characters.find(text_[offset]) != std::string_view::npos && position > offset) {
    const std::string number(text_.substr(offset, skip(offset, number_characters) - offset));
    return {offset, "'" + number + "' is no number of JSON, or too large"};
  }
  return wrong(context.last == JsonEvent::array_start ? "a value or ']'" : "a value");
}

}  // namespace tenure
