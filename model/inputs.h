#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/program.h"
#include "model/semantics.h"
#include "model/spec.h"

namespace tenure {

/// A driver under one semantics, ready to be checked.
struct Subject {
  std::string spec;       ///< path of the driver spec, as given or found
  std::string driver;     ///< its name
  std::string semantics;  ///< name, or path of the file
  Program program;
  Program exact;                     ///< the same with exact counters
  std::shared_ptr<const Unit> unit;  ///< the driver spec
  std::vector<std::shared_ptr<const Unit>> kernel;
  std::string later_tree;  ///< whose kernel model it is; "" for that of the semantics' own tree
};

/// The spec files that paths stand for: a file for itself, a directory for all *.json files below it, in order. Links
/// to directories are not followed; a file that is met twice is given once. What cannot be read and a directory without
/// a spec are mistakes.
std::vector<std::string> find_specs(const std::vector<std::string>& paths, Diagnostics& diagnostics);

/// Reads, links and compiles driver specs under each of some semantics; for each spec, one subject per semantics, in
/// order. `next_driver` is the path of a spec that may be bound after the driver, or "". The mistakes of all files are
/// reported together. Throws InputError.
std::vector<Subject> load_subjects(const std::vector<std::string>& paths, const std::vector<KernelModel>& kernels,
                                   const std::string& next_driver, const CompileOptions& options = {});

}  // namespace tenure
