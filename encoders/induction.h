#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "encoders/search_solver.h"
#include "encoders/transition_system.h"

namespace tenure {

/// Looks for an inductive invariant that excludes some goals, by IC3: Bradley, SAT-Based Model Checking without
/// Unrolling (VMCAI 2011), with the delta encoding of frames of Een, Mishchenko and Brayton (FMCAD 2011).
class Induction {
 public:
  enum class Answer { proved, reached, unknown };
  struct Result {
    Answer answer = Answer::unknown;
    std::uint32_t events = 0;  ///< reached: by a run of so many events
    std::string reason;        ///< unknown: why
  };

  Induction(const TransitionSystem& system, FormulaGraph& graph, const SearchSolver& by = {});
  void set_limits(const QueryLimits& limits) { solver_->set_limits(limits); }

  /// Whether `bad`, a formula over the bits and decisions of one event, can hold in an event of some run. What was
  /// learned about the reachable states serves the next question too.
  Result prove(Literal bad);
  /// After `proved`: the invariant, as cubes that no reachable state is in; literals are inputs of bits.
  std::vector<std::vector<Literal>> invariant() const;

 private:
  using Cube = std::vector<Literal>;  ///< sorted
  struct Obligation {
    std::uint32_t level;
    std::uint32_t events;  ///< from here to the goal
    Cube cube;
  };

  bool block(Cube cube, std::uint32_t level, Result& result);
  Satisfiability propagate(std::uint32_t checked);
  Satisfiability query(std::uint32_t level, const std::vector<Literal>& more, const std::vector<Literal>& one_of = {});
  Satisfiability predecessor(const Cube& cube, std::uint32_t level);
  Cube lifted(const std::vector<Literal>& targets);
  Cube from_core(const Cube& cube) const;
  Cube generalized(Cube cube, std::uint32_t level);
  bool is_initial(const Cube& cube) const;
  bool is_blocked(const Cube& cube, std::uint32_t level) const;
  void learn(Cube cube, std::uint32_t level);
  void add_frame();
  void simplify();
  Literal next_of(Literal literal) const;

  const TransitionSystem& system_;
  FormulaGraph& graph_;
  std::unique_ptr<Solver> solver_;
  std::vector<Literal> initial_;             ///< what holds at the start, as literals of inputs
  std::vector<std::uint32_t> bit_of_input_;  ///< by node; UINT32_MAX: no bit
  std::vector<std::vector<Cube>> frames_;    ///< cubes that are excluded up to exactly this level
  std::vector<Literal> active_;              ///< assumed to have the cubes of a frame excluded
  std::size_t fixpoint_ = 1;
  std::size_t queries_ = 0;
  std::string reason_;
};

}  // namespace tenure
