#include "encoders/sifting.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace tenure {

namespace {

/// An atom is moved no further where the sets have got so much larger.
constexpr double most_growth = 1.1;

/// The nodes of one variable by their sides, linked through Node::next.
struct Table {
  std::vector<std::uint32_t> chains = std::vector<std::uint32_t>(8, 0);
  std::size_t nodes = 0;
};

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
    std::uint32_t next;  ///< in the same chain; 0: none
  };

  static std::uint32_t& chain(Table& table, std::uint32_t without, std::uint32_t with) {
    const std::uint64_t key = (static_cast<std::uint64_t>(without) << 32U | with) * 0x9E3779B97F4A7C15U;
    return table.chains[(key >> 32U) & (table.chains.size() - 1)];
  }
  void put(std::uint32_t node);
  void take_out(std::uint32_t node);
  void grow(Table& table);
  std::uint32_t make(Variable variable, std::uint32_t without, std::uint32_t with);
  std::uint32_t use(std::uint32_t node);
  void drop(std::uint32_t node);
  void exchange(std::uint32_t level);
  std::uint32_t exchanged(std::uint32_t without, std::uint32_t with, Variable upper, Variable lower, bool side);
  void move(Variable variable, std::uint32_t first);

  std::vector<Atom> atoms_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> free_;
  std::vector<Table> tables_;         ///< by variable
  std::vector<std::uint32_t> level_;  ///< by variable
  std::vector<Variable> at_;          ///< by level
  std::size_t size_ = 0;
};

Sifter::Sifter(const Zdd& zdd, std::vector<Atom> atoms, const std::vector<SetId>& sets)
    : atoms_(std::move(atoms)), nodes_{{UINT32_MAX, 0, 0, 1, 0}, {UINT32_MAX, 1, 1, 1, 0}} {
  tables_.resize(atoms_.size());
  level_.resize(atoms_.size());
  std::iota(level_.begin(), level_.end(), 0U);
  at_ = level_;
  std::vector<Variable> variable_of(zdd.atoms());
  for (Variable variable = 0; variable < atoms_.size(); ++variable) variable_of[atoms_[variable]] = variable;
  std::vector<std::uint32_t> copies(zdd.nodes(), 0);
  copies[only_empty_combination] = 1;
  const std::function<std::uint32_t(SetId)> copy = [&](SetId set) {
    if (set == empty_set || copies[set] != 0) return copies[set];
    const Zdd::Node& node = zdd.node(set);
    const std::uint32_t without = copy(node.without);
    const std::uint32_t with = copy(node.with);
    return copies[set] = make(variable_of[node.atom], without, with);
  };
  for (const SetId set : sets) use(copy(set));
}

std::vector<Atom> Sifter::order() const {
  std::vector<Atom> order;
  for (const Variable variable : at_) order.push_back(atoms_[variable]);
  return order;
}

void Sifter::put(std::uint32_t id) {
  Table& table = tables_[nodes_[id].variable];
  if (++table.nodes > table.chains.size()) grow(table);
  std::uint32_t& first = chain(table, nodes_[id].without, nodes_[id].with);
  nodes_[id].next = std::exchange(first, id);
}

void Sifter::take_out(std::uint32_t id) {
  Table& table = tables_[nodes_[id].variable];
  std::uint32_t* link = &chain(table, nodes_[id].without, nodes_[id].with);
  while (*link != id) link = &nodes_[*link].next;
  *link = nodes_[id].next;
  --table.nodes;
}

void Sifter::grow(Table& table) {
  const std::vector<std::uint32_t> chains =
      std::exchange(table.chains, std::vector<std::uint32_t>(table.chains.size() * 2, 0));
  for (std::uint32_t id : chains) {
    while (id != 0) {
      const std::uint32_t next = nodes_[id].next;
      nodes_[id].next = std::exchange(chain(table, nodes_[id].without, nodes_[id].with), id);
      id = next;
    }
  }
}

std::uint32_t Sifter::make(Variable variable, std::uint32_t without, std::uint32_t with) {
  if (with == 0) return without;
  for (std::uint32_t id = chain(tables_[variable], without, with); id != 0; id = nodes_[id].next)
    if (nodes_[id].without == without && nodes_[id].with == with) return id;
  std::uint32_t id = static_cast<std::uint32_t>(nodes_.size());
  if (free_.empty()) {
    nodes_.emplace_back();
  } else {
    id = free_.back();
    free_.pop_back();
  }
  nodes_[id] = {variable, use(without), use(with), 0, 0};
  ++size_;
  put(id);
  return id;
}

std::uint32_t Sifter::use(std::uint32_t node) {
  ++nodes_[node].uses;
  return node;
}

void Sifter::drop(std::uint32_t id) {
  if (--nodes_[id].uses > 0) return;
  const Node node = nodes_[id];
  take_out(id);
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
  for (const std::uint32_t first : tables_[upper].chains) {
    for (std::uint32_t id = first; id != 0; id = nodes_[id].next) {
      const Node& node = nodes_[id];
      if (nodes_[node.without].variable == lower || nodes_[node.with].variable == lower) changed.push_back(id);
    }
  }
  for (const std::uint32_t id : changed) take_out(id);
  for (const std::uint32_t id : changed) {
    const Node before = nodes_[id];
    const std::uint32_t without = exchanged(before.without, before.with, upper, lower, false);
    const std::uint32_t with = exchanged(before.without, before.with, upper, lower, true);
    nodes_[id] = {lower, without, with, before.uses, 0};
    put(id);
    drop(before.without);
    drop(before.with);
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
  for (const Table& table : tables_) sizes.push_back(table.nodes);
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
  std::vector<bool> is_moved(zdd.atoms(), false);
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
