#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>

#include "encoders/engine.h"
#include "encoders/fact_table.h"
#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/explicit_search.h"
#include "model/interpreter.h"
#include "tests/support/random_members.h"
#include "tests/support/random_program.h"
#include "tests/support/random_source.h"
#include "tests/support/spec_text.h"
#include "tests/support/tiny_kernel.h"

// What a core claims, tried on random programs: statements outside of it are changed in the Program itself, and
// explicit search, which knows nothing of cores, must not find the property violated.
using namespace tenure;
using namespace tenure::testing;

namespace {

using Values = std::set<std::int32_t>;
using OpenFacts = std::set<std::uint32_t>;

/// What some runs set, pass and return.
struct Seen {
  std::map<VariableId, Values> variables;
  std::map<std::uint32_t, Values> results;  ///< by function
};

void note_edge(const Interpreter& interpreter, const Program& program, const Machine& machine, const Option& option,
               Seen& seen) {
  const Edge& edge = interpreter.edge(machine, option);
  const auto note_arguments = [&](ProcedureId procedure, const std::vector<TermId>& arguments) {
    const std::vector<VariableId>& parameters = program.procedures[procedure].parameters;
    for (std::size_t i = 0; i < std::min(parameters.size(), arguments.size()); ++i)
      seen.variables[parameters[i]].insert(interpreter.value(machine.state, arguments[i]));
  };
  if (const auto* assign = std::get_if<Assign>(&edge.action)) {
    const std::int32_t value = interpreter.value(machine.state, assign->value);
    const VariableId target = interpreter.resolve(machine.state, assign->variable);
    if (target == program.result) seen.results[program.sites[edge.site].function].insert(value);
    if (target != none) seen.variables[target].insert(value);
  } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
    seen.variables[pick->variable].insert(option.pick);
  } else if (const auto* call = std::get_if<Call>(&edge.action)) {
    note_arguments(call->procedure, call->arguments);
  } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
    note_arguments(defer->procedure, defer->arguments);
  }
}

void note_run(const Program& program, RandomSource& random, Seen& seen) {
  const Interpreter interpreter(program);
  Machine machine;
  machine.state = interpreter.initial();
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    const VariableInfo& info = program.variables[v];
    if (info.scope == Scope::fixed) machine.state.values[v] = random.one_of(info.values);
  }
  for (int events = 0; events < 8; ++events) {
    std::vector<std::uint32_t> enabled;
    for (std::uint32_t event = 0; event < program.events.size(); ++event) {
      if (interpreter.enabled(machine.state, event)) enabled.push_back(event);
    }
    if (enabled.empty()) return;
    interpreter.begin(machine, random.one_of(enabled));
    std::vector<Option> options = interpreter.options(machine);
    for (int edges = 0; !options.empty(); options = interpreter.options(machine)) {
      if (++edges > 2'000) return;
      const Option& option = random.one_of(options);
      note_edge(interpreter, program, machine, option, seen);
      interpreter.take(machine, option);
    }
  }
}

Seen seen_in_runs(const Program& program, RandomSource& random) {
  Seen seen;
  for (int run = 0; run < 60; ++run) note_run(program, random, seen);
  return seen;
}

/// Makes programs in which statements of some facts do something else.
class Opener {
 public:
  Opener(const Program& program, const Seen& seen, RandomSource& random)
      : program_(program), seen_(seen), random_(random), table_(program), loose_(table_.loose_nodes()) {}

  const FactTable& table() const { return table_; }
  Program opened(const OpenFacts& open);

 private:
  bool is_open(const Edge& edge) const { return open_->contains(table_.of_site()[edge.site]); }
  TermId constant(std::int32_t value);
  Values values_for(const Edge& edge, const Assign& assign) const;
  std::vector<TermId> other_arguments(ProcedureId procedure, std::vector<TermId> arguments);
  Action other_action(const Edge& edge);
  void open_condition(Procedure& procedure, Node& node);
  void open_choice(Procedure& procedure, const Node& node);
  void open_edge(Procedure& procedure, std::uint32_t id);

  const Program& program_;
  const Seen& seen_;
  RandomSource& random_;
  FactTable table_;
  std::vector<std::vector<bool>> loose_;
  const OpenFacts* open_ = nullptr;
  Program made_;
  std::size_t choices_left_ = 0;  ///< each of them multiplies the states
};

TermId Opener::constant(std::int32_t value) {
  Term term;
  term.value = value;
  made_.terms.push_back(term);
  return static_cast<TermId>(made_.terms.size() - 1);
}

Values Opener::values_for(const Edge& edge, const Assign& assign) const {
  Values values;
  const auto add = [&](const auto& known, std::uint32_t key) {
    const auto found = known.find(key);
    if (found != known.end()) values.insert(found->second.begin(), found->second.end());
  };
  const Site& site = program_.sites[edge.site];
  if (assign.variable.first == program_.result) {
    if (!site.is_call) add(seen_.results, site.function);
  } else {
    for (std::uint32_t i = 0; i < assign.variable.count; ++i) add(seen_.variables, assign.variable.first + i);
  }
  return values;
}

std::vector<TermId> Opener::other_arguments(ProcedureId procedure, std::vector<TermId> arguments) {
  const std::vector<VariableId>& parameters = program_.procedures[procedure].parameters;
  for (std::size_t i = 0; i < std::min(parameters.size(), arguments.size()); ++i) {
    const auto found = seen_.variables.find(parameters[i]);
    if (found == seen_.variables.end() || random_.percent(30)) continue;
    arguments[i] = constant(random_.one_of(std::vector<std::int32_t>(found->second.begin(), found->second.end())));
  }
  return arguments;
}

/// What the edge may do when its statement is open; what is checked stays.
Action Opener::other_action(const Edge& edge) {
  if (std::holds_alternative<Reach>(edge.action)) return edge.action;
  const auto* assign = std::get_if<Assign>(&edge.action);
  if (const auto* pick = std::get_if<Pick>(&edge.action)) {
    const auto found = seen_.variables.find(pick->variable);
    if (found == seen_.variables.end()) return edge.action;
    const std::vector<std::int32_t> values(found->second.begin(), found->second.end());
    return Assign{{pick->variable, 1, none}, constant(random_.one_of(values))};
  }
  if (assign != nullptr) {
    if (!program_.variables[assign->variable.first].is_read) return edge.action;
    const Values values = values_for(edge, *assign);
    if (values.empty()) return edge.action;
    return Assign{assign->variable, constant(random_.one_of(std::vector<std::int32_t>(values.begin(), values.end())))};
  }
  if (random_.percent(50)) return std::monostate{};
  Action action = edge.action;
  if (auto* call = std::get_if<Call>(&action)) call->arguments = other_arguments(call->procedure, call->arguments);
  if (auto* defer = std::get_if<Defer>(&action)) defer->arguments = other_arguments(defer->procedure, defer->arguments);
  return action;
}

/// The condition decides always in one way, or the environment does.
void Opener::open_condition(Procedure& procedure, Node& node) {
  Edge& first = procedure.edges[node.edges[0]];
  Edge& second = procedure.edges[node.edges[1]];
  if (!is_open(first) || random_.percent(30)) return;
  if (choices_left_ > 0 && random_.percent(30)) {
    --choices_left_;
    first.guard = second.guard = none;
    node.choice = "an open condition";
    return;
  }
  const bool takes_first = random_.percent(50);
  first.guard = constant(takes_first ? 1 : 0);
  second.guard = constant(takes_first ? 0 : 1);
}

void Opener::open_choice(Procedure& procedure, const Node& node) {
  for (const std::uint32_t id : node.edges) {
    Edge& edge = procedure.edges[id];
    if (is_open(edge) && random_.percent(50)) edge.guard = none;
  }
}

/// The edge does something else, or leads to where the environment chooses what it does.
void Opener::open_edge(Procedure& procedure, std::uint32_t id) {
  if (random_.percent(30)) return;
  const Action other = other_action(procedure.edges[id]);
  if (other == procedure.edges[id].action) return;
  if (choices_left_ == 0 || random_.percent(70) || std::holds_alternative<Pick>(procedure.edges[id].action)) {
    procedure.edges[id].action = other;
    return;
  }
  --choices_left_;
  const auto middle = static_cast<NodeId>(procedure.nodes.size());
  Edge as_it_is = procedure.edges[id];
  as_it_is.from = middle;
  as_it_is.guard = none;
  as_it_is.steps = 0;
  procedure.edges[id].to = middle;
  procedure.edges[id].action = std::monostate{};
  Node node;
  node.choice = "an open statement";
  for (const Action& action : {as_it_is.action, other}) {
    node.edges.push_back(static_cast<std::uint32_t>(procedure.edges.size()));
    procedure.edges.push_back(as_it_is);
    procedure.edges.back().action = action;
  }
  procedure.nodes.push_back(std::move(node));
}

Program Opener::opened(const OpenFacts& open) {
  made_ = program_;
  open_ = &open;
  choices_left_ = 3;
  for (ProcedureId id = 0; id < made_.procedures.size(); ++id) {
    Procedure& procedure = made_.procedures[id];
    for (NodeId node = 0; node < program_.procedures[id].nodes.size(); ++node) {
      if (loose_[id][node]) open_condition(procedure, procedure.nodes[node]);
      if (!program_.procedures[id].nodes[node].choice.empty()) open_choice(procedure, procedure.nodes[node]);
    }
    for (std::uint32_t edge = 0; edge < program_.procedures[id].edges.size(); ++edge) {
      if (is_open(procedure.edges[edge])) open_edge(procedure, edge);
    }
  }
  return made_;
}

bool is_violated(const Program& program, Property property) {
  const ExplicitAnswer answer = explicit_search(program, {.configurations = 3'000});
  for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
    if (program.goals[goal].property == property && answer.paths[goal]) return true;
  }
  return false;
}

/// The properties that hold, and not only as far as something was followed.
std::vector<Property> held_by(const Program& program, const Program& exact, Engine& engine) {
  std::vector<Property> held;
  const std::vector<Property> properties(all_properties.begin(), all_properties.end());
  try {
    for (const PropertyVerdict& each : engine.check(program, exact, properties, {.seconds = 10})) {
      const auto* holds = std::get_if<Holds>(&each.verdict);
      const bool is_meant = holds != nullptr && !holds->nothing_to_check && holds->bounds.empty();
      if (is_meant && each.property != Property::devres_growth) held.push_back(each.property);
    }
  } catch (const InputError&) {
    return {};  // an index is out of range
  }
  return held;
}

/// The facts that are not in a core.
OpenFacts outside_of(const Core& core, const FactTable& table) {
  OpenFacts open;
  const std::vector<Fact>& facts = table.facts();
  for (std::uint32_t i = 0; i < facts.size(); ++i) {
    const auto is_same = [&](const Fact& fact) {
      return fact.function == facts[i].function && fact.site == facts[i].site;
    };
    if (std::none_of(core.facts.begin(), core.facts.end(), is_same)) open.insert(i);
  }
  return open;
}

struct Tried {
  int cores = 0, unknown = 0, changed = 0, opened_further = 0, undone = 0;
};

/// Changes what is outside of a core, which must not matter, then one fact of it besides, which may.
void try_core(const Program& program, Property property, const Core& core, const Seen& seen, RandomSource& random,
              Tried& tried) {
  Opener opener(program, seen, random);
  const OpenFacts open = outside_of(core, opener.table());
  for (int i = 0; i < 6; ++i) {
    const Program changed = opener.opened(open);
    if (changed == program) continue;
    ++tried.changed;
    CHECK_FALSE(is_violated(changed, property));
  }
  for (std::uint32_t fact = 0; fact < opener.table().facts().size(); ++fact) {
    if (open.contains(fact) || random.percent(70)) continue;
    OpenFacts one_more = open;
    one_more.insert(fact);
    ++tried.opened_further;
    if (is_violated(opener.opened(one_more), property)) ++tried.undone;
  }
}

/// Tries the cores that the engine finds of one program on another one, which is the same or one of some sizes.
void try_cores(const Program& proved, const std::vector<Property>& held, const Program& program, std::uint64_t seed,
               Engine& engine, Tried& tried) {
  RandomSource random(seed);
  const Seen seen = seen_in_runs(program, random);
  const auto cores = engine.cores(proved, held, {.seconds = 10});
  for (std::size_t i = 0; i < held.size(); ++i) {
    ++(cores[i] ? tried.cores : tried.unknown);
    INFO("seed ", seed, " property ", name_of(held[i]));
    if (cores[i]) try_core(program, held[i], *cores[i], seen, random, tried);
  }
}

void say(const Tried& tried) {
  MESSAGE(tried.cores, " cores, ", tried.unknown, " not known; ", tried.changed, " programs changed outside; ",
          tried.undone, " of ", tried.opened_further, " changed inside besides violate the property");
}

}  // namespace

TEST_CASE("what is outside of a core can be changed in random programs, what is in it cannot") {
  Engine engine;
  Tried tried;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const Spec spec = random_program(seed).spec();
    const Program program = compile(spec, random_options);
    const std::vector<Property> held = held_by(program, compile(spec, {.counter_margin = 0}), engine);
    if (held.empty()) continue;
    try_cores(program, held, program, seed, engine, tried);
  }
  say(tried);
  CHECK(tried.cores > 100);
  CHECK(tried.unknown * 10 < tried.cores);
  CHECK(tried.undone > tried.opened_further / 10);
}

TEST_CASE("so it is of what holds for every size, in programs of some sizes") {
  Engine engine;
  Tried tried;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const std::string driver = RandomMembers(seed).driver();
    const Spec any = spec_of(tiny_kernel(), {RandomMembers::with_size(driver, 64, 2)});
    const Program program = compile(any, random_options);
    if (program.one_member.empty()) continue;
    const std::vector<Property> held = held_by(program, compile(any, {.counter_margin = 0}), engine);
    if (held.empty()) continue;
    const Program some = compile(spec_of(tiny_kernel(), {RandomMembers::with_size(driver, 4, 4)}), random_options);
    try_cores(program.one_member.front(), held, some, seed, engine, tried);
  }
  say(tried);
  CHECK(tried.cores > 60);
  CHECK(tried.unknown * 10 < tried.cores);
  CHECK(tried.undone > 0);
}
