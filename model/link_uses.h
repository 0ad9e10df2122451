#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/diagnostic.h"
#include "model/link_symbols.h"
#include "model/spec.h"

namespace tenure {

/// What a function does with a parameter of kind function: for each time it is called or deferred, the arguments that
/// it is given then, with their kinds.
using FunctionUses = std::vector<std::map<std::string, ParameterKind>>;

/// What a function does with a parameter of kind resource.
struct ResourceUse {
  bool as_one = false;     ///< takes it as one resource
  bool as_family = false;  ///< gives it an index
};

/// How functions use their parameters, found by looking into them and into what they pass the parameters to.
class ParameterUses {
 public:
  explicit ParameterUses(const Symbols& symbols) : symbols_(symbols) {}

  const FunctionUses& of_function(const Function& function, const std::string& parameter);
  const ResourceUse& of_resource(const Function& function, const std::string& parameter);

 private:
  using Key = std::pair<const Function*, std::string>;
  void collect_calls(const FunctionReference& reference, const std::string& parameter, FunctionUses& uses);
  void collect_resource(const FunctionReference& reference, const std::string& parameter, ResourceUse& use);

  const Symbols& symbols_;
  std::map<Key, FunctionUses> functions_;
  std::map<Key, ResourceUse> resources_;
};

/// Checks functions and resources that the bodies of a unit pass on: a function gets all its arguments, from where it
/// is named or from where it is called; a family gets its index in one place. Adds the defaults that nobody gives.
void link_passed(Unit& unit, const Symbols& symbols, Diagnostics& diagnostics);

}  // namespace tenure
