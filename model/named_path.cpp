#include "model/named_path.h"

#include <algorithm>
#include <map>

#include "model/walk.h"

namespace tenure {

namespace {

const Procedure& procedure_of(const Program& program, const Machine& machine) {
  return program.procedures[machine.frames.back().procedure];
}

const Node& node_of(const Program& program, const Machine& machine) {
  return procedure_of(program, machine).nodes[machine.frames.back().node];
}

bool is_decided(const Node& node) {
  return !node.choice.empty() && !node.abstracts;
}

/// What the alternative of an edge is called among those of its node.
std::string alternative_of(const Procedure& procedure, const Node& node, std::uint32_t edge) {
  const std::string& says = procedure.edges[edge].says;
  const auto same = std::count_if(node.edges.begin(), node.edges.end(),
                                  [&](std::uint32_t each) { return procedure.edges[each].says == says; });
  if (same == 1 && !says.empty()) return says;
  const auto place = std::find(node.edges.begin(), node.edges.end(), edge) - node.edges.begin();
  return "#" + std::to_string(place + 1);
}

NamedPath::Decision decision_of(const Program& program, const Machine& machine, const Option& option) {
  const Node& node = node_of(program, machine);
  if (option.picks) return {node.choice, "", option.pick};
  return {node.choice, alternative_of(procedure_of(program, machine), node, option.edge), 0};
}

std::string in_words(const NamedPath::Decision& decision) {
  const std::string what =
      decision.alternative.empty() ? std::to_string(decision.picked) : "'" + decision.alternative + "'";
  return what + " for '" + decision.choice + "'";
}

/// Follows names through the interpreter, and notes what they stand for.
class Resolver {
 public:
  Resolver(const Program& program, const NamedPath& names) : program_(program), names_(names), interpreter_(program) {}

  Path run();

 private:
  void configure();
  void event(std::size_t number);
  Option decide(const std::vector<Option>& open, const NamedPath::Event& names, std::size_t& next) const;
  [[noreturn]] void refuse(const std::string& message) const { throw PathError(where_ + message); }

  const Program& program_;
  const NamedPath& names_;
  Interpreter interpreter_;
  Machine machine_;
  Path path_;
  std::string where_;
};

Path Resolver::run() {
  machine_.state = interpreter_.initial();
  configure();
  for (std::size_t i = 0; i < names_.events.size(); ++i) event(i);
  return std::move(path_);
}

void Resolver::configure() {
  std::map<std::string, std::int32_t> given(names_.configuration.begin(), names_.configuration.end());
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    if (variable.scope != Scope::fixed) continue;
    const auto found = given.find(variable.name);
    if (found == given.end()) refuse("the configuration says nothing of " + variable.name);
    if (std::find(variable.values.begin(), variable.values.end(), found->second) == variable.values.end()) {
      refuse(variable.name + " is never " + std::to_string(found->second));
    }
    machine_.state.values[v] = found->second;
    path_.fixed.push_back(found->second);
    given.erase(found);
  }
  if (!given.empty()) refuse("'" + given.begin()->first + "' is no variable of the configuration");
}

void Resolver::event(std::size_t number) {
  const NamedPath::Event& names = names_.events[number];
  where_ = "event " + std::to_string(number + 1) + " (" + names.event + "): ";
  const auto found = std::find_if(program_.events.begin(), program_.events.end(),
                                  [&](const ProgramEvent& event) { return event.name == names.event; });
  if (found == program_.events.end()) refuse("there is no such event");
  const auto id = static_cast<std::uint32_t>(found - program_.events.begin());
  if (!interpreter_.enabled(machine_.state, id)) refuse("it cannot happen here");
  path_.events.push_back({id, {}});
  interpreter_.begin(machine_, id);
  std::size_t next = 0;
  const bool is_last = number + 1 == names_.events.size();
  for (std::vector<Option> open; !(open = interpreter_.options(machine_)).empty();) {
    const Node& node = node_of(program_, machine_);
    // The last event is decided up to where the goal is reached.
    if (is_decided(node) && next == names.decisions.size() && is_last) return;
    const Option option = is_decided(node) ? decide(open, names, next) : open.front();
    if (!node.choice.empty()) path_.events.back().decisions.push_back(option);
    path_.steps += interpreter_.edge(machine_, option).steps;
    interpreter_.take(machine_, option);
  }
  if (next < names.decisions.size()) refuse("nothing asks for " + in_words(names.decisions[next]));
}

Option Resolver::decide(const std::vector<Option>& open, const NamedPath::Event& names, std::size_t& next) const {
  const std::string& choice = node_of(program_, machine_).choice;
  if (next == names.decisions.size()) refuse("nothing is decided for '" + choice + "'");
  const NamedPath::Decision& decision = names.decisions[next++];
  const auto found = std::find_if(open.begin(), open.end(), [&](const Option& option) {
    return decision_of(program_, machine_, option) == decision;
  });
  if (found != open.end()) return *found;
  if (decision.choice != choice)
    refuse("decided is " + in_words(decision) + ", but the program asks for '" + choice + "'");
  refuse(in_words(decision) + " cannot be taken here");
}

}  // namespace

NamedPath named(const Program& program, const Path& path) {
  NamedPath names;
  std::size_t next = 0;
  for (const VariableInfo& variable : program.variables) {
    if (variable.scope == Scope::fixed) names.configuration.emplace_back(variable.name, path.fixed.at(next++));
  }
  Walk walk(program, path);
  while (const auto event = walk.next_event()) {
    names.events.push_back({program.events.at(*event).name, {}});
    walk.begin();
    while (const auto option = walk.next()) {
      if (is_decided(node_of(program, walk.machine()))) {
        names.events.back().decisions.push_back(decision_of(program, walk.machine(), *option));
      }
      walk.take(*option);
    }
  }
  names.repeats_from = path.repeats_from;
  return names;
}

Path resolved(const Program& program, const NamedPath& names, std::uint32_t goal, std::uint32_t steps) {
  Path path = Resolver(program, names).run();
  path.goal = goal;
  if (goal != none) path.steps = steps;
  path.repeats_from = names.repeats_from;
  return path;
}

}  // namespace tenure
