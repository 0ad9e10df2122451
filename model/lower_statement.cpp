#include <functional>

#include "model/compiler.h"

// Each kind of statement as edges.
namespace tenure {

void Lowering::statement(const Statement& statement) {
  const SiteId outer = site_;
  site_ = make_site(statement);
  if (environment_.driver >= 0 && !std::holds_alternative<LabelStatement>(statement.what)) step().steps = 1;
  const std::uint32_t here = leader_ = point(statement);
  std::visit([&](const auto& what) { lower(statement, what); }, statement.what);
  leader_ = here;
  site_ = outer;
}

void Lowering::lower(const Statement& statement, const CallStatement& call) {
  if (call.function.is_role) {
    call_role(call.function);
  } else {
    Bound bound = bind(call.function, true);
    this->call(bound.procedure, std::move(bound.arguments));
  }
  std::string into = call.into;
  if (into.empty() && call.on_error) into = "#" + std::to_string(hidden_++);
  take_result(into);
  if (call.on_error) {
    const auto found = environment_.locals.find(into);
    const VariableId variable =
        found != environment_.locals.end() ? found->second : compiler_.find_variable(into, environment_)->id;
    on_error(statement, *call.on_error, compiler_.variable(variable));
  }
}

void Lowering::on_error(const Statement& statement, const OnError& what, TermId result) {
  const auto fails = [&] {
    side(statement, "fails", {});
    if (what.label.empty() && what.value) {
      step(Assign{{compiler_.program_.result, 1, none}, value(*what.value)});
    }
    leave(what.label);
  };
  when(compiler_.operation(Operator::less, result, compiler_.constant(0)), fails,
       [&] { side(statement, "succeeds", {}); });
}

/// Calls `body` with what a statement names, unless that is no resource; an index out of range is reached as an error
/// of the spec.
void Lowering::with_instance(const ResourceReference& reference,
                             const std::function<void(const ResourceBinding&)>& body) {
  check_indices(reference);
  const ResourceBinding binding = compiler_.resolve(reference, environment_);
  if (binding.family == none) return;
  const Family& family = compiler_.families_[binding.family];
  if (!binding.has_index && family.is_family) {
    compiler_.diagnostics_.add(reference.place, "'" + family.name + "' is a family of " + std::to_string(family.count) +
                                                    " and needs an index, as in " + reference.name + "[0]");
    return;
  }
  when_followed(compiler_.is_followed(family, binding), [&] {
    within(compiler_.reference(compiler_.families_[binding.family].held, binding), [&] { body(binding); });
  });
}

namespace {

/// Whether what a resource needs is what it is per, by name.
bool is_per(const ResourceReference& resource, const ResourceReference& needed) {
  return resource.per && resource.per->name == needed.name && !resource.per->index && !needed.index && !needed.per;
}

}  // namespace

void Lowering::lower(const Statement& /*statement*/, const AcquireStatement& acquire) {
  with_instance(acquire.resource, [&](const ResourceBinding& binding) {
    Family& acquired = compiler_.families_[binding.family];
    ++acquired.acquires;
    acquired.is_always_owed = acquired.is_always_owed && !acquire.owed;
    const Family family = acquired;
    const Reference held = compiler_.reference(family.held, binding);
    const Reference owed = compiler_.reference(family.owed, binding);
    const TermId is_owed = acquire.owed ? value(*acquire.owed) : compiler_.constant(1);
    for (const ResourceReference& needed : acquire.needs) {
      with_instance(needed, [&](const ResourceBinding& need) {
        compiler_.object_to_other_member(procedure_, binding, need);
        const Reference needed_held = compiler_.reference(compiler_.families_[need.family].held, need);
        when(compiler_.negation(compiler_.element(needed_held)), [&] { reach(Property::use_after_free, needed_held); });
      });
    }
    when(compiler_.all_of(compiler_.element(held), compiler_.element(owed)), [&] { reach(Property::leak, held); });
    step(Assign{owed, compiler_.owed_value(family, is_owed, environment_.device)});
    Edge& edge = step(Assign{held, compiler_.constant(1)});
    edge.effect = Effect::acquire;
    edge.instance = held;
    step(Assign{compiler_.reference(family.released, binding), compiler_.constant(0)});
    for (const ResourceReference& needed : acquire.needs) {
      const bool is_of_per = family.is_by_member && is_per(acquire.resource, needed);
      with_instance(needed, [&](const ResourceBinding& need) { set_need(binding, need, is_of_per); });
    }
  });
}

/// Notes that `holder` needs `needed`.
void Lowering::set_need(const ResourceBinding& holder, const ResourceBinding& needed, bool is_of_per) {
  Need& matrix = compiler_.need(holder.family, needed.family, is_of_per);
  if (const std::uint32_t acquires = compiler_.families_[holder.family].acquires; matrix.last_acquire != acquires) {
    matrix.last_acquire = acquires;
    ++matrix.acquires;
  }
  const std::uint32_t count = compiler_.families_[holder.family].count * matrix.width;
  const TermId row = holder.has_index ? holder.index : compiler_.constant(0);
  const TermId column = needed.has_index && !is_of_per ? needed.index : compiler_.constant(0);
  const std::int32_t here = compiler_.column_of(row, column);
  matrix.column = matrix.column.value_or(here) == here ? here : Need::unknown;
  const TermId place = compiler_.in_matrix(row, matrix.width, column);
  step(Assign{compiler_.reference(matrix.first, count, place), compiler_.constant(1)});
}

void Lowering::lower(const Statement& /*statement*/, const ReleaseStatement& release) {
  with_instance(release.resource, [&](const ResourceBinding& binding) {
    const Family family = compiler_.families_[binding.family];
    const Reference held = compiler_.reference(family.held, binding);
    const Reference released = compiler_.reference(family.released, binding);
    const auto when_held = [&] {
      when(compiler_.in_use(binding), [&] { reach(Property::free_in_use, held); });
      if (release.dependents == Dependents::lost) {
        call(compiler_.lose_dependents(binding.family), {binding.has_index ? binding.index : compiler_.constant(0)});
      }
      Edge& edge = step(Assign{held, compiler_.constant(0)});
      edge.effect = Effect::release;
      edge.instance = held;
      step(Assign{compiler_.reference(family.owed, binding), compiler_.constant(0)});
      step(Assign{released, compiler_.constant(1)});
      call(compiler_.forget_needs(binding.family), {binding.has_index ? binding.index : compiler_.constant(0)});
    };
    const auto when_not_held = [&] {
      Edge& edge = step();
      edge.effect = Effect::release_not_held;
      edge.instance = held;
      if (release.not_held == NotHeld::nothing) {
        when(compiler_.element(released), [&] { reach(Property::redundant_release, held); });
        return;
      }
      reach(Property::double_free, held);
      if (release.not_held == NotHeld::warns) reach(Property::kernel_warning, held);
    };
    when(compiler_.element(held), when_held, when_not_held);
  });
}

void Lowering::lower(const Statement& /*statement*/, const UseStatement& use) {
  with_instance(use.resource, [&](const ResourceBinding& binding) {
    const Reference held = compiler_.reference(compiler_.families_[binding.family].held, binding);
    Edge& edge = step();
    edge.effect = Effect::use;
    edge.instance = held;
    when(compiler_.negation(compiler_.element(held)), [&] { reach(Property::use_after_free, held); });
  });
}

void Lowering::lower(const Statement& /*statement*/, const SetStatement& set) {
  const std::string& name = set.variable.name;
  const auto* variable = environment_.locals.contains(name) ? nullptr : compiler_.find_variable(name, environment_);
  const bool steps = variable != nullptr && variable->variable->type == VariableType::counter &&
                     set.to.kind == Expression::Kind::operation &&
                     (set.to.op == Operator::add || set.to.op == Operator::subtract) && set.to.operands.size() == 2 &&
                     set.to.operands[0].kind == Expression::Kind::name && set.to.operands[0].name == name;
  if (steps) {
    step_counter(*variable, set.to.op == Operator::add ? 1 : -1);
  } else {
    assign(set.variable, value(set.to));
  }
}

void Lowering::lower(const Statement& /*statement*/, const ReturnStatement& statement) {
  if (statement.value) {
    step(Assign{{compiler_.program_.result, 1, none}, value(*statement.value)});
  }
  leave("");
}

void Lowering::lower(const Statement& statement, const IfStatement& conditional) {
  when(
      value(conditional.condition), [&] { side(statement, "true", conditional.then_block); },
      [&] { side(statement, "false", conditional.else_block); });
}

void Lowering::lower(const Statement& statement, const ChooseStatement& choose) {
  if (!choose.into.empty()) {
    const VariableId picked = local("#" + std::to_string(hidden_++));
    const TermId low = value(*choose.low);
    const TermId high = value(*choose.high);
    procedure().nodes[current_].choice = choose.name;
    step(Pick{picked, low, high});
    assign(choose.into, compiler_.variable(picked));
    return;
  }
  std::vector<TermId> conditions;
  for (const Alternative& alternative : choose.alternatives)
    conditions.push_back(alternative.when ? value(*alternative.when) : none);
  const NodeId fork = current_;
  procedure().nodes[fork].choice = choose.name;
  std::vector<NodeId> ends;
  for (const Alternative& alternative : choose.alternatives) {
    current_ = fork;
    step({}, conditions[ends.size()]).says = alternative.says;
    side(statement, alternative.says, alternative.body);
    ends.push_back(current_);
  }
  current_ = new_node();
  for (const NodeId end : ends) connect(end, current_);
}

void Lowering::lower(const Statement& statement, const LoopStatement& loop) {
  if (loop.from) assign(loop.variable, value(*loop.from));
  const NodeId head = current_;
  const TermId condition = value(loop.condition);
  const NodeId fork = current_;
  const std::uint32_t steps = environment_.driver >= 0 ? 1 : 0;
  step({}, condition).steps = steps;
  side(statement, "goes on", loop.body);
  if (loop.next) assign(loop.variable, value(*loop.next));
  connect(current_, head);
  current_ = fork;
  step({}, compiler_.negation(condition));
  side(statement, "ends", {});
}

void Lowering::lower(const Statement& /*statement*/, const GotoStatement& jump) {
  leave(jump.label);
}

void Lowering::lower(const Statement& /*statement*/, const LabelStatement& label) {
  const NodeId from = current_;
  current_ = new_node();
  connect(from, current_);
  for (const std::uint32_t edge : jumps_[label.label]) procedure().edges[edge].to = current_;
  jumps_.erase(label.label);
}

void Lowering::lower(const Statement& /*statement*/, const DeferStatement& defer) {
  // An entry is found again by its values, however they are written where it is taken back.
  Bound bound = bind(defer.function, false);
  when_followed(bound.is_followed, [&] {
    step(Defer{compiler_.list(defer.list, environment_.device), bound.procedure, std::move(bound.arguments)});
  });
}

void Lowering::lower(const Statement& /*statement*/, const TakeBackStatement& take_back) {
  Bound bound = bind(take_back.function, false);
  const VariableId found = take_back.into.empty() ? none : local("#" + std::to_string(hidden_++));
  if (found != none && bound.is_followed != none)
    step(Assign{{found, 1, none}, compiler_.variable(compiler_.unknown())});
  when_followed(bound.is_followed, [&] {
    step(TakeBack{compiler_.list(take_back.list, environment_.device), bound.procedure, std::move(bound.arguments),
                  found});
  });
  if (found != none) assign(take_back.into, compiler_.variable(found));
}

void Lowering::lower(const Statement& /*statement*/, const RunStatement& run) {
  step(Run{compiler_.list(run.list, environment_.device)});
  step(Assign{{compiler_.program_.result, 1, none}, compiler_.constant(0)});
}

void Lowering::lower(const Statement& /*statement*/, const OpenGroupStatement& open) {
  compiler_.need_group_marks();
  const TermId number = value(open.number);
  step(Defer{compiler_.list(open.list, environment_.device), compiler_.program_.group_begins, {number}});
}

void Lowering::lower(const Statement& /*statement*/, const GroupStatement& group) {
  compiler_.need_group_marks();
  const TermId number = group.number ? value(*group.number) : none;
  const VariableId found = group.into.empty() ? none : local("#" + std::to_string(hidden_++));
  step(Group{group.change, compiler_.list(group.list, environment_.device), number, found});
  if (group.change == GroupChange::run) step(Assign{{compiler_.program_.result, 1, none}, compiler_.constant(0)});
  if (found != none) assign(group.into, compiler_.variable(found));
}

void Lowering::lower(const Statement& /*statement*/, const WarnStatement& warn) {
  when(value(warn.condition), [&] { reach(Property::kernel_warning, {}); });
}

void Lowering::lower(const Statement& /*statement*/, const CrashStatement& /*crash*/) {
  reach(Property::kernel_crash, {});
  step(Assign{{compiler_.program_.halted, 1, none}, compiler_.constant(1)});
  step(Halt{});
}

}  // namespace tenure

namespace tenure {

namespace {

std::string text_of(const FunctionReference& function);

std::string text_of(const std::vector<Argument>& arguments) {
  std::string text;
  for (const Argument& argument : arguments) {
    if (argument.text.empty() && argument.closure == nullptr) continue;
    if (!text.empty()) text += ", ";
    text += argument.name + "=" + (argument.closure ? text_of(*argument.closure) : argument.text);
  }
  return text;
}

std::string text_of(const FunctionReference& function) {
  const std::string device = function.device.empty() ? "" : function.device + ": ";
  return device + (function.is_role ? "driver->" : "") + function.name + "(" + text_of(function.with) + ")";
}

struct StatementText {
  std::string operator()(const CallStatement& call) const {
    return (call.into.empty() ? "" : call.into + " = ") + text_of(call.function);
  }
  std::string operator()(const AcquireStatement& acquire) const { return "acquire " + acquire.resource.text; }
  std::string operator()(const ReleaseStatement& release) const { return "release " + release.resource.text; }
  std::string operator()(const UseStatement& use) const { return "use " + use.resource.text; }
  std::string operator()(const SetStatement& set) const { return set.variable.text + " = " + set.to.text; }
  std::string operator()(const ReturnStatement& statement) const {
    return statement.value ? "return " + statement.value->text : "return";
  }
  std::string operator()(const IfStatement& conditional) const { return "if (" + conditional.condition.text + ")"; }
  std::string operator()(const ChooseStatement& choose) const { return choose.name; }
  std::string operator()(const LoopStatement& loop) const { return "loop (" + loop.condition.text + ")"; }
  std::string operator()(const GotoStatement& jump) const { return "goto " + jump.label; }
  std::string operator()(const LabelStatement& label) const { return label.label + ":"; }
  std::string operator()(const DeferStatement& defer) const {
    return "defer " + text_of(defer.function) + " on " + defer.list;
  }
  std::string operator()(const TakeBackStatement& take_back) const {
    return "take back " + text_of(take_back.function) + " from " + take_back.list;
  }
  std::string operator()(const RunStatement& run) const { return "run " + run.list; }
  std::string operator()(const OpenGroupStatement& open) const {
    return "open group " + open.number.text + " on " + open.list;
  }
  std::string operator()(const GroupStatement& group) const {
    static const char* const changes[] = {"close", "remove", "run"};
    return std::string(changes[static_cast<int>(group.change)]) + " group " +
           (group.number ? group.number->text + " " : "") + "on " + group.list;
  }
  std::string operator()(const WarnStatement& warn) const { return "WARN_ON(" + warn.condition.text + ")"; }
  std::string operator()(const CrashStatement& crash) const { return crash.reason; }
};

}  // namespace

SiteId Lowering::make_site(const Statement& statement) {
  Site site;
  site.function = procedure().function;
  site.file = environment_.function == nullptr ? "" : environment_.function->file;
  site.line = statement.at;
  site.text = std::visit(StatementText{}, statement.what);
  site.says = statement.says;
  site.concerns = statement.concerns;
  site.is_driver = environment_.driver >= 0;
  site.is_call = std::holds_alternative<CallStatement>(statement.what);
  site.place = statement.place;
  compiler_.program_.sites.push_back(std::move(site));
  return static_cast<SiteId>(compiler_.program_.sites.size() - 1);
}

}  // namespace tenure
