#include <algorithm>

#include "encoders/state_graph.h"

// The explored graph as a transition system, and what its bits mean in the words of the model.
namespace tenure {

TransitionSystem StateGraph::transition_system(const Kept& to_keep) const {
  TransitionSystem system;
  std::size_t next_fixed = 0;
  for (const VariableInfo& variable : program_.variables) {
    if (variable.scope != Scope::fixed) continue;
    add_bits(system, fixed()[next_fixed++], true, variable.name, variable.is_boolean);
  }
  const std::size_t fixed_bits = system.bits.size();
  std::vector<std::size_t> bit_of(locations_.size(), SIZE_MAX);
  Literal none_before = true_literal;
  Literal known = true_literal;
  Literal to_know = true_literal;
  for (std::uint32_t id = 0; id < locations_.size(); ++id) {
    const Location& location = locations_[id];
    if (location.reached.empty()) continue;
    bit_of[id] = system.bits.size();
    const Literal here = graph_.input();
    system.well_formed = graph_.conjunction(system.well_formed, graph_.disjunction(none_before, negation(here)));
    none_before = graph_.conjunction(none_before, negation(here));
    const std::string words = in_words(location);
    system.bits.push_back({here, false, id == initial, words, "not (" + words + ")", true});
    for (const Bundle& bundle : location.bundles) {
      for (std::size_t i = 0; i < bundle.inputs.size(); ++i) {
        const std::string tuple = in_words(location, bundle, i + 1);
        system.bits.push_back({bundle.inputs[i], false, false, tuple, "not (" + tuple + ")"});
      }
    }
    const auto when_here = [&](Literal facts) { return graph_.disjunction(negation(here), facts); };
    known = graph_.conjunction(known, when_here(facts_of(location, kept_)));
    to_know = graph_.conjunction(to_know, when_here(facts_of(location, to_keep)));
  }
  system.well_formed = graph_.conjunction(system.well_formed, negation(none_before));
  system.stays_well_formed = graph_.conjunction(system.well_formed, to_know);
  system.well_formed = graph_.conjunction(system.well_formed, known);
  system.next.assign(system.bits.size(), false_literal);
  for (std::size_t i = 0; i < fixed_bits; ++i) system.next[i] = system.bits[i].input;
  system.reached.assign(program_.goals.size(), false_literal);
  for (std::uint32_t id = 0; id < locations_.size(); ++id) {
    if (bit_of[id] != SIZE_MAX) add_events(system, locations_[id], system.bits[bit_of[id]].input, bit_of, to_keep);
  }
  return system;
}

/// What is known of the configuration in a location, and of cells that go together.
Literal StateGraph::facts_of(const Location& location, const Kept& kept) const {
  const Literal unknown = negation(kept.configuration);
  Literal all = graph_.disjunction(unknown, graph_.conjunction(true_literal, location.facts));
  for (const Bundle& bundle : location.bundles) {
    for (std::size_t i = 0; i < bundle.tuples.size(); ++i) {
      const Literal facts = graph_.conjunction(true_literal, bundle.tuples[i].facts);
      const Literal is_other = graph_.disjunction(unknown, negation(is_said(graph_, bundle, i)));
      all = graph_.conjunction(all, graph_.disjunction(is_other, facts));
    }
  }
  return graph_.conjunction(all, relations_of(location, location.cells, kept_cells(location, kept)));
}

Literal StateGraph::relations_of(const Location& location, const std::vector<ValueId>& cells,
                                 const std::vector<Literal>& kept) const {
  Literal all = true_literal;
  for (const Relation& relation : location.relations) {
    const Literal both = graph_.conjunction(kept[relation.first], kept[relation.second]);
    all = graph_.conjunction(all, graph_.disjunction(negation(both), is_related(pool_, relation, cells)));
  }
  return all;
}

/// The events out of one location.
void StateGraph::add_events(TransitionSystem& system, const Location& location, Literal here,
                            const std::vector<std::size_t>& bit_of, const Kept& to_keep) const {
  const auto also = [&](Literal& formula, Literal more) {
    formula = graph_.disjunction(formula, graph_.conjunction(here, more));
  };
  const auto is_known = [&](const std::vector<Literal>& facts) {
    return graph_.disjunction(negation(to_keep.configuration), graph_.conjunction(true_literal, facts));
  };
  Literal somewhere = false_literal;
  for (const Move& move : location.moves) {
    if (bit_of[move.to] == SIZE_MAX) continue;
    const Location& to = locations_[move.to];
    const std::vector<Literal> kept = kept_cells(to, to_keep);
    Literal expressed = graph_.conjunction(move.presumed, is_known(to.facts));
    std::size_t bit = bit_of[move.to];
    also(system.next[bit], move.when);
    for (const Bundle& bundle : to.bundles) {
      Literal known = false_literal;
      for (std::size_t i = 0; i < bundle.tuples.size(); ++i) {
        const Literal is =
            graph_.conjunction(is_known(bundle.tuples[i].facts), has_values(pool_, bundle, i, move.cells, kept));
        known = graph_.disjunction(known, is);
        if (i > 0) also(system.next[++bit], graph_.conjunction(move.when, is));
      }
      expressed = graph_.conjunction(expressed, known);
    }
    if (loosening_ != nullptr) expressed = graph_.conjunction(expressed, is_usual(to, move.cells, kept));
    std::vector<ValueId> cells = usual_values(to);
    std::copy(move.cells.begin(), move.cells.end(), cells.begin());
    expressed = graph_.conjunction(expressed, relations_of(to, cells, kept));
    expressed = graph_.conjunction(expressed, is_closed(to, move.cells, kept));
    somewhere = graph_.disjunction(somewhere, move.when);
    also(system.outside, graph_.conjunction(move.when, negation(expressed)));
  }
  also(system.happens, location.happens);
  also(system.left_out, location.left_out);
  also(system.outside, executor_.excluded()[location.call]);
  somewhere = graph_.disjunction(somewhere, location.left_out);
  also(system.outside, graph_.conjunction(location.happens, negation(somewhere)));
  for (std::size_t goal = 0; goal < system.reached.size(); ++goal) also(system.reached[goal], location.reached[goal]);
}

/// What is not as at first.
std::string StateGraph::in_words(const Location& location) const {
  const std::vector<bool> is_free = free_cells_of(location);
  std::string words;
  for (std::uint32_t cell = 0; cell < location.cells.size(); ++cell) {
    if (is_free[cell]) continue;
    const std::string text = in_words(location, cell, location.cells[cell]);
    if (!text.empty()) words += (words.empty() ? "" : ", ") + text;
  }
  return words.empty() ? "as at first" : words;
}

std::string StateGraph::in_words(const Location& location, const Bundle& bundle, std::size_t tuple) const {
  std::string words;
  for (std::size_t i = 0; i < bundle.cells.size(); ++i) {
    const std::string text = in_words(location, bundle.cells[i], bundle.tuples[tuple].values[i]);
    if (!text.empty()) words += (words.empty() ? "" : ", ") + text;
  }
  return words.empty() ? "as at first" : words;
}

/// Empty when the cell is as at first, or does not concern a reader.
std::string StateGraph::in_words(const Location& location, std::uint32_t cell, ValueId value) const {
  const auto& cases = pool_.cases(value);
  const std::int32_t number = cases.front().value;
  if (cell < tracked_.size()) {
    const VariableInfo& variable = program_.variables[tracked_[cell]];
    if (variable.scope == Scope::shadow || (cases.size() == 1 && number == variable.initial)) return "";
    if (cases.size() > 1) return variable.name + " by configuration";
    return variable.is_boolean ? (number == 0 ? "not " : "") + variable.name
                               : variable.name + " is " + std::to_string(number);
  }
  for (ListId list = 0; list < location.lists.size(); ++list) {
    for (const PossibleEntry& entry : location.lists[list]) {
      if (entry.present != cell || (cases.size() == 1 && number == 0)) continue;
      return program_.procedures[entry.procedure].name + " on " + program_.lists[list].name +
             (cases.size() > 1 ? " by configuration" : "");
    }
  }
  return "";
}

}  // namespace tenure
