#include "encoders/models.h"

#include <algorithm>
#include <bit>

namespace tenure {

void Models::clear() {
  ++round_;
  chosen_ = 0;
}

void Models::set(std::uint32_t input, bool value, bool varies) {
  make_room();
  know(input, (value ? ~0ULL : 0ULL) ^ (varies ? few() : 0ULL));
}

bool Models::choose(Literal literal) {
  const std::uint64_t holds = word(literal);
  if (holds == 0) return false;
  chosen_ = static_cast<unsigned>(std::countr_zero(holds));
  return true;
}

std::uint64_t Models::word(Literal literal) {
  make_room();
  std::vector<std::uint32_t> work{node_of(literal)};
  while (!work.empty()) {
    const std::uint32_t id = work.back();
    if (is_known(id)) {
      work.pop_back();
      continue;
    }
    const FormulaGraph::Node& node = graph_.node(id);
    const bool is_leaf = id == 0 || graph_.is_input(id);
    if (!is_leaf && !is_known(node_of(node.left))) work.push_back(node_of(node.left));
    if (!is_leaf && !is_known(node_of(node.right))) work.push_back(node_of(node.right));
    if (work.back() == id) know(id, is_leaf ? 0ULL : known(node.left) & known(node.right));
  }
  return known(literal);
}

void Models::know(std::uint32_t node, std::uint64_t word) {
  words_[node] = word;
  known_in_[node] = round_;
}

void Models::make_room() {
  if (words_.size() >= graph_.size()) return;
  const std::size_t size = std::max(graph_.size(), 2 * words_.size());
  words_.resize(size);
  known_in_.resize(size, 0);
}

/// splitmix64 (Steele, Lea, Flood 2014), always from the same seed.
std::uint64_t Models::random() {
  std::uint64_t mixed = seed_ += 0x9e3779b97f4a7c15ULL;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31U);
}

/// Not the first bit; of four groups of others one in 4, in 16, in 64 and in 256.
std::uint64_t Models::few() {
  std::uint64_t some = ~1ULL;
  std::uint64_t bits = 0;
  for (unsigned group = 0; group < 4; ++group) {
    some &= random() & random();
    bits |= some & (0xffffULL << (16U * group));
  }
  return bits;
}

}  // namespace tenure
