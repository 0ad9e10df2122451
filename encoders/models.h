#pragma once

#include <cstdint>
#include <vector>

#include "encoders/formula.h"

namespace tenure {

/// What formulas are in a model that a solver gave, and in others that are like it: all evaluated at once.
class Models {
 public:
  explicit Models(const FormulaGraph& graph) : graph_(graph) {}
  /// Forgets all models. Until they are set, inputs are false.
  void clear();
  /// An input of the model, by node. With `varies`, a few of the other models have it different.
  void set(std::uint32_t input, bool value, bool varies);

  /// In the model that is chosen: the first one, until another one is.
  bool value(Literal literal) { return ((word(literal) >> chosen_) & 1U) != 0; }
  /// Chooses the first model in which the literal holds. False, and nothing is chosen, when there is none.
  bool choose(Literal literal);

 private:
  std::uint64_t word(Literal literal);
  std::uint64_t known(Literal literal) const { return words_[node_of(literal)] ^ (is_negated(literal) ? ~0ULL : 0ULL); }
  bool is_known(std::uint32_t node) const { return known_in_[node] == round_; }
  void know(std::uint32_t node, std::uint64_t word);
  void make_room();
  std::uint64_t random();
  std::uint64_t few();

  const FormulaGraph& graph_;
  std::vector<std::uint64_t> words_;     ///< by node: a bit for each model
  std::vector<std::uint32_t> known_in_;  ///< by node: the round in which the word was computed
  std::uint32_t round_ = 1;
  unsigned chosen_ = 0;
  std::uint64_t seed_ = 0;
};

}  // namespace tenure
