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
  model_.clear();
  core_.clear();
  reason_.clear();
  const Satisfiability answer = decide(assumptions, core_, reason_);
  if (record_ != nullptr && answer != Satisfiability::unknown) record_->put(answer == Satisfiability::satisfiable);
  return answer;
}

/// The inputs come from the model, all other nodes are computed from them.
void Solver::read_model() {
  model_.assign(graph_.size(), -1);
  model_[0] = 0;
  read_inputs(model_);
}

bool Solver::value(Literal literal) {
  const bool value = value_of(literal);
  if (record_ != nullptr) record_->put(value);
  return value;
}

bool Solver::value_of(Literal literal) {
  if (model_.size() < graph_.size()) model_.resize(graph_.size(), -1);
  std::vector<std::uint32_t> work{node_of(literal)};
  while (!work.empty()) {
    const std::uint32_t id = work.back();
    if (model_[id] >= 0) {
      work.pop_back();
      continue;
    }
    if (graph_.is_input(id)) {
      model_[id] = 0;
      continue;
    }
    const FormulaGraph::Node& node = graph_.node(id);
    const auto known = [&](Literal child) { return model_[node_of(child)] >= 0; };
    if (known(node.left) && known(node.right)) {
      const auto holds = [&](Literal child) { return (model_[node_of(child)] != 0) != is_negated(child); };
      model_[id] = holds(node.left) && holds(node.right) ? 1 : 0;
      continue;
    }
    if (!known(node.left)) work.push_back(node_of(node.left));
    if (!known(node.right)) work.push_back(node_of(node.right));
  }
  return (model_[node_of(literal)] != 0) != is_negated(literal);
}

Satisfiability RecordedSolver::decide(const std::vector<Literal>& /*assumptions*/, std::vector<Literal>& /*core*/,
                                      std::string& /*reason*/) {
  return given_.next() ? Satisfiability::satisfiable : Satisfiability::unsatisfiable;
}

}  // namespace tenure
