#include "model/expression.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/expression_lexer.h"

namespace tenure {

namespace {

struct BinaryOperator {
  std::string_view text;
  int precedence;  ///< the higher, the tighter
  Operator op;
};

constexpr std::array binary_operators{
    BinaryOperator{"||", 1, Operator::logical_or},    BinaryOperator{"&&", 2, Operator::logical_and},
    BinaryOperator{"|", 3, Operator::bit_or},         BinaryOperator{"^", 4, Operator::bit_xor},
    BinaryOperator{"&", 5, Operator::bit_and},        BinaryOperator{"==", 6, Operator::equal},
    BinaryOperator{"!=", 6, Operator::unequal},       BinaryOperator{"<", 7, Operator::less},
    BinaryOperator{"<=", 7, Operator::less_equal},    BinaryOperator{">", 7, Operator::greater},
    BinaryOperator{">=", 7, Operator::greater_equal}, BinaryOperator{"+", 8, Operator::add},
    BinaryOperator{"-", 8, Operator::subtract},       BinaryOperator{"*", 9, Operator::multiply},
};

bool is_reserved(std::string_view name) {
  const auto& words = reserved_words();
  return name != "none" && std::find(words.begin(), words.end(), name) != words.end();
}

/// Recursive descent, by precedence for what stands between two operands. The first mistake ends the parsing: it is
/// thrown as ExpressionError and caught by `whole`.
class Parser {
 public:
  Parser(std::string_view text, const Place& of_string) : lexer_(text, of_string) {}

  Expression expression() {
    const Nesting nesting(*this);
    Expression condition = binary(1);
    if (!lexer_.is("?")) return condition;
    Expression result = operation(Operator::conditional);
    lexer_.take();
    result.operands.push_back(std::move(condition));
    result.operands.push_back(expression());
    lexer_.expect(":");
    result.operands.push_back(expression());
    return result;
  }

  ResourceReference resource() {
    ResourceReference reference;
    reference.place = lexer_.place();
    reference.name = plain_name("a resource");
    if (lexer_.accept("(")) {
      ResourceReference per;
      per.place = lexer_.place();
      per.name = plain_name("a resource");
      add_index(per);
      reference.per = std::make_shared<const ResourceReference>(std::move(per));
      lexer_.expect(")");
    }
    add_index(reference);
    return reference;
  }

  void add_index(ResourceReference& reference) {
    if (auto inside = index()) reference.index = std::make_shared<const Expression>(std::move(*inside));
  }

  Expression variable() {
    Expression result;
    result.place = lexer_.place();
    finish_name(plain_name("a variable"), result);
    return result;
  }

  FunctionReference function() {
    FunctionReference reference;
    reference.place = lexer_.place();
    reference.is_role = lexer_.is("driver");
    reference.name = reference.is_role ? role() : plain_name("a function");
    return reference;
  }

  OnError on_error() {
    OnError result;
    result.place = lexer_.place();
    if (lexer_.accept("goto")) {
      result.label = plain_name("a label");
    } else if (lexer_.accept("return")) {
      if (!lexer_.at_end()) result.value = expression();
    } else {
      lexer_.fail("'return', 'return' with an expression, or 'goto' with a label");
    }
    return result;
  }

  void end(const std::string& expected) {
    if (!lexer_.at_end()) lexer_.fail(expected);
  }

 private:
  /// Counts a level of nesting as long as it lives.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest_expression)
        parser_.lexer_.reject("nested deeper than " + std::to_string(deepest_expression) + " levels");
    }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  Expression operation(Operator op) const {
    Expression result;
    result.kind = Expression::Kind::operation;
    result.op = op;
    result.place = lexer_.place();
    return result;
  }

  Expression binary(int least) {
    Expression left = unary();
    for (;;) {
      const auto found = std::find_if(binary_operators.begin(), binary_operators.end(),
                                      [&](const BinaryOperator& known) { return lexer_.is(known.text); });
      if (found == binary_operators.end() || found->precedence < least) return left;
      Expression result = operation(found->op);
      lexer_.take();
      result.operands.push_back(std::move(left));
      result.operands.push_back(binary(found->precedence + 1));
      left = std::move(result);
    }
  }

  Expression unary() {
    constexpr std::array<std::pair<std::string_view, Operator>, 3> operators{
        {{"-", Operator::negate}, {"!", Operator::logical_not}, {"~", Operator::bit_not}}};
    for (const auto& [text, op] : operators) {
      if (!lexer_.is(text)) continue;
      const Nesting nesting(*this);
      Expression result = operation(op);
      lexer_.take();
      result.operands.push_back(unary());
      return result;
    }
    return primary();
  }

  Expression primary() {
    if (lexer_.accept("(")) {
      Expression inner = expression();
      lexer_.expect(")");
      return inner;
    }
    Expression result;
    result.place = lexer_.place();
    if (lexer_.is_number()) {
      result.value = lexer_.number();
    } else if (lexer_.is("true") || lexer_.is("false")) {
      result.value = lexer_.take() == "true" ? 1 : 0;
    } else if (lexer_.is_name() && !lexer_.is("driver")) {
      const std::string name = lexer_.take();
      if (is_reserved(name))
        question(name, result);
      else if (lexer_.is("("))
        lexer_.fail("an operator; only held, in_use, has, empty and defined take '('");
      else
        finish_name(name, result);
    } else {
      lexer_.fail("a value");
    }
    return result;
  }

  /// What stands after the name of a variable.
  void finish_name(const std::string& name, Expression& result) {
    result.kind = Expression::Kind::name;
    result.name = name;
    if (auto inside = index()) result.operands.push_back(std::move(*inside));
  }

  /// "[INDEX]", when it comes next.
  std::optional<Expression> index() {
    if (!lexer_.accept("[")) return std::nullopt;
    Expression inside = expression();
    lexer_.expect("]");
    return inside;
  }

  /// What stands after one of the words that ask about resources, lists and roles.
  void question(const std::string& word, Expression& result) {
    using Kind = Expression::Kind;
    lexer_.expect("(");
    if (word == "held" || word == "in_use") {
      result.kind = word == "held" ? Kind::held : Kind::in_use;
      result.resource = resource();
    } else if (word == "defined") {
      result.kind = Kind::defined;
      result.name = role();
    } else {
      result.kind = word == "has" ? Kind::has : Kind::empty;
      result.name = plain_name("a list");
      if (word == "has") {
        lexer_.expect(",");
        result.function = plain_name("a function");
      }
    }
    lexer_.expect(")");
  }

  std::string role() {
    if (!lexer_.accept("driver")) lexer_.fail("'driver->' and a role");
    lexer_.expect("->");
    return plain_name("a role");
  }

  std::string plain_name(const std::string& what) {
    if (!lexer_.is_name()) lexer_.fail("the name of " + what);
    if (is_reserved(lexer_.token())) lexer_.fail("the name of " + what + ", not a word of the language");
    return lexer_.take();
  }

  ExpressionLexer lexer_;
  int depth_ = 0;
};

constexpr const char* operator_or_end = "an operator (|| && | ^ & == != < <= > >= + - * ?:) or the end";

/// Runs one of the parser's rules over the whole text.
template <typename Rule>
auto whole(std::string_view text, const Place& of_string, Diagnostics& diagnostics, const char* expected_after,
           Rule rule) -> std::optional<decltype(rule(std::declval<Parser&>()))> {
  if (text.size() > longest_expression) {
    diagnostics.add(of_string, "longer than " + std::to_string(longest_expression) + " characters");
    return std::nullopt;
  }
  try {
    Parser parser(text, of_string);
    auto result = rule(parser);
    parser.end(expected_after);
    return result;
  } catch (const ExpressionError& error) {
    diagnostics.add(error.place, error.message);
    return std::nullopt;
  }
}

}  // namespace

std::optional<Expression> parse_expression(std::string_view text, const Place& of_string, Diagnostics& diagnostics) {
  auto result =
      whole(text, of_string, diagnostics, operator_or_end, [](Parser& parser) { return parser.expression(); });
  if (result) result->text = std::string(text);
  return result;
}

std::optional<Expression> parse_variable(std::string_view text, const Place& of_string, Diagnostics& diagnostics) {
  auto result = whole(text, of_string, diagnostics, "the end", [](Parser& parser) { return parser.variable(); });
  if (result) result->text = std::string(text);
  return result;
}

std::optional<ResourceReference> parse_resource_reference(std::string_view text, const Place& of_string,
                                                          Diagnostics& diagnostics) {
  auto result = whole(text, of_string, diagnostics, "the end", [](Parser& parser) { return parser.resource(); });
  if (result) result->text = std::string(text);
  return result;
}

std::optional<FunctionReference> parse_function_name(std::string_view text, const Place& of_string,
                                                     Diagnostics& diagnostics) {
  return whole(text, of_string, diagnostics, "the end", [](Parser& parser) { return parser.function(); });
}

std::optional<OnError> parse_on_error(std::string_view text, const Place& of_string, Diagnostics& diagnostics) {
  return whole(text, of_string, diagnostics, operator_or_end, [](Parser& parser) { return parser.on_error(); });
}

const std::vector<std::string_view>& reserved_words() {
  static const std::vector<std::string_view> words{"held",   "in_use", "has",   "empty", "defined",
                                                   "driver", "true",   "false", "none"};
  return words;
}

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !is_letter(text.front()) || is_reserved(text) || text == "none") return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

}  // namespace tenure
