#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/link_symbols.h"
#include "model/spec.h"

namespace tenure {

/// What can be named at one point: the symbols of the unit and, in a function, its parameters and locals. Checks what
/// expressions and resource references name.
class LinkScope {
 public:
  /// Outside of functions.
  LinkScope(const Symbols& symbols, Diagnostics& diagnostics);
  /// In a function or an event; the vectors may grow while the scope is in use.
  LinkScope(const Symbols& symbols, const std::vector<Parameter>& parameters, const std::vector<Local>& locals,
            Diagnostics& diagnostics);

  const Symbols& symbols() const { return symbols_; }
  const Parameter* parameter(const std::string& name) const;
  bool is_local(const std::string& name) const;
  /// Whether this names a value: a local, a parameter of kind value, a variable or a constant.
  bool is_value(const std::string& name) const;

  void check_expression(const Expression& expression) const;
  /// `may_be_whole`: a family without an index is fine, since what is called may index it.
  void check_resource(const ResourceReference& reference, bool may_be_whole = false) const;
  void check_list(const std::string& name, const Place& place) const;
  void check_role(const std::string& name, const Place& place) const;
  void check_device(const std::string& name, const Place& place) const;
  /// That a resource exists by this name alone.
  void check_resource_name(const std::string& name, const Place& place) const;
  /// That this (a name, perhaps with an index) can be assigned, and what is assigned (null for a result).
  void check_assignment(const Expression& target, const Expression* to) const;

  std::vector<std::string> value_names() const;
  std::vector<std::string> names_of_parameters(ParameterKind kind) const;

 private:
  /// What can be named with an index.
  struct Indexed {
    std::string name;
    const char* what;  ///< "resource", "variable"
    int count;
    bool is_family;
  };

  const Variable* variable(const std::string& name) const;
  const Variable* counter(const Expression& expression) const;
  std::optional<std::int32_t> constant_value(const Expression& expression) const;
  bool is_constant(const Expression& expression) const { return constant_value(expression).has_value(); }
  void check_name(const Expression& expression) const;
  void check_member(const Expression& name) const;
  void check_operation(const Expression& expression) const;
  void check_index(const Indexed& indexed, const Expression& index, const Place& place) const;
  void missing_index(const Indexed& indexed, const std::string& written, const Place& place) const;
  void check_per(const ResourceReference& reference, const Resource& resource) const;
  void check_counter_step(const Variable& variable, const Expression& to) const;
  void unknown(const std::string& kind, const std::string& name, const Place& place,
               const std::vector<std::string>& known) const;

  const Symbols& symbols_;
  const std::vector<Parameter>& parameters_;
  const std::vector<Local>& locals_;
  Diagnostics& diagnostics_;
  bool is_in_function_;
};

}  // namespace tenure
