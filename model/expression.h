#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/diagnostic.h"
#include "model/spec.h"

// The parsers of what a spec writes in strings. Each takes the decoded value of a JSON string and the place of that
// string; the places of what they give, and of their diagnostics, point at the very character in the file.
namespace tenure {

inline constexpr std::size_t longest_expression = 4096;  ///< bytes
inline constexpr int deepest_expression = 64;  ///< levels of parentheses, of operators with one operand, of ?:

/// Parses an expression in C's syntax. What is wrong goes to `diagnostics`, and nothing is given.
std::optional<Expression> parse_expression(std::string_view text, const Place& of_string, Diagnostics& diagnostics);

/// Parses what can be assigned: `name` or `name[index]`; errors as above.
std::optional<Expression> parse_variable(std::string_view text, const Place& of_string, Diagnostics& diagnostics);

/// Parses `name`, `name[index]`, `name(per)` or `name(per)[index]`; errors as above.
std::optional<ResourceReference> parse_resource_reference(std::string_view text, const Place& of_string,
                                                          Diagnostics& diagnostics);

/// Parses `name` or `driver->role`, without arguments; errors as above.
std::optional<FunctionReference> parse_function_name(std::string_view text, const Place& of_string,
                                                     Diagnostics& diagnostics);

/// Parses what `on_error` says: `return`, `return EXPRESSION` or `goto LABEL`; errors as above.
std::optional<OnError> parse_on_error(std::string_view text, const Place& of_string, Diagnostics& diagnostics);

/// The words that the language has taken for itself, so that nothing else can have them as its name.
const std::vector<std::string_view>& reserved_words();

/// Whether this is a name in C's sense, and not reserved.
bool is_name(std::string_view text);

}  // namespace tenure
