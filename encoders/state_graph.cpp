#include "encoders/state_graph.h"

#include <algorithm>
#include <iterator>

namespace tenure {

namespace {
constexpr std::size_t most_states = 250;
constexpr std::size_t longest_list = 128;
}  // namespace

StateGraph::StateGraph(const Program& program, const Modes& modes, ValuePool& pool, SolverContext& context)
    : program_(program),
      modes_(modes),
      pool_(pool),
      graph_(pool.graph()),
      context_(context),
      executor_(program, pool),
      initial_(executor_.initial()) {
  // The inputs made so far are those of the fixed variables.
  depends_.assign(graph_.size(), 0);
  state_of({initial_.values, initial_.lists}, {});
}

std::uint32_t StateGraph::state_of(Content content, const std::vector<Literal>& facts) {
  const auto [found, is_new] = ids_.try_emplace(std::move(content), static_cast<std::uint32_t>(states_.size()));
  const std::uint32_t id = found->second;
  if (is_new) {
    states_.emplace_back();
    states_.back().content = found->first;
    states_.back().words = in_words(found->first);
    states_.back().facts = facts;
    waiting_.insert(id);
    return id;
  }
  std::vector<Literal> common;
  std::set_intersection(states_[id].facts.begin(), states_[id].facts.end(), facts.begin(), facts.end(),
                        std::back_inserter(common));
  if (common.size() < states_[id].facts.size()) {
    states_[id].facts = std::move(common);
    waiting_.insert(id);
  }
  return id;
}

std::vector<Literal> StateGraph::facts_on(const StableState& from, Literal when) {
  std::vector<Literal> facts = from.facts;
  for (const Literal literal : conjuncts(graph_, when)) {
    if (node_of(literal) != 0 && !is_open(literal)) facts.push_back(literal);
  }
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  return facts;
}

bool StateGraph::explore(const QueryLimits& limits) {
  while (!waiting_.empty()) {
    const std::uint32_t id = *waiting_.begin();
    waiting_.erase(waiting_.begin());
    if (!explore_state(id, limits)) return false;
  }
  return true;
}

bool StateGraph::explore_state(std::uint32_t id, const QueryLimits& limits) {
  SymbolicState state = initial_;
  state.values = states_[id].content.values;
  state.lists = states_[id].content.lists;
  for (const Literal fact : states_[id].facts) state.here = graph_.conjunction(state.here, fact);
  executor_.assume(state, states_[id].facts);
  StableState explored = states_[id];
  explored.edges.clear();
  explored.happens = false_literal;
  explored.reached.assign(program_.goals.size(), false_literal);
  Solver solver(context_, graph_);
  solver.set_limits(limits);
  std::vector<SymbolicState> before;
  before.push_back(std::move(state));
  for (const SymbolicState& after : executor_.any_event(before)) {
    if (!enumerate(after, solver, explored)) {
      if (reason_.empty()) reason_ = solver.reason();
      return false;
    }
    for (const SlotsId list : after.lists) {
      if (pool_.slots(list).size() <= longest_list) continue;
      reason_ = "a list may have more than " + std::to_string(longest_list) + " entries";
      return false;
    }
  }
  // The state may have lost facts while it was explored; then it is explored again.
  explored.facts = states_[id].facts;
  states_[id] = std::move(explored);
  return true;
}

/// Splits what comes out of an event into states of one content each, asking for one more until there is none.
bool StateGraph::enumerate(const SymbolicState& after, Solver& solver, StableState& from) {
  Literal rest = after.here;
  for (;;) {
    const Satisfiability answer = solver.check({rest});
    if (answer == Satisfiability::unknown) return false;
    if (answer == Satisfiability::unsatisfiable) break;
    solver.read_model();
    std::vector<Literal> chosen;
    Content content = content_in_model(after, solver, chosen);
    Literal when = after.here;
    for (const Literal literal : chosen) when = graph_.conjunction(when, literal);
    from.edges.push_back({state_of(std::move(content), facts_on(from, when)), when});
    rest = graph_.conjunction(rest, negation(when));
    if (states_.size() > most_states) {
      reason_ = "more than " + std::to_string(most_states) + " states between events";
      return false;
    }
    if (chosen.empty()) break;
  }
  from.happens = graph_.disjunction(from.happens, after.here);
  for (std::size_t goal = 0; goal < from.reached.size(); ++goal) {
    const Literal reached = graph_.conjunction(after.here, after.reached[goal]);
    if (reached == false_literal || from.reached[goal] == reached) continue;
    const Satisfiability answer = solver.check({reached});
    if (answer == Satisfiability::unknown) return false;
    if (answer == Satisfiability::satisfiable) from.reached[goal] = graph_.disjunction(from.reached[goal], reached);
  }
  return true;
}

/// Whether a formula depends on decisions, not on fixed variables alone.
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

StateGraph::Content StateGraph::content_in_model(const SymbolicState& after, Solver& solver,
                                                 std::vector<Literal>& chosen) {
  const auto choose = [&](Literal literal) {
    chosen.push_back(solver.value(literal) ? literal : negation(literal));
    return solver.value(literal);
  };
  const auto closed_value = [&](ValueId value) {
    const std::vector<Case> cases = pool_.cases(value);
    const bool open = std::any_of(cases.begin(), cases.end(), [&](const Case& each) { return is_open(each.when); });
    if (!open) return value;
    ValueId result = pool_.constant(cases.front().value);
    for (const Case& each : cases) {
      if (!solver.value(each.when)) continue;
      choose(each.when);
      result = pool_.constant(each.value);
    }
    return result;
  };
  Content content;
  for (VariableId v = 0; v < after.values.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    if (variable.scope == Scope::fixed || variable.scope == Scope::local || !variable.is_read) {
      content.values.push_back(initial_.values[v]);
    } else {
      content.values.push_back(closed_value(after.values[v]));
    }
  }
  for (const SlotsId list : after.lists) {
    std::vector<Slot> slots;
    for (Slot slot : std::vector<Slot>(pool_.slots(list))) {
      if (is_open(slot.present)) {
        if (!choose(slot.present)) continue;
        slot.present = true_literal;
      }
      for (ValueId& argument : slot.arguments) argument = closed_value(argument);
      slots.push_back(std::move(slot));
    }
    content.lists.push_back(pool_.make_slots(std::move(slots)));
  }
  return content;
}

std::vector<std::uint32_t> StateGraph::fewest_events() const {
  std::vector<std::uint32_t> fewest(program_.goals.size(), UINT32_MAX);
  std::vector<std::uint32_t> distance(states_.size(), UINT32_MAX);
  std::vector<std::uint32_t> queue{0};
  distance[0] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const StableState& state = states_[queue[i]];
    const std::uint32_t events = distance[queue[i]] + 1;
    for (std::size_t goal = 0; goal < fewest.size(); ++goal) {
      if (state.reached[goal] != false_literal) fewest[goal] = std::min(fewest[goal], events);
    }
    for (const Edge& edge : state.edges) {
      if (distance[edge.to] != UINT32_MAX) continue;
      distance[edge.to] = events;
      queue.push_back(edge.to);
    }
  }
  return fewest;
}

TransitionSystem StateGraph::transition_system() const {
  TransitionSystem system;
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    if (variable.scope != Scope::fixed) continue;
    for (const Case& each : pool_.cases(initial_.values[v])) {
      if (!graph_.is_input(node_of(each.when)) || is_negated(each.when)) continue;
      const bool is_boolean = variable.is_boolean;
      const std::string is = variable.name + (is_boolean ? "" : " is " + std::to_string(each.value));
      system.bits.push_back({each.when, true, false, is,
                             is_boolean ? "not " + is : variable.name + " is not " + std::to_string(each.value)});
    }
  }
  const std::size_t fixed = system.bits.size();
  Literal none_before = true_literal;
  for (const StableState& state : states_) {
    const Literal bit = graph_.input();
    system.well_formed = graph_.conjunction(system.well_formed, graph_.disjunction(none_before, negation(bit)));
    none_before = graph_.conjunction(none_before, negation(bit));
    system.bits.push_back({bit, false, system.bits.size() == fixed, state.words, "not (" + state.words + ")"});
  }
  system.well_formed = graph_.conjunction(system.well_formed, negation(none_before));
  const auto facts_of = [&](const StableState& state) {
    Literal facts = true_literal;
    for (const Literal fact : state.facts) facts = graph_.conjunction(facts, fact);
    return facts;
  };
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const Literal here = system.bits[fixed + i].input;
    system.well_formed =
        graph_.conjunction(system.well_formed, graph_.disjunction(negation(here), facts_of(states_[i])));
  }
  system.next.assign(system.bits.size(), false_literal);
  for (std::size_t i = 0; i < fixed; ++i) system.next[i] = system.bits[i].input;
  system.reached.assign(program_.goals.size(), false_literal);
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const Literal here = system.bits[fixed + i].input;
    const auto also = [&](Literal& formula, Literal more) {
      formula = graph_.disjunction(formula, graph_.conjunction(here, more));
    };
    Literal somewhere = false_literal;
    for (const Edge& edge : states_[i].edges) {
      also(system.next[fixed + edge.to], edge.when);
      somewhere = graph_.disjunction(somewhere, edge.when);
      also(system.outside, graph_.conjunction(edge.when, negation(facts_of(states_[edge.to]))));
    }
    also(system.happens, states_[i].happens);
    also(system.outside, graph_.conjunction(states_[i].happens, negation(somewhere)));
    for (std::size_t goal = 0; goal < system.reached.size(); ++goal)
      also(system.reached[goal], states_[i].reached[goal]);
  }
  return system;
}

std::string StateGraph::in_words(const Content& content) const {
  std::string words;
  const auto add = [&](const std::string& text) { words += (words.empty() ? "" : ", ") + text; };
  for (VariableId v = 0; v < content.values.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    if (variable.scope == Scope::fixed || variable.scope == Scope::local || variable.scope == Scope::shadow) continue;
    const auto& cases = pool_.cases(content.values[v]);
    if (cases.size() == 1 && cases.front().value == variable.initial) continue;
    if (cases.size() > 1) {
      add(variable.name + " by configuration");
    } else {
      add(variable.is_boolean ? (cases.front().value == 0 ? "not " : "") + variable.name
                              : variable.name + " is " + std::to_string(cases.front().value));
    }
  }
  for (ListId list = 0; list < content.lists.size(); ++list) {
    const std::size_t entries = pool_.slots(content.lists[list]).size();
    if (entries != 0) add(std::to_string(entries) + " entries on " + program_.lists[list].name);
  }
  return words.empty() ? "as at first" : words;
}

}  // namespace tenure
