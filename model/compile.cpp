#include "model/compile.h"

#include <algorithm>
#include <functional>

#include "model/compiler.h"
#include "model/jump_threading.h"
#include "model/link_walk.h"

namespace tenure {

namespace {

/// The sizes of which not all values can be unrolled.
std::vector<const Variable*> sizes_that_are_cut(const Spec& spec) {
  std::vector<const Variable*> sizes;
  if (spec.drivers.size() > 1) return sizes;  // their names may be the same
  for (const auto& driver : spec.drivers) {
    for (const Variable& variable : driver->variables) {
      if (variable.type == VariableType::size && variable.high > variable.values.back()) sizes.push_back(&variable);
    }
  }
  return sizes;
}

/// Adds the program in which one member is followed of as many families as can be.
void follow_one_member(Program& program, const Spec& spec, const CompileOptions& options) {
  std::vector<const Variable*> sizes = sizes_that_are_cut(spec);
  std::map<std::string, std::string> objections;
  const auto note = [&](Program& cut) {
    for (SizeInfo& size : cut.sizes) {
      const auto found = objections.find(cut.variables[size.variable].name);
      if (!size.cut.empty() && found != objections.end()) size.cut += "; " + found->second;
    }
  };
  while (!sizes.empty()) {
    Compiler compiler(spec, options, sizes);
    Program followed = compiler.run();
    const std::vector<Objection> found = objections_to(followed, compiler.followed());
    if (found.empty()) {
      note(followed);
      followed.is_one_member = true;
      program.one_member.push_back(std::move(followed));
      break;
    }
    for (const Objection& objection : found) {
      const Variable* size = compiler.followed().sizes[objection.size].declared;
      objections.emplace(size->name, objection.says);
      std::erase(sizes, size);
    }
  }
  note(program);
}

}  // namespace

Program compile(const Spec& spec, const CompileOptions& options) {
  Program program = Compiler(spec, options).run();
  if (!options.has_points && options.counter_margin > 0) follow_one_member(program, spec, options);
  // Only now: that members have nothing to do with each other is seen in loops as they are written.
  thread_jumps(program);
  return program;
}

Program Compiler::run() {
  program_.driver = spec_.drivers.empty() ? "" : spec_.drivers.front()->name;
  program_.counter_margin = options_.counter_margin;
  program_.halted = new_variable("halted", Scope::shadow);
  program_.result = new_variable("result", Scope::local, false);
  if (spec_.drivers.size() > 1) {
    bound_driver_ = new_variable("bound driver", Scope::device, false);
    first_was_bound_ = new_variable(spec_.drivers[0]->name + " was bound", Scope::shadow);
  }
  declare_devices();
  const auto declare = [&](const Unit& unit, int driver) {
    declare_constants(unit, driver);
    declare_variables(unit, driver);
    declare_functions(unit, driver);
  };
  for (const auto& part : spec_.kernel) declare(*part, -1);
  for (std::size_t i = 0; i < spec_.drivers.size(); ++i) declare(*spec_.drivers[i], static_cast<int>(i));
  measure_counters();
  compile_events();
  finish_lose_dependents();
  finish_forget_needs();
  finish_in_use();
  finish_needs();
  finish_owed();
  diagnostics_.throw_if_any();
  for (const auto& made : {losers_, forgetters_}) {
    for (const auto& [family, procedure] : made) followed_.made_procedures.insert(procedure);
  }
  forget_unread();
  return std::move(program_);
}

VariableId Compiler::new_variable(std::string name, Scope scope, bool is_boolean) {
  VariableInfo info;
  info.name = std::move(name);
  info.scope = scope;
  info.is_boolean = is_boolean;
  return new_variable(std::move(info));
}

VariableId Compiler::new_variable(VariableInfo info) {
  program_.variables.push_back(std::move(info));
  return static_cast<VariableId>(program_.variables.size() - 1);
}

/// `count` variables that follow each other, named NAME[0] ... when they are a family; gives the first.
VariableId Compiler::new_family(const VariableInfo& member, const std::string& suffix, int count, bool is_family) {
  const auto first = static_cast<VariableId>(program_.variables.size());
  for (int i = 0; i < count; ++i) {
    VariableInfo info = member;
    info.name += (is_family ? "[" + std::to_string(i) + "]" : "") + suffix;
    new_variable(std::move(info));
  }
  return first;
}

/// Marks what no term reads, and leaves out what is noted of resources and never asked for: it would only tell states
/// apart.
void Compiler::forget_unread() {
  for (VariableInfo& variable : program_.variables) variable.is_read = false;
  for (const Term& term : program_.terms) {
    if (term.kind != Term::Kind::variable) continue;
    for (std::uint32_t i = 0; i < term.variable.count; ++i) program_.variables[term.variable.first + i].is_read = true;
  }
  if (!options_.forgets_unread) return;
  for (Procedure& procedure : program_.procedures) {
    for (Edge& edge : procedure.edges) {
      const auto* assign = std::get_if<Assign>(&edge.action);
      if (assign == nullptr || program_.variables[assign->variable.first].scope != Scope::resource) continue;
      const auto first = program_.variables.begin() + assign->variable.first;
      const bool is_read = std::any_of(first, first + assign->variable.count,
                                       [](const VariableInfo& variable) { return variable.is_read; });
      if (!is_read) edge.action = std::monostate{};
    }
  }
}

void Compiler::declare_constants(const Unit& unit, int driver) {
  for (const Constant& constant : unit.constants) {
    constants_[{driver, constant.name}] = constant.value;
    if (constant.name.starts_with("E")) program_.error_names.emplace(constant.value, constant.name);
  }
}

void Compiler::declare_devices() {
  devices_.emplace_back();
  for (std::size_t i = 0; i < spec_.drivers.size(); ++i) {
    for (const FurtherDevice& device : spec_.drivers[i]->devices)
      devices_.push_back({device.name + ": ", static_cast<int>(i), &device});
  }
}

/// What the kernel keeps is there once for each device; what a module or a driver keeps is there once.
void Compiler::declare_variables(const Unit& unit, int driver) {
  for (const Resource& resource : unit.resources) resources_[{driver, resource.name}] = &resource;
  for (int device = 0; device < static_cast<int>(devices_.size()); ++device) {
    for (const DeferredList& list : unit.lists) {
      program_.lists.push_back({devices_[device].prefix + list.name, list.says});
      lists_.push_back({&list, device});
    }
    for (const Variable& variable : unit.variables) {
      const bool is_shared = driver >= 0 || variable.lifetime == Lifetime::module;
      if (device == 0 || !is_shared) declare_variable(variable, driver, device);
    }
  }
}

void Compiler::declare_variable(const Variable& variable, int driver, int device) {
  VariableInfo info;
  info.name = devices_[device].prefix + variable.name;
  info.is_boolean = variable.type == VariableType::boolean;
  info.initial = variable.initial;
  info.values = variable.values;
  info.says = variable.says;
  switch (variable.lifetime) {
    case Lifetime::fixed:
      info.scope = Scope::fixed;
      if (info.is_boolean) info.values = {0, 1};
      break;
    case Lifetime::device:
      info.scope = Scope::device;
      break;
    case Lifetime::driver:
      info.scope = Scope::driver;
      break;
    case Lifetime::module:
      info.scope = Scope::module;
      break;
  }
  const int whose = variable.device.empty() ? device : this->device(variable.device, driver);
  const std::uint32_t count = count_of(variable.count, variable.size);
  info.is_of_member = followed_by(variable.size) != none;
  const auto family = [&](const std::string& suffix) {
    return new_family(info, suffix, static_cast<int>(count), variable.is_family);
  };
  CompiledVariable compiled{family(""), &variable, whose, none, {}, {}, count};
  if (variable.type == VariableType::size) declare_size(variable, compiled.id);
  if (info.is_of_member && !info.is_boolean)
    followed_.objections.push_back(
        {followed_by(variable.size), "the integers " + variable.name + "[] may be anything"});
  if (variable.restored) {
    const bool is_counter = variable.type == VariableType::counter;
    info.scope = Scope::shadow;
    info.initial = is_counter ? 0 : variable.initial;
    info.says.clear();
    compiled.shadow = family(is_counter ? " since the bind began" : " when the bind began");
    for (VariableId i = 0; i < compiled.count; ++i)
      program_.remembered.push_back({compiled.id + i, compiled.shadow + i, is_counter});
  }
  variables_[{device, driver, variable.name}] = compiled;
}

void Compiler::declare_functions(const Unit& unit, int driver) {
  for (const Function& function : unit.functions) functions_[{driver, function.name}] = &function;
}

namespace {

using Visit = std::function<void(const Expression&)>;

void for_each_in(const ResourceReference& resource, const Visit& visit);

/// Calls `visit` for an expression and all those in it.
void for_each_in(const Expression& expression, const Visit& visit) {
  visit(expression);
  if (expression.resource) for_each_in(*expression.resource, visit);
  for (const Expression& operand : expression.operands) for_each_in(operand, visit);
}

void for_each_in(const ResourceReference& resource, const Visit& visit) {
  if (resource.index) for_each_in(*resource.index, visit);
  if (resource.per) for_each_in(*resource.per, visit);
}

void for_each_in(const FunctionReference& function, const Visit& visit) {
  for (const Argument& argument : function.with) {
    if (argument.expression) for_each_in(*argument.expression, visit);
    if (argument.resource) for_each_in(*argument.resource, visit);
    if (argument.function) for_each_in(*argument.function, visit);
  }
}

void for_each_in(const Block& block, const Visit& visit) {
  for_each_statement(block, [&](const Statement& statement) {
    for_each_expression_of(statement, [&](const Expression& each) { for_each_in(each, visit); });
    for_each_resource_of(statement, [&](const ResourceReference& each) { for_each_in(each, visit); });
    if (const FunctionReference* function = function_of(statement)) for_each_in(*function, visit);
  });
}

}  // namespace

/// A counter is followed as far as the constants that it is compared with, and a margin on both sides.
void Compiler::measure_counters() {
  std::map<const Variable*, std::vector<std::int32_t>> met;
  int driver = -1;
  const Visit visit = [&](const Expression& expression) {
    if (expression.kind != Expression::Kind::operation || expression.operands.size() != 2) return;
    for (int side = 0; side < 2; ++side) {
      const Expression& name = expression.operands[side];
      if (name.kind != Expression::Kind::name) continue;
      const auto* variable = find_variable(name.name, {driver, nullptr, {}, {}, {}});
      if (variable == nullptr || variable->variable->type != VariableType::counter) continue;
      const Term& other = program_.terms[term(expression.operands[1 - side], {driver, nullptr, {}, {}, {}})];
      if (other.kind == Term::Kind::constant) met[variable->variable].push_back(other.value);
      if (other.kind == Term::Kind::operation && other.op == Operator::negate) {
        met[variable->variable].push_back(-program_.terms[other.operands[0]].value);
      }
    }
  };
  const auto visit_unit = [&](const Unit& unit, int owner) {
    driver = owner;
    for (const Function& function : unit.functions) for_each_in(function.body, visit);
    for (const Event& event : unit.events) {
      if (event.when) for_each_in(*event.when, visit);
      for_each_in(event.body, visit);
    }
    for (const DeferredList& list : unit.lists) {
      if (list.empty_when) for_each_in(*list.empty_when, visit);
    }
    for (const auto* expression : {&unit.quiescent, &unit.final, &unit.while_bound}) {
      if (*expression) for_each_in(**expression, visit);
    }
  };
  for (const auto& part : spec_.kernel) visit_unit(*part, -1);
  for (std::size_t i = 0; i < spec_.drivers.size(); ++i) visit_unit(*spec_.drivers[i], static_cast<int>(i));
  unknowns_.clear();
  for (auto& [key, variable] : variables_) {
    if (variable.variable->type != VariableType::counter) continue;
    std::vector<std::int32_t> constants = met[variable.variable];
    constants.push_back(variable.variable->initial);
    const auto [low, high] = std::minmax_element(constants.begin(), constants.end());
    program_.variables[variable.id].compared = {*low, *high};
    if (variable.shadow != none) program_.variables[variable.shadow].compared = {0, 0};
    variable.range = {*low - options_.counter_margin, *high + options_.counter_margin};
    variable.shadow_range = {-options_.counter_margin - 1, options_.counter_margin + 1};
  }
}

ProcedureId Compiler::procedure(const FunctionBinding& binding) {
  const std::string key = key_of(binding);
  const auto found = procedures_.find(key);
  if (found != procedures_.end()) return found->second;

  program_.procedures.push_back({});
  const auto id = static_cast<ProcedureId>(program_.procedures.size() - 1);
  procedures_.emplace(key, id);
  const Function& function = *binding.function;
  Environment environment{binding.driver, &function, {}, binding.resources, binding.functions, binding.device};
  Procedure made;
  made.function = function_info(function, binding.driver);
  made.name = function.name;
  const auto local = [&](const std::string& name, std::int32_t initial) {
    const VariableId variable = environment.locals[name] = new_variable(name, Scope::local, false);
    program_.variables[variable].initial = initial;
    return variable;
  };
  std::string bound;
  for (const Parameter& parameter : function.parameters) {
    if (parameter.kind == ParameterKind::value) made.parameters.push_back(local(parameter.name, 0));
    if (parameter.kind == ParameterKind::resource) {
      const ResourceBinding& resource = binding.resources.at(parameter.name);
      if (resource.family != none) bound += (bound.empty() ? "" : ", ") + families_[resource.family].name;
    }
    if (parameter.kind == ParameterKind::function) {
      bound += (bound.empty() ? "" : ", ") + binding.functions.at(parameter.name).function->name;
    }
  }
  if (!bound.empty()) made.name += "(" + bound + ")";
  for (const PassedTerm& passed : passed_terms(environment.resources, environment.functions)) {
    if (*passed.term != none) continue;
    made.parameters.push_back(local(passed.name, 0));
    *passed.term = variable(made.parameters.back());
  }
  for (const Local& declared : function.locals) made.locals.push_back(local(declared.name, declared.initial));
  program_.procedures[id] = std::move(made);
  Lowering lowering(*this, id, std::move(environment));
  lowering.body(function.body);
  lowering.finish();
  return id;
}

/// Makes the procedures that stand for the marks of groups, once.
void Compiler::need_group_marks() {
  if (program_.group_begins != none) return;
  const auto mark = [&](const char* name) {
    Procedure procedure;
    procedure.name = name;
    procedure.function = static_cast<std::uint32_t>(program_.functions.size());
    procedure.parameters.push_back(new_variable("number", Scope::local, false));
    procedure.nodes.emplace_back();
    program_.functions.push_back({name, "", 0, "", false});
    program_.procedures.push_back(std::move(procedure));
    return static_cast<ProcedureId>(program_.procedures.size() - 1);
  };
  program_.group_begins = mark("the beginning of group");
  program_.group_ends = mark("the end of group");
}

std::string Compiler::key_of(const ResourceBinding& binding) const {
  if (binding.family == none) return "none";
  if (!binding.has_index) return std::to_string(binding.family);
  return std::to_string(binding.family) + "[" + (binding.index == none ? "" : std::to_string(binding.index)) + "]";
}

std::string Compiler::key_of(const FunctionBinding& binding) const {
  std::string key = std::to_string(binding.driver) + "@" + std::to_string(binding.device) + ":";
  key += binding.function->name + "(";
  for (const auto& [name, passed] : binding.values) key += name + "=,";
  for (const auto& [name, resource] : binding.resources) key += name + "=" + key_of(resource) + ",";
  for (const auto& [name, function] : binding.functions) key += name + "=" + key_of(function) + ",";
  if (binding.function->file.empty() && binding.function->at == 0 && binding.function->parameters.empty()) {
    key += std::to_string(binding.function->place.line) + ":" + std::to_string(binding.function->place.column);
  }
  return key + ")";
}

std::uint32_t Compiler::function_info(const Function& function, int driver) {
  const auto found = function_infos_.find(&function);
  if (found != function_infos_.end()) return found->second;
  program_.functions.push_back({function.name, function.file, function.at, function.says, driver >= 0});
  return function_infos_[&function] = static_cast<std::uint32_t>(program_.functions.size() - 1);
}

std::uint32_t Compiler::goal(Property property) {
  for (std::uint32_t i = 0; i < program_.goals.size(); ++i) {
    if (program_.goals[i].property == property) return i;
  }
  program_.goals.push_back({property, ""});
  return static_cast<std::uint32_t>(program_.goals.size() - 1);
}

std::uint32_t Compiler::goal(const std::string& says) {
  for (std::uint32_t i = 0; i < program_.goals.size(); ++i) {
    if (program_.goals[i].says == says) return i;
  }
  program_.goals.push_back({std::nullopt, says});
  return static_cast<std::uint32_t>(program_.goals.size() - 1);
}

bool Compiler::is_kept(const std::string& variable) const {
  for (const auto& driver : spec_.drivers) {
    for (const Keeps& keeps : driver->keeps) {
      if (keeps.variable == variable) return true;
    }
  }
  return false;
}

ListId Compiler::list(const std::string& name, int device) const {
  for (ListId i = 0; i < lists_.size(); ++i) {
    if (lists_[i].list->name == name && lists_[i].device == device) return i;
  }
  throw InternalError("unlinked list " + name);
}

int Compiler::device(const std::string& name, int driver) const {
  if (name == main_device) return 0;
  for (int i = 1; i < static_cast<int>(devices_.size()); ++i) {
    if (devices_[i].driver == driver && devices_[i].declared->name == name) return i;
  }
  throw InternalError("unlinked device " + name);
}

const std::vector<Callback>& Compiler::callbacks(int driver, int device) const {
  return device != 0 ? devices_[device].declared->callbacks
                     : spec_.drivers[static_cast<std::size_t>(driver)]->callbacks;
}

const Function* Compiler::find_function(const std::string& name, int driver, int& owner) const {
  for (const int candidate : {driver, -1}) {
    const auto found = functions_.find({candidate, name});
    if (found == functions_.end()) continue;
    owner = candidate;
    return found->second;
  }
  return nullptr;
}

const Compiler::CompiledVariable* Compiler::find_variable(const std::string& name,
                                                          const Environment& environment) const {
  auto found = environment.driver < 0 ? variables_.end() : variables_.find({0, environment.driver, name});
  if (found == variables_.end()) found = variables_.find({environment.device, -1, name});
  if (found == variables_.end()) found = variables_.find({0, -1, name});
  return found == variables_.end() ? nullptr : &found->second;
}

const std::int32_t* Compiler::find_constant(const std::string& name, int driver) const {
  auto found = constants_.find({driver, name});
  if (found == constants_.end()) found = constants_.find({-1, name});
  return found == constants_.end() ? nullptr : &found->second;
}

}  // namespace tenure
