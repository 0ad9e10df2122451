#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tenure {

/// A place in an input file. Lines and columns count from 1, columns in bytes; `pointer` is the JSON Pointer (RFC 6901)
/// of the value. A place with line 0 stands for the file as a whole.
struct Place {
  std::shared_ptr<const std::string> file;
  int line = 0;
  int column = 0;
  std::string pointer;
  std::shared_ptr<const std::vector<int>> columns;  ///< a string with escapes: the column of each byte of its value

  /// The place of the byte at `offset` in the value of the JSON string that begins here.
  Place character(std::size_t offset) const;

  friend bool operator==(const Place&, const Place&) = default;
};

/// One mistake in the input: where, and a sentence that says what was found and what was expected.
struct Diagnostic {
  Place place;
  std::string message;
};

/// "FILE:LINE:COLUMN: error: MESSAGE (at POINTER)"; parts that are unknown are left out.
std::string to_string(const Diagnostic& diagnostic);

/// Collects the mistakes of the input, so that all of them are reported together.
class Diagnostics {
 public:
  void add(const Place& place, std::string message);
  bool empty() const { return list_.empty(); }
  /// In the order of file (as first met), line and column; exact repetitions are dropped.
  std::vector<Diagnostic> sorted() const;
  /// Throws InputError with everything collected, if there is anything.
  void throw_if_any() const;

 private:
  std::vector<Diagnostic> list_;
};

/// The input is wrong; what() has one line for each mistake.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// A broken invariant of tenure itself, never the user's fault.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// The candidate nearest to `name` by edit distance, or "" when none is near (more than a third of its length away).
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

/// ", did you mean 'x'?" for the nearest candidate, or "".
std::string suggestion(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace tenure
