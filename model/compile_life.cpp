#include <memory>

#include "model/compiler.h"

// The life of the devices: events, and what has to hold when one is over.
namespace tenure {

/// What the kernel model says of the life cycle, for one device.
TermId Compiler::life_cycle(std::optional<Expression> Unit::*member, int device, std::int32_t otherwise) {
  for (const auto& part : spec_.kernel) {
    if ((*part).*member) return condition(*((*part).*member), {-1, nullptr, {}, {}, {}, has_life(device) ? device : 0});
  }
  return constant(otherwise);
}

void Compiler::compile_events() {
  const TermId running = negation(variable(program_.halted));
  for (int device = 0; device < static_cast<int>(devices_.size()); ++device) {
    if (!has_life(device)) continue;
    program_.life_cycle.push_back(life_cycle(&Unit::quiescent, device, 1));
    program_.life_cycle.push_back(life_cycle(&Unit::final, device, 0));
    const TermId guard = all_of(running, not_final(device));
    for (const auto& part : spec_.kernel) {
      for (const Event& event : part->events) compile_event(event, -1, device, guard);
    }
  }
  for (int driver = 0; driver < static_cast<int>(spec_.drivers.size()); ++driver) {
    TermId guard = all_of(all_of(running, not_final(0)), life_cycle(&Unit::while_bound, 0, 1));
    if (bound_driver_ != none)
      guard = all_of(guard, operation(Operator::equal, variable(bound_driver_), constant(driver)));
    for (const Event& event : spec_.drivers[static_cast<std::size_t>(driver)]->events)
      compile_event(event, driver, 0, guard);
  }
  // The checks at the end come last: they are about all resources, lists and variables that there are.
  const ProcedureId end = end_of_event();
  for (const ProgramEvent& event : program_.events) {
    for (Edge& edge : program_.procedures[event.procedure].edges) {
      auto* call = std::get_if<Call>(&edge.action);
      if (call != nullptr && call->procedure == none) call->procedure = end;
    }
  }
}

void Compiler::compile_event(const Event& event, int driver, int device, TermId guard) {
  if (event.when) guard = all_of(guard, condition(*event.when, {driver, nullptr, {}, {}, {}, device}));
  const ProcedureId procedure = procedure_of_event(event, driver, device);
  program_.events.push_back({program_.procedures[procedure].name, event.says, guard, procedure});
}

ProcedureId Compiler::procedure_of_event(const Event& event, int driver, int device) {
  Function body;
  body.name = event.name;
  body.says = event.says;
  body.locals = event.locals;
  body.body = event.body;
  body.place = event.place;
  const auto& kept = *synthesized_.emplace_back(std::make_unique<Function>(body));
  FunctionBinding binding;
  binding.driver = driver;
  binding.function = &kept;
  binding.device = device;
  const ProcedureId inner = procedure(binding);

  program_.procedures.push_back({});
  const auto outer = static_cast<ProcedureId>(program_.procedures.size() - 1);
  program_.procedures[outer].name = devices_[device].prefix + event.name;
  program_.procedures[outer].function = program_.procedures[inner].function;
  Lowering lowering(*this, outer, {driver, nullptr, {}, {}, {}, device});
  if (event.remembers) {
    if (is_waiting(device) != none) forget_driver(lowering, device);
    if (device == 0 && bound_driver_ != none) lowering.choose_driver();
    for (const auto& [key, variable] : variables_) {
      if (variable.shadow == none || variable.device != device) continue;
      for (VariableId i = 0; i < variable.count; ++i)
        lowering.step(Assign{{variable.shadow + i, 1, none}, value_noted(variable, i)});
    }
  }
  lowering.call(inner, {});
  lowering.call(none, {});
  lowering.finish();
  return outer;
}

/// What the shadow of a restored variable is when nothing has changed: its value, or no distance for a counter.
TermId Compiler::value_noted(const CompiledVariable& variable, VariableId member) {
  return variable.variable->type == VariableType::counter ? constant(0) : this->variable(variable.id + member);
}

TermId Compiler::is_empty(ListId list) {
  Term empty;
  empty.kind = Term::Kind::list_empty;
  empty.list = list;
  return add_term(empty);
}

TermId Compiler::must_be_empty(ListId list) {
  return condition(*lists_[list].list->empty_when, {-1, nullptr, {}, {}, {}, lists_[list].device});
}

/// Whether a list has entries that may still be there: they may release what is held. `none` when no list is of the
/// kind.
TermId Compiler::is_waiting(int device) {
  TermId any = none;
  for (ListId list = 0; list < lists_.size(); ++list) {
    if (!has_own_rule(list) || lists_[list].device != device) continue;
    const TermId waits = all_of(negation(must_be_empty(list)), negation(is_empty(list)));
    any = any == none ? waits : any_of(any, waits);
  }
  return any;
}

namespace {

void reach(Lowering& lowering, std::uint32_t goal, Reference instance = {}) {
  lowering.step(Reach{goal}).instance = instance;
}

}  // namespace

TermId Compiler::judged(TermId condition) {
  if (judges_all()) return condition;
  const auto last = static_cast<std::int32_t>(spec_.drivers.size() - 1);
  return all_of(condition, operation(Operator::equal, variable(bound_driver_), constant(last)));
}

void Compiler::check_lists(Lowering& lowering, int device, bool on_their_own) {
  for (ListId list = 0; list < lists_.size(); ++list) {
    if (has_own_rule(list) != on_their_own || lists_[list].device != device) continue;
    TermId is_left = negation(is_empty(list));
    if (on_their_own) is_left = all_of(must_be_empty(list), is_left);
    lowering.when(judged(is_left), [&] { lowering.step(Reach{goal(Property::devres_left)}).list = list; });
  }
}

void Compiler::check_restored(Lowering& lowering, int device) {
  for (const auto& [key, variable] : variables_) {
    if (variable.shadow == none || variable.device != device) continue;
    const bool is_kept = this->is_kept(variable.variable->name);
    for (VariableId i = 0; i < variable.count; ++i) {
      const TermId now = value_noted(variable, i);
      const TermId changed = operation(Operator::unequal, this->variable(variable.shadow + i), now);
      if (!is_kept) {
        const Reference stale{variable.id + i, 1, none};
        lowering.when(judged(changed), [&] { reach(lowering, goal(Property::stale_state), stale); });
      }
      lowering.step(Assign{{variable.shadow + i, 1, none}, now});
    }
  }
}

void Compiler::check_leaks(Lowering& lowering, int device) {
  for (const Family& family : families_) {
    if (!family.is_shared && family.device != device) continue;
    for (std::uint32_t i = 0; i < family.count; ++i) {
      const Reference held{family.held + i, 1, none};
      TermId is_owed = variable(family.owed + i);
      if (family.is_shared) is_owed = operation(Operator::equal, is_owed, constant(1 + device));
      lowering.when(judged(all_of(element(held), is_owed)), [&] { reach(lowering, goal(Property::leak), held); });
      if (family.device == device) lowering.step(Assign{{family.released + i, 1, none}, constant(0)});
    }
  }
}

void Compiler::forget_driver(Lowering& lowering, int device) {
  for (const auto& [key, variable] : variables_) {
    if (variable.variable->lifetime != Lifetime::driver || variable.device != device) continue;
    for (VariableId i = 0; i < variable.count; ++i)
      lowering.step(Assign{{variable.id + i, 1, none}, constant(variable.variable->initial)});
  }
}

void Compiler::check_quiescent(Lowering& lowering, int device) {
  if (has_life(device)) {
    const std::string name = device == 0 ? "the device" : devices_[device].declared->name;
    reach(lowering, goal(name + " is quiescent again"));
  }
  check_lists(lowering, device, false);
  check_restored(lowering, device);
  const auto at_rest = [&] {
    check_leaks(lowering, device);
    forget_driver(lowering, device);
  };
  const TermId waiting = is_waiting(device);
  if (waiting == none)
    at_rest();
  else
    lowering.when(negation(waiting), at_rest);
  if (device == 0 && bound_driver_ != none) lowering.step(Assign{{bound_driver_, 1, none}, constant(0)});
}

void Compiler::note_bound(Lowering& lowering, int device) {
  if (!has_life(device)) return;
  reach(lowering, goal((device == 0 ? "the device" : devices_[device].declared->name) + " stays bound"));
  if (device != 0 || first_was_bound_ == none) return;
  lowering.when(operation(Operator::equal, variable(bound_driver_), constant(0)), [&] {
    lowering.step(Assign{{first_was_bound_, 1, none}, constant(1)});
  });
}

/// What has to hold when a device is quiescent, and what is forgotten then; for one device after the other.
ProcedureId Compiler::end_of_event() {
  program_.procedures.push_back({});
  const auto id = static_cast<ProcedureId>(program_.procedures.size() - 1);
  program_.procedures[id].name = "end of event";
  Lowering lowering(*this, id, {});
  for (int device = 0; device < static_cast<int>(devices_.size()); ++device) {
    lowering.when(not_final(device), [&] {
      check_lists(lowering, device, true);
      lowering.when(
          life_cycle(&Unit::quiescent, device, 1), [&] { check_quiescent(lowering, device); },
          [&] { note_bound(lowering, device); });
    });
  }
  lowering.finish();
  return id;
}

}  // namespace tenure
