#include <algorithm>

#include "encoders/state_graph.h"

// The explored graph as a transition system, and what its bits mean in the words of the model.
namespace tenure {

namespace {

/// The bits of a value that inputs say.
void add_bits(std::vector<StateBit>& bits, const FreeValue& value, const std::string& name, bool is_boolean,
              const StateBit& kind, const std::function<bool(std::int32_t)>& initial) {
  for (std::size_t i = 0; i < value.inputs.size(); ++i) {
    const std::string is = is_boolean ? name : name + " is " + std::to_string(value.values[i + 1]);
    const std::string is_not = is_boolean ? "not " + name : name + " is not " + std::to_string(value.values[i + 1]);
    StateBit bit = kind;
    bit.input = value.inputs[i];
    bit.initial = initial(value.values[i + 1]);
    bit.holds = is_boolean && value.values[i + 1] == 0 ? is_not : is;
    bit.fails = is_boolean && value.values[i + 1] == 0 ? is : is_not;
    bits.push_back(std::move(bit));
  }
}

}  // namespace

TransitionSystem StateGraph::transition_system() const {
  TransitionSystem system;
  std::size_t next_fixed = 0;
  for (const VariableInfo& variable : program_.variables) {
    if (variable.scope != Scope::fixed) continue;
    StateBit kind;
    kind.is_fixed = true;
    add_bits(system.bits, fixed()[next_fixed++], variable.name, variable.is_boolean, kind, [](auto) { return false; });
  }
  const std::size_t fixed_bits = system.bits.size();
  std::vector<std::uint32_t> live;
  std::vector<std::size_t> bit_of(locations_.size(), SIZE_MAX);
  Literal none_before = true_literal;
  for (std::uint32_t id = 0; id < locations_.size(); ++id) {
    const Location& location = locations_[id];
    if (location.merged_into != none || location.reached.empty()) continue;
    live.push_back(id);
    bit_of[id] = system.bits.size();
    const Literal bit = graph_.input();
    system.well_formed = graph_.conjunction(system.well_formed, graph_.disjunction(none_before, negation(bit)));
    none_before = graph_.conjunction(none_before, negation(bit));
    const std::string words = in_words(location);
    system.bits.push_back({bit, false, id == initial(), words, "not (" + words + ")"});
    for (const FreeCell& free : location.free) {
      const bool is_variable = free.cell < tracked_.size();
      const bool is_boolean = is_variable && program_.variables[tracked_[free.cell]].is_boolean;
      const auto initially = [&](std::int32_t value) {
        return id == initial() && pool_.cases(initial_cells()[free.cell]).front().value == value;
      };
      add_bits(system.bits, free.value, name_of_cell(free.cell), is_boolean, {}, initially);
    }
  }
  system.well_formed = graph_.conjunction(system.well_formed, negation(none_before));
  const auto facts_of = [&](std::uint32_t id) {
    Literal facts = true_literal;
    for (const Literal fact : locations_[id].facts) facts = graph_.conjunction(facts, fact);
    return facts;
  };
  for (const std::uint32_t id : live) {
    const Literal here = system.bits[bit_of[id]].input;
    system.well_formed = graph_.conjunction(system.well_formed, graph_.disjunction(negation(here), facts_of(id)));
  }
  system.next.assign(system.bits.size(), false_literal);
  for (std::size_t i = 0; i < fixed_bits; ++i) system.next[i] = system.bits[i].input;
  system.reached.assign(program_.goals.size(), false_literal);
  for (const std::uint32_t id : live) {
    const Location& location = locations_[id];
    const Literal here = system.bits[bit_of[id]].input;
    const auto also = [&](Literal& formula, Literal more) {
      formula = graph_.disjunction(formula, graph_.conjunction(here, more));
    };
    Literal somewhere = false_literal;
    for (const Move& move : location.moves) {
      const std::uint32_t to = resolve(move.to);
      if (bit_of[to] == SIZE_MAX) continue;
      Literal expressed = facts_of(to);
      std::size_t bit = bit_of[to];
      also(system.next[bit], move.when);
      for (const FreeCell& free : locations_[to].free) {
        Literal known = false_literal;
        for (std::size_t i = 0; i < free.value.values.size(); ++i) {
          const Literal is = pool_.equal(move.cells[free.cell], pool_.constant(free.value.values[i]));
          known = graph_.disjunction(known, is);
          if (i > 0) also(system.next[++bit], graph_.conjunction(move.when, is));
        }
        expressed = graph_.conjunction(expressed, known);
      }
      somewhere = graph_.disjunction(somewhere, move.when);
      also(system.outside, graph_.conjunction(move.when, negation(expressed)));
    }
    also(system.happens, location.happens);
    also(system.outside, graph_.conjunction(location.happens, negation(somewhere)));
    for (std::size_t goal = 0; goal < system.reached.size(); ++goal) also(system.reached[goal], location.reached[goal]);
  }
  return system;
}

std::string StateGraph::name_of_cell(std::uint32_t cell) const {
  return cell < tracked_.size() ? program_.variables[tracked_[cell]].name : "an argument on a list";
}

std::string StateGraph::in_words(const Location& location) const {
  std::string words;
  const auto add = [&](const std::string& text) { words += (words.empty() ? "" : ", ") + text; };
  std::vector<bool> is_free(location.cells.size(), false);
  for (const FreeCell& free : location.free) is_free[free.cell] = true;
  for (std::size_t cell = 0; cell < tracked_.size(); ++cell) {
    const VariableInfo& variable = program_.variables[tracked_[cell]];
    if (variable.scope == Scope::shadow || is_free[cell]) continue;
    const auto& cases = pool_.cases(location.cells[cell]);
    if (cases.size() == 1 && cases.front().value == variable.initial) continue;
    if (cases.size() > 1) {
      add(variable.name + " by configuration");
    } else {
      add(variable.is_boolean ? (cases.front().value == 0 ? "not " : "") + variable.name
                              : variable.name + " is " + std::to_string(cases.front().value));
    }
  }
  const Shape& shape = groups_[location.group].shape;
  for (ListId list = 0; list < shape.lists.size(); ++list) {
    const std::size_t entries = shape.lists[list].size();
    if (entries != 0) add(std::to_string(entries) + " entries on " + program_.lists[list].name);
  }
  return words.empty() ? "as at first" : words;
}

}  // namespace tenure
