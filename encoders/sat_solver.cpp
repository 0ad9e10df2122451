#include "encoders/sat_solver.h"

#include <cadical.hpp>
#include <initializer_list>
#include <utility>

namespace tenure {

namespace {

constexpr int is_satisfiable = 10;
constexpr int is_unsatisfiable = 20;

/// Has a solver stop at limits as long as it lives.
class Terminating : public CaDiCaL::Terminator {
 public:
  Terminating(CaDiCaL::Solver& solver, const QueryLimits& limits) : solver_(solver), limits_(limits) {
    solver_.connect_terminator(this);
  }
  ~Terminating() override { solver_.disconnect_terminator(); }
  Terminating(const Terminating&) = delete;
  Terminating& operator=(const Terminating&) = delete;
  bool terminate() override { return !limits_.reached().empty(); }

 private:
  CaDiCaL::Solver& solver_;
  const QueryLimits& limits_;
};

}  // namespace

/// Every node of the graph that was asked for has a variable, equal to what it is a conjunction of.
struct SatSolver::Parts {
  CaDiCaL::Solver solver;
  std::vector<int> variables;  // by node; 0: not asked for yet
  std::vector<std::uint32_t> inputs;
  int last = 0;
};

SatSolver::SatSolver(const FormulaGraph& graph, Questions questions)
    : Solver(graph), parts_(std::make_unique<Parts>()) {
  const auto leave_out = [&](std::initializer_list<const char*> options) {
    for (const char* option : options) parts_->solver.set(option, 0);
  };
  leave_out({"lucky", "walk"});
  if (questions == Questions::few) return;
  leave_out({"inprocessing", "stabilize", "target"});
  // What simplify() is for is elimination.
  leave_out({"block", "decompose", "deduplicate", "probe", "ternary", "transred", "vivify"});
}

SatSolver::~SatSolver() = default;

void SatSolver::add_clause(const std::vector<Literal>& literals) {
  std::vector<int> clause;
  for (const Literal literal : literals) clause.push_back(in_cnf(literal));
  for (const int each : clause) parts_->solver.add(each);
  parts_->solver.add(0);
}

void SatSolver::constrain(const std::vector<Literal>& literals) {
  std::vector<int> clause;
  for (const Literal literal : literals) clause.push_back(in_cnf(literal));
  for (const int each : clause) parts_->solver.constrain(each);
  parts_->solver.constrain(0);
}

void SatSolver::simplify(const std::vector<Literal>& kept) {
  for (const Literal literal : kept) parts_->solver.freeze(in_cnf(literal));
  const Terminating terminating(parts_->solver, limits());
  parts_->solver.simplify(1);
}

int SatSolver::in_cnf(Literal literal) {
  define(node_of(literal));
  const int variable = parts_->variables[node_of(literal)];
  return is_negated(literal) ? -variable : variable;
}

/// Gives the nodes below a node their variables first, without recursion: formulas can be deep.
void SatSolver::define(std::uint32_t root) {
  std::vector<int>& variables = parts_->variables;
  if (variables.size() < graph().size()) variables.resize(graph().size(), 0);
  const auto is_known = [&](std::uint32_t id) { return variables[id] != 0; };
  const auto signed_variable = [&](Literal literal) {
    return is_negated(literal) ? -variables[node_of(literal)] : variables[node_of(literal)];
  };
  std::vector<std::pair<std::uint32_t, std::vector<Literal>>> conjunctions;
  std::vector<std::uint32_t> work{root};
  while (!work.empty()) {
    const std::uint32_t id = work.back();
    work.pop_back();
    if (is_known(id)) continue;
    variables[id] = ++parts_->last;
    if (id == 0) {
      parts_->solver.add(-variables[id]);
      parts_->solver.add(0);
    } else if (graph().is_input(id)) {
      parts_->inputs.push_back(id);
    } else {
      conjunctions.emplace_back(id, operands_of(graph(), id, is_known));
      for (const Literal operand : conjunctions.back().second) work.push_back(node_of(operand));
    }
  }
  for (const auto& [id, operands] : conjunctions) {
    for (const Literal operand : operands) {
      parts_->solver.add(-variables[id]);
      parts_->solver.add(signed_variable(operand));
      parts_->solver.add(0);
    }
    parts_->solver.add(variables[id]);
    for (const Literal operand : operands) parts_->solver.add(-signed_variable(operand));
    parts_->solver.add(0);
  }
}

Satisfiability SatSolver::decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                                 std::string& reason) {
  reason = limits().reached();
  if (!reason.empty()) {
    parts_->solver.reset_constraint();
    return Satisfiability::unknown;
  }
  std::vector<int> assumed;
  for (const Literal literal : assumptions) assumed.push_back(in_cnf(literal));
  for (const int each : assumed) parts_->solver.assume(each);
  const Terminating terminating(parts_->solver, limits());
  const int answer = parts_->solver.solve();
  if (answer == is_satisfiable) return Satisfiability::satisfiable;
  if (answer == is_unsatisfiable) {
    for (std::size_t i = 0; i < assumed.size(); ++i) {
      if (parts_->solver.failed(assumed[i])) core.push_back(assumptions[i]);
    }
    return Satisfiability::unsatisfiable;
  }
  reason = limits().reached();
  return Satisfiability::unknown;
}

void SatSolver::read_inputs(Models& models, bool vary) const {
  for (const std::uint32_t id : parts_->inputs) models.set(id, parts_->solver.val(parts_->variables[id]) > 0, vary);
}

}  // namespace tenure
