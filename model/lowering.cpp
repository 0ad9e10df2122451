#include <algorithm>

#include "model/compiler.h"

// The control flow of one procedure: nodes, edges, calls, and what an argument is bound to.
namespace tenure {

Lowering::Lowering(Compiler& compiler, ProcedureId procedure, Environment environment)
    : compiler_(compiler), procedure_(procedure), environment_(std::move(environment)) {
  new_node();
  Site site;
  site.function = this->procedure().function;
  if (environment_.function != nullptr) {
    site.file = environment_.function->file;
    site.line = environment_.function->at;
    site.place = environment_.function->place;
  }
  site.is_driver = environment_.driver >= 0;
  compiler_.program_.sites.push_back(site);
  site_ = static_cast<SiteId>(compiler_.program_.sites.size() - 1);
}

void Lowering::body(const Block& block) {
  for (const Statement& each : block) statement(each);
}

NodeId Lowering::new_node() {
  procedure().nodes.push_back({});
  return static_cast<NodeId>(procedure().nodes.size() - 1);
}

Edge& Lowering::connect(NodeId from, NodeId to, Action action, TermId guard) {
  Procedure& made = procedure();
  Edge edge;
  edge.from = from;
  edge.to = to;
  edge.guard = guard;
  edge.action = std::move(action);
  edge.site = site_;
  made.edges.push_back(std::move(edge));
  made.nodes[from].edges.push_back(static_cast<std::uint32_t>(made.edges.size() - 1));
  return made.edges.back();
}

Edge& Lowering::step(Action action, TermId guard) {
  pick_unknowns();
  const NodeId from = current_;
  current_ = new_node();
  return connect(from, current_, std::move(action), guard);
}

/// Lets the environment choose what the next edge reads of members that are not followed.
void Lowering::pick_unknowns() {
  for (const VariableId unknown : std::exchange(compiler_.unknowns_, {})) {
    procedure().locals.push_back(unknown);
    procedure().nodes[current_].choice = "unknown";
    step(Pick{unknown, compiler_.constant(0), compiler_.constant(1)});
  }
}

void Lowering::when(TermId condition, const std::function<void()>& then, const std::function<void()>& otherwise) {
  pick_unknowns();
  const NodeId fork = current_;
  step({}, condition);
  then();
  const NodeId end_of_then = current_;
  current_ = fork;
  step({}, compiler_.negation(condition));
  otherwise();
  const NodeId end_of_otherwise = current_;
  current_ = new_node();
  connect(end_of_then, current_);
  connect(end_of_otherwise, current_);
}

/// All jumps that still wait are returns: they go to the last node, which has no edge.
void Lowering::finish() {
  const NodeId from = current_;
  current_ = new_node();
  connect(from, current_);
  for (const std::uint32_t edge : jumps_[""]) procedure().edges[edge].to = current_;
  jumps_.clear();
}

void Lowering::leave(const std::string& label) {
  connect(current_, 0);
  jumps_[label].push_back(static_cast<std::uint32_t>(procedure().edges.size() - 1));
  current_ = new_node();  // what follows is reached by a label alone
}

void Lowering::reach(Property property, Reference instance) {
  const auto reached = [&] { step(Reach{compiler_.goal(property)}).instance = instance; };
  if (compiler_.judges_all())
    reached();
  else
    when(compiler_.judged(compiler_.constant(1)), reached);
}

void Lowering::call(ProcedureId procedure, std::vector<TermId> arguments) {
  step(Call{procedure, std::move(arguments)});
}

void Lowering::call_role(const FunctionReference& role) {
  const int device = device_of(role);
  const auto call_of = [&](int driver) {
    for (const Callback& callback : compiler_.callbacks(driver, device)) {
      if (callback.role != role.name) continue;
      FunctionBinding binding;
      binding.device = device;
      binding.function = compiler_.find_function(callback.function, driver, binding.driver);
      const auto& drivers = compiler_.spec_.drivers;
      const std::string whose = device == 0 && drivers.size() > 1
                                    ? drivers[static_cast<std::size_t>(driver)]->name + "'s "
                                    : compiler_.devices_[device].prefix;
      step(Reach{compiler_.goal(whose + role.name + " is called")});
      call(compiler_.procedure(binding), {});
    }
  };
  if (device != 0) return call_of(compiler_.devices_[device].driver);
  if (compiler_.bound_driver_ == none) {
    if (!compiler_.spec_.drivers.empty()) call_of(0);
    return;
  }
  const TermId is_second = compiler_.variable(compiler_.bound_driver_);
  when(
      is_second, [&] { call_of(1); }, [&] { call_of(0); });
}

/// The device that a function is called for.
int Lowering::device_of(const FunctionReference& reference) const {
  return reference.device.empty() ? environment_.device : compiler_.device(reference.device, environment_.driver);
}

void Lowering::choose_driver() {
  const NodeId fork = current_;
  procedure().nodes[fork].choice = "driver";
  std::vector<NodeId> ends;
  for (std::size_t i = 0; i < compiler_.spec_.drivers.size(); ++i) {
    current_ = fork;
    Edge& edge = step(Assign{{compiler_.bound_driver_, 1, none}, compiler_.constant(static_cast<std::int32_t>(i))},
                      i == 0 ? none : compiler_.variable(compiler_.first_was_bound_));
    edge.says = compiler_.spec_.drivers[i]->name;
    ends.push_back(current_);
  }
  current_ = new_node();
  for (const NodeId end : ends) connect(end, current_);
}

VariableId Lowering::local(const std::string& name) {
  const auto found = environment_.locals.find(name);
  if (found != environment_.locals.end()) return found->second;
  const VariableId id = compiler_.new_variable(name, Scope::local, false);
  environment_.locals[name] = id;
  procedure().locals.push_back(id);
  return id;
}

std::vector<PassedTerm> passed_terms(std::map<std::string, ResourceBinding>& resources,
                                     std::map<std::string, FunctionBinding>& functions, const std::string& prefix) {
  std::vector<PassedTerm> terms;
  for (auto& [name, resource] : resources) {
    if (resource.has_index) terms.push_back({&resource.index, "index of " + prefix + name, true});
  }
  for (auto& [name, function] : functions) {
    const std::string inner = prefix + name + ".";
    for (auto& [parameter, value] : function.values) terms.push_back({&value, inner + parameter, false});
    for (PassedTerm& term : passed_terms(function.resources, function.functions, inner))
      terms.push_back(std::move(term));
  }
  return terms;
}

FunctionBinding Lowering::closure(const FunctionReference& reference) {
  FunctionBinding binding;
  const auto parameter = environment_.functions.find(reference.name);
  if (parameter != environment_.functions.end()) {
    binding = parameter->second;
  } else {
    binding.function = compiler_.find_function(reference.name, environment_.driver, binding.driver);
    binding.device = device_of(reference);
  }
  if (binding.function == nullptr) throw InternalError("unlinked function " + reference.name);
  for (const Argument& argument : reference.with) {
    if (argument.expression) {
      binding.values[argument.name] = value(*argument.expression);
    } else if (argument.resource) {
      check_indices(*argument.resource);
      binding.resources[argument.name] = compiler_.resolve(*argument.resource, environment_);
    } else if (argument.function) {
      binding.functions[argument.name] = closure(*argument.function);
    }
  }
  return binding;
}

TermId Lowering::is_followed(const FunctionBinding& binding) {
  TermId all = none;
  const auto add = [&](TermId one) {
    if (one != none) all = all == none ? one : compiler_.all_of(all, one);
  };
  for (const auto& [name, resource] : binding.resources) {
    if (resource.family != none && resource.has_index)
      add(compiler_.is_followed(compiler_.families_[resource.family], resource));
  }
  for (const auto& [name, function] : binding.functions) add(is_followed(function));
  return all;
}

Lowering::Bound Lowering::bind(const FunctionReference& reference, bool compiles_indices) {
  FunctionBinding binding = closure(reference);
  const TermId is_followed = this->is_followed(binding);
  std::vector<TermId> values;
  for (const Parameter& parameter : binding.function->parameters) {
    if (parameter.kind != ParameterKind::value) continue;
    values.push_back(binding.values.at(parameter.name));
  }
  binding.values.clear();
  // What changes from run to run is passed, not compiled in.
  for (const PassedTerm& passed : passed_terms(binding.resources, binding.functions)) {
    const bool is_constant = compiler_.program_.terms[*passed.term].kind == Term::Kind::constant;
    if (compiles_indices && passed.is_index && is_constant) continue;
    values.push_back(*passed.term);
    *passed.term = none;
  }
  return {compiler_.procedure(binding), std::move(values), is_followed};
}

/// Keeps what the last call returned and clears the register, so that it makes no difference between states.
void Lowering::take_result(const std::string& into) {
  const TermId result = compiler_.variable(compiler_.program_.result);
  if (!into.empty()) assign(into, result);
  step(Assign{{compiler_.program_.result, 1, none}, compiler_.constant(0)});
}

/// An index out of range in what is read is reached as an error of the spec.
void Lowering::report(TermId is_outside) {
  if (is_outside != none) when(is_outside, [&] { reach(Property::index_range); });
}

/// The value of an expression, which is read here.
TermId Lowering::value(const Expression& expression) {
  check_indices(expression);
  const TermId term = compiler_.term(expression, environment_);
  pick_unknowns();
  return term;
}

/// Calls `body` unless the index of a reference is out of range, which is reached as an error of the spec.
void Lowering::within(const Reference& reference, const std::function<void()>& body) {
  const TermId is_outside = compiler_.outside(reference);
  if (is_outside == none) return body();
  when(
      is_outside, [&] { reach(Property::index_range); }, body);
}

/// Calls `body`, where a condition is given only when that holds.
void Lowering::when_followed(TermId is_followed, const std::function<void()>& body) {
  if (is_followed == none) return body();
  when(is_followed, body);
}

void Lowering::assign(const std::string& name, TermId value) {
  Expression target;
  target.kind = Expression::Kind::name;
  target.name = name;
  assign(target, value);
}

void Lowering::assign(const Expression& target, TermId value) {
  const std::string& name = target.name;
  const auto found = environment_.locals.find(name);
  if (found != environment_.locals.end()) {
    step(Assign{{found->second, 1, none}, value});
    return;
  }
  const auto* variable = compiler_.find_variable(name, environment_);
  if (variable == nullptr) {
    step(Assign{{local(name), 1, none}, value});
    return;
  }
  if (variable->variable->type == VariableType::boolean && !compiler_.is_boolean(value)) {
    value = compiler_.operation(Operator::unequal, value, compiler_.constant(0));
  }
  if (variable->shadow != none && variable->variable->type == VariableType::counter) {
    compiler_.diagnostics_.add(compiler_.program_.sites[site_].place,
                               "'" + name + "' is a restored counter and only goes up and down by one");
  }
  if (!target.operands.empty()) check_indices(target.operands.front());
  const Reference member = compiler_.reference(*variable, target, environment_);
  when_followed(compiler_.is_followed(*variable, member), [&] {
    within(member, [&] { step(Assign{member, value}); });
  });
}

/// A counter beyond its range is only known to be so: coming back, it may be inside again or not. Exact counters get
/// the same nodes and edges, so that a path of one program can be replayed on the other.
void Lowering::saturating_step(VariableId id, Compiler::CounterRange range, std::int32_t change) {
  const TermId value = compiler_.variable(id);
  const TermId next = compiler_.operation(Operator::add, value, compiler_.constant(change));
  const Reference target{id, 1, none};
  const bool is_exact = compiler_.options_.counter_margin == 0;
  const TermId far_end = compiler_.constant(change > 0 ? range.high : range.low);
  const TermId near_end = compiler_.constant(change > 0 ? range.low : range.high);
  const NodeId fork = current_;
  const TermId at_far_end = is_exact ? compiler_.constant(0) : compiler_.operation(Operator::equal, value, far_end);
  Node& node = procedure().nodes[fork];
  node.choice = compiler_.program_.variables[id].name;
  node.abstracts = true;
  node.saturates = at_far_end;
  step(Assign{target, compiler_.operation(Operator::conditional, at_far_end, value, next)}).says = "exactly";
  const NodeId after = current_;
  const TermId at_near_end = is_exact ? compiler_.constant(0) : compiler_.operation(Operator::equal, value, near_end);
  Edge& beyond = connect(fork, after, {}, at_near_end);
  beyond.says = "still beyond its range";
}

void Lowering::step_counter(const Compiler::CompiledVariable& counter, std::int32_t change) {
  saturating_step(counter.id, counter.range, change);
  if (counter.shadow != none) saturating_step(counter.shadow, counter.shadow_range, change);
}

}  // namespace tenure
