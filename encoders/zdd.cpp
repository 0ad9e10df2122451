#include "encoders/zdd.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

#include "encoders/sifting.h"

namespace tenure {

namespace {

constexpr std::size_t first_table = std::size_t{1} << 14;
/// More are slower to look up than to find again: they do not stay in a processor's cache.
constexpr std::size_t most_known = std::size_t{1} << 16;
constexpr std::size_t most_nodes = 24'000'000;

std::size_t hash(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  std::uint64_t mixed = a * 0x9E3779B97F4A7C15U ^ b * 0xC2B2AE3D27D4EB4FU ^ (c * 0x165667B19E3779F9U << 1U);
  mixed ^= mixed >> 29U;
  mixed *= 0xBF58476D1CE4E5B9U;
  return mixed ^ (mixed >> 32U);
}

}  // namespace

Zdd::Zdd() : nodes_{{0, 0, 0}, {0, 1, 1}}, table_(first_table), known_(first_table) {}

Atom Zdd::insert_at(std::uint32_t level, AtomGroup group) {
  const auto atom = static_cast<Atom>(levels_.size());
  groups_.push_back(group);
  groups_.push_back(alone);
  order_.insert(order_.begin() + level, atom);
  levels_.resize(atom + 2);
  set_levels(level);
  return atom;
}

void Zdd::set_levels(std::size_t first) {
  deepest_.clear();
  deepest_of_groups_.clear();
  for (std::size_t i = first; i < order_.size(); ++i) {
    levels_[twin(order_[i])] = static_cast<std::uint32_t>(2 * i);
    levels_[order_[i]] = static_cast<std::uint32_t>(2 * i + 1);
  }
}

SetId Zdd::make(Atom atom, SetId without, SetId with) {
  if (with == empty_set) return without;
  if (nodes_.size() * 2 > table_.size()) grow();
  std::size_t at = hash(atom, without, with) & (table_.size() - 1);
  for (; table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
    const Node& node = nodes_[table_[at]];
    if (node.atom == atom && node.without == without && node.with == with) return table_[at];
  }
  nodes_.push_back({atom, without, with});
  return table_[at] = static_cast<SetId>(nodes_.size() - 1);
}

void Zdd::grow() {
  if (nodes_.size() > most_nodes) throw TooManyNodes();
  table_.assign(table_.size() * 2, 0);
  for (SetId set = 2; set < nodes_.size(); ++set) {
    const Node& node = nodes_[set];
    std::size_t at = hash(node.atom, node.without, node.with) & (table_.size() - 1);
    while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
    table_[at] = set;
  }
  if (known_.size() < most_known) known_.assign(known_.size() * 2, {});
}

Zdd::Known& Zdd::known(Operation operation, std::uint32_t a, std::uint32_t b) {
  return known_[hash(a, b, static_cast<std::uint32_t>(operation)) & (known_.size() - 1)];
}

/// Of an operation that was done before, unless that was forgotten.
std::optional<SetId> Zdd::result_of(Operation operation, std::uint32_t a, std::uint32_t b) {
  const Known& before = known(operation, a, b);
  if (before.operation != operation || before.a != a || before.b != b) return std::nullopt;
  return before.result;
}

SetId Zdd::remember(Operation operation, std::uint32_t a, std::uint32_t b, SetId result) {
  known(operation, a, b) = {operation, a, b, result};
  return result;
}

SetId Zdd::unite(SetId a, SetId b) {
  if (a == b || b == empty_set) return a;
  if (a == empty_set) return b;
  if (a > b) std::swap(a, b);
  if (const auto before = result_of(Operation::unite, a, b)) return *before;
  const std::uint32_t level_a = level_of(a);
  const std::uint32_t level_b = level_of(b);
  const Node node = nodes_[level_a <= level_b ? a : b];
  SetId without = node.without;
  SetId with = node.with;
  if (level_a == level_b) {
    const Node other = nodes_[b];
    without = unite(without, other.without);
    with = unite(with, other.with);
  } else {
    without = unite(without, level_a < level_b ? b : a);
  }
  return remember(Operation::unite, a, b, make(node.atom, without, with));
}

SetId Zdd::subtract(SetId a, SetId b) {
  if (a == b || a == empty_set) return empty_set;
  if (b == empty_set) return a;
  if (const auto before = result_of(Operation::subtract, a, b)) return *before;
  const std::uint32_t level_a = level_of(a);
  const std::uint32_t level_b = level_of(b);
  if (level_b < level_a) return remember(Operation::subtract, a, b, subtract(a, nodes_[b].without));
  const Node node = nodes_[a];
  const Node other = level_a == level_b ? nodes_[b] : Node{node.atom, b, empty_set};
  const SetId without = subtract(node.without, other.without);
  const SetId with = subtract(node.with, other.with);
  return remember(Operation::subtract, a, b, make(node.atom, without, with));
}

/// Where the diagram does not decide about the atom yet, does the same to both sides.
template <typename Apply>
SetId Zdd::for_each_side(Operation operation, SetId set, Atom atom, const Apply& apply) {
  if (const auto before = result_of(operation, set, atom)) return *before;
  const Node node = nodes_[set];
  const SetId without = apply(node.without);
  const SetId with = apply(node.with);
  return remember(operation, set, atom, make(node.atom, without, with));
}

SetId Zdd::having(SetId set, Atom atom) {
  const std::uint32_t level = level_of(set);
  if (level > levels_[atom]) return empty_set;
  if (level == levels_[atom]) return make(atom, empty_set, nodes_[set].with);
  return for_each_side(Operation::having, set, atom, [&](SetId side) { return having(side, atom); });
}

SetId Zdd::having(SetId set, std::vector<Atom> atoms, std::size_t least) {
  std::sort(atoms.begin(), atoms.end(), [&](Atom a, Atom b) { return levels_[a] < levels_[b]; });
  return having(set, atoms, 0, least);
}

/// Of the atoms from the first one on.
SetId Zdd::having(SetId set, const std::vector<Atom>& atoms, std::size_t first, std::size_t least) {
  if (least == 0) return set;
  while (first < atoms.size() && levels_[atoms[first]] < level_of(set)) ++first;
  if (atoms.size() - first < least) return empty_set;
  // New atoms among these are in no set that there was.
  const auto which = static_cast<std::uint32_t>(atoms[first] * (most_atoms_asked_for + 1) + least);
  if (const auto before = result_of(Operation::having_many, set, which)) return *before;
  const Node node = nodes_[set];
  const bool is_here = node.atom == atoms[first];
  const SetId without = having(node.without, atoms, first, least);
  const SetId with = having(node.with, atoms, first, is_here ? least - 1 : least);
  return remember(Operation::having_many, set, which, make(node.atom, without, with));
}

SetId Zdd::lacking(SetId set, Atom atom) {
  const std::uint32_t level = level_of(set);
  if (level > levels_[atom]) return set;
  if (level == levels_[atom]) return nodes_[set].without;
  return for_each_side(Operation::lacking, set, atom, [&](SetId side) { return lacking(side, atom); });
}

std::pair<SetId, SetId> Zdd::split(SetId set, Atom atom) {
  const std::uint32_t level = level_of(set);
  if (level > levels_[atom]) return {empty_set, set};
  if (level == levels_[atom]) return {make(atom, empty_set, nodes_[set].with), nodes_[set].without};
  const auto had = result_of(Operation::having, set, atom);
  const auto lacked = result_of(Operation::lacking, set, atom);
  if (had && lacked) return {*had, *lacked};
  const Node node = nodes_[set];
  const auto [without_having, without_lacking] = split(node.without, atom);
  const auto [with_having, with_lacking] = split(node.with, atom);
  return {remember(Operation::having, set, atom, make(node.atom, without_having, with_having)),
          remember(Operation::lacking, set, atom, make(node.atom, without_lacking, with_lacking))};
}

SetId Zdd::removed(SetId set, Atom atom) {
  const std::uint32_t level = level_of(set);
  if (level > levels_[atom]) return set;
  if (level == levels_[atom]) return unite(nodes_[set].without, nodes_[set].with);
  return for_each_side(Operation::removed, set, atom, [&](SetId side) { return removed(side, atom); });
}

SetId Zdd::added(SetId set, Atom atom) {
  if (set == empty_set) return empty_set;
  const std::uint32_t level = level_of(set);
  if (level > levels_[atom]) return make(atom, empty_set, set);
  if (level == levels_[atom]) return make(atom, empty_set, unite(nodes_[set].without, nodes_[set].with));
  return for_each_side(Operation::added, set, atom, [&](SetId side) { return added(side, atom); });
}

SetId Zdd::replaced(SetId set, Atom atom) {
  if (set == empty_set) return empty_set;
  if (level_of(set) > levels_[atom]) return make(atom, empty_set, cleared(set, groups_[atom]));
  const Node node = nodes_[set];
  if (groups_[node.atom] == groups_[atom]) return replaced(unite(node.without, node.with), atom);
  return for_each_side(Operation::replaced, set, atom, [&](SetId side) { return replaced(side, atom); });
}

/// The level below which there is no atom of the group; 0 also when there is none at all.
std::uint32_t Zdd::deepest(AtomGroup group) {
  if (deepest_.empty()) {
    for (const Atom atom : order_) {
      if (groups_[atom] == alone) continue;
      if (groups_[atom] >= deepest_.size()) deepest_.resize(groups_[atom] + 1, 0);
      deepest_[groups_[atom]] = levels_[atom];
    }
  }
  return group < deepest_.size() ? deepest_[group] : 0;
}

SetId Zdd::cleared(SetId set, AtomGroup group) {
  if (set <= only_empty_combination || level_of(set) > deepest(group)) return set;
  const Node node = nodes_[set];
  if (groups_[node.atom] == group) return unite(node.with, cleared(node.without, group));
  return for_each_side(Operation::cleared, set, group, [&](SetId side) { return cleared(side, group); });
}

std::vector<Atom> Zdd::atoms_of(SetId set, AtomGroup group) {
  const std::uint32_t last = deepest(group);
  std::vector<bool> seen(nodes_.size());
  std::vector<Atom> atoms;
  std::vector<SetId> work{set};
  while (!work.empty()) {
    const SetId at = work.back();
    work.pop_back();
    if (at <= only_empty_combination || level_of(at) > last || seen[at]) continue;
    seen[at] = true;
    const Node& node = nodes_[at];
    const bool is_of_group = groups_[node.atom] == group;
    if (is_of_group && std::find(atoms.begin(), atoms.end(), node.atom) == atoms.end()) atoms.push_back(node.atom);
    if (!is_of_group) work.push_back(node.with);
    work.push_back(node.without);
  }
  return atoms;
}

double Zdd::count(SetId set) const {
  std::unordered_map<SetId, double> counts{{empty_set, 0}, {only_empty_combination, 1}};
  const std::function<double(SetId)> count = [&](SetId each) {
    if (const auto known = counts.find(each); known != counts.end()) return known->second;
    return counts[each] = count(nodes_[each].without) + count(nodes_[each].with);
  };
  return count(set);
}

std::vector<SetId> Zdd::nodes_of(const std::vector<SetId>& sets) const {
  std::vector<bool> seen(nodes_.size());
  std::vector<SetId> nodes;
  std::vector<SetId> work = sets;
  while (!work.empty()) {
    const SetId set = work.back();
    work.pop_back();
    if (set <= only_empty_combination || seen[set]) continue;
    seen[set] = true;
    nodes.push_back(set);
    work.push_back(nodes_[set].without);
    work.push_back(nodes_[set].with);
  }
  return nodes;
}

std::vector<bool> Zdd::has_atoms(const std::vector<SetId>& sets) const {
  std::vector<bool> has(atoms(), false);
  for (const SetId node : nodes_of(sets)) has[nodes_[node].atom] = true;
  return has;
}

std::vector<Atom> Zdd::atoms_of(const std::vector<SetId>& sets) const {
  const std::vector<bool> is_there = has_atoms(sets);
  std::vector<Atom> atoms;
  for (const Atom atom : order_)
    if (is_there[atom]) atoms.push_back(atom);
  return atoms;
}

void Zdd::forget_others(const std::vector<SetId*>& kept) {
  copy(order_, kept);
}

void Zdd::reorder(const std::vector<SetId>& by, std::uint32_t first, const std::vector<SetId*>& kept) {
  copy(sifted_order(*this, order_, by, first), kept);
}

void Zdd::copy(const std::vector<Atom>& order, const std::vector<SetId*>& kept) {
  std::swap(nodes_, before_);
  made_ += before_.size();
  // The tables keep their size: making them anew, and letting them grow, takes longer than emptying them.
  nodes_.assign({{0, 0, 0}, {0, 1, 1}});
  std::fill(table_.begin(), table_.end(), 0);
  std::fill(known_.begin(), known_.end(), Known{});
  const bool is_same_order = order == order_;
  if (!is_same_order) {
    order_ = order;
    set_levels(0);
  }
  std::vector<SetId> copies(before_.size(), empty_set);
  copies[only_empty_combination] = only_empty_combination;
  const std::function<SetId(SetId)> copy_of = [&](SetId set) {
    if (set == empty_set || copies[set] != empty_set) return copies[set];
    const auto [atom, before_without, before_with] = before_[set];
    const SetId without = copy_of(before_without);
    const SetId with = copy_of(before_with);
    return copies[set] = is_same_order ? make(atom, without, with) : unite(without, added(with, atom));
  };
  for (SetId* set : kept) *set = copy_of(*set);
}

}  // namespace tenure
