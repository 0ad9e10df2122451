#include "model/interpreter.h"

#include <algorithm>
#include <utility>

#include "model/diagnostic.h"
#include "model/group.h"

namespace tenure {

std::vector<std::int32_t> picks_between(std::int32_t low, std::int32_t high, bool only_lowest) {
  if (low >= high) return {low};
  const bool is_cut = leaves_out_picks(low, high, only_lowest);
  if (is_cut && only_lowest) high = low + few_picks - 1;
  std::vector<std::int32_t> picks{high};
  const std::int32_t most = is_cut ? few_picks : most_picks;
  for (std::int32_t value = low; value < high && static_cast<std::int32_t>(picks.size()) < most; ++value) {
    picks.push_back(value);
  }
  return picks;
}

bool leaves_out_picks(std::int32_t low, std::int32_t high, bool only_lowest) {
  return static_cast<std::int64_t>(high) - low >= (only_lowest ? few_picks : most_picks);
}

Interpreter::Interpreter(const Program& program) : program_(program) {
  terms_.reserve(program.terms.size());
  for (const Term& term : program.terms) {
    Code code{term.kind, term.op, term.operands[0], term.operands[1], term.operands[2]};
    if (term.kind == Term::Kind::constant) code.a = static_cast<std::uint32_t>(term.value);
    if (term.kind == Term::Kind::list_has || term.kind == Term::Kind::list_empty) {
      code.a = term.list;
      code.b = term.function;
    }
    if (term.kind == Term::Kind::variable) {
      code.a = term.variable.first;
      code.b = term.variable.count;
      code.c = term.variable.index;
    }
    terms_.push_back(code);
  }
  for (const Procedure& procedure : program.procedures) {
    first_node_.push_back(static_cast<std::uint32_t>(first_way_.size()));
    note_ways(procedure);
  }
  first_way_.push_back(static_cast<std::uint32_t>(ways_.size()));
}

/// What leads to the end of the procedure takes more than to go there.
void Interpreter::note_ways(const Procedure& procedure) {
  for (const Node& node : procedure.nodes) {
    first_way_.push_back(static_cast<std::uint32_t>(ways_.size()));
    if (!node.choice.empty()) continue;
    for (const std::uint32_t id : node.edges) {
      const Edge& edge = procedure.edges[id];
      const bool has_action =
          !std::holds_alternative<std::monostate>(edge.action) || procedure.nodes[edge.to].edges.empty();
      const bool is_told = edge.steps != 0 || std::holds_alternative<Reach>(edge.action);
      ways_.push_back({edge.guard, edge.to, id, has_action, is_told});
    }
  }
}

State Interpreter::initial() const {
  State state;
  state.lists.resize(program_.lists.size());
  for (const VariableInfo& variable : program_.variables) {
    const bool is_local = variable.scope == Scope::local;
    state.values.push_back(variable.scope == Scope::fixed ? variable.values.front() : is_local ? 0 : variable.initial);
  }
  return state;
}

bool Interpreter::enabled(const State& state, std::uint32_t event) const {
  return value(state, program_.events[event].guard) != 0;
}

VariableId Interpreter::resolve(const State& state, const Reference& reference) const {
  if (reference.index == none) return reference.first;
  const std::int32_t index = value(state, reference.index);
  if (index < 0 || static_cast<std::uint32_t>(index) >= reference.count) return none;
  return reference.first + static_cast<VariableId>(index);
}

std::int32_t Interpreter::value(const State& state, TermId id) const {
  const Code& code = terms_[id];
  switch (code.kind) {
    case Term::Kind::constant:
      return static_cast<std::int32_t>(code.a);
    case Term::Kind::variable: {
      const VariableId variable = code.c == none ? code.a : resolve(state, {code.a, code.b, code.c});
      return variable == none ? 0 : state.values[variable];
    }
    case Term::Kind::operation:
      return apply(state, code);
    case Term::Kind::list_empty:
      return state.lists[code.a].empty() ? 1 : 0;
    case Term::Kind::list_has:
      return std::any_of(
                 state.lists[code.a].begin(), state.lists[code.a].end(),
                 [&](const ListEntry& entry) { return program_.procedures[entry.procedure].function == code.b; })
                 ? 1
                 : 0;
  }
  throw InternalError("unknown kind of term");
}

std::int32_t Interpreter::apply(const State& state, const Code& code) const {
  const std::int32_t first = value(state, code.a);
  if (code.op == Operator::conditional) return value(state, first != 0 ? code.b : code.c);
  if (code.op == Operator::logical_and && first == 0) return 0;
  if (code.op == Operator::logical_or && first != 0) return 1;
  if (code.b == none) return tenure::apply(code.op, first, 0);
  return tenure::apply(code.op, first, value(state, code.b));
}

std::vector<std::int32_t> Interpreter::values(const State& state, const std::vector<TermId>& terms) const {
  std::vector<std::int32_t> values;
  values.reserve(terms.size());
  for (const TermId term : terms) values.push_back(value(state, term));
  return values;
}

void Interpreter::begin(Machine& machine, std::uint32_t event, CallObserver* observer) const {
  enter(machine, {program_.events[event].procedure, {}}, none, observer);
  settle(machine, observer);
}

void Interpreter::enter(Machine& machine, const ListEntry& call, ListId list, CallObserver* observer) const {
  const Procedure& procedure = program_.procedures[call.procedure];
  for (std::size_t i = 0; i < procedure.parameters.size(); ++i)
    machine.state.values[procedure.parameters[i]] = call.arguments[i];
  begin_procedure(machine, call.procedure);
  if (observer != nullptr) observer->entered(call, list);
}

/// The arguments go where the procedure takes them from, with nothing in between where nobody wants to know them.
void Interpreter::enter(Machine& machine, const Call& call, CallObserver* observer) const {
  if (observer != nullptr)
    return enter(machine, {call.procedure, values(machine.state, call.arguments)}, none, observer);
  const Procedure& procedure = program_.procedures[call.procedure];
  for (std::size_t i = 0; i < procedure.parameters.size(); ++i)
    machine.state.values[procedure.parameters[i]] = value(machine.state, call.arguments[i]);
  begin_procedure(machine, call.procedure);
}

void Interpreter::begin_procedure(Machine& machine, ProcedureId procedure) const {
  for (const VariableId local : program_.procedures[procedure].locals)
    machine.state.values[local] = program_.variables[local].initial;
  machine.state.values[program_.result] = 0;
  machine.frames.push_back({procedure, 0, {}, 0});
}

/// Makes the calls of a list that is being run and returns from procedures, until there is an edge to take or nothing
/// left.
void Interpreter::settle(Machine& machine, CallObserver* observer) const {
  while (!machine.frames.empty()) {
    Frame& frame = machine.frames.back();
    if (!frame.running.empty()) {
      const ListEntry newest = frame.running.back();
      frame.running.pop_back();
      enter(machine, newest, frame.running_list, observer);
      continue;
    }
    const Procedure& procedure = program_.procedures[frame.procedure];
    if (!procedure.nodes[frame.node].edges.empty()) return;
    for (const VariableId local : procedure.locals) machine.state.values[local] = 0;
    for (const VariableId parameter : procedure.parameters) machine.state.values[parameter] = 0;
    if (observer != nullptr) observer->left(frame.procedure);
    machine.frames.pop_back();
  }
}

std::vector<Option> Interpreter::options(const Machine& machine) const {
  std::vector<Option> options;
  this->options(machine, options);
  return options;
}

void Interpreter::options(const Machine& machine, std::vector<Option>& options) const {
  options.clear();
  if (machine.frames.empty()) return;
  const Frame& frame = machine.frames.back();
  const Procedure& procedure = program_.procedures[frame.procedure];
  const Node& node = procedure.nodes[frame.node];
  for (const std::uint32_t id : node.edges) {
    const Edge& edge = procedure.edges[id];
    if (edge.guard != none && value(machine.state, edge.guard) == 0) continue;
    if (const auto* pick = std::get_if<Pick>(&edge.action)) {
      for (const std::int32_t value : picks_between(this->value(machine.state, pick->low),
                                                    this->value(machine.state, pick->high), program_.picks_lowest)) {
        options.push_back({id, true, value});
      }
    } else {
      options.push_back({id, false, 0});
    }
  }
  if (options.empty() || (node.choice.empty() && options.size() > 1)) {
    throw InternalError("a node of " + procedure.name + " has " + std::to_string(options.size()) + " enabled edges");
  }
}

std::size_t Interpreter::go_on(Machine& machine, std::size_t most_edges, const EdgeObserver& took) const {
  std::size_t edges = 0;
  for (; edges < most_edges && !machine.frames.empty(); ++edges) {
    Frame& frame = machine.frames.back();
    const std::uint32_t node = first_node_[frame.procedure] + frame.node;
    if (first_way_[node] == first_way_[node + 1]) break;
    const Way* way = &ways_[first_way_[node]];
    const Way* const last = &ways_[first_way_[node + 1] - 1];
    while (way != last && way->guard != none && value(machine.state, way->guard) == 0) ++way;
    if (way->is_told) took(program_.procedures[frame.procedure].edges[way->edge]);
    if (way->has_action) {
      take(machine, {way->edge, false, 0});
    } else {
      frame.node = way->to;
    }
  }
  return edges;
}

const Edge& Interpreter::edge(const Machine& machine, const Option& option) const {
  return program_.procedures[machine.frames.back().procedure].edges[option.edge];
}

void Interpreter::change_group(Machine& machine, const Group& group) const {
  State& state = machine.state;
  auto& list = state.lists[group.list];
  const auto number = group.number == none ? std::nullopt : std::optional(value(state, group.number));
  const auto marks = find_group(program_, list, number);
  std::int32_t found = marks ? 1 : 0;
  if (marks && group.change == GroupChange::run) {
    machine.frames.back().running = take_group(program_, list, *marks);
    machine.frames.back().running_list = group.list;
  } else if (marks && group.change == GroupChange::remove) {
    if (marks->end) list.erase(list.begin() + static_cast<std::ptrdiff_t>(*marks->end));
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(marks->begin));
  } else if (marks && marks->end) {
    found = -1;
  } else if (marks) {
    list.push_back({program_.group_ends, list[marks->begin].arguments});
  }
  if (group.found != none) state.values[group.found] = found;
}

void Interpreter::take(Machine& machine, const Option& option, CallObserver* observer) const {
  const Edge& edge = this->edge(machine, option);
  State& state = machine.state;
  machine.frames.back().node = edge.to;
  if (const auto* assign = std::get_if<Assign>(&edge.action)) {
    const VariableId target = resolve(state, assign->variable);
    if (target != none) state.values[target] = value(state, assign->value);
  } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
    state.values[pick->variable] = option.pick;
  } else if (const auto* call = std::get_if<Call>(&edge.action)) {
    enter(machine, *call, observer);
  } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
    state.lists[defer->list].push_back({defer->procedure, values(state, defer->arguments)});
  } else if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) {
    auto& list = state.lists[take_back->list];
    const auto newest =
        std::find(list.rbegin(), list.rend(), ListEntry{take_back->procedure, values(state, take_back->arguments)});
    if (take_back->found != none) state.values[take_back->found] = newest != list.rend() ? 1 : 0;
    if (newest != list.rend()) list.erase(std::next(newest).base());
  } else if (const auto* run = std::get_if<Run>(&edge.action)) {
    machine.frames.back().running = without_marks(program_, std::exchange(state.lists[run->list], {}));
    machine.frames.back().running_list = run->list;
  } else if (const auto* group = std::get_if<Group>(&edge.action)) {
    change_group(machine, *group);
  } else if (std::holds_alternative<Halt>(edge.action)) {
    machine.frames.clear();
  }
  settle(machine, observer);
}

}  // namespace tenure
