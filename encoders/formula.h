#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace tenure {

/// A Boolean formula in a FormulaGraph: a node and a sign. Literal 0 is false, 1 is true, `l ^ 1` is the negation of l.
using Literal = std::uint32_t;
inline constexpr Literal false_literal = 0;
inline constexpr Literal true_literal = 1;

constexpr Literal negation(Literal literal) {
  return literal ^ 1U;
}
constexpr std::uint32_t node_of(Literal literal) {
  return literal >> 1U;
}
constexpr bool is_negated(Literal literal) {
  return (literal & 1U) != 0;
}

/// Boolean formulas as a shared graph of conjunctions, negations and inputs (an and-inverter graph), simplified as they
/// are made: constants are folded, equal formulas are one node.
class FormulaGraph {
 public:
  FormulaGraph();
  /// A fresh input: free to be true or false.
  Literal input();
  Literal conjunction(Literal a, Literal b);
  /// a and all of the others, in their order.
  Literal conjunction(Literal a, const std::vector<Literal>& others) {
    for (const Literal other : others) a = conjunction(a, other);
    return a;
  }
  Literal disjunction(Literal a, Literal b) { return negation(conjunction(negation(a), negation(b))); }
  /// a ? b : c
  Literal choice(Literal a, Literal b, Literal c);
  Literal equal(Literal a, Literal b) { return choice(a, b, negation(b)); }

  struct Node {
    Literal left = 0, right = 0;  ///< of a conjunction; both 0: an input (node 0: the constant)
    std::uint32_t uses = 0;       ///< by other nodes
  };
  const Node& node(std::uint32_t id) const { return nodes_[id]; }
  bool is_input(std::uint32_t id) const { return id != 0 && nodes_[id].left == 0 && nodes_[id].right == 0; }
  std::size_t size() const { return nodes_.size(); }

 private:
  bool is_conjunction(std::uint32_t id) const { return nodes_[id].left != 0; }
  /// What a & b is when one look at the operands' operands tells; `unknown` otherwise.
  Literal simplified(Literal a, Literal b) const;

  std::vector<Node> nodes_;
  std::unordered_map<std::uint64_t, std::uint32_t> conjunctions_;
};

/// The literals of which a formula is the conjunction, as far as it is one; itself among them.
std::vector<Literal> conjuncts(const FormulaGraph& graph, Literal literal);

/// What a conjunction is made of when chains of conjunctions that are used nowhere else are taken as one. `is_known`
/// says of a node whether it is to stay one by itself.
template <typename IsKnown>
std::vector<Literal> operands_of(const FormulaGraph& graph, std::uint32_t id, const IsKnown& is_known) {
  std::vector<Literal> operands;
  std::vector<Literal> work{graph.node(id).right, graph.node(id).left};
  while (!work.empty()) {
    const Literal literal = work.back();
    work.pop_back();
    const std::uint32_t child = node_of(literal);
    const bool is_inner =
        !is_negated(literal) && child != 0 && !graph.is_input(child) && graph.node(child).uses == 1 && !is_known(child);
    if (is_inner) {
      work.push_back(graph.node(child).right);
      work.push_back(graph.node(child).left);
    } else {
      operands.push_back(literal);
    }
  }
  return operands;
}

}  // namespace tenure
