#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tests/support/direct_interpreter.h"

// Statements, one by one.
namespace tenure::testing {

DirectInterpreter::Flow DirectInterpreter::call(const Closure& closure, std::int32_t& result) {
  Scope scope;
  scope.driver = closure.driver;
  scope.resources = closure.resources;
  scope.functions = closure.functions;
  for (const Local& local : closure.function->locals) scope.values[local.name] = local.initial;
  for (const auto& [name, value] : closure.values) scope.values[name] = value;
  const Flow flow = block(closure.function->body, scope);
  result = scope.result;
  return flow == Flow::halts ? Flow::halts : Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::call_role(const std::string& role, std::int32_t& result) {
  const Callback* found = callback(role);
  result = 0;
  if (found == nullptr) return Flow::goes_on;
  const Unit& driver = *spec_.drivers[static_cast<std::size_t>(bound_driver_)];
  reach((spec_.drivers.size() > 1 ? driver.name + "'s " : "") + role + " is called");
  Closure closure;
  closure.function = function(found->function, bound_driver_, closure.driver);
  return call(closure, result);
}

/// A goto that comes out of a statement looks for its label further on in the same block, else it leaves that too.
DirectInterpreter::Flow DirectInterpreter::block(const Block& block, Scope& scope) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const Flow flow = statement(block[i], scope);
    if (flow == Flow::goes_on) continue;
    if (flow != Flow::jumps) return flow;
    const auto label = std::find_if(block.begin() + static_cast<std::ptrdiff_t>(i), block.end(), [&](const auto& each) {
      const auto* found = std::get_if<LabelStatement>(&each.what);
      return found != nullptr && found->label == scope.label;
    });
    if (label == block.end()) return flow;
    i = static_cast<std::size_t>(label - block.begin());
  }
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::statement(const Statement& statement, Scope& scope) {
  return std::visit([&](const auto& what) { return carry_out(what, scope); }, statement.what);
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const CallStatement& call, Scope& scope) {
  std::int32_t result = 0;
  const Flow flow =
      call.function.is_role ? call_role(call.function.name, result) : this->call(closure(call.function, scope), result);
  if (flow == Flow::halts) return flow;
  if (!call.into.empty()) {
    assign(call.into, result, scope);
    result = value_of_name(call.into, scope);
  }
  if (!call.on_error || result >= 0) return Flow::goes_on;
  if (!call.on_error->label.empty()) {
    scope.label = call.on_error->label;
    return Flow::jumps;
  }
  if (call.on_error->value) scope.result = value(*call.on_error->value, scope);
  return Flow::returns;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const AcquireStatement& acquire, Scope& scope) {
  const auto key = instance(acquire.resource, scope);
  if (!key) return Flow::goes_on;
  for (const ResourceReference& needed : acquire.needs) {
    const auto other = instance(needed, scope);
    if (other && !instances_[*other].held) reach(Property::use_after_free, instances_[*other].name);
  }
  InstanceState& state = instances_[*key];
  if (state.held && state.owed) reach(Property::leak, state.name);
  state.owed = !acquire.owed || value(*acquire.owed, scope) != 0;
  state.held = true;
  state.released = false;
  for (const ResourceReference& needed : acquire.needs) {
    if (const auto other = instance(needed, scope)) state.needs.insert(*other);
  }
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const ReleaseStatement& release, Scope& scope) {
  const auto key = instance(release.resource, scope);
  if (!key) return Flow::goes_on;
  InstanceState& state = instances_[*key];
  if (state.held) {
    if (is_needed(*key)) reach(Property::free_in_use, state.name);
    if (release.dependents == Dependents::lost) lose_dependents(*key);
    state.held = state.owed = false;
    state.released = true;
    state.needs.clear();
    return Flow::goes_on;
  }
  switch (release.not_held) {
    case NotHeld::nothing:
      if (state.released) reach(Property::redundant_release, state.name);
      break;
    case NotHeld::warns:
      reach(Property::double_free, state.name);
      reach(Property::kernel_warning, state.name);
      break;
    case NotHeld::corrupts:
      reach(Property::double_free, state.name);
      break;
  }
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const UseStatement& use, Scope& scope) {
  const auto key = instance(use.resource, scope);
  if (key && !instances_[*key].held) reach(Property::use_after_free, instances_[*key].name);
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const SetStatement& set, Scope& scope) {
  assign(set.variable, value(set.to, scope), scope);
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const ReturnStatement& statement, Scope& scope) {
  scope.result = statement.value ? value(*statement.value, scope) : 0;
  return Flow::returns;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const IfStatement& conditional, Scope& scope) {
  return block(value(conditional.condition, scope) != 0 ? conditional.then_block : conditional.else_block, scope);
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const ChooseStatement& choose, Scope& scope) {
  if (!choose.into.empty()) {
    const std::int32_t low = value(*choose.low, scope);
    const std::int32_t high = value(*choose.high, scope);
    const std::int32_t picked = decider_.pick(choose.name);
    if (picked < low || picked > std::max(low, high)) throw std::logic_error("out of range: " + choose.name);
    assign(choose.into, picked, scope);
    return Flow::goes_on;
  }
  const Alternative& taken = choose.alternatives.at(decider_.choose(choose.name));
  if (taken.when && value(*taken.when, scope) == 0) throw std::logic_error("not open: " + taken.says);
  return block(taken.body, scope);
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const LoopStatement& loop, Scope& scope) {
  if (loop.from) assign(loop.variable, value(*loop.from, scope), scope);
  while (value(loop.condition, scope) != 0) {
    if (const Flow flow = block(loop.body, scope); flow != Flow::goes_on) return flow;
    if (loop.next) assign(loop.variable, value(*loop.next, scope), scope);
  }
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const GotoStatement& jump, Scope& scope) {
  scope.label = jump.label;
  return Flow::jumps;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const LabelStatement& /*label*/, Scope& /*scope*/) {
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const DeferStatement& defer, Scope& scope) {
  lists_.at(defer.list).push_back(closure(defer.function, scope));
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const TakeBackStatement& take_back, Scope& scope) {
  auto& list = lists_.at(take_back.list);
  const auto newest = std::find(list.rbegin(), list.rend(), closure(take_back.function, scope));
  const bool is_found = newest != list.rend();
  if (is_found) list.erase(std::next(newest).base());
  if (!take_back.into.empty()) assign(take_back.into, is_found ? 1 : 0, scope);
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const RunStatement& run, Scope& /*scope*/) {
  const std::vector<Closure> entries = std::exchange(lists_.at(run.list), {});
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    std::int32_t dropped = 0;
    if (call(*entry, dropped) == Flow::halts) return Flow::halts;
  }
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const WarnStatement& warn, Scope& scope) {
  if (value(warn.condition, scope) != 0) reach(Property::kernel_warning);
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const CrashStatement& /*crash*/, Scope& /*scope*/) {
  reach(Property::kernel_crash);
  return Flow::halts;
}

}  // namespace tenure::testing
