#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/named_path.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// A change of something that a trace shows: a variable, a list, a resource.
struct Change {
  enum class Kind { variable, deferred, taken_back, acquired, released, lost };
  Kind kind = Kind::variable;
  std::string name;                    ///< variable or resource; deferred, taken_back: the call on the list
  std::string list;                    ///< deferred, taken_back
  std::int32_t before = 0, after = 0;  ///< variable
  friend bool operator==(const Change&, const Change&) = default;
};

/// One line of a trace, with all that happened in it: an event, a callback of the driver, a statement of the driver, or
/// a call that a list made. The steps are a tree, told by `depth`: an event is at depth 0.
struct TraceStep {
  std::string event;     ///< "bind"
  std::string function;  ///< in which the statement stands; "" for events, callbacks and calls of lists
  std::string call;      ///< the statement: "ret = allocate(min=1, ...)"; "" for the event itself
  std::string list;      ///< which made the call; "" for all else
  std::string says;      ///< of events and calls of lists: what they are
  std::string file;
  int line = 0;         ///< 0: not known
  std::string outcome;  ///< what the environment decided, what was returned: "MSI-X refused; returns -ENOSPC"
  int depth = 0;
  bool is_driver = false;
  std::vector<Change> changes;
  std::vector<std::string> remarks;  ///< `says` of statements that ran, "WARN in FUNCTION() (FILE:LINE)", crashes
  friend bool operator==(const TraceStep&, const TraceStep&) = default;
};

/// A counterexample as a kernel engineer would tell it.
struct Trace {
  Property property = Property::leak;
  /// Fixed variables that the run looked at, with their values.
  std::vector<std::pair<std::string, std::int32_t>> configuration;
  std::vector<TraceStep> steps;
  std::string subject;      ///< the resource, variable or list that the violation is about; may be ""
  std::string explanation;  ///< one sentence: who acquired, who released or forgot, by which rule
  NamedPath path;           ///< what the environment decides: enough to make the run again
};

/// Replays a path through the interpreter and tells it. A path whose goal is `none` is told to the end of its last
/// event; unless it is a lasso, its trace has no property, subject and explanation. Throws InternalError when the
/// program does not do what the path says: a decision that is not open, a goal that is not reached in the last event,
/// another number of steps.
Trace tell(const Program& program, const Path& path);

/// Replays a path without telling it: whether its goal is reached in the last event with the same number of steps, or,
/// of a lasso, whether it grows again and again. On
/// exact counters (CompileOptions::counter_margin 0) what was decided at abstracting nodes does not matter.
bool replays(const Program& program, const Path& path);

}  // namespace tenure
