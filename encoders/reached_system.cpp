#include "encoders/reached_system.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "encoders/control.h"

namespace tenure {

namespace {

/// Something of a state: a variable, or a place of a list. Where it is always 0, no bits say what it is.
struct Cell {
  std::size_t index = 0;                 ///< in SymbolicState::values
  std::vector<StateAtoms::Value> atoms;  ///< that reachable states have
  FreeValue value = {};
  std::size_t first_bit = 0;
};

class SystemMaker {
 public:
  SystemMaker(const Program& program, ReachableStates& reachable, SymbolicExecutor& executor, ValuePool& pool)
      : program_(program),
        zdd_(reachable.zdd()),
        atoms_(reachable.atoms()),
        states_(reachable.states()),
        most_copies_(reachable.most_copies()),
        executor_(executor),
        pool_(pool),
        graph_(pool.graph()) {}

  TransitionSystem make();

 private:
  /// States with the same values of the variables that decide which events may happen.
  struct Part {
    std::vector<std::int32_t> control;
    SetId states;
  };

  std::vector<Literal> compacted(const SymbolicState& after, ListId list);
  Literal has_copies(const std::vector<Literal>& present, const std::vector<std::size_t>& places, std::size_t least);
  std::vector<bool> atoms_in(SetId states) const;
  void add_cells();
  void add_variable(VariableId variable, std::size_t& fixed);
  void know(const std::vector<StateAtoms::Value>& atoms, ValueId value);
  std::vector<Part> parts();
  void add_events(const Part& part);
  void arrive(const SymbolicState& arrived, Literal here);
  ValueId value_in(const Cell& cell, const std::vector<bool>& is_there, SetId states);
  Literal is_reachable();

  const Program& program_;
  Zdd& zdd_;
  const StateAtoms& atoms_;
  SetId states_;
  const std::map<ListId, std::size_t>& most_copies_;
  SymbolicExecutor& executor_;
  ValuePool& pool_;
  FormulaGraph& graph_;
  std::vector<bool> is_used_;  ///< by atom: whether reachable states have it
  SymbolicState initial_;
  std::vector<Cell> cells_;
  std::unordered_map<VariableId, std::size_t> cell_of_;
  std::unordered_map<Atom, Literal> has_;  ///< that the state has the atom
  std::vector<VariableId> control_;
  std::size_t halted_bit_ = 0;
  TransitionSystem system_;
};

/// By atom, whether some of the states have it.
std::vector<bool> SystemMaker::atoms_in(SetId states) const {
  std::vector<bool> is_there(zdd_.atoms(), false);
  for (const Atom atom : zdd_.atoms_of(states)) is_there[atom] = true;
  return is_there;
}

void SystemMaker::know(const std::vector<StateAtoms::Value>& atoms, ValueId value) {
  for (const auto& [number, atom] : atoms) has_[atom] = pool_.equal(value, pool_.constant(number));
}

void SystemMaker::add_variable(VariableId variable, std::size_t& fixed) {
  const VariableInfo& info = program_.variables[variable];
  if (info.scope == Scope::fixed) {
    const FreeValue& value = executor_.fixed()[fixed++];
    add_bits(system_, value, true, info.name, info.is_boolean);
    know(atoms_.values(variable), value.value);
    return;
  }
  if (info.scope == Scope::local || !atoms_.is_used(variable) || variable == program_.halted) return;
  Cell cell{variable, {}};
  std::vector<std::int32_t> values{info.initial};
  if (info.initial != 0) values.push_back(0);
  for (const StateAtoms::Value& each : atoms_.values(variable)) {
    if (!is_used_[each.atom]) continue;
    cell.atoms.push_back(each);
    if (each.value != info.initial) values.push_back(each.value);
  }
  if (!cell.atoms.empty()) {
    cell.value = pool_.fresh(values);
    cell.first_bit = system_.bits.size();
    add_bits(system_, cell.value, false, info.name, info.is_boolean);
    know(cell.atoms, cell.value.value);
  }
  cell_of_[variable] = cells_.size();
  cells_.push_back(std::move(cell));
}

void SystemMaker::add_cells() {
  std::size_t fixed = 0;
  for (VariableId variable = 0; variable < program_.variables.size(); ++variable) add_variable(variable, fixed);
  for (ListId list = 0; list < program_.lists.size(); ++list) {
    const std::vector<ListPlace>& places = atoms_.places(list);
    for (std::size_t i = 0; i < places.size(); ++i) {
      Cell cell{executor_.first_place(list) + i, {}};
      if (is_used_[places[i].atom]) {
        cell.atoms.push_back({1, places[i].atom});
        cell.value = pool_.fresh({0, 1});
        cell.first_bit = system_.bits.size();
        const std::string name = program_.procedures[places[i].procedure].name + " on " + program_.lists[list].name;
        add_bits(system_, cell.value, false, name, true);
        know(cell.atoms, cell.value.value);
      }
      cells_.push_back(std::move(cell));
    }
  }
  halted_bit_ = system_.bits.size();
  system_.bits.push_back({graph_.input(), false, false, "the run has ended", "the run has not ended"});
}

std::vector<SystemMaker::Part> SystemMaker::parts() {
  std::vector<Part> parts{{{}, states_}};
  for (const VariableId variable : control_) {
    std::vector<Part> finer;
    const auto add = [&](const Part& part, std::int32_t value, SetId states) {
      if (states == empty_set) return;
      finer.push_back({part.control, states});
      finer.back().control.push_back(value);
    };
    for (const Part& part : parts) {
      SetId rest = part.states;
      for (const auto& [value, atom] : atoms_.values(variable)) {
        add(part, value, zdd_.having(rest, atom));
        rest = zdd_.lacking(rest, atom);
      }
      add(part, 0, rest);
    }
    parts = std::move(finer);
  }
  return parts;
}

/// What a cell may be in these states: its only value, or those that it may have.
ValueId SystemMaker::value_in(const Cell& cell, const std::vector<bool>& is_there, SetId states) {
  if (cell.atoms.empty()) return pool_.constant(0);
  std::vector<std::int32_t> values;
  SetId zero = states;
  for (const auto& [value, atom] : cell.atoms) {
    if (!is_there[atom]) continue;
    values.push_back(value);
    zero = zdd_.lacking(zero, atom);
  }
  if (zero != empty_set) values.push_back(0);
  if (values.size() == 1) return pool_.constant(values.front());
  return pool_.restricted(cell.value.value, [&](std::int32_t value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  });
}

void SystemMaker::add_events(const Part& part) {
  const std::vector<bool> is_there = atoms_in(part.states);
  SymbolicState before = initial_;
  for (const Cell& cell : cells_) before.values[cell.index] = value_in(cell, is_there, part.states);
  before.values[program_.halted] = pool_.constant(0);
  Literal here = negation(system_.bits[halted_bit_].input);
  for (std::size_t i = 0; i < control_.size(); ++i) {
    const auto cell = cell_of_.find(control_[i]);
    if (cell == cell_of_.end() || cells_[cell->second].atoms.empty()) continue;
    here = graph_.conjunction(here, pool_.equal(cells_[cell->second].value.value, pool_.constant(part.control[i])));
  }
  for (const SymbolicState& after : executor_.any_event(before)) arrive(after, graph_.conjunction(here, after.here));
  const Literal excluded = graph_.conjunction(here, executor_.excluded().back());
  system_.outside = graph_.disjunction(system_.outside, excluded);
}

/// Which places of a list are taken after SetExecutor::compacted().
std::vector<Literal> SystemMaker::compacted(const SymbolicState& after, ListId list) {
  const std::vector<ListPlace>& places = atoms_.places(list);
  std::vector<Literal> present;
  for (std::size_t i = 0; i < places.size(); ++i)
    present.push_back(pool_.truth(after.values[executor_.first_place(list) + i]));
  for (std::size_t from = 1; from < places.size(); ++from) {
    for (const std::size_t to : earlier_places(places, from)) {
      Literal moved = present[from];
      for (std::size_t i = to; i < from; ++i)
        if (are_in_order(places, i, from)) moved = graph_.conjunction(moved, negation(present[i]));
      present[from] = graph_.conjunction(present[from], negation(moved));
      present[to] = graph_.disjunction(present[to], moved);
    }
  }
  return present;
}

Literal SystemMaker::has_copies(const std::vector<Literal>& present, const std::vector<std::size_t>& places,
                                std::size_t least) {
  std::vector<Literal> has(least + 1, false_literal);  // at least so many
  has[0] = true_literal;
  for (const std::size_t place : places) {
    for (std::size_t copies = least; copies-- > 0;)
      has[copies + 1] = graph_.disjunction(has[copies + 1], graph_.conjunction(has[copies], present[place]));
  }
  return has[least];
}

/// The run is in this state after an event, if it is here.
void SystemMaker::arrive(const SymbolicState& arrived, Literal here) {
  SymbolicState after = arrived;
  Literal left_out = false_literal;
  for (ListId list = 0; list < program_.lists.size(); ++list) {
    const std::vector<Literal> present = compacted(after, list);
    for (std::size_t i = 0; i < present.size(); ++i)
      after.values[executor_.first_place(list) + i] = pool_.boolean(present[i]);
    const auto most = most_copies_.find(list);
    if (most == most_copies_.end()) continue;
    for (const std::vector<std::size_t>& same : places_by_call(atoms_.places(list)))
      left_out = graph_.disjunction(left_out, has_copies(present, same, most->second + 1));
  }
  const auto also = [&](Literal& formula, Literal more) {
    formula = graph_.disjunction(formula, graph_.conjunction(here, more));
  };
  also(system_.happens, true_literal);
  for (std::size_t goal = 0; goal < system_.reached.size(); ++goal) also(system_.reached[goal], after.reached[goal]);
  const Literal halted = pool_.truth(after.values[program_.halted]);
  also(system_.next[halted_bit_], halted);
  here = graph_.conjunction(here, negation(halted));
  also(system_.left_out, left_out);
  here = graph_.conjunction(here, negation(left_out));
  for (const Cell& cell : cells_) {
    const ValueId value = after.values[cell.index];
    for (std::size_t i = 0; i < cell.value.inputs.size(); ++i)
      also(system_.next[cell.first_bit + i], pool_.equal(value, pool_.constant(cell.value.values[i + 1])));
    for (const Case& each : std::vector<Case>(pool_.cases(value))) {
      const auto& values = cell.value.values;
      const bool is_known =
          values.empty() ? each.value == 0 : std::find(values.begin(), values.end(), each.value) != values.end();
      if (!is_known) also(system_.outside, each.when);
    }
  }
}

/// That the bits are those of a reachable state: the diagram as a formula.
Literal SystemMaker::is_reachable() {
  const std::vector<Atom> order = zdd_.atoms_of(states_);
  std::unordered_map<Atom, std::size_t> place_of;
  for (std::size_t i = 0; i < order.size(); ++i) place_of[order[i]] = i;
  std::map<std::pair<std::size_t, std::size_t>, Literal> lacks;  // the atoms from one place to before another
  const auto lacks_all = [&](std::size_t first, std::size_t end) {
    Literal all = true_literal;
    for (std::size_t i = end; i-- > first;) {
      const auto [known, is_new] = lacks.try_emplace({i, end}, true_literal);
      if (is_new) known->second = graph_.conjunction(negation(has_.at(order[i])), all);
      all = known->second;
    }
    return all;
  };
  std::unordered_map<SetId, Literal> known;
  const std::function<Literal(SetId, std::size_t)> is_in = [&](SetId set, std::size_t place) -> Literal {
    if (set == empty_set) return false_literal;
    if (set == only_empty_combination) return lacks_all(place, order.size());
    const Zdd::Node node = zdd_.node(set);
    const std::size_t own = place_of.at(node.atom);
    auto found = known.find(set);
    if (found == known.end()) {
      const Literal with = is_in(node.with, own + 1);
      const Literal without = is_in(node.without, own + 1);
      found = known.emplace(set, graph_.choice(has_.at(node.atom), with, without)).first;
    }
    return graph_.conjunction(lacks_all(place, own), found->second);
  };
  return is_in(states_, 0);
}

TransitionSystem SystemMaker::make() {
  executor_.use_places(atoms_);
  initial_ = executor_.initial();
  is_used_ = atoms_in(states_);
  control_ = control_variables(program_);
  add_cells();
  system_.next.assign(system_.bits.size(), false_literal);
  for (std::size_t i = 0; i < system_.bits.size(); ++i)
    if (system_.bits[i].is_fixed) system_.next[i] = system_.bits[i].input;
  system_.reached.assign(program_.goals.size(), false_literal);
  system_.well_formed = graph_.disjunction(system_.bits[halted_bit_].input, is_reachable());
  system_.stays_well_formed = system_.well_formed;
  for (const Part& part : parts()) add_events(part);
  return std::move(system_);
}

}  // namespace

TransitionSystem reached_system(const Program& program, ReachableStates& reachable, SymbolicExecutor& executor,
                                ValuePool& pool) {
  return SystemMaker(program, reachable, executor, pool).make();
}

}  // namespace tenure
