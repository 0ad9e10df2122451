#include "encoders/open_formulas.h"

#include <algorithm>

namespace tenure {

bool OpenFormulas::is_open(Literal literal) {
  open_.resize(std::max(open_.size(), graph_.size()), -1);
  std::vector<std::uint32_t> work{node_of(literal)};
  while (!work.empty()) {
    const std::uint32_t id = work.back();
    if (open_[id] >= 0) {
      work.pop_back();
      continue;
    }
    if (graph_.is_input(id)) {
      open_[id] = 1;
      continue;
    }
    const std::uint32_t left = node_of(graph_.node(id).left);
    const std::uint32_t right = node_of(graph_.node(id).right);
    if (open_[left] < 0) work.push_back(left);
    if (open_[right] < 0) work.push_back(right);
    if (open_[left] >= 0 && open_[right] >= 0) open_[id] = std::max(open_[left], open_[right]);
  }
  return open_[node_of(literal)] == 1;
}

std::uint32_t SharedInputs::add(Literal literal, std::uint32_t member) {
  std::vector<std::uint32_t> work{node_of(literal)};
  while (!work.empty()) {
    const std::uint32_t id = work.back();
    work.pop_back();
    if (id == 0 || known_.contains(id) || !open_formulas_.is_open(id << 1U)) continue;
    const auto [found, is_new] = parent_.try_emplace(id, member == nobody ? id : member);
    if (member == nobody) member = id;
    if (!is_new) {
      parent_[group(id)] = group(member);
      continue;
    }
    if (graph_.is_input(id)) continue;
    work.push_back(node_of(graph_.node(id).left));
    work.push_back(node_of(graph_.node(id).right));
  }
  return member;
}

std::uint32_t SharedInputs::group(std::uint32_t member) {
  std::uint32_t root = member;
  while (parent_.at(root) != root) root = parent_.at(root);
  while (parent_.at(member) != root) {
    const std::uint32_t next = parent_.at(member);
    parent_[member] = root;
    member = next;
  }
  return root;
}

}  // namespace tenure
