#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/c_source.h"

namespace tenure {

/// The C code that a function of a spec stands for: the C function, and those of the same file that it calls, directly
/// or not, and that the spec has no function for. Their statements may stand in the spec's function.
class SourceScope {
 public:
  /// `is_apart` says which C functions the spec has functions for.
  SourceScope(const CSource& source, const std::vector<const CFunction*>& roots,
              const std::function<bool(const std::string&)>& is_apart);

  const std::vector<const CFunction*>& functions() const { return functions_; }
  bool contains(int line) const { return !at(line).functions().empty(); }
  /// The functions in which a line lies, without what they call.
  SourceScope at(int line) const;
  /// Whether a word that satisfies `is_it` stands on a line, or in a statement that begins there.
  using Test = std::function<bool(const CWord&)>;
  bool has(int line, const Test& is_it) const;
  /// The line nearest to `line` with such a word, if there is one.
  std::optional<int> nearest(int line, const Test& is_it) const;

 private:
  SourceScope() = default;

  std::vector<const CFunction*> functions_;
};

/// Whether a text has the word, not as a part of a longer one.
bool mentions(const std::string& text, const std::string& word);

}  // namespace tenure
