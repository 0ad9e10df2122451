#include "model/source_scope.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace tenure {

SourceScope::SourceScope(const CSource& source, const std::vector<const CFunction*>& roots,
                         const std::function<bool(const std::string&)>& is_apart)
    : functions_(roots) {
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    for (const CWord& word : functions_[i]->words) {
      if (word.kind != CWord::Kind::call || is_apart(word.text)) continue;
      for (const CFunction& called : source.functions) {
        const bool is_new = std::find(functions_.begin(), functions_.end(), &called) == functions_.end();
        if (called.name == word.text && is_new) functions_.push_back(&called);
      }
    }
  }
}

SourceScope SourceScope::at(int line) const {
  SourceScope part;
  for (const CFunction* function : functions_) {
    if (function->first_line <= line && line <= function->last_line) part.functions_.push_back(function);
  }
  return part;
}

bool SourceScope::has(int line, const Test& is_it) const {
  return std::any_of(functions_.begin(), functions_.end(), [&](const CFunction* function) {
    return std::any_of(function->words.begin(), function->words.end(),
                       [&](const CWord& word) { return (word.line == line || word.statement == line) && is_it(word); });
  });
}

std::optional<int> SourceScope::nearest(int line, const Test& is_it) const {
  std::optional<int> best;
  for (const CFunction* function : functions_) {
    for (const CWord& word : function->words) {
      if (is_it(word) && (!best || std::abs(word.line - line) < std::abs(*best - line))) best = word.line;
    }
  }
  return best;
}

bool mentions(const std::string& text, const std::string& word) {
  const auto is_part = [&](std::size_t position) {
    if (position >= text.size()) return false;
    return std::isalnum(static_cast<unsigned char>(text[position])) != 0 || text[position] == '_';
  };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    if (!is_part(at + word.size()) && (at == 0 || !is_part(at - 1))) return true;
  }
  return false;
}

}  // namespace tenure
