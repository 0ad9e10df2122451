#include "model/compiler.h"

// Resources: each family becomes arrays of variables, and what holds what else becomes a matrix of variables.
namespace tenure {

std::uint32_t Compiler::family(const Resource& resource, int owner, int device, const ResourceBinding* per) {
  const int whose = owner < 0 ? device : 0;
  std::string key = std::to_string(owner) + "@" + std::to_string(whose) + ":" + resource.name;
  std::string name = devices_[whose].prefix + resource.name;
  if (per != nullptr && per->family != none) {
    key += "(" + std::to_string(per->family) + ")";
    name += "(" + families_[per->family].name + ")";
  }
  const auto found = family_keys_.find(key);
  if (found != family_keys_.end()) return found->second;

  Family family;
  family.name = name;
  family.columns = count_of(resource.count, resource.size);
  family.followed = followed_by(resource.size);
  family.is_by_member = per != nullptr && per->family != none && families_[per->family].is_family;
  family.is_family = resource.is_family || family.is_by_member;
  if (family.is_by_member) family.followed = families_[per->family].followed;
  family.device = whose;
  family.is_shared = owner >= 0 && devices_.size() > 1;
  std::vector<std::string> names = {name};
  if (family.is_by_member) names = names_by_member(devices_[whose].prefix + resource.name, families_[per->family]);
  family.count = static_cast<std::uint32_t>(names.size()) * family.columns;
  const auto array = [&](const char* suffix, bool is_boolean = true) {
    const auto first = static_cast<VariableId>(program_.variables.size());
    VariableInfo info;
    info.scope = Scope::resource;
    info.is_boolean = is_boolean;
    info.says = resource.says;
    info.is_of_member = family.followed != none;
    for (const std::string& each : names) {
      info.name = each;
      new_family(info, suffix, static_cast<int>(family.columns), resource.is_family);
    }
    return first;
  };
  family.held = array("");
  family.owed = array(" owed", !family.is_shared);
  family.released = array(" released");
  for (std::uint32_t i = 0; i < family.count; ++i) {
    Instance instance;
    instance.name = program_.variables[family.held + i].name;
    instance.resource = resource.name;
    instance.says = resource.says;
    instance.held = family.held + i;
    instance.is_driver = owner >= 0;
    program_.instances.push_back(instance);
  }
  families_.push_back(family);
  const auto id = static_cast<std::uint32_t>(families_.size() - 1);
  family_keys_.emplace(key, id);
  return id;
}

/// "handler(data[0])", "handler(data[1])"...
std::vector<std::string> Compiler::names_by_member(const std::string& name, const Family& per) const {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < per.count; ++i)
    names.push_back(name + "(" + program_.variables[per.held + i].name + ")");
  return names;
}

ResourceBinding Compiler::resolve(const ResourceReference& reference, const Environment& environment) {
  if (reference.name == "none") return {};
  ResourceBinding binding;
  const auto parameter = environment.resources.find(reference.name);
  if (parameter != environment.resources.end()) {
    binding = parameter->second;
    if (binding.family == none) return binding;
    if (reference.index != nullptr && binding.has_index) {
      diagnostics_.add(reference.place, "'" + reference.name + "' stands for one instance already and takes no index");
    }
  } else {
    int owner = environment.driver;
    auto resource = resources_.find({owner, reference.name});
    if (resource == resources_.end()) resource = resources_.find({owner = -1, reference.name});
    if (resource == resources_.end()) throw InternalError("unlinked resource " + reference.name);
    ResourceBinding per;
    if (reference.per) per = resolve(*reference.per, environment);
    binding.family = family(*resource->second, owner, environment.device, reference.per ? &per : nullptr);
    if (families_[binding.family].is_by_member) return of_member(reference, binding.family, per, environment);
  }
  if (reference.index != nullptr) {
    binding.index = term(*reference.index, environment);
    binding.has_index = true;
    if (!families_[binding.family].is_family) {
      diagnostics_.add(reference.place, "'" + families_[binding.family].name + "' is one resource and takes no index");
    }
  }
  return binding;
}

/// One of the instances for one member of what a family is per.
ResourceBinding Compiler::of_member(const ResourceReference& reference, std::uint32_t family,
                                    const ResourceBinding& per, const Environment& environment) {
  const Family found = families_[family];
  const auto refuse = [&](const std::string& message) { diagnostics_.add(reference.place, message); };
  if (!per.has_index) refuse("'" + found.name + "' is one for each member of a family, expected one of them");
  if (found.columns > 1 && reference.index == nullptr)
    refuse("'" + found.name + "' is a family for each member of another, expected an index");
  const TermId row = per.has_index ? per.index : constant(0);
  const TermId column = reference.index != nullptr ? term(*reference.index, environment) : constant(0);
  return {family, place_of(found, row, column), true, row};
}

/// The index of an instance; out of range when that of the member or that among its instances is.
TermId Compiler::place_of(const Family& family, TermId row, TermId column) {
  const Reference member = reference(0, family.count / family.columns, row);
  const TermId is_outside =
      either(family.followed != none ? none : outside(member), outside(reference(0, family.columns, column)));
  const TermId place = in_matrix(row, family.columns, column);
  if (is_outside == none) return place;
  const bool is_known = program_.terms[place].kind == Term::Kind::constant;
  return is_known ? constant(-1) : operation(Operator::conditional, is_outside, constant(-1), place);
}

/// The index of an element when rows of so many stand one behind the other.
TermId Compiler::in_matrix(TermId row, std::uint32_t width, TermId column) {
  const Term& row_term = program_.terms[row];
  const Term& column_term = program_.terms[column];
  const auto factor = static_cast<std::int32_t>(width);
  if (row_term.kind == Term::Kind::constant && column_term.kind == Term::Kind::constant)
    return constant(row_term.value * factor + column_term.value);
  return operation(Operator::add, operation(Operator::multiply, row, constant(factor)), column);
}

/// What `owed` becomes when a function that is called for a device acquires an instance.
TermId Compiler::owed_value(const Family& family, TermId is_owed, int device) {
  if (!family.is_shared) return is_boolean(is_owed) ? is_owed : operation(Operator::unequal, is_owed, constant(0));
  return operation(Operator::conditional, is_owed, constant(1 + device), constant(0));
}

Reference Compiler::reference(VariableId first, const ResourceBinding& binding) const {
  return reference(first, families_[binding.family].count, binding.has_index ? binding.index : none);
}

Need& Compiler::need(std::uint32_t holder, std::uint32_t needed, bool is_of_per) {
  for (Need& candidate : needs_) {
    if (candidate.holder == holder && candidate.needed == needed && candidate.is_of_per == is_of_per) return candidate;
  }
  const Need made{holder, needed, is_of_per, is_of_per ? 1 : families_[needed].count,
                  static_cast<VariableId>(program_.variables.size())};
  for (std::uint32_t i = 0; i < families_[holder].count; ++i) {
    for (std::uint32_t j = 0; j < made.width; ++j) {
      const VariableId held = families_[holder].held + i;
      const VariableId needed_held = families_[needed].held + (is_of_per ? i / families_[holder].columns : j);
      const std::string name = program_.variables[held].name + " needs " + program_.variables[needed_held].name;
      program_.needs.push_back({new_variable(name, Scope::resource), held, needed_held});
      program_.variables.back().is_of_member = families_[holder].followed != none || families_[needed].followed != none;
    }
  }
  needs_.push_back(made);
  return needs_.back();
}

/// A Need::column.
std::int32_t Compiler::column_of(TermId row, TermId column) const {
  const Term& needed = program_.terms[column];
  if (needed.kind == Term::Kind::constant) return needed.value < 0 ? Need::unknown : needed.value;
  return program_.terms[row] == needed ? Need::own : Need::unknown;
}

/// Whether the same instance is needed as long as the holder is held.
bool Compiler::is_always_needed(const Need& need) const {
  const Family& holder = families_[need.holder];
  return need.column && *need.column != Need::unknown && need.acquires == holder.acquires && holder.followed == none &&
         families_[need.needed].followed == none;
}

/// That an instance (`holder` says which) needs another one.
TermId Compiler::is_needed(const Need& need, std::uint32_t holder, const ResourceBinding& needed) {
  const bool is_always = is_always_needed(need);
  if (!is_always && !need.is_of_per) return element(reference(need.first + holder * need.width, needed));
  const TermId needs = variable(is_always ? families_[need.holder].held + holder : need.first + holder);
  if (!needed.has_index) return needs;
  const std::uint32_t own = need.is_of_per ? holder / families_[need.holder].columns : holder;
  const bool is_own = need.is_of_per || need.column == Need::own;
  const std::int32_t column = is_own ? static_cast<std::int32_t>(own) : *need.column;
  return all_of(needs, operation(Operator::equal, needed.index, constant(column)));
}

ProcedureId Compiler::about_family(std::map<std::uint32_t, ProcedureId>& made, const std::string& what,
                                   std::uint32_t family) {
  const auto found = made.find(family);
  if (found != made.end()) return found->second;
  Procedure procedure;
  procedure.name = what + families_[family].name;
  procedure.parameters.push_back(new_variable("index", Scope::local, false));
  program_.procedures.push_back(procedure);
  const auto id = static_cast<ProcedureId>(program_.procedures.size() - 1);
  made.emplace(family, id);
  return id;
}

/// Where an instance is needed as long as its holder is held, one variable says both.
void Compiler::finish_needs() {
  std::map<VariableId, VariableId> said_by;
  for (const Need& need : needs_) {
    if (!is_always_needed(need)) continue;
    const Family& holder = families_[need.holder];
    for (std::uint32_t i = 0; i < holder.count; ++i) {
      const std::uint32_t column = need.column == Need::own ? i : static_cast<std::uint32_t>(*need.column);
      if (column < need.width) said_by.emplace(need.first + i * need.width + column, holder.held + i);
    }
  }
  for (NeedInfo& need : program_.needs) {
    if (const auto held = said_by.find(need.variable); held != said_by.end()) need.variable = held->second;
  }
}

/// Where a release is owed whenever an instance is held, one variable says both.
void Compiler::finish_owed() {
  std::map<VariableId, VariableId> said_by;
  for (const Family& family : families_) {
    if (!family.is_always_owed || family.is_shared) continue;
    for (std::uint32_t i = 0; i < family.count; ++i) said_by.emplace(family.owed + i, family.held + i);
  }
  for (Term& term : program_.terms) {
    const auto held = said_by.find(term.variable.first);
    if (term.kind == Term::Kind::variable && held != said_by.end()) term.variable.first = held->second;
  }
}

void Compiler::finish_forget_needs() {
  for (const auto& [holder, procedure] : forgetters_) {
    Lowering lowering(*this, procedure, {});
    ResourceBinding forgotten;
    forgotten.family = holder;
    forgotten.has_index = families_[holder].is_family;
    const TermId row = variable(program_.procedures[procedure].parameters[0]);
    for (const Need& need : needs_) {
      if (need.holder != holder) continue;
      const std::uint32_t width = need.width;
      const std::uint32_t height = families_[holder].count;
      for (std::uint32_t column = 0; column < width; ++column) {
        if (!forgotten.has_index) {
          lowering.step(Assign{{need.first + column, 1, none}, constant(0)});
          continue;
        }
        const TermId start = operation(Operator::multiply, row, constant(static_cast<std::int32_t>(width)));
        const TermId index = operation(Operator::add, start, constant(static_cast<std::int32_t>(column)));
        lowering.step(Assign{{need.first, width * height, index}, constant(0)});
      }
    }
    lowering.finish();
  }
}

void Compiler::finish_lose_dependents() {
  for (const auto& [needed, procedure] : losers_) {
    Lowering lowering(*this, procedure, {});
    ResourceBinding lost;
    lost.family = needed;
    lost.has_index = families_[needed].is_family;
    lost.index = variable(program_.procedures[procedure].parameters[0]);
    for (const Need& need : needs_) {
      if (need.needed != needed) continue;
      const Family holder = families_[need.holder];
      for (std::uint32_t i = 0; i < holder.count; ++i) {
        lowering.when(is_needed(need, i, lost), [&] {
          Edge& edge = lowering.step(Assign{{holder.held + i, 1, none}, constant(0)});
          edge.effect = Effect::lose;
          edge.instance = {holder.held + i, 1, none};
          for (const Need& other : needs_) {
            if (other.holder != need.holder) continue;
            for (std::uint32_t j = 0; j < other.width; ++j) {
              lowering.step(Assign{{other.first + i * other.width + j, 1, none}, constant(0)});
            }
          }
        });
      }
    }
    lowering.finish();
  }
}

}  // namespace tenure
