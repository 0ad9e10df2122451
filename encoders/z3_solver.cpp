#include "encoders/z3_solver.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <climits>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unordered_map>
#include <utility>
#include <z3.h>

#include "model/diagnostic.h"

namespace tenure {

struct SolverContext::Parts {
  Z3_context z3 = nullptr;
  Z3_sort boolean = nullptr;
};

namespace {

/// Conflicts; what takes fewer is answered sooner without Z3's simplification.
constexpr unsigned before_simplifying = 20'000;

void ignore_error(Z3_context /*context*/, Z3_error_code /*code*/) {}

/// Has Z3 give up what it does soon after it was asked to, as long as this lives.
class Interruption {
 public:
  Interruption(Z3_context z3, const std::atomic<bool>* asked_for) {
    if (asked_for != nullptr)
      watch_ = std::jthread([=](const std::stop_token& is_done) { watch(is_done, z3, *asked_for); });
  }

 private:
  static void watch(const std::stop_token& is_done, Z3_context z3, const std::atomic<bool>& asked_for) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any done;
    while (!is_done.stop_requested()) {
      done.wait_for(lock, is_done, std::chrono::milliseconds(50), [] { return false; });
      if (asked_for) Z3_interrupt(z3);
    }
  }

  std::jthread watch_;
};

Z3_solver incremental(Z3_context z3) {
  return Z3_mk_solver_for_logic(z3, Z3_mk_string_symbol(z3, "QF_FD"));
}

Z3_solver by_tactic(Z3_context z3, const char* name) {
  Z3_tactic tactic = Z3_mk_tactic(z3, name);
  Z3_tactic_inc_ref(z3, tactic);
  Z3_solver solver = Z3_mk_solver_from_tactic(z3, tactic);
  Z3_tactic_dec_ref(z3, tactic);
  return solver;
}

}  // namespace

SolverContext::SolverContext() : parts_(std::make_unique<Parts>()) {
  Z3_config config = Z3_mk_config();
  parts_->z3 = Z3_mk_context_rc(config);
  Z3_del_config(config);
  Z3_set_error_handler(parts_->z3, ignore_error);
  parts_->boolean = Z3_mk_bool_sort(parts_->z3);
  Z3_inc_ref(parts_->z3, Z3_sort_to_ast(parts_->z3, parts_->boolean));
}

SolverContext::~SolverContext() {
  Z3_dec_ref(parts_->z3, Z3_sort_to_ast(parts_->z3, parts_->boolean));
  Z3_del_context(parts_->z3);
}

/// Every node of the graph that was asked for has a Z3 term; a node that was assumed has a name besides.
struct Z3Solver::Parts {
  Z3_context z3 = nullptr;
  Z3_sort boolean = nullptr;
  Z3_solver solver = nullptr;
  std::vector<Z3_ast> terms;                      // by literal
  std::vector<Z3_ast> names;                      // by literal
  std::unordered_map<unsigned, Literal> assumed;  // by the id of the Z3 term
  Z3_ast constraint = nullptr;                    // holds for the next question, if there is one
  bool is_constraint_used = false;                // that question was asked

  Z3_ast keep(Z3_ast term) const {
    if (term == nullptr) throw InternalError(std::string("Z3: ") + Z3_get_error_msg(z3, Z3_get_error_code(z3)));
    Z3_inc_ref(z3, term);
    return term;
  }
  Z3_ast term(const FormulaGraph& graph, Literal literal);
  Z3_ast name(const FormulaGraph& graph, Literal literal);
  Z3_ast signed_term(Literal literal);
  void make_term(const FormulaGraph& graph, std::uint32_t id, const std::vector<Literal>& operands);
  Z3_lbool check(unsigned count, const Z3_ast* assumptions, const QueryLimits& limits) const;
};

Z3Solver::Z3Solver(SolverContext& context, const FormulaGraph& graph, Questions questions)
    : Solver(graph), parts_(std::make_unique<Parts>()) {
  parts_->z3 = context.parts_->z3;
  parts_->boolean = context.parts_->boolean;
  parts_->solver = questions == Questions::many ? incremental(parts_->z3) : by_tactic(parts_->z3, "sat");
  Z3_solver_inc_ref(parts_->z3, parts_->solver);
}

Z3Solver::~Z3Solver() {
  lift_constraint();
  for (auto* list : {&parts_->terms, &parts_->names}) {
    for (Z3_ast term : *list) {
      if (term != nullptr) Z3_dec_ref(parts_->z3, term);
    }
  }
  Z3_solver_dec_ref(parts_->z3, parts_->solver);
}

/// Makes the terms below first, without recursion: formulas can be deep.
Z3_ast Z3Solver::Parts::term(const FormulaGraph& graph, Literal root) {
  if (terms.size() < 2 * graph.size()) terms.resize(2 * graph.size(), nullptr);
  struct Open {
    std::uint32_t id;
    std::vector<Literal> operands;
    std::size_t next;
  };
  std::vector<Open> work;
  const auto is_made = [&](std::uint32_t id) { return terms[id << 1U] != nullptr; };
  const auto open = [&](std::uint32_t id) {
    if (is_made(id)) return;
    const bool is_conjunction = id != 0 && !graph.is_input(id);
    work.push_back({id, is_conjunction ? operands_of(graph, id, is_made) : std::vector<Literal>(), 0});
  };
  open(node_of(root));
  while (!work.empty()) {
    if (work.back().next < work.back().operands.size()) {
      open(node_of(work.back().operands[work.back().next++]));
      continue;
    }
    const Open done = std::move(work.back());
    work.pop_back();
    if (!is_made(done.id)) make_term(graph, done.id, done.operands);
  }
  return signed_term(root);
}

Z3_ast Z3Solver::Parts::signed_term(Literal literal) {
  if (terms[literal] == nullptr) terms[literal] = keep(Z3_mk_not(z3, terms[negation(literal)]));
  return terms[literal];
}

void Z3Solver::Parts::make_term(const FormulaGraph& graph, std::uint32_t id, const std::vector<Literal>& operands) {
  Z3_ast made = nullptr;
  if (id == 0) {
    made = Z3_mk_false(z3);
  } else if (graph.is_input(id)) {
    made = Z3_mk_const(z3, Z3_mk_int_symbol(z3, static_cast<int>(id)), boolean);
  } else {
    std::vector<Z3_ast> conjuncts;
    for (const Literal operand : operands) conjuncts.push_back(signed_term(operand));
    made = Z3_mk_and(z3, static_cast<unsigned>(conjuncts.size()), conjuncts.data());
  }
  terms[id << 1U] = keep(made);
}

/// Only constants may be assumed: any other node gets a name that is equal to it.
Z3_ast Z3Solver::Parts::name(const FormulaGraph& graph, Literal literal) {
  const Literal positive = literal & ~1U;
  Z3_ast meant = term(graph, positive);
  if (names.size() < 2 * graph.size()) names.resize(2 * graph.size(), nullptr);
  if (names[positive] == nullptr) {
    if (graph.is_input(node_of(literal))) {
      names[positive] = keep(meant);
    } else {
      names[positive] = keep(Z3_mk_fresh_const(z3, "n", boolean));
      Z3_ast definition = keep(Z3_mk_eq(z3, names[positive], meant));
      Z3_solver_assert(z3, solver, definition);
      Z3_dec_ref(z3, definition);
    }
  }
  if (names[literal] == nullptr) names[literal] = keep(Z3_mk_not(z3, names[positive]));
  return names[literal];
}

void Z3Solver::add_clause(const std::vector<Literal>& literals) {
  std::vector<Z3_ast> terms;
  for (const Literal literal : literals) terms.push_back(parts_->term(graph(), literal));
  Z3_solver_assert(parts_->z3, parts_->solver, Z3_mk_or(parts_->z3, static_cast<unsigned>(terms.size()), terms.data()));
}

/// A constant that is assumed implies the clause; when it is false, the clause says nothing.
void Z3Solver::constrain(const std::vector<Literal>& literals) {
  lift_constraint();
  parts_->constraint = parts_->keep(Z3_mk_fresh_const(parts_->z3, "c", parts_->boolean));
  Z3_ast lifted = parts_->keep(Z3_mk_not(parts_->z3, parts_->constraint));
  std::vector<Z3_ast> terms{lifted};
  for (const Literal literal : literals) terms.push_back(parts_->term(graph(), literal));
  Z3_solver_assert(parts_->z3, parts_->solver, Z3_mk_or(parts_->z3, static_cast<unsigned>(terms.size()), terms.data()));
  Z3_dec_ref(parts_->z3, lifted);
  parts_->is_constraint_used = false;
}

void Z3Solver::lift_constraint() {
  if (parts_->constraint == nullptr) return;
  Z3_solver_assert(parts_->z3, parts_->solver, Z3_mk_not(parts_->z3, parts_->constraint));
  Z3_dec_ref(parts_->z3, parts_->constraint);
  parts_->constraint = nullptr;
}

Satisfiability Z3Solver::decide(const std::vector<Literal>& assumptions, std::vector<Literal>& core,
                                std::string& reason) {
  // Only now, as the last model would have been lost.
  if (std::exchange(parts_->is_constraint_used, true)) lift_constraint();
  reason = limits().reached();
  if (!reason.empty()) return Satisfiability::unknown;
  parts_->assumed.clear();
  std::vector<Z3_ast> terms;
  if (parts_->constraint != nullptr) terms.push_back(parts_->constraint);
  for (const Literal literal : assumptions) {
    if (literal == true_literal) continue;
    if (literal == false_literal) {
      core = {literal};
      return Satisfiability::unsatisfiable;
    }
    terms.push_back(parts_->name(graph(), literal));
    parts_->assumed[Z3_get_ast_id(parts_->z3, terms.back())] = literal;
  }
  const Z3_lbool answer = parts_->check(static_cast<unsigned>(terms.size()), terms.data(), limits());
  if (answer == Z3_L_TRUE) return Satisfiability::satisfiable;
  if (answer == Z3_L_FALSE) {
    read_core(core);
    return Satisfiability::unsatisfiable;
  }
  reason = limits().reached();
  if (reason.empty()) reason = Z3_solver_get_reason_unknown(parts_->z3, parts_->solver);
  return Satisfiability::unknown;
}

/// Stops at the deadline, and soon after an interruption.
Z3_lbool Z3Solver::Parts::check(unsigned count, const Z3_ast* assumptions, const QueryLimits& limits) const {
  constexpr double most = UINT_MAX - 1;  // milliseconds
  const double left = limits.deadline > 0 ? 1000.0 * std::max(limits.deadline - seconds_now(), 0.0) + 1 : most;
  Z3_params parameters = Z3_mk_params(z3);
  Z3_params_inc_ref(z3, parameters);
  Z3_params_set_bool(z3, parameters, Z3_mk_string_symbol(z3, "ctrl_c"), false);
  Z3_params_set_uint(z3, parameters, Z3_mk_string_symbol(z3, "timeout"), static_cast<unsigned>(std::min(left, most)));
  Z3_params_set_uint(z3, parameters, Z3_mk_string_symbol(z3, "simplify.delay"), before_simplifying);
  Z3_solver_set_params(z3, solver, parameters);
  Z3_params_dec_ref(z3, parameters);
  const Interruption interruption(z3, limits.interrupted);
  return Z3_solver_check_assumptions(z3, solver, count, assumptions);
}

void Z3Solver::read_core(std::vector<Literal>& core_literals) const {
  Z3_ast_vector core = Z3_solver_get_unsat_core(parts_->z3, parts_->solver);
  Z3_ast_vector_inc_ref(parts_->z3, core);
  for (unsigned i = 0; i < Z3_ast_vector_size(parts_->z3, core); ++i) {
    const auto found = parts_->assumed.find(Z3_get_ast_id(parts_->z3, Z3_ast_vector_get(parts_->z3, core, i)));
    if (found != parts_->assumed.end()) core_literals.push_back(found->second);
  }
  Z3_ast_vector_dec_ref(parts_->z3, core);
}

void Z3Solver::read_inputs(Models& models, bool vary) const {
  Z3_model model = Z3_solver_get_model(parts_->z3, parts_->solver);
  Z3_model_inc_ref(parts_->z3, model);
  for (unsigned i = 0; i < Z3_model_get_num_consts(parts_->z3, model); ++i) {
    Z3_func_decl declaration = Z3_model_get_const_decl(parts_->z3, model, i);
    Z3_symbol symbol = Z3_get_decl_name(parts_->z3, declaration);
    if (Z3_get_symbol_kind(parts_->z3, symbol) != Z3_INT_SYMBOL) continue;
    const auto id = static_cast<std::uint32_t>(Z3_get_symbol_int(parts_->z3, symbol));
    Z3_ast value = Z3_model_get_const_interp(parts_->z3, model, declaration);
    if (value != nullptr) models.set(id, Z3_get_bool_value(parts_->z3, value) == Z3_L_TRUE, vary);
  }
  Z3_model_dec_ref(parts_->z3, model);
}

}  // namespace tenure
