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
  bool rests = false;        ///< the function is in the core of the proof, or what is in it is not known
};

/// For each property of a driver that holds, whether some run of the driver carries out the function, and whether the
/// proof rests on it. Where no run does, the proof stands whatever the function does. Where the proof does not rest on
/// it, only what the function does not do now can undo the proof: see Core.
std::vector<Dependence> dependence_on(const std::string& function, const Subject& subject,
                                      const std::vector<Property>& properties, const Check& check,
                                      const FindCores& find_cores);

/// Throws InputError when no function of the kernel model has that name, nor one of the models that the subjects have.
void expect_function(const std::string& function, const KernelModel& kernel, const std::vector<Subject>& subjects);

/// JSON text of what came out, as specs/schema/results.schema.json describes it.
std::string depends_document(std::string_view version, const std::string& function, const std::string& semantics,
                             const std::vector<Dependence>& proofs);

}  // namespace tenure
