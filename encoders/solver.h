#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "encoders/formula.h"
#include "encoders/recorded_answers.h"

namespace tenure {

/// A Z3 context, made once and kept: to make one costs more than most proofs.
class SolverContext {
 public:
  SolverContext();
  ~SolverContext();
  SolverContext(const SolverContext&) = delete;
  SolverContext& operator=(const SolverContext&) = delete;

 private:
  friend class Solver;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

enum class Satisfiability { satisfiable, unsatisfiable, unknown };

/// What stops a query.
struct QueryLimits {
  double deadline = 0;  ///< on the clock of seconds_now(); 0: none
  const std::atomic<bool>* interrupted = nullptr;
};

/// Seconds since some fixed moment.
double seconds_now();

/// A set of formulas of one graph, kept and extended between queries.
class Solver {
 public:
  enum class Kind {
    incremental,  ///< Z3's general solver: the fastest one for many small questions about one large graph
    independent,  ///< Z3's solver for finite domains, to check what the other one said
  };
  Solver(SolverContext& context, const FormulaGraph& graph, Kind kind = Kind::incremental);
  /// Answers as `given` does, which must outlive it; there is no core() then.
  Solver(const FormulaGraph& graph, RecordedAnswers& given);
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  void set_limits(const QueryLimits& limits) { limits_ = limits; }
  /// From now on what check() and value() answer is put here; null: nowhere.
  void record(RecordedAnswers* answers) { record_ = answers; }
  /// From now on the literal holds.
  void add(Literal literal);
  /// From now on one of the literals holds.
  void add_clause(const std::vector<Literal>& literals);
  /// From now on, when `guard` holds, the weights of the literals that hold sum up to at most `limit`.
  void add_at_most(Literal guard, const std::vector<std::pair<Literal, std::uint32_t>>& weighted, std::uint32_t limit);

  /// Whether all that was added holds together with the assumptions for some inputs.
  Satisfiability check(const std::vector<Literal>& assumptions);
  /// After `satisfiable`: the value of every node below the literals that the solver knows; the rest is free and taken
  /// as false.
  void read_model();
  bool value(Literal literal);
  /// After `unsatisfiable`: assumptions that suffice for it.
  std::vector<Literal> core() const;
  /// After `unknown`: why.
  const std::string& reason() const { return reason_; }

 private:
  Satisfiability decide(const std::vector<Literal>& assumptions);
  bool value_in_model(Literal literal);
  int check_in_slices(unsigned count, const void* terms);
  void read_core();

  struct Parts;
  std::unique_ptr<Parts> parts_;
  const FormulaGraph& graph_;
  RecordedAnswers* given_ = nullptr;
  RecordedAnswers* record_ = nullptr;
  QueryLimits limits_;
  std::string reason_;
};

}  // namespace tenure
