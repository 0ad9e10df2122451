#pragma once

#include "model/program.h"
#include "model/spec.h"

namespace tenure {

struct CompileOptions {
  /// How far a counter is followed beyond the constants it is compared with, before it is abstracted; 0: counters are
  /// exact. Further than the copies of a call that are followed on a list, so that what a counter has to do with them
  /// is known.
  int counter_margin = 9;
  /// Whether what is noted of resources is left out where no statement and no check asks for it.
  bool forgets_unread = true;
  /// Whether there is a goal for each point of a driver, so that an engine can tell which ones are reachable.
  bool has_points = false;
  /// Of two drivers, whether only what happens while the last one is bound counts as a violation.
  bool judges_last_alone = false;
};

/// Compiles a linked spec into the Program that all engines read. Throws InputError for what only shows when
/// functions are bound to their arguments (an index on a resource that is no family).
Program compile(const Spec& spec, const CompileOptions& options = {});

}  // namespace tenure
