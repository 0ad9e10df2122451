#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "model/interpreter.h"
#include "model/program.h"
#include "model/property.h"

namespace tenure {

/// A run as an engine finds it: what the environment decides, and nothing else.
struct Path {
  struct Event {
    std::uint32_t event = 0;
    std::vector<Option> decisions;  ///< at the choices, in the order in which the run meets them
  };
  std::vector<std::int32_t> fixed;  ///< values of the fixed variables, in the order of Program::variables
  std::vector<Event> events;
  std::uint32_t goal = 0;   ///< reached in the last event
  std::uint32_t steps = 0;  ///< sum of Edge::steps up to there, that edge included
};

/// A conjunction that holds initially, is kept by every event and excludes the goals; one clause a line, in the words
/// of the model.
struct Invariant {
  std::vector<std::string> clauses;
};

/// Why a run could not be followed to the end: counts or lists that were cut. "" never.
using Bounds = std::vector<std::string>;

struct Holds {
  Invariant invariant;
  Bounds bounds;                  ///< not empty: holds-bounded
  bool nothing_to_check = false;  ///< no statement could violate it
};
struct Violated {
  Path path;
};
struct Unreachable {
  std::vector<std::string> goals;  ///< what can never be reached: "remove is called"
};
struct Undecided {
  std::string reason;
};

/// A verdict and its witness.
using Verdict = std::variant<Holds, Violated, Unreachable, Undecided>;

struct PropertyVerdict {
  Property property;
  Verdict verdict;
};

/// "holds", "holds-bounded", "violated", "unreachable" or "undecided".
std::string_view name_of(const Verdict& verdict);

}  // namespace tenure
