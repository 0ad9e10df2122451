#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "encoders/random_run.h"
#include "encoders/set_executor.h"
#include "encoders/solver.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// Finds runs of fewest events to what a program reaches: forward on sets of states, event by event, then back from the
/// goal, to one state after the other from which it is still reached.
class RunFinder {
 public:
  /// All must outlive it. The executor has to have good places for atoms already; of its sets only `kept` are kept, and
  /// it is to carry out nothing else meanwhile.
  RunFinder(const Program& program, SetExecutor& executor, std::vector<SetId*> kept)
      : program_(program),
        executor_(executor),
        kept_(std::move(kept)),
        random_runs_(program),
        first_(program.goals.size()) {}

  /// Nothing when a limit was reached, or when no run that the executor follows reaches the goal.
  std::optional<Path> to(std::uint32_t goal, const QueryLimits& limits);

 private:
  /// A state as the atoms that it has, in their order.
  using Combination = std::vector<Atom>;
  /// An event, and after how many others it first reaches a goal.
  struct Reached {
    std::size_t after = 0;
    std::uint32_t event = 0;
  };
  /// Combinations of a set that have so many atoms, chosen before, and with these one of what is here.
  struct Rest {
    SetId set;
    std::size_t chosen;
  };
  struct Before {
    std::uint32_t event = 0;
    Combination state;
  };

  bool go_on();
  Combination reaching(std::uint32_t goal, std::uint32_t event, SetId set);
  Combination drawn_of(SetId set);
  Combination some_of(SetId set, const std::function<bool(SetId)>& is_so);
  std::vector<Rest> without_atoms(Rest rest, Combination& chosen) const;
  SetId with(SetId set, Combination::const_iterator first, Combination::const_iterator last);
  bool contains(SetId set, const Combination& state) const;
  std::optional<Before> before(std::size_t events, const Combination& state);
  SetId of_device(SetId set, const Combination& state);
  std::optional<Path> carried_out(std::uint32_t goal, const std::vector<Before>& run);
  void forget_others(const std::vector<SetId*>& besides);

  const Program& program_;
  SetExecutor& executor_;
  std::vector<SetId*> kept_;
  RandomRuns random_runs_;
  std::vector<SetId> fresh_;                   ///< by how many events it takes to come there
  SetId all_ = empty_set;                      ///< of these
  std::vector<std::optional<Reached>> first_;  ///< by goal
};

}  // namespace tenure
