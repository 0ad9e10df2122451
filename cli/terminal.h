#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tenure {

enum class ColorChoice { automatic, always, never };

/// Marks up text for a terminal, or leaves it as it is.
class Style {
 public:
  explicit Style(bool has_colors = false) : has_colors_(has_colors) {}

  std::string good(std::string_view text) const { return in("32", text); }
  std::string bad(std::string_view text) const { return in("1;31", text); }
  std::string doubtful(std::string_view text) const { return in("33", text); }
  std::string strong(std::string_view text) const { return in("1", text); }
  std::string faint(std::string_view text) const { return in("2", text); }

 private:
  std::string in(std::string_view code, std::string_view text) const;

  bool has_colors_;
};

/// The style for standard output: colours only on a terminal, and not when NO_COLOR is set, unless they are asked for.
Style style_of_output(ColorChoice choice);

/// Whether standard error is a terminal.
bool has_error_terminal();

/// How many characters a UTF-8 text has.
std::size_t width_of(std::string_view text);

/// Text with spaces after it, up to a width in characters.
std::string padded(std::string_view text, std::size_t width);

/// Text in lines of at most `width` characters where words allow, all but the first indented by `indent` spaces.
std::vector<std::string> wrapped(const std::string& text, std::size_t width, std::size_t indent);

/// Standard output or a file could not be written.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes all of the text to standard output. Throws OutputError.
void write_output(const std::string& text);

/// Writes a file anew. Throws OutputError.
void write_file(const std::string& path, const std::string& text);

}  // namespace tenure
