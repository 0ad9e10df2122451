#include "model/c_source.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "model/c_lexer.h"

namespace tenure {

namespace {

using Kind = CToken::Kind;

bool is_among(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool takes_condition(std::string_view word) {
  return is_among(word, {"if", "for", "while", "switch"});
}

/// What may stand before '(' and calls nothing.
bool is_keyword(std::string_view word) {
  return takes_condition(word) || is_among(word, {"return", "sizeof", "typeof", "__typeof__", "_Alignof", "case", "do",
                                                  "else", "goto", "int", "void", "char", "long", "unsigned"});
}

bool is_if_0(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
  return text == "if0";
}

/// Which token of a declaration before '{' names the function: the one before the first parenthesis, unless more words
/// of a type follow, as after an attribute: `__printf(1, 2) int NAME(...)`.
const CToken* name_of_function(const std::vector<CToken>& tokens) {
  const CToken* name = nullptr;
  bool goes_on = true;
  int parentheses = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const CToken& token = tokens[i];
    if (token.text == "(") ++parentheses;
    if (token.text == ")") --parentheses;
    if (parentheses > 0) continue;
    if (token.text == "=") return nullptr;
    if (token.kind != Kind::word) continue;
    const bool has_parenthesis = i + 1 < tokens.size() && tokens[i + 1].text == "(";
    if (!has_parenthesis) {
      goes_on = true;
    } else if (goes_on && !is_keyword(token.text)) {
      name = &token;
      goes_on = false;
    }
  }
  return name;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : lexer_(text) {}
  CSource scan();

 private:
  /// A brace that is open: what was so around it.
  struct Brace {
    int parentheses;
    int statement;
  };
  /// All that the other side of an #if begins with again.
  struct State {
    std::vector<Brace> braces;
    int parentheses = 0;
    int condition = -1;  ///< how many parentheses are open around the condition that is being read
    int statement = 0;   ///< line on which the statement at hand begins; 0: the next token begins one
    bool in_case = false;
    int function = -1;                ///< index of the one that is open
    std::vector<CToken> declaration;  ///< outside of functions: since the last one
  };
  struct Conditional {
    State before;
    std::optional<State> after_first;
  };

  void directive(const CToken& token);
  void outside(const CToken& token);
  void inside(const CToken& token, const CToken& next);
  void word(const CToken& token, const CToken& next);
  void open_brace();
  void close_brace(const CToken& token);
  void end_statement() {
    state_.statement = 0;
    state_.in_case = false;
  }

  CLexer lexer_;
  CSource source_;
  State state_;
  CToken previous_;
  std::vector<Conditional> conditionals_;
  std::size_t left_out_ = 0;  ///< how many #if are open inside of `#if 0`, that one included
};

CSource Scanner::scan() {
  CToken token = lexer_.next();
  while (token.kind != Kind::end) {
    CToken next = lexer_.next();
    if (token.kind == Kind::directive) {
      directive(token);
    } else if (left_out_ == 0) {
      if (state_.function < 0) {
        outside(token);
      } else {
        inside(token, next);
      }
      previous_ = std::move(token);
    }
    token = std::move(next);
  }
  for (CFunction& function : source_.functions) {
    if (function.last_line != 0) continue;
    function.last_line = function.words.empty() ? function.line : function.words.back().line;
  }
  return std::move(source_);
}

void Scanner::directive(const CToken& token) {
  CLexer words(token.text);
  const std::string name = words.next().text;
  const bool opens = is_among(name, {"if", "ifdef", "ifndef"});
  const bool alternates = is_among(name, {"else", "elif", "elifdef", "elifndef"});
  const bool closes = name == "endif";
  if (left_out_ > 0) {
    if (opens) ++left_out_;
    if (closes || (alternates && left_out_ == 1)) --left_out_;
    if (closes && left_out_ == 0) conditionals_.pop_back();
  } else if (opens) {
    conditionals_.push_back({state_, std::nullopt});
    if (is_if_0(token.text)) left_out_ = 1;
  } else if (alternates && !conditionals_.empty()) {
    Conditional& open = conditionals_.back();
    if (!open.after_first) open.after_first = std::move(state_);
    state_ = open.before;
  } else if (closes && !conditionals_.empty()) {
    if (conditionals_.back().after_first) state_ = std::move(*conditionals_.back().after_first);
    conditionals_.pop_back();
  } else if (name == "define") {
    source_.macros.push_back({words.next().text, token.line, token.last_line});
  }
}

void Scanner::outside(const CToken& token) {
  if (token.text == "{") {
    const CToken* name = state_.braces.empty() ? name_of_function(state_.declaration) : nullptr;
    if (name != nullptr) {
      state_.function = static_cast<int>(source_.functions.size());
      source_.functions.push_back({name->text, state_.declaration.front().line, name->line, 0, {}});
      end_statement();
    }
    open_brace();
  } else if (token.text == "}") {
    close_brace(token);
  } else if (token.text == ";" && state_.braces.empty()) {
    state_.declaration.clear();
  } else if (state_.braces.empty()) {
    state_.declaration.push_back(token);
  }
}

void Scanner::open_brace() {
  state_.braces.push_back({state_.parentheses, state_.statement});
  state_.parentheses = 0;
  state_.condition = -1;
  end_statement();
}

void Scanner::close_brace(const CToken& token) {
  if (state_.braces.empty()) return;
  const Brace around = state_.braces.back();
  state_.braces.pop_back();
  state_.parentheses = around.parentheses;
  end_statement();
  if (around.parentheses > 0) state_.statement = around.statement;
  if (!state_.braces.empty()) return;
  if (state_.function >= 0) source_.functions[static_cast<std::size_t>(state_.function)].last_line = token.line;
  state_.function = -1;
  state_.declaration.clear();
}

void Scanner::inside(const CToken& token, const CToken& next) {
  if (token.text == "{") return open_brace();
  if (token.text == "}") return close_brace(token);
  if (token.kind == Kind::word) return word(token, next);
  if (state_.statement == 0) state_.statement = token.line;
  if (token.text == "(") ++state_.parentheses;
  if (token.text == ")" && state_.parentheses > 0 && --state_.parentheses == state_.condition) {
    state_.condition = -1;
    end_statement();
  }
  if (state_.parentheses > 0) return;
  if (token.text == ";" || (token.text == ":" && state_.in_case)) end_statement();
}

void Scanner::word(const CToken& token, const CToken& next) {
  const bool is_first = state_.statement == 0;
  if (is_first) state_.statement = token.line;
  CWord word{token.text, CWord::Kind::plain, token.line, state_.statement};
  const bool is_field = previous_.text == "." || previous_.text == "->";
  if (next.text == "(" && !is_field && !is_keyword(token.text)) word.kind = CWord::Kind::call;
  if (is_first && token.text == "case") state_.in_case = true;
  if (is_first && next.text == ":") {
    if (token.text != "default") word.kind = CWord::Kind::label;
    state_.in_case = true;
  }
  if (takes_condition(token.text) && state_.condition < 0) state_.condition = state_.parentheses;
  source_.functions[static_cast<std::size_t>(state_.function)].words.push_back(std::move(word));
  if (token.text == "else" || token.text == "do") end_statement();
}

}  // namespace

CSource scan_c(std::string_view text) {
  return Scanner(text).scan();
}

}  // namespace tenure
