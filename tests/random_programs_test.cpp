#include <algorithm>
#include <deque>
#include <doctest/doctest.h>
#include <map>
#include <regex>
#include <set>

#include "model/compile.h"
#include "model/explicit_check.h"
#include "tests/support/direct_interpreter.h"
#include "tests/support/random_program.h"
#include "tests/support/random_source.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

/// What there is to compare after an event, the same of both interpreters.
struct Observation {
  std::vector<Reached> reached;
  std::vector<std::string> held;     ///< instances, with what is known of them
  std::vector<std::string> entries;  ///< of the lists, in order
  std::map<std::string, std::multiset<std::int32_t>> values;
  friend bool operator==(const Observation&, const Observation&) = default;
};

std::string to_string(const Observation& observation) {
  std::string text;
  for (const Reached& each : observation.reached) {
    text += (each.property ? std::string(name_of(*each.property)) : each.says) + "(" + each.subject + ") ";
  }
  for (const std::string& each : observation.held) text += "\n    " + each;
  for (const std::string& each : observation.entries) text += "\n    " + each;
  for (const auto& [name, values] : observation.values) {
    text += "\n    " + name + " =";
    for (const std::int32_t value : values) text += " " + std::to_string(value);
  }
  return text;
}

/// The order of the checks at the end of an event means nothing.
void sort_end(std::vector<Reached>& reached) {
  const auto end = std::find_if(reached.begin(), reached.end(), [](const Reached& each) { return each.at_end; });
  std::sort(end, reached.end());
}

std::string held_line(const std::string& name, bool held, bool owed, bool released) {
  return name + (held ? " held" : "") + (held && owed ? " owed" : "") + (released ? " released" : "");
}

/// Runs the Program with random decisions, which it notes.
class ProgramRun {
 public:
  ProgramRun(const Program& program, RandomSource& random) : program_(program), interpreter_(program), random_(random) {
    machine_.state = interpreter_.initial();
    for (VariableId v = 0; v < program.variables.size(); ++v) {
      const VariableInfo& info = program.variables[v];
      if (info.scope == Scope::fixed) fixed_[info.name] = machine_.state.values[v] = random.one_of(info.values);
    }
  }

  const std::map<std::string, std::int32_t>& fixed() const { return fixed_; }
  bool enabled(std::uint32_t event) const { return interpreter_.enabled(machine_.state, event); }
  std::deque<std::int32_t>& decisions() { return decisions_; }
  Observation run(std::uint32_t event);

 private:
  void take(const std::vector<Option>& options);
  Observation observation() const;

  const Program& program_;
  Interpreter interpreter_;
  RandomSource& random_;
  Machine machine_;
  std::map<std::string, std::int32_t> fixed_;
  std::deque<std::int32_t> decisions_;  ///< numbers of alternatives, and integers picked
  std::vector<Reached> reached_;
};

Observation ProgramRun::run(std::uint32_t event) {
  reached_.clear();
  decisions_.clear();
  interpreter_.begin(machine_, event);
  for (auto options = interpreter_.options(machine_); !options.empty(); options = interpreter_.options(machine_)) {
    take(options);
  }
  sort_end(reached_);
  return observation();
}

void ProgramRun::take(const std::vector<Option>& options) {
  const Option& option = random_.one_of(options);
  const Frame& frame = machine_.frames.back();
  const Procedure& procedure = program_.procedures[frame.procedure];
  const Node& node = procedure.nodes[frame.node];
  if (!node.choice.empty() && !node.abstracts) {
    const auto number = std::find(node.edges.begin(), node.edges.end(), option.edge) - node.edges.begin();
    decisions_.push_back(option.picks ? option.pick : static_cast<std::int32_t>(number));
  }
  const Edge& edge = interpreter_.edge(machine_, option);
  if (const auto* reach = std::get_if<Reach>(&edge.action)) {
    const Goal& goal = program_.goals[reach->goal];
    Reached reached{goal.property, goal.says, "", procedure.name == "end of event"};
    const bool has_subject = edge.instance.first != 0 || edge.instance.count > 1;
    if (has_subject) reached.subject = program_.variables[interpreter_.resolve(machine_.state, edge.instance)].name;
    reached_.push_back(reached);
  }
  interpreter_.take(machine_, option);
}

Observation ProgramRun::observation() const {
  Observation made;
  made.reached = reached_;
  const State& state = machine_.state;
  for (const Instance& instance : program_.instances) {
    const auto flag = [&](const std::string& suffix) {
      for (VariableId v = instance.held; v < program_.variables.size(); ++v) {
        if (program_.variables[v].name == instance.name + suffix) return state.values[v] != 0;
      }
      return false;
    };
    const std::string line = held_line(instance.name, flag(""), flag(" owed"), flag(" released"));
    if (line != instance.name) made.held.push_back(line);
  }
  for (ListId list = 0; list < program_.lists.size(); ++list) {
    for (const ListEntry& entry : state.lists[list]) {
      std::string line = program_.lists[list].name + ": " + program_.procedures[entry.procedure].name;
      for (std::size_t i = 0; i < entry.arguments.size(); ++i) {
        // What is inside of bound resources and functions has a name of several words.
        const std::string& name = program_.variables[program_.procedures[entry.procedure].parameters[i]].name;
        if (name.find_first_of(" .") == std::string::npos) line += " " + std::to_string(entry.arguments[i]);
      }
      made.entries.push_back(line);
    }
  }
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& info = program_.variables[v];
    const bool is_shown = info.scope == Scope::device || info.scope == Scope::driver || info.scope == Scope::module;
    if (is_shown && info.name != "bound driver") made.values[info.name].insert(state.values[v]);
  }
  std::sort(made.held.begin(), made.held.end());
  std::sort(made.entries.begin(), made.entries.end());
  return made;
}

/// An entry as the Program names it: bound families and functions in parentheses, then all values.
std::string entry_line(const Closure& closure) {
  std::string bound;
  std::string values;
  for (const Parameter& parameter : closure.function->parameters) {
    if (parameter.kind == ParameterKind::value) values += " " + std::to_string(closure.values.at(parameter.name));
    if (parameter.kind == ParameterKind::resource && !closure.resources.at(parameter.name).family.key.empty()) {
      bound += (bound.empty() ? "" : ", ") + closure.resources.at(parameter.name).family.name;
    }
    if (parameter.kind == ParameterKind::function) {
      bound += (bound.empty() ? "" : ", ") + closure.functions.at(parameter.name).function->name;
    }
  }
  return closure.function->name + (bound.empty() ? "" : "(" + bound + ")") + values;
}

std::string entry_line(const DeferredEntry& entry) {
  if (entry.kind == DeferredEntry::Kind::call) return entry_line(entry.closure);
  const bool begins = entry.kind == DeferredEntry::Kind::begin;
  return (begins ? "the beginning of group " : "the end of group ") + std::to_string(entry.number);
}

Observation observation_of(const DirectInterpreter& direct, const Spec& spec, std::vector<Reached> reached) {
  Observation made;
  made.reached = std::move(reached);
  sort_end(made.reached);
  for (const auto& [key, instance] : direct.instances()) {
    const std::string line = held_line(instance.name, instance.held, instance.owed != 0, instance.released);
    if (line != instance.name) made.held.push_back(line);
  }
  const auto prefix_of = [&](int device) { return device == 0 ? "" : direct.devices()[device] + ": "; };
  for (const auto& [key, entries] : direct.lists()) {
    for (const DeferredEntry& entry : entries)
      made.entries.push_back(prefix_of(key.first) + key.second + ": " + entry_line(entry));
  }
  const auto add = [&](const Unit& unit, int driver) {
    for (const Variable& variable : unit.variables) {
      if (variable.lifetime == Lifetime::fixed) continue;
      for (int device = 0; device < static_cast<int>(direct.devices().size()); ++device) {
        for (int i = 0; i < variable.count; ++i) {
          const std::string name = member_name(variable, i);
          const auto value = direct.values().find({device, driver, name});
          if (value != direct.values().end()) made.values[prefix_of(device) + name].insert(value->second);
        }
      }
    }
  };
  for (const auto& part : spec.kernel) add(*part, -1);
  for (std::size_t i = 0; i < spec.drivers.size(); ++i) add(*spec.drivers[i], static_cast<int>(i));
  std::sort(made.held.begin(), made.held.end());
  std::sort(made.entries.begin(), made.entries.end());
  return made;
}

/// Runs both for some events; gives where they part, or "".
std::string parting(const RandomProgram& random_program, std::uint64_t seed) {
  const Spec spec = random_program.spec();
  const Program program = compile(spec, {.counter_margin = 0, .forgets_unread = false});
  RandomSource random(seed);
  ProgramRun run(program, random);
  const auto next = [&](const std::string& choice) {
    if (run.decisions().empty()) throw std::logic_error("no decision is left for " + choice);
    const std::int32_t decision = run.decisions().front();
    run.decisions().pop_front();
    return decision;
  };
  DirectInterpreter direct(spec, run.fixed(),
                           {[&](const std::string& choice) { return static_cast<std::size_t>(next(choice)); }, next});
  if (direct.events().size() != program.events.size()) return "another number of events";
  std::string told;
  for (int i = 0; i < 12; ++i) {
    std::vector<std::uint32_t> enabled;
    for (std::uint32_t event = 0; event < program.events.size(); ++event) {
      if (run.enabled(event) != direct.enabled(event))
        return told + "\n" + program.events[event].name + " is enabled in one only";
      if (run.enabled(event)) enabled.push_back(event);
    }
    if (enabled.empty()) return "";
    const std::uint32_t event = random.one_of(enabled);
    const Observation compiled = run.run(event);
    Observation interpreted;
    try {
      interpreted = observation_of(direct, spec, direct.run(event));
    } catch (const std::logic_error& error) {
      return told + "\n" + program.events[event].name + ": " + error.what();
    }
    told += "\n" + program.events[event].name + "\n  compiled: " + to_string(compiled);
    if (compiled != interpreted || !run.decisions().empty()) return told + "\n  direct:   " + to_string(interpreted);
  }
  return "";
}

}  // namespace

TEST_CASE("compiled programs do what the tree of the spec says") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const RandomProgram program = random_program(seed);
    for (std::uint64_t run = 0; run < 6; ++run) {
      if (parting(program, run).empty()) continue;
      const RandomProgram small =
          shrunk(program, [&](const RandomProgram& each) { return !parting(each, run).empty(); });
      INFO("seed ", seed, " run ", run, "\n", small.document().dump(1), "\n", parting(small, run));
      CHECK(false);
      break;
    }
  }
}

/// None when an index is out of range, which is an error of the spec.
static std::vector<PropertyVerdict> verdicts_of(const Spec& spec) {
  try {
    return check_explicitly(compile(spec), compile(spec, {.counter_margin = 0}),
                            {all_properties.begin(), all_properties.end()}, {.configurations = 5'000});
  } catch (const InputError&) {
    return {};
  }
}

TEST_CASE("random programs have every verdict") {
  std::map<std::string, int> verdicts;
  std::map<std::string, int> violated;
  int incomplete = 0;
  constexpr int count = 300;
  for (std::uint64_t seed = 0; seed < count; ++seed) {
    std::set<std::string> met;
    for (const PropertyVerdict& each : verdicts_of(random_program(seed).spec())) {
      met.insert(std::string(name_of(each.verdict)));
      if (std::holds_alternative<Violated>(each.verdict)) ++violated[std::string(name_of(each.property))];
    }
    if (met.empty() || met.contains("undecided")) ++incomplete;
    ++verdicts[met.contains("violated") ? "violated" : met.contains("unreachable") ? "unreachable" : "clean"];
  }
  for (const auto& [name, times] : verdicts) MESSAGE(name, ": ", times, " of ", count);
  for (const auto& [name, times] : violated) MESSAGE("  ", name, ": ", times);
  CHECK(verdicts["clean"] > count / 10);
  CHECK(verdicts["violated"] > count / 4);
  CHECK(verdicts["unreachable"] > 0);
  CHECK(incomplete < count / 20);
  for (const Property property : all_properties) {
    if (property != Property::devres_growth) CHECK(violated[std::string(name_of(property))] > 0);
  }
}
