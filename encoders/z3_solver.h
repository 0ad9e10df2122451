#pragma once

#include <memory>
#include <string>
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

/// Z3, which has the last word on every proof.
class Z3Solver : public Solver {
 public:
  /// Of many questions, what is learned is kept (Z3's solver for finite domains). Each of a few begins anew, and so is
  /// answered some three times sooner (its tactic `sat`), but has no core().
  Z3Solver(SolverContext& context, const FormulaGraph& graph, Questions questions);
  ~Z3Solver() override;
  void add_clause(const std::vector<Literal>& literals) override;
  void constrain(const std::vector<Literal>& literals) override;

 private:
  Satisfiability decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                        std::string& reason) override;
  void read_inputs(Models& models, bool vary) const override;
  void lift_constraint();
  void read_core(std::vector<Literal>& core) const;

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tenure
