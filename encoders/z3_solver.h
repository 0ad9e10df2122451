#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "encoders/solver.h"

namespace tenure {

/// A Z3 context, made once and kept: to make one costs more than most proofs.
class SolverContext {
 public:
  SolverContext();
  ~SolverContext();
  SolverContext(const SolverContext&) = delete;
  SolverContext& operator=(const SolverContext&) = delete;

 private:
  friend class Z3Solver;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

class Z3Solver : public Solver {
 public:
  enum class Kind {
    incremental,  ///< the general solver, to be asked again and again
    independent,  ///< the solver for finite domains, to check what others said
  };
  Z3Solver(SolverContext& context, const FormulaGraph& graph, Kind kind = Kind::incremental);
  ~Z3Solver() override;
  void add_clause(const std::vector<Literal>& literals) override;
  /// From now on, when `guard` holds, the weights of the literals that hold sum up to at most `limit`.
  void add_at_most(Literal guard, const std::vector<std::pair<Literal, std::uint32_t>>& weighted, std::uint32_t limit);

 private:
  Satisfiability decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                        std::string& reason) override;
  void read_inputs(std::vector<signed char>& model) const override;
  int check_in_slices(unsigned count, const void* terms, std::string& reason);
  void read_core(std::vector<Literal>& core) const;

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tenure
