#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenure {

/// A key as it stands in a JSON Pointer (RFC 6901), with ~0 and ~1.
std::string escape_pointer(std::string_view key);

/// An input file, and the JSON values in it by number; 0 is the whole document.
class InputFile {
 public:
  explicit InputFile(std::string name) : name_(std::move(name)) {}

  const std::string& name() const { return name_; }
  /// The number of a new value, the member `key` (or the element of that index) of `parent`.
  std::uint32_t add_value(std::uint32_t parent, std::string key);
  /// The JSON Pointer (RFC 6901) of a value.
  std::string pointer(std::uint32_t value) const;

 private:
  struct Value {
    std::uint32_t parent;
    std::string key;
  };

  std::string name_;
  std::vector<Value> values_{{0, ""}};
};

/// A place in an input file. Lines and columns count from 1, columns in bytes. A place with line 0 stands for the file
/// as a whole.
struct Place {
  std::shared_ptr<const InputFile> file;
  int line = 0;
  int column = 0;
  std::uint32_t value = 0;                          ///< that begins here, or is around here
  std::shared_ptr<const std::vector<int>> columns;  ///< a string with escapes: the column of each byte of its value

  /// The name of the file; "" when there is none.
  const std::string& file_name() const;
  /// The JSON Pointer (RFC 6901) of the value.
  std::string pointer() const { return file ? file->pointer(value) : ""; }

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

/// The place that stands for a file as a whole.
Place whole_file(std::string name);

/// The input is wrong; what() has one line for each mistake.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// Throws InputError for one mistake.
[[noreturn]] void refuse(const Place& place, std::string message);

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
