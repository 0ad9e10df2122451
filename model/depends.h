#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/grounds.h"
#include "model/inputs.h"

namespace tenure {

/// A proof, and whether a change of a kernel function can undo it.
struct Dependence {
  std::string spec;
  std::string driver;
  Property property = Property::leak;
  bool is_reopened = false;  ///< a run of the driver carries the function out, or that it never does is not known
};

/// For each property of a driver that holds, whether some run of the driver carries out the function. Where none does
/// the proof stands whatever the function does.
std::vector<Dependence> dependence_on(const std::string& function, const Subject& subject,
                                      const std::vector<Property>& properties, const Check& check);

/// Throws InputError when no function of the kernel model has that name, nor one of the models that the subjects have.
void expect_function(const std::string& function, const KernelModel& kernel, const std::vector<Subject>& subjects);

/// JSON text of what came out, as specs/schema/results.schema.json describes it.
std::string depends_document(std::string_view version, const std::string& function, const std::string& semantics,
                             const std::vector<Dependence>& proofs);

}  // namespace tenure
