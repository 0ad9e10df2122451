#include "encoders/solver.h"

#include <chrono>

namespace tenure {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string QueryLimits::reached() const {
  if (interrupted != nullptr && interrupted->load()) return "interrupted";
  return deadline > 0 && seconds_now() >= deadline ? "time limit reached" : "";
}

Satisfiability Solver::check(const std::vector<Literal>& assumptions) {
  core_.clear();
  reason_.clear();
  const Satisfiability answer = decide(assumptions, core_, reason_);
  if (record_ != nullptr && answer != Satisfiability::unknown) record_->put(answer == Satisfiability::satisfiable);
  return answer;
}

void Solver::read(bool vary) {
  models_.clear();
  read_inputs(models_, vary);
}

bool Solver::value(Literal literal) {
  const bool value = value_of(literal);
  if (record_ != nullptr) record_->put(value);
  return value;
}

Satisfiability Solver::find_model(Literal literal) {
  if (literal == false_literal) return Satisfiability::unsatisfiable;
  if (is_in_model(literal)) return Satisfiability::satisfiable;
  const Satisfiability answer = check({literal});
  if (answer == Satisfiability::satisfiable) read(true);
  return answer;
}

/// If so, value() now speaks of that model.
bool Solver::is_in_model(Literal literal) {
  const bool is_found = choose(literal);
  if (record_ != nullptr) record_->put(is_found);
  return is_found;
}

Satisfiability RecordedSolver::decide(const std::vector<Literal>& /*assumptions*/, std::vector<Literal>& /*core*/,
                                      std::string& /*reason*/) {
  return given_.next() ? Satisfiability::satisfiable : Satisfiability::unsatisfiable;
}

}  // namespace tenure
