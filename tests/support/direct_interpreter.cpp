#include "tests/support/direct_interpreter.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "model/interpreter.h"

namespace tenure::testing {

namespace {

template <typename T>
const T* named(const std::vector<T>& declarations, const std::string& name) {
  const auto found =
      std::find_if(declarations.begin(), declarations.end(), [&](const T& each) { return each.name == name; });
  return found == declarations.end() ? nullptr : &*found;
}

/// Looks a declaration up among those of a driver, then among the kernel's; `owner` is whose it is.
template <typename T>
const T* declaration(const Spec& spec, std::vector<T> Unit::*member, const std::string& name, int driver, int& owner) {
  if (driver >= 0) {
    owner = driver;
    if (const T* found = named((*spec.drivers[static_cast<std::size_t>(driver)]).*member, name)) return found;
  }
  owner = -1;
  for (const auto& part : spec.kernel) {
    if (const T* found = named((*part).*member, name)) return found;
  }
  return nullptr;
}

bool keeps(const Unit& driver, const std::string& variable) {
  return std::any_of(driver.keeps.begin(), driver.keeps.end(),
                     [&](const Keeps& each) { return each.variable == variable; });
}

std::string key_of(const BoundResource& resource) {
  return resource.family.key + "[" + std::to_string(resource.index.value_or(0)) + "]";
}

/// As a trace shows it.
std::string name_of(const BoundResource& resource) {
  const std::string index = "[" + std::to_string(resource.index.value_or(0)) + "]";
  return resource.family.name + (resource.family.is_family ? index : "");
}

}  // namespace

std::string member_name(const Variable& variable, int member) {
  return variable.is_family ? variable.name + "[" + std::to_string(member) + "]" : variable.name;
}

DirectInterpreter::DirectInterpreter(const Spec& spec, std::map<std::string, std::int32_t> fixed, Decider decider)
    : spec_(spec), decider_(std::move(decider)) {
  for (std::size_t i = 0; i < spec.drivers.size(); ++i) {
    for (const FurtherDevice& each : spec.drivers[i]->devices) {
      devices_.push_back(each.name);
      declared_.emplace_back(static_cast<int>(i), &each);
    }
  }
  for (int device = 0; device < static_cast<int>(devices_.size()); ++device) {
    const std::string prefix = device == 0 ? "" : devices_[device] + ": ";
    for_each_unit([&](const Unit& unit, int driver) {
      for (const DeferredList& list : unit.lists) {
        lists_[{device, list.name}];
        if (list.empty_when) empty_when_[list.name] = &*list.empty_when;
      }
      for (const Variable& each : unit.variables) {
        if (device_of_variable(each, driver, device) != device) continue;
        const bool is_fixed = each.lifetime == Lifetime::fixed;
        for (int i = 0; i < each.count; ++i) {
          const std::string name = member_name(each, i);
          values_[{device, driver, name}] = is_fixed ? fixed.at(prefix + name) : each.initial;
          if (each.restored) noted_[{device, driver, name}] = each.initial;
        }
      }
      if (driver < 0 && has_life(device))
        for (const Event& event : unit.events) events_.push_back({driver, &event, device});
    });
  }
  for (std::size_t i = 0; i < spec.drivers.size(); ++i)
    for (const Event& event : spec.drivers[i]->events) events_.push_back({static_cast<int>(i), &event, 0});
}

/// The kernel keeps its variables for each device apart, but for those of a module; a driver's are there once.
int DirectInterpreter::device_of_variable(const Variable& variable, int owner, int device) const {
  return owner >= 0 || variable.lifetime == Lifetime::module ? 0 : device;
}

int DirectInterpreter::device_called(const std::string& name, int driver) const {
  for (int device = 1; device < static_cast<int>(devices_.size()); ++device) {
    if (declared_[device].first == driver && devices_[device] == name) return device;
  }
  return 0;
}

int DirectInterpreter::device_of(const FunctionReference& function, const Scope& scope) const {
  return function.device.empty() ? scope.device : device_called(function.device, scope.driver);
}

bool DirectInterpreter::has_life(int device) const {
  return device == 0 || !declared_[device].second->callbacks.empty();
}

template <typename Visit>
void DirectInterpreter::for_each_unit(const Visit& visit) const {
  for (const auto& part : spec_.kernel) visit(*part, -1);
  for (std::size_t i = 0; i < spec_.drivers.size(); ++i) visit(*spec_.drivers[i], static_cast<int>(i));
}

const Variable* DirectInterpreter::variable(const std::string& name, int driver, int& owner) const {
  return declaration(spec_, &Unit::variables, name, driver, owner);
}

const Function* DirectInterpreter::function(const std::string& name, int driver, int& owner) const {
  return declaration(spec_, &Unit::functions, name, driver, owner);
}

const Resource* DirectInterpreter::resource(const std::string& name, int driver, int& owner) const {
  return declaration(spec_, &Unit::resources, name, driver, owner);
}

std::optional<std::int32_t> DirectInterpreter::constant(const std::string& name, int driver) const {
  int owner = -1;
  const Constant* found = declaration(spec_, &Unit::constants, name, driver, owner);
  return found == nullptr ? std::nullopt : std::optional(found->value);
}

/// What the driver that is bound to a device (or being bound) has for a role.
const Callback* DirectInterpreter::callback(const std::string& role, int device, int& driver) const {
  if (spec_.drivers.empty()) return nullptr;
  driver = device == 0 ? bound_driver_ : declared_[device].first;
  const auto& callbacks =
      device == 0 ? spec_.drivers[static_cast<std::size_t>(driver)]->callbacks : declared_[device].second->callbacks;
  const auto found =
      std::find_if(callbacks.begin(), callbacks.end(), [&](const Callback& each) { return each.role == role; });
  return found == callbacks.end() ? nullptr : &*found;
}

const Expression* DirectInterpreter::life_cycle(std::optional<Expression> Unit::*member) const {
  for (const auto& part : spec_.kernel) {
    if ((*part).*member) return &*((*part).*member);
  }
  return nullptr;
}

bool DirectInterpreter::holds(std::optional<Expression> Unit::*member, int device, bool otherwise) const {
  const Expression* expression = life_cycle(member);
  Scope scope;
  scope.device = has_life(device) ? device : 0;
  return expression == nullptr ? otherwise : evaluate(*expression, scope) != 0;
}

bool DirectInterpreter::enabled(std::size_t event) const {
  const auto& [driver, found, device] = events_[event];
  if (is_halted_ || holds(&Unit::final, device, false)) return false;
  if (driver >= 0 && (driver != bound_driver_ || !holds(&Unit::while_bound, 0, true))) return false;
  Scope scope;
  scope.driver = driver;
  scope.device = device;
  return !found->when || evaluate(*found->when, scope) != 0;
}

std::vector<Reached> DirectInterpreter::run(std::size_t event) {
  reached_.clear();
  at_end_ = false;
  const auto& [driver, found, device] = events_[event];
  if (found->remembers) remember(device);
  Scope scope;
  scope.driver = driver;
  scope.device = device;
  for (const Local& local : found->locals) scope.values[local.name] = local.initial;
  is_halted_ = block(found->body, scope) == Flow::halts;
  at_end_ = true;
  for (int each = 0; !is_halted_ && each < static_cast<int>(devices_.size()); ++each) end_event(each);
  return std::move(reached_);
}

void DirectInterpreter::remember(int device) {
  if (!empty_when_.empty()) forget_driver(device);
  if (device == 0 && spec_.drivers.size() > 1) bound_driver_ = static_cast<int>(decider_.choose("driver"));
  for (auto& [key, value] : noted_) {
    if (std::get<0>(key) == device) value = values_.at(key);
  }
}

void DirectInterpreter::end_event(int device) {
  if (holds(&Unit::final, device, false)) return;
  check_lists(device, true);
  if (holds(&Unit::quiescent, device, true)) return check_quiescent(device);
  if (has_life(device)) reach((device == 0 ? "the device" : devices_[device]) + " stays bound");
  if (device == 0 && spec_.drivers.size() > 1 && bound_driver_ == 0) first_was_bound_ = true;
}

void DirectInterpreter::check_lists(int device, bool on_their_own) {
  Scope scope;
  scope.device = device;
  for (const auto& [key, entries] : lists_) {
    if (key.first != device || entries.empty()) continue;
    const auto own = empty_when_.find(key.second);
    if (on_their_own != (own != empty_when_.end())) continue;
    if (!on_their_own || evaluate(*own->second, scope) != 0) reach(Property::devres_left);
  }
}

void DirectInterpreter::check_quiescent(int device) {
  const std::string prefix = device == 0 ? "" : devices_[device] + ": ";
  if (has_life(device)) reach((device == 0 ? "the device" : devices_[device]) + " is quiescent again");
  check_lists(device, false);
  for (auto& [key, noted] : noted_) {
    if (std::get<0>(key) != device) continue;
    const std::string& name = std::get<2>(key);
    const std::int32_t now = values_.at(key);
    const bool is_kept = std::any_of(spec_.drivers.begin(), spec_.drivers.end(), [&](const auto& driver) {
      return keeps(*driver, name.substr(0, name.find('[')));
    });
    if (now != noted && !is_kept) reach(Property::stale_state, prefix + name);
    noted = now;
  }
  if (!is_waiting(device)) {
    for (auto& [key, instance] : instances_) {
      if (instance.held && instance.owed == 1 + device) reach(Property::leak, instance.name);
      if (instance.device == device) instance.released = false;
    }
    forget_driver(device);
  }
  if (device == 0) bound_driver_ = 0;
}

/// Whether a list has entries that may still be there.
bool DirectInterpreter::is_waiting(int device) const {
  Scope scope;
  scope.device = device;
  return std::any_of(empty_when_.begin(), empty_when_.end(), [&](const auto& each) {
    return !lists_.at({device, each.first}).empty() && evaluate(*each.second, scope) == 0;
  });
}

void DirectInterpreter::forget_driver(int device) {
  for_each_unit([&](const Unit& unit, int driver) {
    for (const Variable& each : unit.variables) {
      const int whose = driver < 0 ? device : device_called(each.device, driver);
      if (each.lifetime != Lifetime::driver || whose != device) continue;
      for (int i = 0; i < each.count; ++i)
        values_[{device_of_variable(each, driver, device), driver, member_name(each, i)}] = each.initial;
    }
  });
}

std::int32_t DirectInterpreter::value(const Expression& expression, const Scope& scope) {
  const std::int32_t result = evaluate(expression, scope);
  note_outside();
  return result;
}

void DirectInterpreter::note_outside() {
  if (std::exchange(is_outside_, false)) reach(Property::index_range);
}

std::int32_t DirectInterpreter::evaluate(const Expression& expression, const Scope& scope) const {
  switch (expression.kind) {
    case Expression::Kind::literal:
      return expression.value;
    case Expression::Kind::name:
      return expression.operands.empty() ? value_of_name(expression.name, scope) : value_of_member(expression, scope);
    case Expression::Kind::operation:
      return value_of_operation(expression, scope);
    case Expression::Kind::held: {
      const auto found = instances_.find(key_of(bound(*expression.resource, scope)));
      return found != instances_.end() && found->second.held ? 1 : 0;
    }
    case Expression::Kind::in_use:
      return is_needed(key_of(bound(*expression.resource, scope))) ? 1 : 0;
    case Expression::Kind::has: {
      const auto& list = lists_.at({scope.device, expression.name});
      int owner = -1;
      const auto given = scope.functions.find(expression.function);
      const Function* wanted =
          given != scope.functions.end() ? given->second.function : function(expression.function, scope.driver, owner);
      return std::any_of(list.begin(), list.end(),
                         [&](const DeferredEntry& each) { return each.closure.function == wanted; })
                 ? 1
                 : 0;
    }
    case Expression::Kind::empty:
      return lists_.at({scope.device, expression.name}).empty() ? 1 : 0;
    case Expression::Kind::defined: {
      int driver = -1;
      return callback(expression.name, scope.device, driver) != nullptr ? 1 : 0;
    }
  }
  throw std::logic_error("unknown kind of expression");
}

std::int32_t DirectInterpreter::value_of_name(const std::string& name, const Scope& scope) const {
  if (const auto local = scope.values.find(name); local != scope.values.end()) return local->second;
  if (const auto found = constant(name, scope.driver)) return *found;
  int owner = -1;
  const Variable* declared = variable(name, scope.driver, owner);
  if (declared == nullptr) throw std::logic_error("unknown name " + name);
  return values_.at({device_of_variable(*declared, owner, scope.device), owner, name});
}

std::int32_t DirectInterpreter::value_of_member(const Expression& expression, const Scope& scope) const {
  int owner = -1;
  const Variable& declared = *variable(expression.name, scope.driver, owner);
  const std::int32_t index = evaluate(expression.operands[0], scope);
  if (index >= 0 && index < declared.count)
    return values_.at({device_of_variable(declared, owner, scope.device), owner, member_name(declared, index)});
  is_outside_ = true;
  return 0;
}

/// As in C, what does not matter is not read.
std::int32_t DirectInterpreter::value_of_operation(const Expression& expression, const Scope& scope) const {
  const std::int32_t first = evaluate(expression.operands[0], scope);
  if (expression.op == Operator::conditional) return evaluate(expression.operands[first != 0 ? 1 : 2], scope);
  if (expression.op == Operator::logical_and && first == 0) return 0;
  if (expression.op == Operator::logical_or && first != 0) return 1;
  return apply(expression.op, first, expression.operands.size() > 1 ? evaluate(expression.operands[1], scope) : 0);
}

namespace {

bool is_outside(const BoundResource& resource) {
  return resource.index && (*resource.index < 0 || *resource.index >= resource.family.count);
}

/// Makes a resource the one for another, a member of a family perhaps. One for a member that is not there is not there.
void bind_to(const BoundResource& per, BoundResource& made) {
  if (per.family.key.empty()) return;
  made.family.key += "(" + key_of(per) + ")";
  made.family.name += "(" + name_of(per) + ")";
  if (is_outside(per)) made.index = -1;
}

}  // namespace

BoundResource DirectInterpreter::bound(const ResourceReference& reference, const Scope& scope) const {
  if (reference.name == "none") return {};
  BoundResource made;
  if (const auto given = scope.resources.find(reference.name); given != scope.resources.end()) {
    made = given->second;
    if (made.family.key.empty()) return made;
  } else {
    int owner = -1;
    const Resource* declared = resource(reference.name, scope.driver, owner);
    if (declared == nullptr) throw std::logic_error("unknown resource " + reference.name);
    const int device = owner < 0 ? scope.device : 0;
    const std::string prefix = device == 0 ? "" : devices_[device] + ": ";
    made.family.key = std::to_string(owner) + "@" + std::to_string(device) + ":" + declared->name;
    made.family.name = prefix + declared->name;
    made.family.count = declared->count;
    made.family.device = device;
    made.family.is_family = declared->is_family;
    if (reference.per) bind_to(bound(*reference.per, scope), made);
  }
  if (reference.index != nullptr && !made.index) made.index = evaluate(*reference.index, scope);
  return made;
}

Closure DirectInterpreter::closure(const FunctionReference& reference, const Scope& scope) {
  Closure made;
  if (const auto given = scope.functions.find(reference.name); given != scope.functions.end()) {
    made = given->second;
  } else {
    made.function = function(reference.name, scope.driver, made.driver);
    made.device = device_of(reference, scope);
  }
  if (made.function == nullptr) throw std::logic_error("unknown function " + reference.name);
  for (const Argument& argument : reference.with) {
    if (argument.expression) made.values[argument.name] = value(*argument.expression, scope);
    if (argument.resource) made.resources[argument.name] = bound(*argument.resource, scope);
    note_outside();
    if (argument.function) made.functions[argument.name] = closure(*argument.function, scope);
  }
  return made;
}

void DirectInterpreter::assign(const std::string& name, std::int32_t value, Scope& scope) {
  int owner = -1;
  const Variable* declared = scope.values.contains(name) ? nullptr : variable(name, scope.driver, owner);
  if (declared == nullptr) {
    scope.values[name] = value;
  } else {
    keep(*declared, owner, 0, value, scope);
  }
}

void DirectInterpreter::assign_member(const Expression& member, std::int32_t value, const Scope& scope) {
  int owner = -1;
  const Variable& declared = *variable(member.name, scope.driver, owner);
  const std::int32_t index = this->value(member.operands[0], scope);
  if (index < 0 || index >= declared.count)
    reach(Property::index_range);
  else
    keep(declared, owner, index, value, scope);
}

void DirectInterpreter::keep(const Variable& variable, int owner, int member, std::int32_t value, const Scope& scope) {
  values_[{device_of_variable(variable, owner, scope.device), owner, member_name(variable, member)}] =
      variable.type == VariableType::boolean ? (value != 0 ? 1 : 0) : value;
}

std::optional<std::string> DirectInterpreter::instance(const ResourceReference& reference, const Scope& scope) {
  const BoundResource resource = bound(reference, scope);
  note_outside();
  if (resource.family.key.empty()) return std::nullopt;
  if (is_outside(resource)) {
    reach(Property::index_range);
    return std::nullopt;
  }
  const std::string key = key_of(resource);
  instances_[key].name = name_of(resource);
  instances_[key].device = resource.family.device;
  return key;
}

bool DirectInterpreter::is_needed(const std::string& key) const {
  return std::any_of(instances_.begin(), instances_.end(),
                     [&](const auto& each) { return each.second.needs.contains(key); });
}

void DirectInterpreter::lose_dependents(const std::string& key) {
  for (auto& [holder, state] : instances_) {
    if (!state.needs.contains(key)) continue;
    state.held = false;
    state.needs.clear();
  }
}

}  // namespace tenure::testing
