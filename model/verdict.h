#pragma once

#include <cstdint>
#include <optional>
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
    /// One for each node with a choice that the run meets, in order, even where only one option is open: so that the
    /// same path can be replayed on exact counters, where an abstracting node has one option.
    std::vector<Option> decisions;
  };
  static constexpr std::size_t never = SIZE_MAX;

  std::vector<std::int32_t> fixed;  ///< values of the fixed variables, in the order of Program::variables
  std::vector<Event> events;
  std::uint32_t goal = 0;   ///< reached in the last event; none: followed to the end of that event
  std::uint32_t steps = 0;  ///< sum of Edge::steps up to there, that edge included
  /// A lasso: the events from this one on bring the same state back with a longer list, again and again.
  std::size_t repeats_from = never;
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

/// Whether some run reaches a goal: a path, a proof that none does, or why it is not known.
struct Reachability {
  std::optional<Path> path;
  bool never = false;  ///< proved
  std::string reason;  ///< when it is not known
};

/// "holds", "holds-bounded", "violated", "unreachable" or "undecided".
std::string_view name_of(const Verdict& verdict);

}  // namespace tenure
