#include "model/trace_teller.h"

#include <algorithm>

#include "model/group.h"

namespace tenure {

std::string place_text(const std::string& file, int line) {
  return line == 0 || file.empty() ? file : file + ":" + std::to_string(line);
}

std::string text_of(const Program& program, const ListEntry& entry) {
  const Procedure& procedure = program.procedures[entry.procedure];
  std::string text = procedure.name;
  if (is_mark(program, entry.procedure)) return text + " " + std::to_string(entry.arguments.front());
  std::string arguments;
  if (text.ends_with(")")) {
    const std::size_t parenthesis = text.find('(');
    arguments = text.substr(parenthesis + 1, text.size() - parenthesis - 2);
    text.resize(parenthesis);
  }
  for (std::size_t i = 0; i < entry.arguments.size(); ++i) {
    if (!arguments.empty()) arguments += ", ";
    arguments += program.variables[procedure.parameters[i]].name + "=" + std::to_string(entry.arguments[i]);
  }
  return text + "(" + arguments + ")";
}

Teller::Teller(const Program& program, const Machine& machine)
    : program_(program), machine_(machine), interpreter_(program) {
  for (const Procedure& procedure : program.procedures) {
    for (const Edge& edge : procedure.edges) {
      const auto* reach = std::get_if<Reach>(&edge.action);
      if (reach == nullptr) continue;
      if (program.goals[reach->goal].property == Property::kernel_warning) warning_sites_.insert(edge.site);
    }
  }
}

void Teller::begins(std::uint32_t event) {
  stack_.clear();
  event_ = program_.events[event].name;
  TraceStep step;
  step.says = program_.events[event].says;
  add_step(std::move(step), none_step, event_);
}

void Teller::repeats_from_here() {
  repeated_ = machine_.state;
  add_outcome(trace_.steps.size() - 1, "from here on again and again");
}

std::size_t Teller::add_step(TraceStep step, std::size_t parent, std::string doer) {
  step.event = event_;
  step.depth = parent == none_step ? 0 : trace_.steps[parent].depth + 1;
  trace_.steps.push_back(std::move(step));
  history_.doers.push_back(std::move(doer));
  return trace_.steps.size() - 1;
}

/// A step for a callback of the driver, or for a call that a list makes.
std::size_t Teller::add_call(const ListEntry& call, ListId list, std::size_t parent) {
  const FunctionInfo& function = program_.functions[program_.procedures[call.procedure].function];
  TraceStep step;
  step.call = text_of(program_, call);
  step.list = list == none ? "" : program_.lists[list].name;
  step.file = function.file;
  step.line = function.line;
  step.is_driver = function.is_driver;
  if (list != none) step.says = function.says;
  const std::string doer = list == none ? function.name + "() (" + place_text(step.file, step.line) + ")"
                                        : step.list + " calling " + function.name + "()";
  return add_step(std::move(step), parent, doer);
}

void Teller::entered(const ListEntry& call, ListId list) {
  Activation activation;
  activation.procedure = call.procedure;
  activation.is_driver = program_.functions[program_.procedures[call.procedure].function].is_driver;
  if (stack_.empty()) {
    activation.step = trace_.steps.size() - 1;
  } else {
    Activation& caller = stack_.back();
    const std::size_t parent = nearest_step();
    const bool is_callback = activation.is_driver && !caller.is_driver && stack_.size() > 1;
    activation.step = list != none || is_callback ? add_call(call, list, parent) : parent;
    const bool has_step = is_callback || caller.statement_step != none_step;
    caller.called_step = list == none && has_step ? activation.step : none_step;
  }
  stack_.push_back(activation);
}

void Teller::left(ProcedureId /*procedure*/) {
  took();
  returned_ = machine_.state.values[program_.result];
  stack_.pop_back();
}

/// The step of the statement at hand, or of what it is part of.
std::size_t Teller::nearest_step() const {
  const Activation& here = stack_.back();
  return here.statement_step != none_step ? here.statement_step : here.step;
}

/// The same, but a statement of the driver gets a step of its own now.
std::size_t Teller::shown() {
  Activation& here = stack_.back();
  const Site* site = here.site == none ? nullptr : &program_.sites[here.site];
  if (here.statement_step == none_step && here.is_driver && site != nullptr && !site->text.empty()) {
    TraceStep step;
    step.function = program_.functions[site->function].name;
    step.call = site->text;
    step.file = site->file;
    step.line = site->line;
    step.is_driver = true;
    const std::string doer = "'" + site->text + "' in " + function_text(*site);
    here.statement_step = add_step(std::move(step), here.step, doer);
    if (!site->says.empty() && !warning_sites_.contains(here.site)) remark(site->says);
  }
  return nearest_step();
}

std::string Teller::function_text(const Site& site) const {
  const std::string place = place_text(site.file, site.line);
  return program_.functions[site.function].name + "()" + (place.empty() ? "" : " (" + place + ")");
}

void Teller::takes(const Option& option) {
  const Edge& edge = interpreter_.edge(machine_, option);
  violation_.edge = &edge;
  enter_statement(edge);
  note_configuration(edge);
  note_choice(option);
  note_effect(edge);
  note_action(edge);
  note_reach(edge);
}

void Teller::enter_statement(const Edge& edge) {
  Activation& here = stack_.back();
  if (here.site == edge.site && edge.steps == 0) return;
  here.site = edge.site;
  here.statement_step = none_step;
  const Site& site = program_.sites[edge.site];
  if (!site.concerns.empty() && !site.says.empty()) history_.rules.push_back(edge.site);
  if (!here.is_driver && !site.says.empty() && !warning_sites_.contains(edge.site)) remark(site.says);
}

void Teller::note_choice(const Option& option) {
  const Frame& frame = machine_.frames.back();
  const Node& node = program_.procedures[frame.procedure].nodes[frame.node];
  if (node.choice.empty() || node.abstracts) return;
  const Option usual = interpreter_.options(machine_).front();
  if (option == usual) return;
  const Edge& edge = interpreter_.edge(machine_, option);
  add_outcome(shown(), option.picks ? node.choice + ": " + std::to_string(option.pick) : edge.says);
}

void Teller::add_outcome(std::size_t step, const std::string& text) {
  std::string& outcome = trace_.steps[step].outcome;
  outcome += (outcome.empty() ? "" : "; ") + text;
}

void Teller::note_configuration(const Edge& taken) {
  const Frame& frame = machine_.frames.back();
  const Procedure& procedure = program_.procedures[frame.procedure];
  for (const std::uint32_t id : procedure.nodes[frame.node].edges) {
    if (procedure.edges[id].guard != none) read_by(procedure.edges[id].guard);
  }
  if (const auto* assign = std::get_if<Assign>(&taken.action)) {
    read_by(assign->value);
    if (assign->variable.index != none) read_by(assign->variable.index);
  }
}

void Teller::read_by(TermId id) {
  const Term& term = program_.terms[id];
  if (term.kind == Term::Kind::variable) {
    const VariableId variable = interpreter_.resolve(machine_.state, term.variable);
    if (variable != none && program_.variables[variable].scope == Scope::fixed) read_.insert(variable);
    if (term.variable.index != none) read_by(term.variable.index);
  }
  for (const TermId operand : term.operands) {
    if (operand != none) read_by(operand);
  }
}

std::string Teller::returned_text() const {
  const auto name = program_.error_names.find(-returned_);
  return returned_ < 0 && name != program_.error_names.end() ? "-" + name->second : std::to_string(returned_);
}

ListEntry Teller::entry_of(ProcedureId procedure, const std::vector<TermId>& arguments) const {
  ListEntry entry{procedure, {}};
  for (const TermId argument : arguments) entry.arguments.push_back(interpreter_.value(machine_.state, argument));
  return entry;
}

void Teller::note_action(const Edge& edge) {
  const Site& site = program_.sites[edge.site];
  if (const auto* assign = std::get_if<Assign>(&edge.action)) {
    Activation& here = stack_.back();
    const Term& value = program_.terms[assign->value];
    const bool is_result = value.kind == Term::Kind::variable && value.variable.first == program_.result;
    if (is_result && here.called_step != none_step) add_outcome(here.called_step, "returns " + returned_text());
    here.called_step = none_step;
    assigned_ = interpreter_.resolve(machine_.state, assign->variable);
    if (assigned_ != none) assigned_before_ = machine_.state.values[assigned_];
  } else if (const auto* call = std::get_if<Call>(&edge.action)) {
    if (!site.is_call || !stack_.back().is_driver) return;
    const std::string& callee = program_.functions[program_.procedures[call->procedure].function].name;
    history_.doers[shown()] = callee + "() in " + function_text(site);
  } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
    const ListEntry entry = entry_of(defer->procedure, defer->arguments);
    note_change({Change::Kind::deferred, text_of(program_, entry), program_.lists[defer->list].name, 0, 0});
    history_.happenings.push_back({Happening::Kind::deferred, none, defer->list, entry, nearest_step()});
  } else if (const auto* group = std::get_if<Group>(&edge.action)) {
    note_group(*group);
  } else if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) {
    shortened_ = take_back->list;
    length_before_ = machine_.state.lists[shortened_].size();
    taken_back_ = entry_of(take_back->procedure, take_back->arguments);
  }
}

void Teller::note_group(const Group& group) {
  const auto& list = machine_.state.lists[group.list];
  const auto number =
      group.number == none ? std::nullopt : std::optional(interpreter_.value(machine_.state, group.number));
  const auto marks = find_group(program_, list, number);
  if (!marks) return;
  const std::string& name = program_.lists[group.list].name;
  ListEntry mark = list[marks->begin];
  if (group.change != GroupChange::close) {
    note_change({Change::Kind::taken_back, text_of(program_, mark), name, 0, 0});
  } else if (!marks->end) {
    mark.procedure = program_.group_ends;
    note_change({Change::Kind::deferred, text_of(program_, mark), name, 0, 0});
  }
}

void Teller::took() {
  if (assigned_ != none) note_change_of(assigned_, assigned_before_);
  if (shortened_ != none && machine_.state.lists[shortened_].size() < length_before_) {
    note_change({Change::Kind::taken_back, text_of(program_, taken_back_), program_.lists[shortened_].name, 0, 0});
  }
  assigned_ = shortened_ = none;
}

/// The kernel's variables are always shown; the driver's own only with a statement that is shown anyway.
void Teller::note_change_of(VariableId variable, std::int32_t before) {
  const VariableInfo& info = program_.variables[variable];
  const std::int32_t after = machine_.state.values[variable];
  if (stack_.empty() || before == after) return;
  const bool is_drivers = info.scope == Scope::driver || info.scope == Scope::module;
  const bool is_shown = info.scope == Scope::device ||
                        (is_drivers && stack_.back().is_driver && stack_.back().statement_step != none_step);
  if (!is_shown) return;
  history_.happenings.push_back({Happening::Kind::changed, variable, none, {}, shown()});
  auto& changes = trace_.steps[shown()].changes;
  const auto known = std::find_if(changes.begin(), changes.end(), [&](const Change& change) {
    return change.kind == Change::Kind::variable && change.name == info.name;
  });
  if (known != changes.end()) {
    known->after = after;
  } else {
    changes.push_back({Change::Kind::variable, info.name, "", before, after});
  }
}

void Teller::note_change(Change change) {
  trace_.steps[shown()].changes.push_back(std::move(change));
}

void Teller::note_effect(const Edge& edge) {
  if (edge.effect == Effect::nothing || edge.effect == Effect::use) return;
  const VariableId held = interpreter_.resolve(machine_.state, edge.instance);
  if (held == none) return;
  const std::string& name = program_.variables[held].name;
  Happening::Kind kind = Happening::Kind::released_not_held;
  if (edge.effect == Effect::acquire) {
    kind = Happening::Kind::acquired;
    note_change({Change::Kind::acquired, name, "", 0, 0});
  } else if (edge.effect == Effect::release) {
    kind = Happening::Kind::released;
    note_change({Change::Kind::released, name, "", 0, 0});
  } else if (edge.effect == Effect::lose) {
    kind = Happening::Kind::lost;
    note_change({Change::Kind::lost, name, "", 0, 0});
  }
  history_.happenings.push_back({kind, held, none, {}, nearest_step()});
}

void Teller::note_reach(const Edge& edge) {
  const auto* reach = std::get_if<Reach>(&edge.action);
  if (reach == nullptr) return;
  const Site& site = program_.sites[edge.site];
  const auto property = program_.goals[reach->goal].property;
  const VariableId instance = interpreter_.resolve(machine_.state, edge.instance);
  violation_.instance = instance == program_.halted ? none : instance;  // an edge without instance names variable 0
  violation_.event = event_;
  violation_.function = function_text(site);
  violation_.step = shown();
  if (property == Property::kernel_warning) {
    remark("WARN in " + violation_.function + (site.says.empty() ? "" : ": " + site.says));
  } else if (property == Property::kernel_crash) {
    remark("crash in " + violation_.function + ": " + site.text);
  }
}

void Teller::remark(const std::string& text) {
  auto& remarks = trace_.steps[nearest_step()].remarks;
  if (std::find(remarks.begin(), remarks.end(), text) == remarks.end()) remarks.push_back(text);
}

Trace Teller::finish(std::uint32_t goal) {
  const bool is_property = goal != none && program_.goals[goal].property.has_value();
  if (is_property || repeated_) {
    violation_.property = is_property ? *program_.goals[goal].property : Property::devres_growth;
    trace_.property = violation_.property;
    explain(trace_, program_, history_, violation_, machine_.state, repeated_);
  }
  for (TraceStep& step : trace_.steps) {
    std::erase_if(step.changes, [](const Change& change) {
      return change.kind == Change::Kind::variable && change.before == change.after;
    });
  }
  for (const VariableId variable : read_) {
    const VariableInfo& info = program_.variables[variable];
    if (info.values.size() > 1) trace_.configuration.emplace_back(info.name, machine_.state.values[variable]);
  }
  return std::move(trace_);
}

}  // namespace tenure
