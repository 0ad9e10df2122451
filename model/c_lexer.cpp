#include "model/c_lexer.h"

#include <algorithm>

namespace tenure {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

}  // namespace

void CLexer::advance() {
  if (text_[position_++] != '\n') return;
  ++line_;
  begins_line_ = true;
}

/// A backslash at the end of a line joins it with the next one.
bool CLexer::skip_splice() {
  if (!is_at("\\\n") && !is_at("\\\r\n")) return false;
  const bool begins_line = begins_line_;
  while (at() != '\n') advance();
  advance();
  begins_line_ = begins_line;
  return true;
}

bool CLexer::skip_comment() {
  if (is_at("//")) {
    while (!at_end() && at() != '\n') {
      if (!skip_splice()) advance();
    }
    return true;
  }
  if (!is_at("/*")) return false;
  const bool begins_line = begins_line_;
  const std::size_t end = std::min(text_.find("*/", position_ + 2), text_.size());
  while (position_ < std::min(end + 2, text_.size())) advance();
  begins_line_ = begins_line;
  return true;
}

void CLexer::skip_space() {
  while (!at_end()) {
    if (skip_splice() || skip_comment()) continue;
    if (!is_space(at())) return;
    advance();
  }
}

/// A string or character; one that is not closed ends with its line.
void CLexer::skip_quoted() {
  const char quote = at();
  for (advance(); !at_end() && at() != '\n'; advance()) {
    if (at() == quote) {
      advance();
      return;
    }
    if (at() == '\\' && position_ + 1 < text_.size()) advance();
  }
}

void CLexer::read_word(CToken& token) {
  while (is_letter(at()) || is_digit(at())) {
    token.text += at();
    advance();
    while (skip_splice()) continue;
  }
}

void CLexer::read_directive(CToken& token) {
  token.kind = CToken::Kind::directive;
  for (advance(); !at_end() && at() != '\n';) {
    if (skip_splice() || skip_comment()) {
      token.text += ' ';
      continue;
    }
    token.text += at();
    advance();
  }
  token.last_line = line_;
}

CToken CLexer::next() {
  skip_space();
  CToken token;
  token.line = token.last_line = line_;
  if (at_end()) return token;
  if (at() == '#' && begins_line_) {
    read_directive(token);
    return token;
  }
  begins_line_ = false;
  if (is_letter(at())) {
    token.kind = CToken::Kind::word;
    read_word(token);
  } else if (is_digit(at())) {
    token.kind = CToken::Kind::other;
    while (is_letter(at()) || is_digit(at()) || at() == '.') advance();
  } else if (at() == '"' || at() == '\'') {
    token.kind = CToken::Kind::other;
    skip_quoted();
  } else {
    token.kind = CToken::Kind::punctuation;
    token.text = is_at("->") ? "->" : std::string(1, at());
    for (std::size_t i = 0; i < token.text.size(); ++i) advance();
  }
  return token;
}

}  // namespace tenure
