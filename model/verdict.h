#pragma once

#include <cstdint>
#include <memory>
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

/// Whether it has fewer events, or as many and fewer steps.
bool is_shorter(const Path& path, const Path& other);

/// A conjunction that holds initially, is kept by every event and excludes the goals; one clause a line, in the words
/// of the model.
struct Invariant {
  std::vector<std::string> clauses;
  std::vector<std::string> states = {};  ///< each state is one of these; what a clause excludes is none of them
};

/// A part of a proof: something that never holds.
struct Obligation {
  std::string name;    ///< "kept", "leak"
  std::string says;    ///< in words
  std::string script;  ///< SMT-LIB 2.6: unsatisfiable when the part is right
};

/// A bit of a state between two events, by its number, and what it is.
struct BitValue {
  std::uint32_t bit = 0;
  bool value = false;
};

/// All that a proof needs besides the program, to be found again without search.
struct ProofHints {
  std::string answers;                          ///< to what was asked while the states were explored, as 0 and 1
  std::vector<std::vector<BitValue>> excluded;  ///< by each clause of the invariant
  bool picks_lowest = false;                    ///< Program::picks_lowest
  bool one_member = false;                      ///< it is about Program::one_member
};

/// A proof that others can check: an invariant over the bits of a state, and what has to be shown of it.
struct Proof {
  ProofHints hints;
  std::vector<std::string> clauses;   ///< of the invariant, in words
  std::vector<Obligation> invariant;  ///< that it is one: whatever is proved rests on these
  std::vector<Obligation> goals;      ///< that it excludes a goal, by the name of its property
};

/// The name of the obligation that shows that something is unreachable.
std::string name_of_unreachable(const std::string& goal);

/// Why a run could not be followed to the end: counts or lists that were cut. "" never.
using Bounds = std::vector<std::string>;

/// Adds which sizes of families were cut.
void add_sizes(const Program& program, Bounds& bounds);

struct Holds {
  Invariant invariant;
  Bounds bounds;                                 ///< not empty: holds-bounded
  bool nothing_to_check = false;                 ///< no statement could violate it
  std::shared_ptr<const Proof> proof = nullptr;  ///< null unless it was asked for; null when there is nothing to check
  bool is_of_one_member = false;                 ///< it was shown of Program::one_member
};
struct Violated {
  Path path;
  bool is_shortest = true;  ///< else a shorter one may be there
};
struct Unreachable {
  std::vector<std::string> goals;                ///< what can never be reached: "remove is called"
  std::shared_ptr<const Proof> proof = nullptr;  ///< null unless it was asked for
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

/// Why nothing is known when longer runs were not searched for.
std::string only_runs_of(std::uint32_t events);

/// "holds", "holds-bounded", "violated", "unreachable" or "undecided".
std::string_view name_of(const Verdict& verdict);

}  // namespace tenure
