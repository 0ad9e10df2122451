#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "encoders/formula.h"
#include "encoders/models.h"
#include "encoders/recorded_answers.h"

namespace tenure {

enum class Satisfiability { satisfiable, unsatisfiable, unknown };

/// What a solver is asked.
enum class Questions {
  many,  ///< each easy: to prepare for it would take longer than to answer it
  few,   ///< and hard ones
};

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
  const QueryLimits& limits() const { return limits_; }
  /// From now on what check() and value() answer is put here; null: nowhere.
  void record(RecordedAnswers* answers) { record_ = answers; }
  /// From now on the literal holds.
  void add(Literal literal) { add_clause({literal}); }
  /// From now on one of the literals holds.
  virtual void add_clause(const std::vector<Literal>& literals) = 0;
  /// For the next question alone, one of the literals holds.
  virtual void constrain(const std::vector<Literal>& literals) = 0;
  /// Takes time to have what was added answered sooner, where these are what is assumed, constrained and added. Models
  /// and cores may be others then.
  virtual void simplify(const std::vector<Literal>& /*kept*/) {}

  /// Whether all that was added holds together with the assumptions for some inputs.
  Satisfiability check(const std::vector<Literal>& assumptions);
  /// After `satisfiable`: has value() speak of the model that was found; inputs that the solver does not know are
  /// false.
  void read_model() { read(false); }
  /// Whether the literal holds together with all that was added. After `satisfiable`, value() speaks of such a model.
  /// Models like the last one found are tried first, and are right only as long as nothing was added.
  Satisfiability find_model(Literal literal);
  bool value(Literal literal);
  /// After `unsatisfiable`: assumptions that suffice for it.
  const std::vector<Literal>& core() const { return core_; }
  /// After `unknown`: why.
  const std::string& reason() const { return reason_; }

 protected:
  explicit Solver(const FormulaGraph& graph) : graph_(graph), models_(graph) {}
  const FormulaGraph& graph() const { return graph_; }

 private:
  /// Answers check(), and says in `core` or `reason` what belongs to the answer.
  virtual Satisfiability decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                                std::string& reason) = 0;
  /// Sets the inputs that the model says.
  virtual void read_inputs(Models& models, bool vary) const = 0;
  virtual bool value_of(Literal literal) { return models_.value(literal); }
  virtual bool choose(Literal literal) { return models_.choose(literal); }
  void read(bool vary);
  bool is_in_model(Literal literal);

  const FormulaGraph& graph_;
  Models models_;
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
  void constrain(const std::vector<Literal>& /*literals*/) override {}

 private:
  Satisfiability decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                        std::string& reason) override;
  void read_inputs(Models& /*models*/, bool /*vary*/) const override {}
  bool value_of(Literal /*literal*/) override { return given_.next(); }
  bool choose(Literal /*literal*/) override { return given_.next(); }

  RecordedAnswers& given_;
};

}  // namespace tenure
