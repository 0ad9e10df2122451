#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "encoders/state_graph.h"

// What the states of a location are said to be grows until it covers all that come to it.
namespace tenure {

namespace {

/// A bundle with more tuples is split.
constexpr std::size_t most_tuples = 32;
/// Of a part of it.
constexpr std::size_t most_together = 16;
/// What is kept together has no more than this share of the combinations that it would have if it were independent.
constexpr double most_share = 0.76;
/// A relation of more pairs says little.
constexpr std::size_t most_pairs = 6;

/// Columns of a bundle's tuples, joined as long as two groups depend on each other, those first that do most.
std::vector<std::vector<std::size_t>> clusters(const Bundle& bundle) {
  struct Cluster {
    std::vector<std::size_t> columns;
    std::vector<std::size_t> kinds;  ///< by tuple: which combination
    std::size_t count = 0;           ///< of combinations
  };
  const auto number = [&](const auto& combination_of) {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> known;
    std::vector<std::size_t> kinds;
    for (std::size_t tuple = 0; tuple < bundle.tuples.size(); ++tuple)
      kinds.push_back(known.try_emplace(combination_of(tuple), known.size()).first->second);
    return std::pair(kinds, known.size());
  };
  std::vector<Cluster> all;
  std::vector<std::size_t> constant;  // so far: what they depend on is not known yet
  for (std::size_t column = 0; column < bundle.cells.size(); ++column) {
    const auto [kinds, count] = number(
        [&](std::size_t tuple) { return std::pair<std::size_t, std::size_t>(bundle.tuples[tuple].values[column], 0); });
    if (count == 1) {
      constant.push_back(column);
    } else {
      all.push_back({{column}, kinds, count});
    }
  }
  for (;;) {
    double least = most_share;
    std::pair<std::size_t, std::size_t> best;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        const auto together =
            number([&](std::size_t tuple) { return std::pair(all[i].kinds[tuple], all[j].kinds[tuple]); });
        const double share = static_cast<double>(together.second) / static_cast<double>(all[i].count * all[j].count);
        if (together.second > most_together || share >= least) continue;
        least = share;
        best = {i, j};
      }
    }
    if (least == most_share) break;
    Cluster& into = all[best.first];
    const Cluster& other = all[best.second];
    std::tie(into.kinds, into.count) =
        number([&](std::size_t tuple) { return std::pair(into.kinds[tuple], other.kinds[tuple]); });
    into.columns.insert(into.columns.end(), other.columns.begin(), other.columns.end());
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(best.second));
  }
  std::vector<std::vector<std::size_t>> columns;
  if (!constant.empty()) columns.push_back(std::move(constant));
  for (Cluster& cluster : all) columns.push_back(std::move(cluster.columns));
  return columns;
}

/// Whether the pair is new.
bool add_pair(Relation& relation, const std::pair<ValueId, ValueId>& pair) {
  const bool is_new = std::find(relation.pairs.begin(), relation.pairs.end(), pair) == relation.pairs.end();
  if (is_new) relation.pairs.push_back(pair);
  return is_new;
}

/// Whether the relation has every combination of its values, or too many of them.
bool says_little(const Relation& relation) {
  std::set<ValueId> first;
  std::set<ValueId> second;
  for (const auto& pair : relation.pairs) {
    first.insert(pair.first);
    second.insert(pair.second);
  }
  return relation.pairs.size() > most_pairs || relation.pairs.size() == first.size() * second.size();
}

bool is_leaf(const FormulaGraph& graph, Literal literal) {
  return node_of(literal) != 0 && (is_negated(literal) || graph.is_input(node_of(literal)));
}

void add_unless_known(std::vector<Literal>& facts, const std::vector<Literal>& more) {
  for (const Literal fact : more) {
    if (std::find(facts.begin(), facts.end(), fact) == facts.end()) facts.push_back(fact);
  }
}

}  // namespace

bool StateGraph::is_open(ValueId value) {
  const std::vector<Case>& cases = pool_.cases(value);
  return std::any_of(cases.begin(), cases.end(), [&](const Case& each) { return open_formulas_.is_open(each.when); });
}

/// The value where it is closed, else the one that it has in the model.
ValueId StateGraph::closed_in_model(ValueId value) {
  if (!is_open(value)) return value;
  for (const Case& each : pool_.cases(value)) {
    if (solver_->value(each.when)) return pool_.constant(each.value);
  }
  return pool_.constant(pool_.cases(value).front().value);
}

/// What an event says of the fixed variables when it ends with `when`.
std::vector<Literal> StateGraph::facts_on(const Location& from, Literal when) {
  std::vector<Literal> facts = from.facts;
  for (const Literal literal : conjuncts(graph_, when)) {
    if (is_leaf(graph_, literal) && !open_formulas_.is_open(literal)) add_unless_known(facts, {literal});
  }
  return facts;
}

/// A location as what comes to it first: open cells are free, no tuple is known yet.
void StateGraph::begin(const Arrival& arrival, const Location& from) {
  Location& location = locations_[arrival.to];
  location.cells = arrival.cells;
  location.facts = facts_on(from, arrival.when);
  location.is_known = true;
  wait(arrival.to);
}

/// Has the cells the values of what arrives where it arrives.
void StateGraph::join(const Arrival& arrival) {
  Location& location = locations_[arrival.to];
  for (std::uint32_t cell = 0; cell < location.cells.size(); ++cell)
    location.cells[cell] = pool_.choice(arrival.when, arrival.cells[cell], location.cells[cell]);
  location.here = graph_.disjunction(location.here, arrival.when);
  if (!std::exchange(location.is_known, true)) wait(arrival.to);
}

/// Puts cells that can be different from what they always were into bundles: those together that depend on the same
/// decisions, and those together that depend on none, only on the way by which they come.
void StateGraph::free_cells(const Arrival& arrival) {
  Location& location = locations_[arrival.to];
  std::vector<bool> is_free = free_cells_of(location);
  std::vector<std::uint32_t> changing;
  for (std::uint32_t cell = 0; cell < location.cells.size(); ++cell) {
    const bool changes = arrival.is_first ? is_open(arrival.cells[cell]) : arrival.cells[cell] != location.cells[cell];
    if (is_free[cell] || !changes) continue;
    changing.push_back(cell);
    is_free[cell] = true;
  }
  if (changing.empty()) return;
  const std::vector<std::uint32_t> group_of = groups_of(arrival, is_free);
  std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
  for (const std::uint32_t cell : changing) groups[group_of[cell]].push_back(cell);
  for (const auto& [group, cells] : groups) free_together(arrival, cells, group_of);
  wait(arrival.to);
}

/// Of each of these cells a number that it shares with those that depend on the same decisions.
std::vector<std::uint32_t> StateGraph::groups_of(const Arrival& arrival, const std::vector<bool>& is_asked) {
  SharedInputs shared(graph_, open_formulas_);
  const std::vector<Literal> known = conjuncts(graph_, arrival.when);
  for (const Literal literal : known) shared.know(literal);
  for (const Literal literal : known) {
    if (!is_negated(literal) || graph_.is_input(node_of(literal))) continue;
    const FormulaGraph::Node node = graph_.node(node_of(literal));
    shared.add(node.right, shared.add(node.left, SharedInputs::nobody));
  }
  std::vector<std::uint32_t> members(is_asked.size(), SharedInputs::nobody);
  for (std::uint32_t cell = 0; cell < members.size(); ++cell) {
    if (!is_asked[cell]) continue;
    for (const Case& each : pool_.cases(arrival.cells[cell])) members[cell] = shared.add(each.when, members[cell]);
  }
  for (std::uint32_t& member : members) {
    if (member != SharedInputs::nobody) member = shared.group(member);
  }
  return members;
}

/// Puts cells of one group into a bundle that has others of it, or a new one where that has no room.
void StateGraph::free_together(const Arrival& arrival, const std::vector<std::uint32_t>& cells,
                               const std::vector<std::uint32_t>& group_of) {
  Location& location = locations_[arrival.to];
  const auto is_of_group = [&](std::uint32_t cell) { return group_of[cell] == group_of[cells.front()]; };
  const auto fits = [&](const Bundle& each) {
    return each.tuples.size() <= most_tuples / 2 && std::any_of(each.cells.begin(), each.cells.end(), is_of_group);
  };
  auto bundle = std::find_if(location.bundles.begin(), location.bundles.end(), fits);
  if (bundle == location.bundles.end()) {
    location.bundles.emplace_back();
    bundle = location.bundles.end() - 1;
    if (!arrival.is_first) bundle->tuples.emplace_back();
  }
  for (const Bundle& other : location.bundles) {
    for (std::size_t place = 0; &other != &*bundle && place < other.cells.size(); ++place) {
      if (is_of_group(other.cells[place])) relate_entries(location, other, place, cells);
    }
  }
  for (const std::uint32_t cell : cells) {
    bundle->cells.push_back(cell);
    for (Bundle::Tuple& tuple : bundle->tuples) tuple.values.push_back(location.cells[cell]);
  }
}

/// Keeps what is known of a variable and of entries on lists that come into another bundle: else an entry that is put
/// there when the variable says that it is not there yet could be there any number of times.
void StateGraph::relate_entries(Location& location, const Bundle& bundle, std::size_t place,
                                const std::vector<std::uint32_t>& cells) {
  const std::uint32_t variable = bundle.cells[place];
  if (variable >= variable_cells() || bundle.tuples.empty()) return;
  for (const std::uint32_t cell : cells) {
    if (cell < variable_cells()) continue;
    Relation relation{variable, cell, {}};
    for (const Bundle::Tuple& tuple : bundle.tuples) add_pair(relation, {tuple.values[place], location.cells[cell]});
    if (relation.pairs.size() <= most_pairs) location.relations.push_back(std::move(relation));
  }
}

/// Part 0 is the facts; then come the bundles, last the relations: many, of which each says little.
Literal StateGraph::is_covered(const Location& location, std::size_t part, const Arrival& arrival) {
  if (part == 0) return graph_.conjunction(true_literal, location.facts);
  if (part > location.bundles.size()) {
    Literal related = true_literal;
    for (const Relation& relation : location.relations)
      related = graph_.conjunction(related, is_related(pool_, relation, arrival.cells));
    return related;
  }
  const Bundle& bundle = location.bundles[part - 1];
  Literal covered = false_literal;
  for (std::size_t i = 0; i < bundle.tuples.size(); ++i)
    covered = graph_.disjunction(covered, is_tuple(pool_, bundle, i, arrival.cells));
  return covered;
}

/// Adds tuples to what is known of a location, and takes facts from it, until all that arrives is covered, by one part
/// after the other.
bool StateGraph::cover(const Arrival& arrival, const Location& from) {
  Location& location = locations_[arrival.to];
  for (std::size_t part = 0; part <= location.bundles.size() + 1;) {
    const Literal covered = is_covered(location, part, arrival);
    const Satisfiability answer = find_model(graph_.conjunction(arrival.when, negation(covered)));
    if (answer == Satisfiability::unknown) return false;
    if (answer == Satisfiability::unsatisfiable) {
      ++part;
      continue;
    }
    wait(arrival.to);
    std::erase_if(location.facts, [&](Literal fact) { return !solver_->value(fact); });
    for (Bundle& bundle : location.bundles) cover_in_model(bundle, arrival, from);
    relate_in_model(location, arrival);
    for (std::size_t i = location.bundles.size(); i-- > 0;) {
      if (location.bundles[i].tuples.size() <= most_tuples || location.bundles[i].cells.size() == 1) continue;
      split(location, i);
      part = std::min(part, i + 1);
    }
  }
  for (const Bundle& bundle : location.bundles) {
    if (bundle.tuples.empty()) {
      reason_ = "answers that contradict each other";
      return false;
    }
    for (std::size_t i = 0; i < bundle.cells.size(); ++i)
      location.cells[bundle.cells[i]] = value_said(pool_, bundle, i, bundle.inputs);
  }
  return true;
}

/// Has the bundle cover what is in the model: by fewer facts where the values are known, else by one more tuple.
void StateGraph::cover_in_model(Bundle& bundle, const Arrival& arrival, const Location& from) {
  for (std::size_t i = 0; i < bundle.tuples.size(); ++i) {
    if (solver_->value(is_tuple(pool_, bundle, i, arrival.cells))) return;
  }
  Bundle::Tuple tuple;
  for (const std::uint32_t cell : bundle.cells) tuple.values.push_back(closed_in_model(arrival.cells[cell]));
  for (Bundle::Tuple& known : bundle.tuples) {
    if (known.values != tuple.values) continue;
    std::erase_if(known.facts, [&](Literal fact) { return !solver_->value(fact); });
    return;
  }
  Literal when = arrival.when;
  for (const std::uint32_t cell : bundle.cells) {
    for (const Case& each : pool_.cases(arrival.cells[cell])) {
      if (solver_->value(each.when)) when = graph_.conjunction(when, each.when);
    }
  }
  tuple.facts = facts_on(from, when);
  for (const Bundle& before : from.bundles) {
    for (std::size_t i = 0; i < before.tuples.size(); ++i) {
      if (solver_->value(is_said(graph_, before, i))) add_unless_known(tuple.facts, before.tuples[i].facts);
    }
  }
  const std::vector<Literal>& known = locations_[arrival.to].facts;
  std::erase_if(tuple.facts, [&](Literal fact) {
    return std::find(known.begin(), known.end(), fact) != known.end() || !solver_->value(fact);
  });
  add_tuple(graph_, bundle, std::move(tuple));
}

/// Keeps what is known of two cells that come into different bundles.
void StateGraph::relate(Location& location, const Bundle& whole, const std::vector<std::vector<std::size_t>>& parts) {
  const auto relate_columns = [&](std::size_t first, std::size_t second) {
    Relation relation{whole.cells[first], whole.cells[second], {}};
    for (const Bundle::Tuple& tuple : whole.tuples) add_pair(relation, {tuple.values[first], tuple.values[second]});
    if (!says_little(relation)) location.relations.push_back(std::move(relation));
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      for (const std::size_t first : parts[i]) {
        for (const std::size_t second : parts[j]) relate_columns(first, second);
      }
    }
  }
}

/// Has the relations cover what is in the model; one that then says little is given up.
void StateGraph::relate_in_model(Location& location, const Arrival& arrival) {
  std::erase_if(location.relations, [&](Relation& relation) {
    const ValueId first = closed_in_model(arrival.cells[relation.first]);
    return add_pair(relation, {first, closed_in_model(arrival.cells[relation.second])}) && says_little(relation);
  });
}

/// Puts cells of a bundle into several, each with few tuples, keeping together what depends on each other most.
void StateGraph::split(Location& location, std::size_t index) {
  const Bundle whole = std::move(location.bundles[index]);
  location.bundles.erase(location.bundles.begin() + static_cast<std::ptrdiff_t>(index));
  const std::vector<std::vector<std::size_t>> parts = clusters(whole);
  relate(location, whole, parts);
  for (const std::vector<std::size_t>& columns : parts) {
    Bundle part;
    for (const std::size_t column : columns) part.cells.push_back(whole.cells[column]);
    for (const Bundle::Tuple& tuple : whole.tuples) {
      std::vector<ValueId> values;
      for (const std::size_t column : columns) values.push_back(tuple.values[column]);
      const auto is_known = [&](const Bundle::Tuple& known) { return known.values == values; };
      const auto known = std::find_if(part.tuples.begin(), part.tuples.end(), is_known);
      if (known == part.tuples.end()) {
        add_tuple(graph_, part, {std::move(values), tuple.facts});
      } else {
        std::erase_if(known->facts, [&](Literal fact) {
          return std::find(tuple.facts.begin(), tuple.facts.end(), fact) == tuple.facts.end();
        });
      }
    }
    location.bundles.push_back(std::move(part));
  }
}

}  // namespace tenure
