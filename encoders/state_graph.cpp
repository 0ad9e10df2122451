#include "encoders/state_graph.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tenure {

namespace {

constexpr std::size_t most_locations = 2000;
/// Locations of one shape; more are joined to one, in which values are free.
constexpr std::size_t most_alike = 24;
constexpr std::size_t longest_list = 256;
/// How often the same calls may stand on a list in a row; more copies count as these.
constexpr std::size_t most_copies = 8;
constexpr std::size_t longest_repeated = 8;

}  // namespace

StateGraph::StateGraph(const Program& program, ValuePool& pool, Solver& solver)
    : program_(program),
      pool_(pool),
      graph_(pool.graph()),
      solver_(solver),
      executor_(program, pool),
      initial_(executor_.initial()),
      first_open_(static_cast<std::uint32_t>(graph_.size())) {
  depends_.assign(graph_.size(), 0);
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    const VariableInfo& variable = program.variables[v];
    if (variable.scope != Scope::fixed && variable.scope != Scope::local && variable.is_read) tracked_.push_back(v);
  }
  find_control(program.quiescent);
  find_control(program.final);
  for (const ProgramEvent& event : program.events) find_control(event.guard);
  Arrival first;
  Shape shape;
  for (const VariableId v : control_) shape.control.push_back(pool_.cases(initial_.values[v]).front().value);
  shape.lists.resize(program.lists.size());
  for (const VariableId v : tracked_) first.cells.push_back(initial_.values[v]);
  first.key = first.cells;
  first.group = group_of(std::move(shape));
  location_at(first, {});
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

std::uint32_t StateGraph::resolve(std::uint32_t id) const {
  while (locations_[id].merged_into != none) id = locations_[id].merged_into;
  return id;
}

bool StateGraph::explore(const QueryLimits& limits) {
  solver_.set_limits(limits);
  while (!waiting_.empty()) {
    const std::uint32_t id = *waiting_.begin();
    waiting_.erase(waiting_.begin());
    if (explore_location(id, limits)) continue;
    waiting_.insert(id);
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
  std::size_t cell = 0;
  for (const VariableId v : tracked_) state.values[v] = location.cells[cell++];
  const Shape& shape = groups_[location.group].shape;
  for (ListId list = 0; list < shape.lists.size(); ++list) {
    std::vector<Slot> slots;
    for (const auto& [procedure, present] : shape.lists[list]) {
      Slot slot{procedure, {}, present};
      const std::size_t arguments = program_.procedures[procedure].parameters.size();
      for (std::size_t i = 0; i < arguments; ++i) slot.arguments.push_back(location.cells[cell++]);
      slots.push_back(std::move(slot));
    }
    state.lists[list] = pool_.make_slots(std::move(slots));
  }
  return state;
}

bool StateGraph::explore_location(std::uint32_t id, const QueryLimits& limits) {
  Location explored = locations_[id];
  explored.moves.clear();
  explored.happens = false_literal;
  explored.reached.assign(program_.goals.size(), false_literal);
  explored.call = executor_.choices().size();
  SymbolicState state = state_at(explored);
  for (const Literal fact : explored.facts) state.here = graph_.conjunction(state.here, fact);
  executor_.assume(state, explored.facts);
  std::vector<SymbolicState> before;
  before.push_back(std::move(state));
  for (const SymbolicState& after : executor_.any_event(before)) {
    if (limits.deadline > 0 && seconds_now() > limits.deadline) reason_ = "time limit reached";
    if (!reason_.empty() || !arrive(after, explored)) return false;
    explored.happens = graph_.disjunction(explored.happens, after.here);
    for (std::size_t goal = 0; goal < explored.reached.size(); ++goal) {
      const Literal reached = graph_.conjunction(after.here, after.reached[goal]);
      explored.reached[goal] = graph_.disjunction(explored.reached[goal], reached);
    }
  }
  // Meanwhile the location may have lost facts, got more values or become part of another one.
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
    const Satisfiability answer = solver_.check({rest});
    if (answer == Satisfiability::unknown) reason_ = solver_.reason();
    if (answer == Satisfiability::unknown) return false;
    if (answer == Satisfiability::unsatisfiable) return true;
    solver_.read_model();
    const Arrival arrival = arrival_in_model(after);
    const std::uint32_t to = location_at(arrival, facts_on(from, arrival.when));
    if (!cover(to, arrival)) return false;
    rest = graph_.conjunction(rest, negation(arrival.when));
    from.moves.push_back({to, arrival.when, arrival.cells});
    if (groups_[arrival.group].members.size() > most_alike) join(arrival.group);
    if (locations_.size() > most_locations) {
      reason_ = "more than " + std::to_string(most_locations) + " states between events";
      return false;
    }
  }
  return true;
}

/// The value where it is closed; else the one that it has in the model, which is added to `when`.
ValueId StateGraph::closed_value(ValueId value, Literal& when) {
  const std::vector<Case> cases = pool_.cases(value);
  if (std::none_of(cases.begin(), cases.end(), [&](const Case& each) { return is_open(each.when); })) return value;
  for (const Case& each : cases) {
    if (!solver_.value(each.when)) continue;
    when = graph_.conjunction(when, each.when);
    return pool_.constant(each.value);
  }
  return pool_.constant(cases.front().value);
}

StateGraph::Arrival StateGraph::arrival_in_model(const SymbolicState& after) {
  Arrival arrival;
  arrival.when = after.here;
  Shape shape;
  for (const VariableId v : control_) {
    const std::vector<Case>& cases = pool_.cases(after.values[v]);
    for (const Case& each : std::vector<Case>(cases)) {
      if (!solver_.value(each.when)) continue;
      arrival.when = graph_.conjunction(arrival.when, each.when);
      shape.control.push_back(each.value);
      break;
    }
  }
  for (const VariableId v : tracked_) arrival.cells.push_back(after.values[v]);
  for (ListId list = 0; list < after.lists.size(); ++list) {
    std::vector<Slot> slots;
    for (Slot slot : std::vector<Slot>(pool_.slots(after.lists[list]))) {
      if (is_open(slot.present)) {
        const bool is_there = solver_.value(slot.present);
        arrival.when = graph_.conjunction(arrival.when, is_there ? slot.present : negation(slot.present));
        if (!is_there) continue;
        slot.present = true_literal;
      }
      slots.push_back(std::move(slot));
    }
    shape.lists.emplace_back();
    for (const Slot& slot : cut(std::move(slots), list)) {
      shape.lists.back().emplace_back(slot.procedure, slot.present);
      arrival.cells.insert(arrival.cells.end(), slot.arguments.begin(), slot.arguments.end());
    }
  }
  arrival.group = group_of(std::move(shape));
  if (groups_[arrival.group].whole != none) return arrival;
  for (const ValueId cell : arrival.cells) arrival.key.push_back(closed_value(cell, arrival.when));
  return arrival;
}

/// Calls that stand on a list more than `most_copies` times in a row are taken off it.
std::vector<Slot> StateGraph::cut(std::vector<Slot> slots, ListId list) {
  if (slots.size() > longest_list) reason_ = "a list may have more than " + std::to_string(longest_list) + " entries";
  for (std::size_t length = 1; length <= longest_repeated; ++length) {
    std::size_t same = 0;  // how many slots before i equal those `length` before them
    for (std::size_t i = length; i < slots.size();) {
      same = slots[i] == slots[i - length] ? same + 1 : 0;
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
  return slots;
}

std::uint32_t StateGraph::group_of(Shape shape) {
  const auto [found, is_new] = group_ids_.try_emplace(shape, static_cast<std::uint32_t>(groups_.size()));
  if (is_new) groups_.push_back({std::move(shape)});
  return found->second;
}

std::uint32_t StateGraph::location_at(const Arrival& arrival, const std::vector<Literal>& facts) {
  Group& group = groups_[arrival.group];
  if (group.whole != none) {
    add_facts(locations_[group.whole], group.whole, facts);
    for (std::uint32_t cell = 0; cell < arrival.cells.size(); ++cell)
      free_if_different(group.whole, cell, arrival.cells[cell]);
    return group.whole;
  }
  const auto [found, is_new] = group.members.try_emplace(arrival.key, static_cast<std::uint32_t>(locations_.size()));
  if (!is_new) {
    add_facts(locations_[found->second], found->second, facts);
    return found->second;
  }
  Location location;
  location.group = arrival.group;
  location.cells = arrival.key;
  location.facts = facts;
  waiting_.insert(found->second);
  locations_.push_back(std::move(location));
  return found->second;
}

/// Makes a value of a location free, unless it is free already or always the same.
void StateGraph::free_if_different(std::uint32_t id, std::uint32_t cell, ValueId value) {
  Location& location = locations_[id];
  const auto is_cell = [&](const FreeCell& free) { return free.cell == cell; };
  if (location.cells[cell] == value || std::any_of(location.free.begin(), location.free.end(), is_cell)) return;
  location.free.push_back({cell, pool_.fresh(values_of(location.cells[cell]))});
  location.cells[cell] = location.free.back().value.value;
  waiting_.insert(id);
}

std::vector<std::int32_t> StateGraph::values_of(ValueId value) const {
  std::vector<std::int32_t> values;
  for (const Case& each : pool_.cases(value)) values.push_back(each.value);
  return values;
}

/// Keeps of what is known about a location what holds on this way to it, too.
void StateGraph::add_facts(Location& location, std::uint32_t id, const std::vector<Literal>& facts) {
  std::vector<Literal> common;
  std::set_intersection(location.facts.begin(), location.facts.end(), facts.begin(), facts.end(),
                        std::back_inserter(common));
  if (common.size() == location.facts.size()) return;
  location.facts = std::move(common);
  waiting_.insert(id);
}

void StateGraph::add_values(Location& location, FreeCell& free, const std::vector<std::int32_t>& more) {
  std::vector<std::int32_t> values = free.value.values;
  for (const std::int32_t value : more) {
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  if (values.size() == free.value.values.size()) return;
  free.value = pool_.fresh(values);
  location.cells[free.cell] = free.value.value;
}

/// Adds to the free values of a location those that arrive, asking for one more until there is none.
bool StateGraph::cover(std::uint32_t id, const Arrival& arrival) {
  for (;;) {
    Literal is_covered = true_literal;
    for (const FreeCell& free : locations_[id].free) {
      Literal any = false_literal;
      for (const Case& each : pool_.cases(arrival.cells[free.cell])) {
        const auto& known = free.value.values;
        if (std::find(known.begin(), known.end(), each.value) != known.end()) any = graph_.disjunction(any, each.when);
      }
      is_covered = graph_.conjunction(is_covered, any);
    }
    if (is_covered == true_literal) return true;
    const Satisfiability answer = solver_.check({arrival.when, negation(is_covered)});
    if (answer == Satisfiability::unknown) reason_ = solver_.reason();
    if (answer != Satisfiability::satisfiable) return answer == Satisfiability::unsatisfiable;
    solver_.read_model();
    for (FreeCell& free : locations_[id].free) {
      std::vector<std::int32_t> arriving;
      for (const Case& each : pool_.cases(arrival.cells[free.cell])) {
        if (solver_.value(each.when)) arriving.push_back(each.value);
      }
      add_values(locations_[id], free, arriving);
    }
    waiting_.insert(id);
  }
}

/// Joins the locations of a group to one: what they differ in becomes free.
void StateGraph::join(std::uint32_t id) {
  const auto whole = static_cast<std::uint32_t>(locations_.size());
  const std::map<std::vector<ValueId>, std::uint32_t> members = std::exchange(groups_[id].members, {});
  locations_.push_back(locations_[members.begin()->second]);
  for (const auto& [key, member] : members) {
    for (std::uint32_t cell = 0; cell < key.size(); ++cell) free_if_different(whole, cell, key[cell]);
    for (FreeCell& free : locations_[whole].free) add_values(locations_[whole], free, values_of(key[free.cell]));
    add_facts(locations_[whole], whole, locations_[member].facts);
    locations_[member].merged_into = whole;
    waiting_.erase(member);
  }
  groups_[id].members.emplace(locations_[whole].cells, whole);
  groups_[id].whole = whole;
  waiting_.insert(whole);
}

std::vector<Literal> StateGraph::facts_on(const Location& from, Literal when) {
  std::vector<Literal> facts = from.facts;
  for (const Literal literal : conjuncts(graph_, when)) {
    if (node_of(literal) != 0 && !is_open(literal)) facts.push_back(literal);
  }
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  return facts;
}

/// Whether a formula depends on decisions or free values, not on fixed variables alone.
bool StateGraph::is_open(Literal literal) {
  depends_.resize(std::max(depends_.size(), graph_.size()), -1);
  std::vector<std::uint32_t> work{node_of(literal)};
  while (!work.empty()) {
    const std::uint32_t id = work.back();
    if (depends_[id] >= 0) {
      work.pop_back();
      continue;
    }
    if (graph_.is_input(id)) {
      depends_[id] = 1;
      continue;
    }
    const std::uint32_t left = node_of(graph_.node(id).left);
    const std::uint32_t right = node_of(graph_.node(id).right);
    if (depends_[left] < 0) work.push_back(left);
    if (depends_[right] < 0) work.push_back(right);
    if (depends_[left] >= 0 && depends_[right] >= 0) depends_[id] = std::max(depends_[left], depends_[right]);
  }
  return depends_[node_of(literal)] == 1;
}

std::vector<std::uint32_t> StateGraph::fewest_events() const {
  std::vector<std::uint32_t> fewest(program_.goals.size(), UINT32_MAX);
  std::vector<std::uint32_t> distance(locations_.size(), UINT32_MAX);
  std::vector<std::uint32_t> queue{initial()};
  distance[queue.front()] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const Location& location = locations_[queue[i]];
    const std::uint32_t events = distance[queue[i]] + 1;
    for (std::size_t goal = 0; goal < location.reached.size(); ++goal) {
      if (location.reached[goal] != false_literal) fewest[goal] = std::min(fewest[goal], events);
    }
    for (const Move& move : location.moves) {
      const std::uint32_t to = resolve(move.to);
      if (distance[to] != UINT32_MAX) continue;
      distance[to] = events;
      queue.push_back(to);
    }
  }
  return fewest;
}

bool StateGraph::is_longer(const Shape& before, const Shape& after) {
  if (before.control != after.control) return false;
  std::size_t longer = 0;
  for (std::size_t list = 0; list < before.lists.size(); ++list) {
    const auto& part = before.lists[list];
    const auto& whole = after.lists[list];
    if (part == whole) continue;
    std::size_t next = 0;
    for (const auto& slot : whole) {
      if (next < part.size() && slot == part[next]) ++next;
    }
    if (next < part.size() || whole.size() == part.size()) return false;
    ++longer;
  }
  return longer == 1;
}

bool StateGraph::can_be_same(const Location& before, const Location& after) const {
  for (std::size_t cell = 0; cell < tracked_.size(); ++cell) {
    const std::vector<Case>& left = pool_.cases(before.cells[cell]);
    const std::vector<Case>& right = pool_.cases(after.cells[cell]);
    if (left.size() == 1 && right.size() == 1 && left.front().value != right.front().value) return false;
  }
  return true;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> StateGraph::growths() const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const Group& before : groups_) {
    for (const Group& after : groups_) {
      if (!is_longer(before.shape, after.shape)) continue;
      for (const auto& [key_before, first] : before.members) {
        for (const auto& [key_after, second] : after.members) {
          if (can_be_same(locations_[first], locations_[second])) pairs.emplace_back(first, second);
        }
      }
    }
  }
  return pairs;
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
