#pragma once

#include <string>
#include <vector>

#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// A change of something that a trace shows: a device variable, a list, a resource.
struct Change {
  enum class Kind { variable, deferred, taken_back, acquired, released, lost };
  Kind kind = Kind::variable;
  std::string name;                     ///< variable or resource; deferred, taken_back: the function
  std::string list;                     ///< deferred, taken_back
  std::int32_t before = 0, after = 0;   ///< variable
};

/// One line of a trace: a statement of the driver or a call that a list made, with all that happened in it.
struct TraceStep {
  std::string event;                    ///< "bind"
  std::string function;                 ///< in which it stands
  std::string call;                     ///< the statement: "pci_alloc_irq_vectors(min_vecs=1, ...)"
  std::string file;
  int line = 0;                         ///< 0: not known
  std::string outcome;                  ///< what the environment decided, what was returned: "MSI-X, 1 vector: returns 1"
  int depth = 0;                        ///< of driver calls
  bool is_driver = false;
  std::vector<Change> changes;
  std::vector<std::string> remarks;     ///< `says` of kernel statements that ran, WARNs ("WARN in FILE FUNCTION"), crashes
};

/// A counterexample as a kernel engineer would tell it.
struct Trace {
  Property property = Property::leak;
  std::vector<std::pair<std::string, std::string>> configuration;   ///< fixed variables that the run looked at, with their values
  std::vector<TraceStep> steps;
  std::string subject;                  ///< the resource, variable or list that the violation is about
  std::string explanation;              ///< one sentence: who acquired, who released or forgot, by which rule
};

/// Replays a path through the interpreter and tells it. Throws InternalError when the program does not do what the path says: a decision that
/// is not open, a goal that is not reached in the last event, another number of steps.
Trace tell(const Program& program, const Path& path);

/// Replays a path without telling it: whether `goal` is reached in the last event with the same number of steps. Decisions at
/// abstracting nodes are skipped when `program` has none of them (exact counters).
bool replays(const Program& program, const Path& path);

}  // namespace tenure
