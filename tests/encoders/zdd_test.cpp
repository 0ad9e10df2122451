#include "encoders/zdd.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <functional>
#include <random>
#include <set>
#include <utility>

using namespace tenure;

namespace {

using Combination = std::set<Atom>;
using Combinations = std::set<Combination>;

SetId set_of(Zdd& zdd, const Combinations& combinations) {
  SetId set = empty_set;
  for (const Combination& combination : combinations) {
    SetId one = only_empty_combination;
    for (const Atom atom : combination) one = zdd.added(one, atom);
    set = zdd.unite(set, one);
  }
  return set;
}

Combinations combinations_in(const Zdd& zdd, SetId set) {
  Combinations all;
  const std::function<void(SetId, Combination)> visit = [&](SetId at, Combination above) {
    if (at == empty_set) return;
    if (at == only_empty_combination) {
      all.insert(above);
      return;
    }
    visit(zdd.node(at).without, above);
    above.insert(zdd.node(at).atom);
    visit(zdd.node(at).with, above);
  };
  visit(set, {});
  return all;
}

template <typename Change>
Combinations changed(const Combinations& combinations, const Change& change) {
  Combinations after;
  for (const Combination& before : combinations) {
    Combination combination = before;
    if (change(combination)) after.insert(std::move(combination));
  }
  return after;
}

/// Sets over a few atoms that are put anywhere in the order.
struct Drawn {
  explicit Drawn(unsigned seed) : random(seed) {
    atoms.push_back(zdd.first_atom());
    for (int i = 0; i < 7; ++i) atoms.push_back(below(4) == 0 ? zdd.first_atom() : zdd.atom_after(atom()));
  }
  std::size_t below(std::size_t count) { return random() % count; }
  Atom atom() { return atoms[below(atoms.size())]; }
  Combinations combinations() {
    Combinations drawn;
    for (std::size_t count = below(20); count > 0; --count) {
      Combination combination;
      for (std::size_t size = below(6); size > 0; --size) combination.insert(atom());
      drawn.insert(combination);
    }
    return drawn;
  }

  Zdd zdd;
  std::vector<Atom> atoms;
  std::mt19937 random;
};

/// Two of them.
struct DrawnPair : Drawn {
  explicit DrawnPair(unsigned seed)
      : Drawn(seed), left(combinations()), right(combinations()), a(set_of(zdd, left)), b(set_of(zdd, right)) {}

  Combinations left, right;
  SetId a, b;
};

/// Atoms of two groups and others, and sets over them that may have twins.
struct DrawnRelation : Drawn {
  explicit DrawnRelation(unsigned seed) : Drawn(seed), groups{seed % 3, std::vector<bool>(10, false)} {
    for (int i = 0; i < 6; ++i) {
      const bool is_in = i < 4;
      (is_in ? own : others).push_back(zdd.atom_after(atom(), is_in ? 5 + i % 2 : 7));
    }
    groups.has[5] = groups.has[6] = true;
  }
  /// Some of these, as atoms or as twins.
  Combination some_of(const std::vector<Atom>& which, bool are_twins) {
    Combination some;
    for (const Atom each : which)
      if (below(2) == 0) some.insert(are_twins ? Zdd::twin(each) : each);
    return some;
  }
  std::vector<Atom> own, others;
  AtomGroups groups;
};

Combination united(Combination a, const Combination& b) {
  a.insert(b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("operations on diagrams are those on sets of sets") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    DrawnPair drawn(seed);
    Zdd& zdd = drawn.zdd;
    const Combinations& left = drawn.left;
    const Combinations& right = drawn.right;
    const SetId a = drawn.a;
    const SetId b = drawn.b;
    const Atom atom = drawn.atom();
    REQUIRE(combinations_in(zdd, a) == left);
    CHECK(zdd.count(a) == left.size());
    Combinations both = left;
    both.insert(right.begin(), right.end());
    CHECK(combinations_in(zdd, zdd.unite(a, b)) == both);
    CHECK(zdd.unite(a, b) == zdd.unite(b, a));
    const auto is_left_alone = [&](const Combination& each) { return !right.contains(each); };
    CHECK(combinations_in(zdd, zdd.subtract(a, b)) == changed(left, is_left_alone));
    const auto has = [&](const Combination& each) { return each.contains(atom); };
    const auto [having, lacking] = zdd.split(a, atom);
    CHECK(combinations_in(zdd, having) == changed(left, has));
    CHECK(combinations_in(zdd, lacking) == changed(left, std::not_fn(has)));
    CHECK(zdd.split(a, atom) == std::pair(having, lacking));
    CHECK(combinations_in(zdd, zdd.having(a, atom)) == changed(left, has));
    CHECK(combinations_in(zdd, zdd.lacking(a, atom)) == changed(left, std::not_fn(has)));
    const auto remove = [&](Combination& each) { return each.erase(atom), true; };
    CHECK(combinations_in(zdd, zdd.removed(a, atom)) == changed(left, remove));
    const auto add = [&](Combination& each) { return each.insert(atom), true; };
    CHECK(combinations_in(zdd, zdd.added(a, atom)) == changed(left, add));
    // Equal sets are one.
    CHECK(zdd.unite(zdd.having(a, atom), zdd.lacking(a, atom)) == a);
  }
}

TEST_CASE("a relation changes what it is about, and nothing else") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    DrawnRelation drawn(seed);
    Zdd& zdd = drawn.zdd;
    Combinations states, relation;
    for (int i = 0; i < 12; ++i) {
      Combination state = united(drawn.some_of(drawn.own, false), drawn.some_of(drawn.others, false));
      states.insert(united(state, united(drawn.some_of(drawn.own, true), drawn.some_of(drawn.others, true))));
      relation.insert(united(drawn.some_of(drawn.own, true), drawn.some_of(drawn.own, false)));
    }
    Combinations after, projected, untwinned, twinned;
    for (const Combination& state : states) {
      Combination own, rest, real;
      for (const Atom atom : state) {
        const bool is_own = std::find(drawn.own.begin(), drawn.own.end(), atom) != drawn.own.end();
        (is_own ? own : rest).insert(atom);
        if (!Zdd::is_twin(atom)) real.insert(atom);
      }
      projected.insert(own);
      untwinned.insert(real);
      Combination twice = real;
      for (const Atom atom : real) twice.insert(Zdd::twin(atom));
      twinned.insert(twice);
      for (const Combination& related : relation) {
        Combination before, now;
        for (const Atom atom : related) Zdd::is_twin(atom) ? before.insert(atom - 1) : now.insert(atom);
        if (before == own) after.insert(united(rest, now));
      }
    }
    const SetId set = set_of(zdd, states);
    CHECK(combinations_in(zdd, zdd.projected(set, drawn.groups)) == projected);
    CHECK(combinations_in(zdd, zdd.untwinned(set)) == untwinned);
    CHECK(combinations_in(zdd, zdd.twinned(zdd.untwinned(set))) == twinned);
    CHECK(combinations_in(zdd, zdd.related(set, set_of(zdd, relation), drawn.groups)) == after);
  }
}

TEST_CASE("an atom that comes between others changes no set") {
  Drawn drawn(1);
  const Combinations combinations = drawn.combinations();
  const SetId set = set_of(drawn.zdd, combinations);
  drawn.zdd.first_atom();
  for (int i = 0; i < 20; ++i) drawn.zdd.atom_after(drawn.atom());
  CHECK(combinations_in(drawn.zdd, set) == combinations);
  CHECK(set_of(drawn.zdd, combinations) == set);
}

TEST_CASE("combinations that have many of some atoms are found, also when new ones join these") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    DrawnPair drawn(seed);
    std::vector<Atom> some;
    for (const Atom atom : drawn.atoms)
      if (drawn.below(2) == 0) some.push_back(atom);
    for (int round = 0; round < 3; ++round) {
      for (std::size_t least = 0; least <= some.size() + 1; ++least) {
        Combinations having = drawn.left;
        std::erase_if(having, [&](const Combination& combination) {
          const auto is_there = [&](Atom atom) { return combination.contains(atom); };
          return static_cast<std::size_t>(std::count_if(some.begin(), some.end(), is_there)) < least;
        });
        CHECK(combinations_in(drawn.zdd, drawn.zdd.having(drawn.a, some, least)) == having);
      }
      some.push_back(drawn.zdd.atom_after(drawn.atom()));
      drawn.atoms.push_back(some.back());
      drawn.left.merge(drawn.combinations());
      drawn.a = set_of(drawn.zdd, drawn.left);
    }
  }
}

TEST_CASE("the atoms of a group are taken away and found together") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Drawn drawn(seed);
    Zdd& zdd = drawn.zdd;
    std::vector<Atom> group;
    for (int i = 0; i < 4; ++i) group.push_back(zdd.atom_after(drawn.atom(), 5));
    zdd.atom_after(drawn.atom(), 2);
    Combinations combinations;
    std::set<Atom> used;
    for (Combination combination : drawn.combinations()) {
      const std::size_t one = drawn.below(5);
      if (one < 4) combination.insert(*used.insert(group[one]).first);
      combinations.insert(combination);
    }
    const SetId set = set_of(zdd, combinations);
    const std::vector<Atom> found = zdd.atoms_of(set, 5);
    CHECK(std::set(found.begin(), found.end()) == used);
    CHECK(found.size() == used.size());
    std::set<Atom> all;
    for (const Combination& each : combinations) all.insert(each.begin(), each.end());
    const std::vector<bool> has = zdd.has_atoms(set);
    for (Atom atom = 0; atom < zdd.atoms(); ++atom) CHECK(has[atom] == all.contains(atom));
    const auto clear = [&](Combination& each) {
      for (const Atom atom : group) each.erase(atom);
      return true;
    };
    CHECK(combinations_in(zdd, zdd.cleared(set, 5)) == changed(combinations, clear));
    CHECK(zdd.cleared(set, 7) == set);
    const auto replace = [&](Combination& each) { return clear(each) && each.insert(group[1]).second; };
    CHECK(combinations_in(zdd, zdd.replaced(set, group[1])) == changed(combinations, replace));
  }
}

TEST_CASE("what is not kept is forgotten, what is kept stays") {
  Drawn drawn(3);
  const Combinations combinations = drawn.combinations();
  SetId kept = set_of(drawn.zdd, combinations);
  for (int i = 0; i < 50; ++i) set_of(drawn.zdd, drawn.combinations());
  const std::size_t nodes = drawn.zdd.nodes();
  const std::size_t made = drawn.zdd.made();
  drawn.zdd.forget_others({&kept});
  CHECK(combinations_in(drawn.zdd, kept) == combinations);
  CHECK(drawn.zdd.nodes() < nodes);
  CHECK(drawn.zdd.made() >= made);
}

TEST_CASE("in another order the sets are the same, and no larger") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    DrawnPair drawn(seed);
    Zdd& zdd = drawn.zdd;
    const std::size_t size = zdd.size(drawn.a);
    const auto first = static_cast<std::uint32_t>(drawn.below(4));
    std::vector<Atom> before(first);
    for (const Atom atom : drawn.atoms)
      if (zdd.level(atom) < first) before[zdd.level(atom)] = atom;
    zdd.reorder({drawn.a}, first, {&drawn.a, &drawn.b});
    CHECK(combinations_in(zdd, drawn.a) == drawn.left);
    CHECK(combinations_in(zdd, drawn.b) == drawn.right);
    CHECK(zdd.size(drawn.a) <= size);
    for (std::uint32_t level = 0; level < first; ++level) CHECK(zdd.level(before[level]) == level);
  }
}

TEST_CASE("atoms that go together are put side by side") {
  Zdd zdd;
  std::vector<Atom> atoms{zdd.first_atom()};
  while (atoms.size() < 20) atoms.push_back(zdd.atom_after(atoms.back()));
  SetId set = only_empty_combination;
  for (std::size_t i = 0; i < 10; ++i) set = zdd.unite(set, zdd.added(zdd.added(set, atoms[i]), atoms[i + 10]));
  const double count = zdd.count(set);
  REQUIRE(zdd.size(set) > 1000);
  zdd.reorder({set}, 0, {&set});
  CHECK(zdd.count(set) == count);
  CHECK(zdd.size(set) == 20);
}
