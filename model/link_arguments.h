#pragma once

#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/link_scope.h"
#include "model/spec.h"

namespace tenure {

/// Binds the arguments of functions to the kinds of the parameters.
class ArgumentLinker {
 public:
  ArgumentLinker(const LinkScope& scope, Diagnostics& diagnostics) : scope_(scope), diagnostics_(diagnostics) {}

  /// A function that is called: may be a role too.
  void link_call(FunctionReference& function) const;
  /// A function on a deferred list, with all its arguments.
  void link_entry(FunctionReference& function) const;
  /// Fills in the argument by the kind of its parameter.
  void link_argument(Argument& argument, ParameterKind kind) const;

 private:
  void link_complete(FunctionReference& function) const;
  void link_partial(FunctionReference& function) const;
  const Function* link_given(FunctionReference& function) const;
  void check_device(const FunctionReference& function) const;
  void add_defaults(FunctionReference& function, const Function& declaration) const;
  void link_function_argument(Argument& argument) const;
  ParameterKind guess(const Argument& argument) const;

  const LinkScope& scope_;
  Diagnostics& diagnostics_;
};

/// The default of a parameter as an argument; mistakes in it go to `diagnostics`.
Argument default_argument(const Parameter& parameter, const Symbols& symbols, Diagnostics& diagnostics);

}  // namespace tenure
