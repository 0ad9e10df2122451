#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tests/support/direct_interpreter.h"

// Statements, one by one.
namespace tenure::testing {

DirectInterpreter::Flow DirectInterpreter::call(const Closure& closure, std::int32_t& result) {
  Scope scope;
  scope.driver = closure.driver;
  scope.device = closure.device;
  scope.resources = closure.resources;
  scope.functions = closure.functions;
  for (const Local& local : closure.function->locals) scope.values[local.name] = local.initial;
  for (const auto& [name, value] : closure.values) scope.values[name] = value;
  const Flow flow = block(closure.function->body, scope);
  result = scope.result;
  return flow == Flow::halts ? Flow::halts : Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::call_role(const FunctionReference& role, const Scope& scope,
                                                     std::int32_t& result) {
  const int device = device_of(role, scope);
  int driver = -1;
  const Callback* found = callback(role.name, device, driver);
  result = 0;
  if (found == nullptr) return Flow::goes_on;
  const std::string whose = device != 0                ? devices_[device] + ": "
                            : spec_.drivers.size() > 1 ? spec_.drivers[static_cast<std::size_t>(driver)]->name + "'s "
                                                       : "";
  reach(whose + role.name + " is called");
  Closure closure;
  closure.device = device;
  closure.function = function(found->function, driver, closure.driver);
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
  const Flow flow = call.function.is_role ? call_role(call.function, scope, result)
                                          : this->call(closure(call.function, scope), result);
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
  const bool is_owed = !acquire.owed || value(*acquire.owed, scope) != 0;
  for (const ResourceReference& needed : acquire.needs) {
    const auto other = instance(needed, scope);
    if (other && !instances_[*other].held) reach(Property::use_after_free, instances_[*other].name);
  }
  InstanceState& state = instances_[*key];
  if (state.held && state.owed != 0) reach(Property::leak, state.name);
  state.owed = is_owed ? 1 + scope.device : 0;
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
    state.held = false;
    state.owed = 0;
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
    case NotHeld::complains:
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
  const std::int32_t to = value(set.to, scope);
  if (set.variable.operands.empty())
    assign(set.variable.name, to, scope);
  else
    assign_member(set.variable, to, scope);
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
  std::vector<bool> is_open;
  for (const Alternative& each : choose.alternatives) is_open.push_back(!each.when || value(*each.when, scope) != 0);
  const std::size_t taken = decider_.choose(choose.name);
  const Alternative& alternative = choose.alternatives.at(taken);
  if (!is_open[taken]) throw std::logic_error("not open: " + alternative.says);
  return block(alternative.body, scope);
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
  lists_.at({scope.device, defer.list}).push_back({DeferredEntry::Kind::call, closure(defer.function, scope), 0, 0});
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const TakeBackStatement& take_back, Scope& scope) {
  auto& list = lists_.at({scope.device, take_back.list});
  const Closure wanted = closure(take_back.function, scope);
  const auto newest =
      std::find_if(list.rbegin(), list.rend(), [&](const DeferredEntry& each) { return each.closure == wanted; });
  const bool is_found = newest != list.rend();
  if (is_found) list.erase(std::next(newest).base());
  if (!take_back.into.empty()) assign(take_back.into, is_found ? 1 : 0, scope);
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const RunStatement& run, Scope& scope) {
  return call_all(std::exchange(lists_.at({scope.device, run.list}), {}));
}

DirectInterpreter::Flow DirectInterpreter::call_all(const std::vector<DeferredEntry>& entries) {
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    std::int32_t dropped = 0;
    if (entry->kind == DeferredEntry::Kind::call && call(entry->closure, dropped) == Flow::halts) return Flow::halts;
  }
  return Flow::goes_on;
}

DirectInterpreter::Flow DirectInterpreter::carry_out(const OpenGroupStatement& open, Scope& scope) {
  lists_.at({scope.device, open.list})
      .push_back({DeferredEntry::Kind::begin, {}, value(open.number, scope), ++groups_});
  return Flow::goes_on;
}

/// Every group has an identity here, so that nothing has to be known of how numbers may be used twice.
DirectInterpreter::Flow DirectInterpreter::carry_out(const GroupStatement& group, Scope& scope) {
  using Kind = DeferredEntry::Kind;
  auto& list = lists_.at({scope.device, group.list});
  const std::int32_t number = group.number ? value(*group.number, scope) : 0;
  const auto end_of = [&](std::uint64_t identity) {
    return std::find_if(list.begin(), list.end(),
                        [&](const DeferredEntry& each) { return each.kind == Kind::end && each.identity == identity; });
  };
  const auto newest = std::find_if(list.rbegin(), list.rend(), [&](const DeferredEntry& each) {
    if (each.kind != Kind::begin) return false;
    return group.number ? each.number == number : end_of(each.identity) == list.end();
  });
  const auto give = [&](std::int32_t found) {
    if (!group.into.empty()) assign(group.into, found, scope);
    return Flow::goes_on;
  };
  if (newest == list.rend()) return give(0);
  const std::uint64_t identity = newest->identity;
  const auto begin = std::prev(newest.base());
  const auto end = end_of(identity);
  if (group.change == GroupChange::close) {
    if (end != list.end()) return give(-1);
    list.push_back({Kind::end, {}, begin->number, identity});
    return give(1);
  }
  std::set<std::uint64_t> gone{identity};
  std::vector<DeferredEntry> running;
  std::vector<DeferredEntry> left;
  if (group.change == GroupChange::run) {
    std::map<std::uint64_t, int> marks;
    for (auto each = begin; each != end; ++each) {
      if (each->kind != Kind::call && (++marks[each->identity] == 2 || end_of(each->identity) == list.end()))
        gone.insert(each->identity);
    }
  }
  for (auto each = list.begin(); each != list.end(); ++each) {
    const bool runs = group.change == GroupChange::run && each >= begin && each < end && each->kind == Kind::call;
    if (runs)
      running.push_back(*each);
    else if (each->kind == Kind::call || !gone.contains(each->identity))
      left.push_back(*each);
  }
  list = std::move(left);
  if (const Flow flow = call_all(running); flow != Flow::goes_on) return flow;
  return give(1);
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
