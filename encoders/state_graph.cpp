#include "encoders/state_graph.h"

#include <algorithm>
#include <utility>

#include "encoders/control.h"

namespace tenure {

namespace {

constexpr std::size_t most_locations = 2000;

}  // namespace

StateGraph::StateGraph(const Program& program, ValuePool& pool, RecordedAnswers* given, Locations kind,
                       const SearchSolver& by)
    : program_(program),
      pool_(pool),
      graph_(pool.graph()),
      given_(given),
      by_(by),
      executor_(program, pool),
      initial_(executor_.initial()),
      open_formulas_(pool.graph()),
      first_open_(static_cast<std::uint32_t>(graph_.size())),
      kind_(kind),
      control_(control_variables(program)) {
  if (kind_ == Locations::by_control) samples_.emplace(program, control_);
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    const VariableInfo& variable = program.variables[v];
    if (variable.scope != Scope::fixed && variable.scope != Scope::local && variable.is_read) tracked_.push_back(v);
  }
  Location first;
  for (const VariableId v : control_) first.control.push_back(pool_.cases(initial_.values[v]).front().value);
  for (const VariableId v : tracked_) first.cells.push_back(initial_.values[v]);
  first.lists.resize(program.lists.size());
  expect(first);
  location_ids_.emplace(std::pair(events_, first.control), initial);
  first.is_known = true;
  locations_.push_back(std::move(first));
  wait(initial);
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
    return false;
  }
  return true;
}

bool StateGraph::explore_one_event(const QueryLimits& limits) {
  ++events_;
  for (const std::uint32_t id : std::exchange(waiting_, {})) {
    if (!explore_location(id, limits)) return false;
  }
  return true;
}

SymbolicState StateGraph::state_at(const Location& location) const {
  SymbolicState state = initial_;
  const std::vector<ValueId> cells = used_cells(location);
  for (std::size_t i = 0; i < tracked_.size(); ++i) state.values[tracked_[i]] = cells[i];
  for (ListId list = 0; list < location.lists.size(); ++list) {
    std::vector<Slot> slots;
    for (const PossibleEntry& entry : location.lists[list]) {
      slots.push_back({entry.procedure, {}, pool_.truth(cells[entry.present])});
      for (const std::uint32_t argument : entry.arguments) slots.back().arguments.push_back(cells[argument]);
    }
    state.lists[list] = pool_.make_slots(std::move(slots));
  }
  state.here = graph_.conjunction(location.here, facts_of(location, kept_));
  return state;
}

bool StateGraph::explore_location(std::uint32_t id, const QueryLimits& limits) {
  Location explored = locations_[id];
  explored.moves.clear();
  explored.presumptions.clear();
  explored.happens = false_literal;
  explored.left_out = false_literal;
  explored.reached.assign(program_.goals.size(), false_literal);
  explored.call = executor_.choices().size();
  if (given_ != nullptr) {
    solver_ = std::make_unique<RecordedSolver>(graph_, *given_);
  } else {
    solver_ = by_.make(graph_);
  }
  solver_->record(record_);
  solver_->set_limits(limits);
  executor_.ask(*solver_);
  executor_.set_limits(limits);
  SymbolicState before = state_at(explored);
  if (loosening_ == nullptr) executor_.assume(before, explored.facts);
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
  now.presumptions = std::move(explored.presumptions);
  now.left_out = explored.left_out;
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
    from.left_out = graph_.disjunction(from.left_out, arrival.left_out);
    if (arrival.left_out != false_literal) {
      const Satisfiability is_followed = find_model(arrival.when);
      if (is_followed == Satisfiability::unknown) return false;
      if (is_followed == Satisfiability::unsatisfiable) continue;
    }
    if (loosening_ != nullptr) {
      if (arrival.is_first) return false;
    } else if (kind_ == Locations::by_control_and_events) {
      join(arrival);
    } else {
      if (arrival.is_first) begin(arrival, from);
      free_cells(arrival);
      if (!cover(arrival, from)) return false;
    }
    from.presumptions.insert(from.presumptions.end(), arrival.presumptions.begin(), arrival.presumptions.end());
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
  if (loosening_ != nullptr) literal = graph_.conjunction(literal, loosening_->all);
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
  const auto [found, is_new] = location_ids_.try_emplace(std::pair(events_, control), locations());
  arrival.to = found->second;
  if (is_new) {
    locations_.emplace_back();
    locations_.back().control = std::move(control);
    if (kind_ == Locations::by_control_and_events) locations_.back().here = false_literal;
    locations_.back().lists.resize(program_.lists.size());
    locations_.back().cells.assign(tracked_.size(), pool_.constant(0));
    expect(locations_.back());
  }
  arrival.is_first = !locations_[arrival.to].is_known;
  return arrival;
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

}  // namespace tenure
