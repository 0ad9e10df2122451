#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tenure {

/// A word in the body of a C function. Comments, strings and preprocessor lines have none.
struct CWord {
  enum class Kind {
    plain,
    call,  ///< followed by '(', no keyword and no field of a structure
    label
  };
  std::string text;
  Kind kind = Kind::plain;
  int line = 0;
  int statement = 0;  ///< line on which its statement begins
};

/// A function as a C file defines it.
struct CFunction {
  std::string name;
  int first_line = 0;  ///< where its definition begins: its type may stand above its name
  int line = 0;        ///< of its name
  int last_line = 0;   ///< of its closing brace
  std::vector<CWord> words;
};

struct CMacro {
  std::string name;
  int line = 0;
  int last_line = 0;
};

/// What a C file defines, found by its words, braces and parentheses alone: nothing is preprocessed. Of #if and #else
/// all sides are read, each from the same braces; the first decides how it goes on after #endif. `#if 0` is left out.
/// Any text can be read; one that is no C gives little.
struct CSource {
  std::vector<CFunction> functions;
  std::vector<CMacro> macros;
};

CSource scan_c(std::string_view text);

}  // namespace tenure
