#include "encoders/cost.h"

#include <algorithm>

namespace tenure {

Cost::Cost(FormulaGraph& graph, Solver& solver, const Weighted& weighted, std::uint32_t most)
    : graph_(graph), solver_(solver), most_(most) {
  std::map<Literal, std::size_t> leaf_of;
  std::vector<std::pair<Literal, std::uint32_t>> leaves;
  for (const auto& [literal, weight] : weighted) {
    if (literal == false_literal || weight == 0) continue;
    const auto [found, is_new] = leaf_of.try_emplace(literal, leaves.size());
    if (is_new) leaves.emplace_back(literal, 0);
    leaves[found->second].second += weight;
  }
  std::vector<Sums> row;
  for (const auto& [literal, weight] : leaves) row.push_back({{std::min(weight, most_ + 1), literal}});
  while (row.size() > 1) {
    std::vector<Sums> next;
    for (std::size_t i = 0; i + 1 < row.size(); i += 2) next.push_back(added(row[i], row[i + 1]));
    if (row.size() % 2 == 1) next.push_back(std::move(row.back()));
    row = std::move(next);
  }
  if (!row.empty()) sums_ = std::move(row.front());
}

/// All that is more than `most_` is one sum.
Cost::Sums Cost::added(const Sums& left, const Sums& right) {
  Sums sums;
  const auto imply = [&](std::uint32_t sum, Literal first, Literal second) {
    const auto [found, is_new] = sums.try_emplace(std::min(sum, most_ + 1), false_literal);
    if (is_new) found->second = graph_.input();
    std::vector<Literal> clause{negation(first), found->second};
    if (second != true_literal) clause.push_back(negation(second));
    solver_.add_clause(clause);
  };
  for (const auto& [sum, literal] : left) imply(sum, literal, true_literal);
  for (const auto& [sum, literal] : right) imply(sum, literal, true_literal);
  for (const auto& [first, left_literal] : left) {
    for (const auto& [second, right_literal] : right) imply(first + second, left_literal, right_literal);
  }
  return sums;
}

Literal Cost::at_most(std::uint32_t limit) const {
  Literal all = true_literal;
  for (auto sum = sums_.upper_bound(limit); sum != sums_.end(); ++sum)
    all = graph_.conjunction(all, negation(sum->second));
  return all;
}

}  // namespace tenure
