#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/diagnostic.h"

namespace tenure {

/// A mistake in an expression; never leaves the parser.
struct ExpressionError {
  Place place;
  std::string message;
};

/// The tokens of an expression, one at a time. Mistakes are thrown as ExpressionError.
class ExpressionLexer {
 public:
  ExpressionLexer(std::string_view text, const Place& of_string);

  /// About the current token.
  bool at_end() const { return kind_ == Kind::end; }
  bool is_name() const { return kind_ == Kind::name; }
  bool is_number() const { return kind_ == Kind::number; }
  bool is(std::string_view token) const { return token_ == token; }
  std::string_view token() const { return token_; }
  Place place() const { return of_string_.character(begin_); }

  /// Gives the current token and goes on to the next.
  std::string take();
  /// Takes the token when it is this one.
  bool accept(std::string_view token);
  void expect(std::string_view token);
  /// Takes a number: decimal or hexadecimal, at most 32 bits, wrapped to a signed one.
  std::int32_t number();

  /// Throws: what was found here and what was expected.
  [[noreturn]] void fail(const std::string& expected) const;
  /// Throws this message for the current token.
  [[noreturn]] void reject(const std::string& message) const;

 private:
  enum class Kind { end, name, number, symbol };
  void advance();

  std::string_view text_;
  const Place& of_string_;
  std::size_t begin_ = 0;
  std::string_view token_;
  Kind kind_ = Kind::end;
};

}  // namespace tenure
