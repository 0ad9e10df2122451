#include "model/expression_lexer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace tenure {

namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

constexpr std::array<std::string_view, 9> two_characters{"||", "&&", "==", "!=", "<=", ">=", "->", "<<", ">>"};

}  // namespace

ExpressionLexer::ExpressionLexer(std::string_view text, const Place& of_string) : text_(text), of_string_(of_string) {
  advance();
}

void ExpressionLexer::advance() {
  begin_ = std::min(text_.find_first_not_of(" \t\r\n", begin_ + token_.size()), text_.size());
  const std::string_view rest = text_.substr(begin_);
  if (rest.empty()) {
    kind_ = Kind::end;
    token_ = rest;
    return;
  }
  const std::size_t word = std::min(rest.find_first_not_of(letters), rest.size());
  if (word > 0) {
    kind_ = rest[0] >= '0' && rest[0] <= '9' ? Kind::number : Kind::name;
    token_ = rest.substr(0, word);
    return;
  }
  kind_ = Kind::symbol;
  const bool is_long =
      std::find(two_characters.begin(), two_characters.end(), rest.substr(0, 2)) != two_characters.end();
  std::size_t length = is_long ? 2 : 1;
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0) == 0x80) ++length;
  token_ = rest.substr(0, length);
}

std::string ExpressionLexer::take() {
  std::string token(token_);
  advance();
  return token;
}

bool ExpressionLexer::accept(std::string_view token) {
  if (!is(token)) return false;
  advance();
  return true;
}

void ExpressionLexer::expect(std::string_view token) {
  if (!accept(token)) fail("'" + std::string(token) + "'");
}

std::int32_t ExpressionLexer::number() {
  const bool is_hexadecimal = token_.starts_with("0x") || token_.starts_with("0X");
  const std::string_view digits = token_.substr(is_hexadecimal ? 2 : 0);
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hexadecimal ? 16 : 10);
  if (error == std::errc::result_out_of_range) reject("'" + std::string(token_) + "' does not fit in 32 bits");
  const bool is_octal = !is_hexadecimal && digits.size() > 1 && digits[0] == '0';
  if (error != std::errc() || end != digits.data() + digits.size() || is_octal)
    reject("'" + std::string(token_) + "' is neither a decimal nor a hexadecimal number");
  advance();
  return static_cast<std::int32_t>(value);
}

void ExpressionLexer::fail(const std::string& expected) const {
  reject("found " + (at_end() ? "the end" : "'" + std::string(token_) + "'") + ", expected " + expected);
}

void ExpressionLexer::reject(const std::string& message) const {
  throw ExpressionError{place(), message};
}

}  // namespace tenure
