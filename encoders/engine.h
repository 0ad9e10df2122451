#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "encoders/times.h"
#include "model/grounds.h"
#include "model/inquiry.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

struct Limits {
  double seconds = 0;                              ///< to explore a program's states; 0: no limit
  std::uint32_t events = 0;                        ///< searches runs of at most so many, proves nothing; 0: proves
  const std::atomic<bool>* interrupted = nullptr;  ///< when it becomes true the engine stops soon, with `undecided`
  bool writes_proofs = false;                      ///< whether verdicts come with what others need to check them
  bool wants_clauses = false;                      ///< whether an invariant is to be clauses that a person can read
  /// When the diagram of all states took so many nodes, counters are followed less far, if that may help.
  std::size_t nodes_before_narrowing = 1'500'000;
};

/// Which solver searches; whichever it is, a proof is what Z3 has shown, a counterexample Z3's model of a run.
enum class SearchBy { cadical, z3 };

struct EngineParts;

/// Gives verdicts: shortest counterexamples by bounded search, proofs by inductive invariants, which a fresh Z3 solver
/// has checked. Keeps one Z3 context; one engine belongs to one thread at a time.
class Engine {
 public:
  explicit Engine(SearchBy by = SearchBy::cadical);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// One verdict for each property asked for, in that order. `exact` is the same spec compiled with exact counters
  /// (CompileOptions::counter_margin 0): every counterexample is stepped through it before it is returned. Throws
  /// InputError when an index of the spec can be out of range, InternalError when a counterexample cannot be replayed
  /// or a proof fails its check.
  std::vector<PropertyVerdict> check(const Program& program, const Program& exact,
                                     const std::vector<Property>& properties, const Limits& limits = {});

  /// The same, and more about the same program: what was explored and proved for the verdicts serves what is asked
  /// after them, and what was not explored for them is not explored then. Programs and engine must outlive it.
  std::unique_ptr<Inquiry> inquire(const Program& program, const Program& exact, const Limits& limits = {});

  /// For each goal of the program that is no property, by its index, whether it is reached. Any paths will do, and many
  /// goals share one, unless shortest ones are wanted. Throws as check() does.
  std::vector<Reachability> reach(const Program& program, const Program& exact, bool wants_shortest,
                                  const Limits& limits = {});

  /// For each property, all of which hold, what its proof rests on; none where a limit was reached.
  std::vector<std::optional<Core>> cores(const Program& program, const std::vector<Property>& held,
                                         const Limits& limits = {});

  /// What went into all that was asked since this was asked last.
  Times take_times();

 private:
  std::unique_ptr<EngineParts> parts_;
};

}  // namespace tenure
