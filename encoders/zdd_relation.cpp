#include <algorithm>
#include <utility>

#include "encoders/zdd.h"

// Relations of what was before and what is now.
namespace tenure {

Zdd::Operation Zdd::of_groups(Operation operation, const AtomGroups& groups) {
  return static_cast<Operation>(static_cast<std::uint32_t>(operation) + 2 * groups.number);
}

/// The level below which there is no atom of the groups; 0 also when there is none at all.
std::uint32_t Zdd::deepest(const AtomGroups& groups) {
  if (groups.number >= deepest_of_groups_.size()) deepest_of_groups_.resize(groups.number + 1, 0);
  std::uint32_t& level = deepest_of_groups_[groups.number];
  if (level != 0) return level;
  for (AtomGroup group = 0; group < groups.has.size(); ++group)
    if (groups.has[group]) level = std::max(level, deepest(group));
  return level;
}

SetId Zdd::projected(SetId set, const AtomGroups& groups, std::uint32_t last) {
  if (set <= only_empty_combination) return set;
  if (level_of(set) > last) return only_empty_combination;
  const Operation operation = of_groups(Operation::projected, groups);
  if (const auto before = result_of(operation, set, 0)) return *before;
  const Node node = nodes_[set];
  const SetId without = projected(node.without, groups, last);
  const SetId with = projected(node.with, groups, last);
  return remember(operation, set, 0, is_of(node.atom, groups) ? make(node.atom, without, with) : unite(without, with));
}

SetId Zdd::twinned(SetId set) {
  if (set <= only_empty_combination) return set;
  if (const auto before = result_of(Operation::twinned, set, 0)) return *before;
  const Node node = nodes_[set];
  const SetId without = twinned(node.without);
  const SetId with = make(node.atom, empty_set, twinned(node.with));
  return remember(Operation::twinned, set, 0, make(twin(node.atom), without, with));
}

SetId Zdd::untwinned(SetId set) {
  if (set <= only_empty_combination) return set;
  if (const auto before = result_of(Operation::untwinned, set, 0)) return *before;
  const Node node = nodes_[set];
  const SetId without = untwinned(node.without);
  const SetId with = untwinned(node.with);
  const SetId result = is_twin(node.atom) ? unite(without, with) : make(node.atom, without, with);
  return remember(Operation::untwinned, set, 0, result);
}

/// The combinations of a set, in which nothing is before the atom, without it, and those with it, but for the atom.
std::pair<SetId, SetId> Zdd::sides(SetId set, Atom atom) const {
  if (level_of(set) != levels_[atom]) return {set, empty_set};
  return {nodes_[set].without, nodes_[set].with};
}

SetId Zdd::related(SetId set, SetId relation, const AtomGroups& groups, std::uint32_t last) {
  if (set == empty_set || relation == empty_set) return empty_set;
  if (relation == only_empty_combination && level_of(set) > last) return set;
  const Operation operation = of_groups(Operation::related, groups);
  if (const auto before = result_of(operation, set, relation)) return *before;
  const bool is_upper = level_of(set) <= level_of(relation);
  const Node node = nodes_[is_upper ? set : relation];
  if (is_upper && !is_of(node.atom, groups)) {
    const SetId without = related(node.without, relation, groups, last);
    const SetId with = related(node.with, relation, groups, last);
    return remember(operation, set, relation, make(node.atom, without, with));
  }
  const Atom atom = is_twin(node.atom) ? node.atom - 1 : node.atom;
  const auto [lacking, having] = sides(set, atom);
  const auto [of_lacking, of_having] = sides(relation, twin(atom));
  const auto [lacking_then_lacking, lacking_then_having] = sides(of_lacking, atom);
  const auto [having_then_lacking, having_then_having] = sides(of_having, atom);
  const SetId without =
      unite(related(lacking, lacking_then_lacking, groups, last), related(having, having_then_lacking, groups, last));
  const SetId with =
      unite(related(lacking, lacking_then_having, groups, last), related(having, having_then_having, groups, last));
  return remember(operation, set, relation, make(atom, without, with));
}

}  // namespace tenure
