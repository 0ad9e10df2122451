#include "encoders/state_graph.h"

#include <algorithm>
#include <utility>

namespace tenure {

namespace {

constexpr std::size_t most_locations = 2000;
constexpr std::size_t longest_list = 256;
/// How often the same calls may stand on a list in a row; more copies count as these.
constexpr std::size_t most_copies = 16;
constexpr std::size_t longest_repeated = 8;

}  // namespace

StateGraph::StateGraph(const Program& program, ValuePool& pool, RecordedAnswers* given)
    : program_(program),
      pool_(pool),
      graph_(pool.graph()),
      given_(given),
      executor_(program, pool),
      initial_(executor_.initial()),
      open_formulas_(pool.graph()),
      first_open_(static_cast<std::uint32_t>(graph_.size())) {
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    const VariableInfo& variable = program.variables[v];
    if (variable.scope != Scope::fixed && variable.scope != Scope::local && variable.is_read) tracked_.push_back(v);
  }
  for (const TermId condition : program.life_cycle) find_control(condition);
  Location first;
  for (const VariableId v : control_) first.control.push_back(pool_.cases(initial_.values[v]).front().value);
  for (const VariableId v : tracked_) first.cells.push_back(initial_.values[v]);
  first.lists.resize(program.lists.size());
  location_ids_.emplace(first.control, initial);
  locations_.push_back(std::move(first));
  wait(initial);
}

void StateGraph::find_control(TermId id) {
  const Term& term = program_.terms[id];
  if (term.kind == Term::Kind::variable && term.variable.index == none) {
    const VariableId variable = term.variable.first;
    const bool is_known = std::find(control_.begin(), control_.end(), variable) != control_.end();
    if (!is_known && program_.variables[variable].scope != Scope::fixed) control_.push_back(variable);
  }
  for (const TermId operand : term.operands) {
    if (operand != none) find_control(operand);
  }
}

void StateGraph::wait(std::uint32_t id) {
  if (std::find(waiting_.begin(), waiting_.end(), id) == waiting_.end()) waiting_.push_back(id);
}

bool StateGraph::explore(const QueryLimits& limits) {
  while (!waiting_.empty()) {
    const std::uint32_t id = waiting_.front();
    waiting_.erase(waiting_.begin());
    if (explore_location(id, limits)) continue;
    wait(id);
    forget_waiting();
    return false;
  }
  return true;
}

/// What was explored of locations that have changed since is no longer true of them.
void StateGraph::forget_waiting() {
  for (const std::uint32_t id : waiting_) {
    locations_[id].moves.clear();
    locations_[id].reached.clear();
  }
}

SymbolicState StateGraph::state_at(const Location& location) const {
  SymbolicState state = initial_;
  for (std::size_t i = 0; i < tracked_.size(); ++i) state.values[tracked_[i]] = location.cells[i];
  for (ListId list = 0; list < location.lists.size(); ++list) {
    std::vector<Slot> slots;
    for (const PossibleEntry& entry : location.lists[list]) {
      slots.push_back({entry.procedure, {}, pool_.truth(location.cells[entry.present])});
      for (const std::uint32_t argument : entry.arguments) slots.back().arguments.push_back(location.cells[argument]);
    }
    state.lists[list] = pool_.make_slots(std::move(slots));
  }
  state.here = facts_of(location);
  return state;
}

bool StateGraph::explore_location(std::uint32_t id, const QueryLimits& limits) {
  Location explored = locations_[id];
  explored.moves.clear();
  explored.happens = false_literal;
  explored.reached.assign(program_.goals.size(), false_literal);
  explored.call = executor_.choices().size();
  if (given_ != nullptr) {
    solver_ = std::make_unique<RecordedSolver>(graph_, *given_);
  } else {
    solver_ = std::make_unique<SatSolver>(graph_);
  }
  solver_->record(record_);
  solver_->set_limits(limits);
  executor_.ask(*solver_);
  executor_.set_limits(limits);
  SymbolicState before = state_at(explored);
  executor_.assume(before, explored.facts);
  const std::vector<SymbolicState> results = executor_.any_event(before);
  reason_ = executor_.reason();
  if (!reason_.empty()) return false;
  for (const SymbolicState& after : results) {
    reason_ = limits.reached();
    if (!reason_.empty() || !arrive(after, explored)) return false;
    explored.happens = graph_.disjunction(explored.happens, after.here);
    for (std::size_t goal = 0; goal < explored.reached.size(); ++goal) {
      const Literal reached = graph_.conjunction(after.here, after.reached[goal]);
      explored.reached[goal] = graph_.disjunction(explored.reached[goal], reached);
    }
  }
  // Meanwhile more may have come to the location.
  Location& now = locations_[id];
  now.moves = std::move(explored.moves);
  now.happens = explored.happens;
  now.reached = std::move(explored.reached);
  now.call = explored.call;
  return true;
}

/// Splits what comes out of an event by the locations that it comes to, asking for one more until there is none.
bool StateGraph::arrive(const SymbolicState& after, Location& from) {
  Literal rest = after.here;
  while (rest != false_literal) {
    const Satisfiability answer = find_model(rest);
    if (answer != Satisfiability::satisfiable) return answer == Satisfiability::unsatisfiable;
    Arrival arrival = arrival_in_model(after);
    rest = graph_.conjunction(rest, negation(arrival.when));
    SymbolicState there = after;
    executor_.assume(there, {arrival.when});
    if (!lay_out(arrival, there)) return false;
    if (arrival.is_first) begin(arrival, from);
    free_cells(arrival);
    if (!cover(arrival, from)) return false;
    from.moves.push_back({arrival.to, arrival.when, std::move(arrival.cells), arrival.presumed});
    if (locations_.size() > most_locations) {
      reason_ = "more than " + std::to_string(most_locations) + " locations";
      return false;
    }
  }
  return true;
}

/// Solver::find_model(), with the reason kept when there is no answer.
Satisfiability StateGraph::find_model(Literal literal) {
  const Satisfiability answer = solver_->find_model(literal);
  if (answer == Satisfiability::unknown) reason_ = solver_->reason();
  return answer;
}

StateGraph::Arrival StateGraph::arrival_in_model(const SymbolicState& after) {
  Arrival arrival;
  arrival.when = after.here;
  std::vector<std::int32_t> control;
  for (const VariableId v : control_) {
    const std::vector<Case>& cases = pool_.cases(after.values[v]);
    auto taken = std::find_if(cases.begin(), cases.end(), [&](const Case& each) { return solver_->value(each.when); });
    if (taken == cases.end()) taken = cases.begin();
    arrival.when = graph_.conjunction(arrival.when, taken->when);
    control.push_back(taken->value);
  }
  const auto [found, is_new] = location_ids_.try_emplace(control, locations());
  arrival.to = found->second;
  arrival.is_first = is_new;
  if (is_new) {
    locations_.emplace_back();
    locations_.back().control = std::move(control);
    locations_.back().lists.resize(program_.lists.size());
    locations_.back().cells.assign(tracked_.size(), pool_.constant(0));
    wait(arrival.to);
  }
  return arrival;
}

/// Puts what arrives into the location's cells, making room for what is on a list for the first time.
bool StateGraph::lay_out(Arrival& arrival, const SymbolicState& state) {
  Location& location = locations_[arrival.to];
  arrival.cells = usual_values(location);
  for (std::size_t i = 0; i < tracked_.size(); ++i) arrival.cells[i] = state.values[tracked_[i]];
  const ValueId zero = pool_.constant(0);
  const auto new_cell = [&](ValueId value) {
    location.cells.push_back(is_open(value) ? zero : value);
    arrival.cells.push_back(value);
    return static_cast<std::uint32_t>(location.cells.size() - 1);
  };
  for (ListId list = 0; list < state.lists.size(); ++list) {
    std::vector<PossibleEntry>& entries = location.lists[list];
    std::vector<Slot> slots = compacted(pool_.slots(state.lists[list]));
    if (slots.size() > entries.size() && !join_exclusive(slots, arrival)) return false;
    slots = cut(std::move(slots), list);
    if (!reason_.empty()) return false;
    const auto same = [&](std::size_t i, std::size_t j) { return entries[i].procedure == slots[j].procedure; };
    std::vector<PossibleEntry> merged;
    for (const auto& [i, j] : merged_order(entries.size(), slots.size(), same)) {
      if (i != none) {
        merged.push_back(std::move(entries[i]));
      } else {
        merged.push_back({slots[j].procedure, new_cell(zero), {}});
        for (const ValueId argument : slots[j].arguments) merged.back().arguments.push_back(new_cell(argument));
      }
      arrival.cells[merged.back().present] = j == none ? zero : pool_.boolean(slots[j].present);
      for (std::size_t k = 0; j != none && k < slots[j].arguments.size(); ++k) {
        // What is not there has the usual arguments, so that they tell no states apart.
        const std::uint32_t cell = merged.back().arguments[k];
        const ValueId usual = i == none ? location.cells[cell] : arrival.cells[cell];
        arrival.cells[cell] = pool_.choice(slots[j].present, slots[j].arguments[k], usual);
      }
    }
    entries = std::move(merged);
  }
  return true;
}

/// Of neighbours that are the same call with the same arguments, the first ones are there.
std::vector<Slot> StateGraph::compacted(const std::vector<Slot>& slots) {
  std::vector<Slot> all;
  std::size_t first = 0;  // of those that are the same as the last
  for (const Slot& slot : slots) {
    if (all.empty() || all.back().procedure != slot.procedure || all.back().arguments != slot.arguments)
      first = all.size();
    Literal more = slot.present;
    for (std::size_t i = first; i < all.size(); ++i) {
      const Literal there = all[i].present;
      all[i].present = graph_.disjunction(there, more);
      more = graph_.conjunction(there, more);
    }
    all.push_back({slot.procedure, slot.arguments, more});
    if (more == false_literal) all.pop_back();
  }
  return all;
}

/// Takes off what is never there, and joins neighbours that are the same call and never there together.
bool StateGraph::join_exclusive(std::vector<Slot>& slots, Arrival& arrival) {
  const auto can_be = [&](Literal there) {
    if (there == true_literal || there == false_literal) return there == true_literal;
    const Satisfiability answer = find_model(graph_.conjunction(arrival.when, there));
    if (answer != Satisfiability::unsatisfiable) return true;
    arrival.presumed = graph_.conjunction(arrival.presumed, negation(there));
    return false;
  };
  std::erase_if(slots, [&](const Slot& slot) { return reason_.empty() && !can_be(slot.present); });
  for (std::size_t i = 0; i + 1 < slots.size() && reason_.empty();) {
    const Slot& next = slots[i + 1];
    if (slots[i].procedure != next.procedure || can_be(graph_.conjunction(slots[i].present, next.present))) {
      ++i;
      continue;
    }
    for (std::size_t k = 0; k < next.arguments.size(); ++k)
      slots[i].arguments[k] = pool_.choice(slots[i].present, slots[i].arguments[k], next.arguments[k]);
    slots[i].present = graph_.disjunction(slots[i].present, next.present);
    slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return reason_.empty();
}

/// Calls that stand on a list more than `most_copies` times in a row, or twice as often at all, are taken off it.
std::vector<Slot> StateGraph::cut(std::vector<Slot> slots, ListId list) {
  if (slots.size() > longest_list) reason_ = "a list may have more than " + std::to_string(longest_list) + " entries";
  const auto can_be_same = [&](ValueId a, ValueId b) { return pool_.equal(a, b) != false_literal; };
  const auto is_copy = [&](const Slot& a, const Slot& b) {
    return a.procedure == b.procedure &&
           std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), can_be_same);
  };
  for (std::size_t length = 1; length <= longest_repeated; ++length) {
    std::size_t same = 0;  // how many slots before i are copies of those `length` before them
    for (std::size_t i = length; i < slots.size();) {
      same = is_copy(slots[i], slots[i - length]) ? same + 1 : 0;
      if (same < most_copies * length) {
        ++i;
        continue;
      }
      growing_lists_.insert(list);
      const auto first = slots.begin() + static_cast<std::ptrdiff_t>(i + 1 - length);
      slots.erase(first, first + static_cast<std::ptrdiff_t>(length));
      same -= length;
      i = i + 1 - length;
    }
  }
  for (std::size_t i = slots.size(); i-- > 2 * most_copies;) {
    const auto at = slots.begin() + static_cast<std::ptrdiff_t>(i);
    const auto copies = std::count_if(slots.begin(), at, [&](const Slot& before) { return is_copy(*at, before); });
    if (static_cast<std::size_t>(copies) < 2 * most_copies) continue;
    growing_lists_.insert(list);
    slots.erase(at);
  }
  return slots;
}

std::vector<std::uint32_t> StateGraph::fewest_events() const {
  std::vector<std::uint32_t> fewest(program_.goals.size(), UINT32_MAX);
  std::vector<std::uint32_t> distance(locations_.size(), UINT32_MAX);
  std::vector<std::uint32_t> queue{initial};
  distance[initial] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const Location& location = locations_[queue[i]];
    const std::uint32_t events = distance[queue[i]] + 1;
    for (std::size_t goal = 0; goal < location.reached.size(); ++goal) {
      if (location.reached[goal] != false_literal) fewest[goal] = std::min(fewest[goal], events);
    }
    for (const Move& move : location.moves) {
      if (distance[move.to] != UINT32_MAX) continue;
      distance[move.to] = events;
      queue.push_back(move.to);
    }
  }
  return fewest;
}

std::set<std::string> StateGraph::cuts() const {
  std::set<std::string> cuts = executor_.cuts();
  for (const ListId list : growing_lists_) {
    cuts.insert(program_.lists[list].name + ": of calls that are on it again and again only " +
                std::to_string(most_copies) + " copies were followed");
  }
  return cuts;
}

}  // namespace tenure
