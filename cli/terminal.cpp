#include "cli/terminal.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <unistd.h>

namespace tenure {

std::string Style::in(std::string_view code, std::string_view text) const {
  if (!has_colors_ || text.empty()) return std::string(text);
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

Style style_of_output(ColorChoice choice) {
  if (choice != ColorChoice::automatic) return Style(choice == ColorChoice::always);
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool is_refused = no_color != nullptr && *no_color != '\0';
  const bool is_dumb = terminal == nullptr || std::strcmp(terminal, "dumb") == 0;
  return Style(!is_refused && !is_dumb && isatty(STDOUT_FILENO) == 1);
}

bool has_error_terminal() {
  return isatty(STDERR_FILENO) == 1;
}

std::size_t width_of(std::string_view text) {
  const auto is_first_byte = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first_byte));
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t has = width_of(text);
  return std::string(text) + std::string(width > has ? width - has : 0, ' ');
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width, std::size_t indent) {
  std::vector<std::string> lines;
  std::string line = text.substr(0, text.find_first_not_of(' '));
  std::size_t word = line.size();
  bool is_empty = true;
  while (word < text.size()) {
    const std::size_t end = std::min(text.find(' ', word), text.size());
    const std::string next = text.substr(word, end - word);
    if (!is_empty && width_of(line) + 1 + width_of(next) > width) {
      lines.push_back(line);
      line.assign(indent, ' ');
      is_empty = true;
    }
    line += (is_empty ? "" : " ") + next;
    is_empty = false;
    word = end + 1;
  }
  lines.push_back(line);
  return lines;
}

void write_output(const std::string& text) {
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!is_written || std::fflush(stdout) != 0) {
    throw OutputError(std::string("standard output cannot be written: ") + std::strerror(errno));
  }
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (!file) throw OutputError(path + " cannot be written: " + std::strerror(errno));
}

}  // namespace tenure
