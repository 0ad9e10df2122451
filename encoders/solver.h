#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "encoders/formula.h"
#include "encoders/recorded_answers.h"

namespace tenure {

enum class Satisfiability { satisfiable, unsatisfiable, unknown };

/// What stops a query.
struct QueryLimits {
  double deadline = 0;  ///< on the clock of seconds_now(); 0: none
  const std::atomic<bool>* interrupted = nullptr;

  /// Why a query has to stop now; empty: it need not.
  std::string reached() const;
};

/// Seconds since some fixed moment.
double seconds_now();

/// A set of formulas of one graph, kept and extended between queries.
class Solver {
 public:
  virtual ~Solver() = default;
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  void set_limits(const QueryLimits& limits) { limits_ = limits; }
  /// From now on what check() and value() answer is put here; null: nowhere.
  void record(RecordedAnswers* answers) { record_ = answers; }
  /// From now on the literal holds.
  void add(Literal literal) { add_clause({literal}); }
  /// From now on one of the literals holds.
  virtual void add_clause(const std::vector<Literal>& literals) = 0;

  /// Whether all that was added holds together with the assumptions for some inputs.
  Satisfiability check(const std::vector<Literal>& assumptions);
  /// After `satisfiable`: the value of every node below the literals that the solver knows; the rest is free and taken
  /// as false.
  virtual void read_model();
  bool value(Literal literal);
  /// After `unsatisfiable`: assumptions that suffice for it.
  const std::vector<Literal>& core() const { return core_; }
  /// After `unknown`: why.
  const std::string& reason() const { return reason_; }

 protected:
  explicit Solver(const FormulaGraph& graph) : graph_(graph) {}
  const FormulaGraph& graph() const { return graph_; }
  const QueryLimits& limits() const { return limits_; }

 private:
  /// Answers check(), and says in `core` or `reason` what belongs to the answer.
  virtual Satisfiability decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                                std::string& reason) = 0;
  /// Sets, by node, the inputs that the model says: 1 true, 0 false.
  virtual void read_inputs(std::vector<signed char>& model) const = 0;
  virtual bool value_of(Literal literal);

  const FormulaGraph& graph_;
  std::vector<signed char> model_;  ///< by node: -1 not computed yet
  std::vector<Literal> core_;
  std::string reason_;
  RecordedAnswers* record_ = nullptr;
  QueryLimits limits_;
};

/// Answers as it is told, whatever is asked. There is no core().
class RecordedSolver : public Solver {
 public:
  /// `given` must outlive it.
  RecordedSolver(const FormulaGraph& graph, RecordedAnswers& given) : Solver(graph), given_(given) {}
  void add_clause(const std::vector<Literal>& /*literals*/) override {}
  void read_model() override {}

 private:
  Satisfiability decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                        std::string& reason) override;
  void read_inputs(std::vector<signed char>& /*model*/) const override {}
  bool value_of(Literal /*literal*/) override { return given_.next(); }

  RecordedAnswers& given_;
};

}  // namespace tenure
