#include "encoders/formula.h"

#include <utility>

namespace tenure {

namespace {
constexpr Literal unknown = UINT32_MAX;
}

FormulaGraph::FormulaGraph() : nodes_(1) {}

Literal FormulaGraph::input() {
  nodes_.push_back({});
  return static_cast<Literal>((nodes_.size() - 1) << 1U);
}

Literal FormulaGraph::simplified(Literal a, Literal b) const {
  if (a == false_literal || b == false_literal || a == negation(b)) return false_literal;
  if (a == true_literal || a == b) return b;
  if (b == true_literal) return a;
  for (int side = 0; side < 2; ++side, std::swap(a, b)) {
    const Node& node = nodes_[node_of(a)];
    if (!is_conjunction(node_of(a))) continue;
    if (!is_negated(a)) {
      if (node.left == b || node.right == b) return a;
      if (node.left == negation(b) || node.right == negation(b)) return false_literal;
    } else if (node.left == negation(b) || node.right == negation(b)) {
      return b;  // !(!b & x) & b
    }
  }
  return unknown;
}

Literal FormulaGraph::conjunction(Literal a, Literal b) {
  const Literal simple = simplified(a, b);
  if (simple != unknown) return simple;
  for (int side = 0; side < 2; ++side, std::swap(a, b)) {
    const Node node = nodes_[node_of(a)];
    if (!is_conjunction(node_of(a)) || !is_negated(a)) continue;
    if (node.left == b) return conjunction(b, negation(node.right));  // !(b & x) & b is b & !x
    if (node.right == b) return conjunction(b, negation(node.left));
  }
  if (is_conjunction(node_of(a)) && is_conjunction(node_of(b))) {
    const Node left = nodes_[node_of(a)];
    const Node right = nodes_[node_of(b)];
    if (!is_negated(a) && !is_negated(b)) {
      if (left.left == negation(right.left) || left.left == negation(right.right) ||
          left.right == negation(right.left) || left.right == negation(right.right)) {
        return false_literal;
      }
    } else if (is_negated(a) && is_negated(b)) {  // !(x & y) & !(x & !y) is !x
      if (left.left == right.left && left.right == negation(right.right)) return negation(left.left);
      if (left.right == right.right && left.left == negation(right.left)) return negation(left.right);
      if (left.left == right.right && left.right == negation(right.left)) return negation(left.left);
      if (left.right == right.left && left.left == negation(right.right)) return negation(left.right);
    }
  }
  if (a > b) std::swap(a, b);
  const std::uint64_t key = (static_cast<std::uint64_t>(a) << 32U) | b;
  const auto [found, is_new] = conjunctions_.try_emplace(key, static_cast<std::uint32_t>(nodes_.size()));
  if (is_new) {
    nodes_.push_back({a, b, 0});
    ++nodes_[node_of(a)].uses;
    ++nodes_[node_of(b)].uses;
  }
  return found->second << 1U;
}

Literal FormulaGraph::choice(Literal a, Literal b, Literal c) {
  if (b == c) return b;
  if (a == true_literal) return b;
  if (a == false_literal) return c;
  if (is_negated(a)) return choice(negation(a), c, b);
  if (b == a) b = true_literal;
  if (b == negation(a)) b = false_literal;
  if (c == a) c = false_literal;
  if (c == negation(a)) c = true_literal;
  if (b == c) return b;
  if (b == true_literal) return disjunction(a, c);
  if (b == false_literal) return conjunction(negation(a), c);
  if (c == false_literal) return conjunction(a, b);
  if (c == true_literal) return disjunction(negation(a), b);
  return disjunction(conjunction(a, b), conjunction(negation(a), c));
}

std::vector<Literal> conjuncts(const FormulaGraph& graph, Literal literal) {
  constexpr std::size_t most = 64;
  std::vector<Literal> found;
  std::vector<Literal> work{literal};
  while (!work.empty() && found.size() < most) {
    const Literal next = work.back();
    work.pop_back();
    found.push_back(next);
    const std::uint32_t id = node_of(next);
    if (is_negated(next) || id == 0 || graph.is_input(id)) continue;
    work.push_back(graph.node(id).left);
    work.push_back(graph.node(id).right);
  }
  return found;
}

}  // namespace tenure
