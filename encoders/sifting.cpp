#include "encoders/sifting.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace tenure {

namespace {

/// An atom is moved no further where the sets have got so much larger.
constexpr double most_growth = 1.1;

/// A copy of some sets in which two atoms that follow each other can change places.
class Sifter {
 public:
  Sifter(const Zdd& zdd, std::vector<Atom> atoms, const std::vector<SetId>& sets);

  void sift(std::uint32_t first);
  /// The atoms in their new order.
  std::vector<Atom> order() const;

 private:
  using Variable = std::uint32_t;  ///< index in atoms_
  struct Node {
    Variable variable;
    std::uint32_t without, with;
    std::uint32_t uses;
  };
  struct Hash {
    std::size_t operator()(std::uint64_t key) const {
      key ^= key >> 31U;
      key *= 0x9E3779B97F4A7C15U;
      return key ^ (key >> 32U);
    }
  };

  static std::uint64_t key(std::uint32_t without, std::uint32_t with) {
    return static_cast<std::uint64_t>(without) << 32U | with;
  }
  std::uint32_t make(Variable variable, std::uint32_t without, std::uint32_t with);
  std::uint32_t use(std::uint32_t node);
  void drop(std::uint32_t node);
  void exchange(std::uint32_t level);
  std::uint32_t exchanged(std::uint32_t without, std::uint32_t with, Variable upper, Variable lower, bool side);
  void move(Variable variable, std::uint32_t first);

  std::vector<Atom> atoms_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> free_;
  std::vector<std::unordered_map<std::uint64_t, std::uint32_t, Hash>> tables_;  ///< by variable
  std::vector<std::uint32_t> level_;                                            ///< by variable
  std::vector<Variable> at_;                                                    ///< by level
  std::size_t size_ = 0;
};

Sifter::Sifter(const Zdd& zdd, std::vector<Atom> atoms, const std::vector<SetId>& sets)
    : atoms_(std::move(atoms)), nodes_{{UINT32_MAX, 0, 0, 1}, {UINT32_MAX, 1, 1, 1}} {
  tables_.resize(atoms_.size());
  level_.resize(atoms_.size());
  std::iota(level_.begin(), level_.end(), 0U);
  at_ = level_;
  std::unordered_map<Atom, Variable> variable_of;
  for (Variable variable = 0; variable < atoms_.size(); ++variable) variable_of[atoms_[variable]] = variable;
  std::unordered_map<SetId, std::uint32_t> copies{{empty_set, 0}, {only_empty_combination, 1}};
  const std::function<std::uint32_t(SetId)> copy = [&](SetId set) {
    if (const auto known = copies.find(set); known != copies.end()) return known->second;
    const Zdd::Node& node = zdd.node(set);
    const std::uint32_t without = copy(node.without);
    const std::uint32_t with = copy(node.with);
    return copies[set] = make(variable_of.at(node.atom), without, with);
  };
  for (const SetId set : sets) use(copy(set));
}

std::vector<Atom> Sifter::order() const {
  std::vector<Atom> order;
  for (const Variable variable : at_) order.push_back(atoms_[variable]);
  return order;
}

std::uint32_t Sifter::make(Variable variable, std::uint32_t without, std::uint32_t with) {
  if (with == 0) return without;
  const auto [entry, is_new] = tables_[variable].try_emplace(key(without, with), 0);
  if (!is_new) return entry->second;
  std::uint32_t id = static_cast<std::uint32_t>(nodes_.size());
  if (free_.empty()) {
    nodes_.emplace_back();
  } else {
    id = free_.back();
    free_.pop_back();
  }
  nodes_[id] = {variable, use(without), use(with), 0};
  ++size_;
  return entry->second = id;
}

std::uint32_t Sifter::use(std::uint32_t node) {
  ++nodes_[node].uses;
  return node;
}

void Sifter::drop(std::uint32_t id) {
  if (--nodes_[id].uses > 0) return;
  const Node node = nodes_[id];
  tables_[node.variable].erase(key(node.without, node.with));
  --size_;
  free_.push_back(id);
  drop(node.without);
  drop(node.with);
}

/// What is below the lower variable on one side of it, with the upper one above.
std::uint32_t Sifter::exchanged(std::uint32_t without, std::uint32_t with, Variable upper, Variable lower, bool side) {
  const auto below = [&](std::uint32_t id) {
    const Node& node = nodes_[id];
    if (node.variable != lower) return side ? 0 : id;
    return side ? node.with : node.without;
  };
  return use(make(upper, below(without), below(with)));
}

/// The variables at this level and the next change places. Nodes keep their numbers.
void Sifter::exchange(std::uint32_t level) {
  const Variable upper = at_[level];
  const Variable lower = at_[level + 1];
  std::vector<std::uint32_t> changed;
  for (const auto& [children, id] : tables_[upper]) {
    const Node& node = nodes_[id];
    if (nodes_[node.without].variable == lower || nodes_[node.with].variable == lower) changed.push_back(id);
  }
  for (const std::uint32_t id : changed) tables_[upper].erase(key(nodes_[id].without, nodes_[id].with));
  for (const std::uint32_t id : changed) {
    const auto [variable, without, with, uses] = nodes_[id];
    const std::uint32_t new_without = exchanged(without, with, upper, lower, false);
    const std::uint32_t new_with = exchanged(without, with, upper, lower, true);
    nodes_[id] = {lower, new_without, new_with, uses};
    tables_[lower][key(new_without, new_with)] = id;
    drop(without);
    drop(with);
  }
  std::swap(at_[level], at_[level + 1]);
  std::swap(level_[upper], level_[lower]);
}

/// Tries a variable at all levels from `first` on, and leaves it at the best.
void Sifter::move(Variable variable, std::uint32_t first) {
  const auto last = static_cast<std::uint32_t>(at_.size()) - 1;
  const std::size_t most = static_cast<std::size_t>(static_cast<double>(size_) * most_growth) + 2;
  std::size_t best = size_;
  std::uint32_t best_level = level_[variable];
  const auto try_to = [&](std::uint32_t end) {
    while (level_[variable] != end) {
      exchange(level_[variable] < end ? level_[variable] : level_[variable] - 1);
      if (size_ > most) break;
      if (size_ >= best) continue;
      best = size_;
      best_level = level_[variable];
    }
  };
  const bool is_near_last = last - level_[variable] < level_[variable] - first;
  try_to(is_near_last ? last : first);
  try_to(is_near_last ? first : last);
  while (level_[variable] != best_level)
    exchange(level_[variable] < best_level ? level_[variable] : level_[variable] - 1);
}

void Sifter::sift(std::uint32_t first) {
  std::vector<Variable> variables(atoms_.size() - first);
  std::iota(variables.begin(), variables.end(), first);
  std::vector<std::size_t> sizes;
  for (const auto& table : tables_) sizes.push_back(table.size());
  std::stable_sort(variables.begin(), variables.end(), [&](Variable a, Variable b) { return sizes[a] > sizes[b]; });
  for (const Variable variable : variables) move(variable, first);
}

}  // namespace

std::vector<Atom> sifted_order(const Zdd& zdd, const std::vector<Atom>& order, const std::vector<SetId>& sets,
                               std::uint32_t first) {
  std::vector<Atom> atoms = zdd.atoms_of(sets);
  const auto before_first = static_cast<std::uint32_t>(
      std::count_if(atoms.begin(), atoms.end(), [&](Atom atom) { return zdd.level(atom) < first; }));
  if (atoms.size() <= before_first + 1) return order;
  std::vector<bool> is_moved(order.size(), false);
  for (const Atom atom : atoms) is_moved[atom] = true;
  Sifter sifter(zdd, std::move(atoms), sets);
  sifter.sift(before_first);
  const std::vector<Atom> sifted = sifter.order();
  std::vector<Atom> better = order;
  auto next = sifted.begin();
  for (Atom& atom : better) {
    if (is_moved[atom]) atom = *next++;
  }
  return better;
}

}  // namespace tenure
