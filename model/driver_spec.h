#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/inputs.h"
#include "model/json.h"
#include "model/semantics.h"
#include "model/spec.h"

namespace tenure {

/// A driver spec as read. One with mistakes is linked all the same, so that those of its names are found as well.
struct DriverSpec {
  Unit unit;
  bool is_sound = false;
};

/// Reads a spec; mistakes go to `diagnostics`.
DriverSpec read_driver(const Json& document, Diagnostics& diagnostics);

/// Links a driver, and one that may be bound after it, with a kernel model and compiles them; nothing when there are
/// mistakes, which go to `diagnostics`. `path` is the driver's file.
std::optional<Subject> make_subject(const std::string& path, const KernelModel& kernel,
                                    const std::vector<DriverSpec>& drivers, const CompileOptions& options,
                                    Diagnostics& diagnostics);

}  // namespace tenure
