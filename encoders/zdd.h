#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace tenure {

/// A set of combinations in a Zdd; equal sets have equal numbers.
using SetId = std::uint32_t;
inline constexpr SetId empty_set = 0;  ///< without any combination
inline constexpr SetId only_empty_combination = 1;

/// What combinations are made of.
using Atom = std::uint32_t;

/// What atoms belong to, by its number: all those of a list, or of a variable, of which a combination has one at most.
using AtomGroup = std::uint32_t;
inline constexpr AtomGroup alone = UINT32_MAX;  ///< of an atom that is in no group

/// Some groups.
struct AtomGroups {
  std::uint32_t number;  ///< which of several such: others have other ones
  std::vector<bool> has;
};

/// More nodes were made than there is room for.
class TooManyNodes : public std::runtime_error {
 public:
  TooManyNodes() : std::runtime_error("the sets of states become too large") {}
};

/// Sets of combinations of atoms as zero-suppressed decision diagrams (Minato, DAC 1993): what a combination does not
/// have takes no room, so that atoms may be added at any time and anywhere in the order.
class Zdd {
 public:
  /// A node stands for the combinations of `without`, and those of `with` together with `atom`.
  struct Node {
    Atom atom;
    SetId without, with;
  };

  static constexpr std::size_t most_atoms_asked_for = 1023;

  Zdd();
  /// A new atom at the first place of the order.
  Atom first_atom(AtomGroup group = alone) { return insert_at(0, group); }
  /// A new atom at the place after another.
  Atom atom_after(Atom other, AtomGroup group = alone) { return insert_at(level(other) + 1, group); }
  /// The place of an atom in the order.
  std::uint32_t level(Atom atom) const { return levels_[atom] / 2; }
  /// All atoms have smaller numbers.
  std::size_t atoms() const { return levels_.size(); }

  /// Says that a combination had the atom before something was done; always at the place before it.
  static Atom twin(Atom atom) { return atom + 1; }
  static bool is_twin(Atom atom) { return atom % 2 != 0; }

  SetId unite(SetId a, SetId b);
  SetId subtract(SetId a, SetId b);
  /// The combinations that have the atom, and keep it.
  SetId having(SetId set, Atom atom);
  /// The combinations that do not.
  SetId lacking(SetId set, Atom atom);
  /// Both of these.
  std::pair<SetId, SetId> split(SetId set, Atom atom);
  /// All combinations, with the atom taken away where they have it.
  SetId removed(SetId set, Atom atom);
  /// All combinations, with every atom of the group taken away.
  SetId cleared(SetId set, AtomGroup group);
  /// The atoms of the group that combinations have.
  std::vector<Atom> atoms_of(SetId set, AtomGroup group);
  /// The combinations that have so many of these atoms or more, up to most_atoms_asked_for. An atom is always to be
  /// asked for with the same others, but for new ones.
  SetId having(SetId set, std::vector<Atom> atoms, std::size_t least);
  /// All combinations, with the atom added where they do not have it.
  SetId added(SetId set, Atom atom);
  /// All combinations, with this atom, which is in a group, and no other of the group.
  SetId replaced(SetId set, Atom atom);

  /// Of all combinations the atoms of these groups.
  SetId projected(SetId set, const AtomGroups& groups) { return projected(set, groups, deepest(groups)); }
  /// Each combination with the twins of its atoms: the relation of what was before and what is now, as nothing was
  /// done.
  SetId twinned(SetId set);
  /// All combinations, without the twins they have.
  SetId untwinned(SetId set);
  /// What a relation makes of the combinations: of these groups, of which alone it has atoms and twins, each gets the
  /// atoms that it has with its own ones as twins. It may have twins itself, of earlier.
  SetId related(SetId set, SetId relation, const AtomGroups& groups) {
    return related(set, relation, groups, deepest(groups));
  }

  const Node& node(SetId set) const { return nodes_[set]; }
  /// How many combinations are in the set.
  double count(SetId set) const;
  /// How many nodes it has.
  std::size_t size(SetId set) const { return nodes_of({set}).size(); }
  /// By atom: whether combinations of the set have it.
  std::vector<bool> has_atoms(SetId set) const { return has_atoms(std::vector{set}); }
  /// The atoms that combinations of the sets have, in their order.
  std::vector<Atom> atoms_of(const std::vector<SetId>& sets) const;
  std::vector<Atom> atoms_of(SetId set) const { return atoms_of(std::vector{set}); }
  /// How many nodes were made since all sets but few were forgotten.
  std::size_t nodes() const { return nodes_.size(); }
  /// How many were made in all.
  std::size_t made() const { return made_ + nodes_.size(); }

  /// Forgets all sets but `kept`, which get new numbers.
  void forget_others(const std::vector<SetId*>& kept);
  /// Looks for an order in which `by` are small, by moving each atom from `first` on through the order (sifting:
  /// Rudell, ICCAD 1993), then forget_others().
  void reorder(const std::vector<SetId>& by, std::uint32_t first, const std::vector<SetId*>& kept);

 private:
  enum class Operation : std::uint32_t {
    nothing,
    unite,
    subtract,
    having,
    having_many,
    lacking,
    removed,
    cleared,
    added,
    replaced,
    twinned,
    untwinned,
    projected,
    related,  ///< the last one: further numbers are those of other groups
  };
  struct Known {
    Operation operation = Operation::nothing;
    std::uint32_t a = 0, b = 0;
    SetId result = 0;
  };

  std::vector<SetId> nodes_of(const std::vector<SetId>& sets) const;
  std::vector<bool> has_atoms(const std::vector<SetId>& sets) const;
  Atom insert_at(std::uint32_t level, AtomGroup group);
  void set_levels(std::size_t first);
  std::uint32_t deepest(AtomGroup group);
  std::uint32_t deepest(const AtomGroups& groups);
  std::uint32_t level_of(SetId set) const {
    return set <= only_empty_combination ? UINT32_MAX : levels_[nodes_[set].atom];
  }
  SetId make(Atom atom, SetId without, SetId with);
  void grow();
  Known& known(Operation operation, std::uint32_t a, std::uint32_t b);
  std::optional<SetId> result_of(Operation operation, std::uint32_t a, std::uint32_t b);
  SetId remember(Operation operation, std::uint32_t a, std::uint32_t b, SetId result);
  template <typename Apply>
  SetId for_each_side(Operation operation, SetId set, Atom atom, const Apply& apply);
  SetId having(SetId set, const std::vector<Atom>& atoms, std::size_t first, std::size_t least);
  static Operation of_groups(Operation operation, const AtomGroups& groups);
  bool is_of(Atom atom, const AtomGroups& groups) const {
    return groups_[atom] < groups.has.size() && groups.has[groups_[atom]];
  }
  std::pair<SetId, SetId> sides(SetId set, Atom atom) const;
  SetId projected(SetId set, const AtomGroups& groups, std::uint32_t last);
  SetId related(SetId set, SetId relation, const AtomGroups& groups, std::uint32_t last);
  void copy(const std::vector<Atom>& order, const std::vector<SetId*>& kept);

  std::vector<Node> nodes_;
  std::vector<Node> before_;  ///< those that were forgotten last
  std::vector<SetId> table_;  ///< of nodes by what they are; 0: free
  std::vector<Known> known_;
  std::vector<Atom> order_;
  std::vector<std::uint32_t> levels_;             ///< by atom, the twins among them
  std::vector<AtomGroup> groups_;                 ///< by atom
  std::vector<std::uint32_t> deepest_;            ///< level by group; empty: not known
  std::vector<std::uint32_t> deepest_of_groups_;  ///< by number; 0: not known
  std::size_t made_ = 0;
};

}  // namespace tenure
