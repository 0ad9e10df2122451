#pragma once

#include <string>
#include <string_view>

namespace tenure {

/// One piece of a C file. `other` is a number, a string or a character: its text does not matter.
struct CToken {
  enum class Kind { end, word, punctuation, directive, other };
  Kind kind = Kind::end;
  std::string text;  ///< directive: all behind '#', without comments, on one line
  int line = 0;
  int last_line = 0;  ///< a directive may go on over several
};

/// Cuts a C file into tokens. What is not closed (a comment, a string) ends with the file or with its line.
class CLexer {
 public:
  explicit CLexer(std::string_view text) : text_(text) {}
  CToken next();

 private:
  char at(std::size_t ahead = 0) const { return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0'; }
  bool is_at(std::string_view what) const { return text_.substr(position_, what.size()) == what; }
  bool at_end() const { return position_ >= text_.size(); }
  void advance();
  bool skip_splice();
  bool skip_comment();
  void skip_space();
  void skip_quoted();
  void read_word(CToken& token);
  void read_directive(CToken& token);

  std::string_view text_;
  std::size_t position_ = 0;
  int line_ = 1;
  bool begins_line_ = true;  ///< nothing but space so far
};

}  // namespace tenure
