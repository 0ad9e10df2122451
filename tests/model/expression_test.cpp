#include "model/expression.h"

#include <doctest/doctest.h>
#include <string>

using namespace tenure;

namespace {

Place place_of_string() {
  Place place;
  place.line = 3;
  place.column = 10;
  return place;
}

std::string shown(const Expression& expression);

std::string shown(const ResourceReference& resource) {
  return resource.name + (resource.per ? "(" + shown(*resource.per) + ")" : "") +
         (resource.index ? "[" + shown(*resource.index) + "]" : "");
}

/// The expression with all its parentheses, in prefix form.
std::string shown(const Expression& expression) {
  using Kind = Expression::Kind;
  static const char* const operators[] = {"neg", "!",  "~", "+",  "-", "*",  "&",  "|",  "^",
                                          "==",  "!=", "<", "<=", ">", ">=", "&&", "||", "?"};
  switch (expression.kind) {
    case Kind::literal:
      return std::to_string(expression.value);
    case Kind::name:
      return expression.name + (expression.operands.empty() ? "" : "[" + shown(expression.operands[0]) + "]");
    case Kind::has:
      return "has " + expression.name + " " + expression.function;
    case Kind::empty:
      return "empty " + expression.name;
    case Kind::defined:
      return "defined " + expression.name;
    case Kind::held:
    case Kind::in_use:
      return (expression.kind == Kind::held ? "held " : "in_use ") + shown(*expression.resource);
    case Kind::operation:
      break;
  }
  std::string text = "(" + std::string(operators[static_cast<int>(expression.op)]);
  for (const Expression& operand : expression.operands) text += " " + shown(operand);
  return text + ")";
}

std::string parsed(const std::string& text) {
  Diagnostics diagnostics;
  const auto expression = parse_expression(text, place_of_string(), diagnostics);
  if (expression) return shown(*expression);
  REQUIRE(diagnostics.sorted().size() == 1);
  const Diagnostic error = diagnostics.sorted().front();
  return std::to_string(error.place.column - 11) + ": " + error.message;
}

}  // namespace

TEST_CASE("operators bind as in C") {
  CHECK(parsed("a || b && c | d ^ e & f == g < h + i * j") ==
        "(|| a (&& b (| c (^ d (& e (== f (< g (+ h (* i j)))))))))");
  CHECK(parsed("a * b + c < d == e & f ^ g | h && i || j") ==
        "(|| (&& (| (^ (& (== (< (+ (* a b) c) d) e) f) g) h) i) j)");
  CHECK(parsed("a - b - c") == "(- (- a b) c)");
  CHECK(parsed("a - -b") == "(- a (neg b))");
  CHECK(parsed("!a == b") == "(== (! a) b)");
  CHECK(parsed("~!-a") == "(~ (! (neg a)))");
  CHECK(parsed("-a * b") == "(* (neg a) b)");
  CHECK(parsed("a ? b : c ? d : e") == "(? a b (? c d e))");
  CHECK(parsed("a ? b ? c : d : e") == "(? a (? b c d) e)");
  CHECK(parsed("a || b ? c : d") == "(? (|| a b) c d)");
  CHECK(parsed("(a + b) * (c - d)") == "(* (+ a b) (- c d))");
  CHECK(parsed("a <= b != c >= d") == "(!= (<= a b) (>= c d))");
  CHECK(parsed("a > b") == "(> a b)");
}

TEST_CASE("numbers have at most 32 bits") {
  CHECK(parsed("2147483647") == "2147483647");
  CHECK(parsed("-2147483648") == "(neg -2147483648)");
  CHECK(parsed("0xFFFFFFFF") == "-1");
  CHECK(parsed("0Xa0") == "160");
  CHECK(parsed("true + false") == "(+ 1 0)");
  CHECK(parsed("0") == "0");
  CHECK(parsed("0x100000000") == "0: '0x100000000' does not fit in 32 bits");
  CHECK(parsed("a + 1u") == "4: '1u' is neither a decimal nor a hexadecimal number");
}

TEST_CASE("questions about resources, lists and roles") {
  CHECK(parsed("held(r)") == "held r");
  CHECK(parsed("held(none)") == "held none");
  CHECK(parsed("!held ( r [ i + 1 ] )") == "(! held r[(+ i 1)])");
  CHECK(parsed("in_use(handler(data)[2])") == "in_use handler(data)[2]");
  CHECK(parsed("held(handler(queue[i + 1])[2])") == "held handler(queue[(+ i 1)])[2]");
  CHECK(parsed("has(list, f) || empty(list)") == "(|| has list f empty list)");
  CHECK(parsed("defined(driver->probe)") == "defined probe");
  CHECK(parsed("held_by") == "held_by");
  CHECK(parsed("has_bar [ i + 1 ] && !has_bar[has_bar[0]]") == "(&& has_bar[(+ i 1)] (! has_bar[has_bar[0]]))");
}

TEST_CASE("errors point at the character") {
  CHECK(parsed("") == "0: found the end, expected a value");
  CHECK(parsed("  ") == "2: found the end, expected a value");
  CHECK(parsed("a +") == "3: found the end, expected a value");
  CHECK(parsed("a &&& b") == "4: found '&', expected a value");
  CHECK(parsed("held(r") == "6: found the end, expected ')'");
  CHECK(parsed("x[1") == "3: found the end, expected ']'");
  CHECK(parsed("x[]") == "2: found ']', expected a value");
  CHECK(parsed("has(l f)") == "6: found 'f', expected ','");
  CHECK(parsed("defined(driver.probe)") == "14: found '.', expected '->'");
  CHECK(parsed("a @ b") == "2: found '@', expected an operator (|| && | ^ & == != < <= > >= + - * ?:) or the end");
}

TEST_CASE("nesting and length are limited") {
  const auto nested = [](int levels) { return std::string(levels, '(') + "a" + std::string(levels, ')'); };
  CHECK(parsed(nested(63)) == "a");
  CHECK(parsed(nested(64)) == "64: nested deeper than 64 levels");
  CHECK(parsed(nested(2000)) == "64: nested deeper than 64 levels");
  CHECK(parsed(std::string(3000, '!') + "a") == "63: nested deeper than 64 levels");
  std::string chain = "1";
  while (chain.size() + 2 <= longest_expression) chain += "+1";
  CHECK(parsed(chain).substr(0, 6) == "(+ (+ ");
  CHECK(parsed(chain + "+1") == "-1: longer than 4096 characters");
}

TEST_CASE("places are those of the first character, or of the operator") {
  Diagnostics diagnostics;
  const auto expression = parse_expression("ab +  held(c)", place_of_string(), diagnostics);
  REQUIRE(expression);
  CHECK(expression->place.line == 3);
  CHECK(expression->place.column == 14);
  CHECK(expression->operands[0].place.column == 11);
  CHECK(expression->operands[1].place.column == 17);
  CHECK(expression->operands[1].resource->place.column == 22);
  CHECK(expression->text == "ab +  held(c)");
  CHECK(expression->operands[0].text == "");
}

TEST_CASE("resources, functions and on_error") {
  Diagnostics diagnostics;
  const auto resource = parse_resource_reference("port(data)[i * 2]", place_of_string(), diagnostics);
  REQUIRE(resource);
  CHECK(resource->name == "port");
  CHECK(shown(*resource) == "port(data)[(* i 2)]");
  CHECK(resource->text == "port(data)[i * 2]");
  CHECK(resource->per->name == "data");
  CHECK(shown(*resource->index) == "(* i 2)");
  CHECK(parse_function_name("f", place_of_string(), diagnostics)->name == "f");
  CHECK(parse_function_name("driver->probe", place_of_string(), diagnostics)->is_role);
  CHECK(parse_on_error("goto out", place_of_string(), diagnostics)->label == "out");
  CHECK_FALSE(parse_on_error("return", place_of_string(), diagnostics)->value);
  CHECK(shown(*parse_on_error("return -a", place_of_string(), diagnostics)->value) == "(neg a)");
  CHECK(diagnostics.empty());
  CHECK_FALSE(parse_resource_reference("port[0](data)", place_of_string(), diagnostics));
  CHECK_FALSE(parse_function_name("f()", place_of_string(), diagnostics));
  CHECK_FALSE(parse_on_error("goto a b", place_of_string(), diagnostics));
  CHECK(diagnostics.sorted().size() == 3);
}

TEST_CASE("names") {
  CHECK(is_name("a_1"));
  CHECK(is_name("_"));
  for (const char* wrong :
       {"", "1a", "a-b", "a b", "held", "in_use", "has", "empty", "defined", "driver", "none", "true"})
    CHECK_FALSE(is_name(wrong));
}
