#pragma once

#include <memory>
#include <string>
#include <vector>

#include "encoders/solver.h"

namespace tenure {

/// CaDiCaL: for small questions about one large graph some ten times faster than Z3. What it answers leads the search
/// for states, runs and invariants; a proof is what Z3 has shown, a counterexample Z3's model of a run.
class SatSolver : public Solver {
 public:
  explicit SatSolver(const FormulaGraph& graph, Questions questions = Questions::many);
  ~SatSolver() override;
  void add_clause(const std::vector<Literal>& literals) override;
  void constrain(const std::vector<Literal>& literals) override;
  /// Eliminates other variables: Een and Biere, Effective Preprocessing in SAT through Variable and Clause Elimination
  /// (SAT 2005). Where they come up again they are restored.
  void simplify(const std::vector<Literal>& kept) override;

 private:
  Satisfiability decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                        std::string& reason) override;
  void read_inputs(Models& models, bool vary) const override;
  int in_cnf(Literal literal);
  void define(std::uint32_t root);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tenure
