#include "encoders/smtlib.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tenure {

namespace {

/// Text as it may stand in a comment: one line of ASCII.
std::string comment(const std::string& text) {
  std::string line = "; ";
  for (const char c : text) line += c == '\n' || c == '\t' ? ' ' : c >= ' ' && c <= '~' ? c : '?';
  return line + "\n";
}

/// The nodes below some literals, operands before what uses them. Reused, so that asking again costs nothing.
class Cone {
 public:
  explicit Cone(const FormulaGraph& graph) : graph_(graph) {}
  /// Adds what is below a literal.
  void add(Literal literal);
  const std::vector<std::uint32_t>& nodes() const { return order_; }

 private:
  const FormulaGraph& graph_;
  std::vector<std::uint32_t> order_;
  std::vector<bool> seen_;
};

void Cone::add(Literal literal) {
  if (seen_.size() < graph_.size()) seen_.resize(graph_.size());
  std::vector<std::pair<std::uint32_t, bool>> work{{node_of(literal), false}};
  while (!work.empty()) {
    const auto [id, is_done] = work.back();
    work.pop_back();
    if (is_done) {
      order_.push_back(id);
      continue;
    }
    if (seen_[id]) continue;
    seen_[id] = true;
    work.emplace_back(id, true);
    const FormulaGraph::Node& node = graph_.node(id);
    if (id == 0 || graph_.is_input(id)) continue;
    if (!seen_[node_of(node.left)]) work.emplace_back(node_of(node.left), false);
    if (!seen_[node_of(node.right)]) work.emplace_back(node_of(node.right), false);
  }
}

class Script {
 public:
  Script(const FormulaGraph& graph, const TransitionSystem& system) : graph_(graph), system_(system), cone_(graph) {}

  std::string write(const Claim& claim, const std::string& subject);

 private:
  void declare_inputs();
  void define_nodes();
  void state(const Assertion& assertion);
  std::string term(Literal literal) const;

  const FormulaGraph& graph_;
  const TransitionSystem& system_;
  Cone cone_;
  std::unordered_map<std::uint32_t, std::string> names_;  ///< by node
  std::string text_;
};

std::string Script::write(const Claim& claim, const std::string& subject) {
  text_ = comment(subject) + comment(claim.name + ": " + claim.says) +
          comment("Stated is the contrary, so nothing satisfies this when the claim is true.") +
          "(set-info :smt-lib-version 2.6)\n(set-info :status unsat)\n(set-logic QF_UF)\n";
  for (const Assertion& assertion : claim.given) cone_.add(assertion.holds);
  cone_.add(claim.never.holds);
  declare_inputs();
  define_nodes();
  for (const Assertion& assertion : claim.given) state(assertion);
  state(claim.never);
  return text_ + "\n(check-sat)\n(exit)\n";
}

void Script::declare_inputs() {
  std::vector<bool> is_used(graph_.size());
  for (const std::uint32_t id : cone_.nodes()) is_used[id] = true;
  text_ += "\n" + comment("Bits of the state before the event.");
  for (std::size_t i = 0; i < system_.bits.size(); ++i) {
    const StateBit& bit = system_.bits[i];
    const std::uint32_t id = node_of(bit.input);
    names_[id] = "b" + std::to_string(i);
    if (is_used[id]) text_ += comment(bit.holds) + "(declare-const " + names_[id] + " Bool)\n";
  }
  text_ += "\n" + comment("What the environment decides in the event.");
  std::size_t decisions = 0;
  for (const std::uint32_t id : cone_.nodes()) {
    if (!graph_.is_input(id) || names_.contains(id)) continue;
    names_[id] = "d" + std::to_string(decisions++);
    text_ += "(declare-const " + names_[id] + " Bool)\n";
  }
}

void Script::define_nodes() {
  text_ += "\n" + comment("Formulas, each once.");
  std::size_t defined = 0;
  for (const std::uint32_t id : cone_.nodes()) {
    if (id == 0 || graph_.is_input(id)) continue;
    const FormulaGraph::Node& node = graph_.node(id);
    const std::string name = "n" + std::to_string(defined++);
    text_ += "(define-fun " + name + " () Bool (and " + term(node.left) + " " + term(node.right) + "))\n";
    names_[id] = name;
  }
}

void Script::state(const Assertion& assertion) {
  text_ += "\n" + comment(assertion.says) + "(define-fun " + assertion.name + " () Bool " + term(assertion.holds) +
           ")\n(assert " + assertion.name + ")\n";
}

std::string Script::term(Literal literal) const {
  if (node_of(literal) == 0) return literal == true_literal ? "true" : "false";
  const std::string& name = names_.at(node_of(literal));
  return is_negated(literal) ? "(not " + name + ")" : name;
}

}  // namespace

std::string smtlib(const FormulaGraph& graph, const TransitionSystem& system, const Claim& claim,
                   const std::string& subject) {
  return Script(graph, system).write(claim, subject);
}

}  // namespace tenure
