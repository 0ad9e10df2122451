#include "model/folded.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "model/constant_variables.h"

namespace tenure {

namespace {

using Value = ConstantVariables::Value;

/// Puts together what is left.
class Folder {
 public:
  explicit Folder(const Program& program)
      : program_(program),
        constants_(program),
        variables_(program.variables.size(), none),
        functions_(program.functions.size(), none),
        procedures_(program.procedures.size(), none),
        goals_(program.goals.size(), none),
        terms_(program.terms.size(), none),
        families_(program.variables.size()) {}

  Program fold() {
    made_.driver = program_.driver;
    made_.lists = program_.lists;
    made_.error_names = program_.error_names;
    made_.counter_margin = program_.counter_margin;
    made_.picks_lowest = program_.picks_lowest;
    find_families();
    made_.halted = variable(program_.halted);
    made_.result = variable(program_.result);
    made_.group_begins = procedure(program_.group_begins);
    made_.group_ends = procedure(program_.group_ends);
    for (const TermId each : program_.life_cycle) made_.life_cycle.push_back(term(each));
    for (const ProgramEvent& event : program_.events) {
      if (constants_.can_be(event.guard))
        made_.events.push_back({event.name, "", term(event.guard), procedure(event.procedure)});
    }
    while (made_.procedures.size() < order_.size()) made_.procedures.push_back(fold(order_[made_.procedures.size()]));
    keep_unreachable_goals();
    keep_what_is_told();
    return std::move(made_);
  }

 private:
  void find_families() {
    const auto note = [&](const Reference& reference) {
      for (std::uint32_t i = 0; i < reference.count && reference.index != none; ++i)
        families_[reference.first + i] = reference;
    };
    for (const Term& term : program_.terms) note(term.variable);
    for (const Procedure& procedure : program_.procedures) {
      for (const Edge& edge : procedure.edges) {
        if (const auto* assign = std::get_if<Assign>(&edge.action)) note(assign->variable);
      }
    }
  }

  /// Goals as well. A property that has nothing to check is none.
  std::uint32_t goal(std::uint32_t id) {
    if (goals_[id] == none) {
      goals_[id] = static_cast<std::uint32_t>(made_.goals.size());
      made_.goals.push_back(program_.goals[id]);
    }
    return goals_[id];
  }

  /// What has to be reachable and never is.
  void keep_unreachable_goals() {
    std::map<std::string, std::uint32_t> left;
    for (std::uint32_t g = 0; g < goals_.size(); ++g) {
      if (!program_.goals[g].property && goals_[g] == none) left[program_.goals[g].says] = g;
    }
    for (const auto& [says, g] : left) goal(g);
  }

  /// Variables are numbered as they are met, those of a family together.
  VariableId variable(VariableId id) {
    if (id == none || variables_[id] != none) return id == none ? none : variables_[id];
    const Reference family = families_[id].index == none ? Reference{id, 1, none} : families_[id];
    for (VariableId v = family.first; v < family.first + family.count; ++v) {
      variables_[v] = static_cast<VariableId>(made_.variables.size());
      made_.variables.push_back(program_.variables[v]);
      made_.variables.back().is_read = true;
    }
    return variables_[id];
  }

  /// Procedures as well; `none` is one that is never called.
  ProcedureId procedure(ProcedureId id) {
    if (id == none || !constants_.is_called(id)) return none;
    if (procedures_[id] == none) {
      procedures_[id] = static_cast<ProcedureId>(order_.size());
      order_.push_back(id);
    }
    return procedures_[id];
  }

  std::uint32_t function(std::uint32_t id) {
    if (id == none) return none;
    if (functions_[id] == none) {
      functions_[id] = static_cast<std::uint32_t>(made_.functions.size());
      made_.functions.push_back({program_.functions[id].name, "", 0, "", program_.functions[id].is_driver});
    }
    return functions_[id];
  }

  Reference reference(const Reference& old) {
    const Reference meant = constants_.meant(old);
    return {variable(meant.first), meant.count, term(meant.index)};
  }

  TermId term(TermId id) {
    if (id == none) return none;
    if (terms_[id] == none) terms_[id] = intern(fold(program_.terms[id], constants_.value(id)));
    return terms_[id];
  }

  Term fold(const Term& old, const Value& value) {
    Term made;
    if (value) {
      made.value = *value;
      return made;
    }
    if (old.kind == Term::Kind::operation && old.op == Operator::conditional) {
      const Value condition = constants_.value(old.operands[0]);
      if (condition) return made_.terms[term(old.operands[*condition != 0 ? 1 : 2])];
    }
    made.kind = old.kind;
    made.op = old.op;
    made.list = old.list;
    made.function = function(old.function);
    if (old.kind == Term::Kind::variable) made.variable = reference(old.variable);
    for (int i = 0; i < 3; ++i) made.operands[i] = term(old.operands[i]);
    return made;
  }

  TermId intern(const Term& term) {
    const auto key = std::tuple(term.kind, term.value, term.variable.first, term.variable.count, term.variable.index,
                                term.op, std::vector(term.operands, term.operands + 3), term.list, term.function);
    const auto [found, is_new] = interned_.try_emplace(key, static_cast<TermId>(made_.terms.size()));
    if (is_new) made_.terms.push_back(term);
    return found->second;
  }

  std::vector<TermId> terms(const std::vector<TermId>& old) {
    std::vector<TermId> made;
    for (const TermId each : old) made.push_back(term(each));
    return made;
  }

  std::vector<VariableId> variables(const std::vector<VariableId>& old) {
    std::vector<VariableId> made;
    for (const VariableId each : old) made.push_back(variable(each));
    return made;
  }

  Procedure fold(ProcedureId id) {
    const Procedure& old = program_.procedures[id];
    Procedure made{function(old.function), old.name, variables(old.parameters), {}, {}, {}};
    std::vector<NodeId> nodes(old.nodes.size(), none);
    NodeId next = 0;
    for (NodeId n = 0; n < old.nodes.size(); ++n) {
      if (constants_.is_reached(id, n)) nodes[n] = next++;
    }
    for (NodeId n = 0; n < old.nodes.size(); ++n) {
      if (nodes[n] == none) continue;
      Node node{{}, old.nodes[n].choice, old.nodes[n].abstracts, term(old.nodes[n].saturates)};
      for (const std::uint32_t e : old.nodes[n].edges) {
        if (!constants_.can_be(old.edges[e].guard)) continue;
        node.edges.push_back(static_cast<std::uint32_t>(made.edges.size()));
        made.edges.push_back(fold(old.edges[e], nodes));
      }
      made.nodes.push_back(std::move(node));
    }
    for (const VariableId local : old.locals) {
      if (variables_[local] != none) made.locals.push_back(variables_[local]);
    }
    std::sort(made.locals.begin(), made.locals.end());
    return made;
  }

  Edge fold(const Edge& old, const std::vector<NodeId>& nodes) {
    Edge made = old;
    made.from = nodes[old.from];
    made.to = nodes[old.to];
    made.guard = old.guard == none || constants_.value(old.guard) ? none : term(old.guard);
    made.action = std::visit([&](const auto& action) { return Action(fold(action)); }, old.action);
    made.site = 0;
    if (old.instance != Reference()) made.instance = reference(old.instance);
    return made;
  }

  static std::monostate fold(std::monostate nothing) { return nothing; }
  Reach fold(Reach reach) { return {goal(reach.goal), reach.besides == none ? none : goal(reach.besides)}; }
  static Run fold(Run run) { return run; }
  static Halt fold(Halt halt) { return halt; }
  Action fold(const Assign& assign) {
    const Reference target = constants_.meant(assign.variable);
    const bool changes = target.index != none || !constants_.never_changes(target.first);
    return changes ? Action(Assign{reference(assign.variable), term(assign.value)}) : Action();
  }
  Pick fold(const Pick& pick) { return {variable(pick.variable), term(pick.low), term(pick.high)}; }
  Call fold(const Call& call) { return {procedure(call.procedure), terms(call.arguments)}; }
  Defer fold(const Defer& defer) { return {defer.list, procedure(defer.procedure), terms(defer.arguments)}; }
  /// What is never called is never found: that it is looked for stays.
  TakeBack fold(const TakeBack& back) {
    return {back.list, procedure(back.procedure), terms(back.arguments), variable(back.found)};
  }
  Group fold(const Group& group) { return {group.change, group.list, term(group.number), variable(group.found)}; }

  /// Of a variable that was met.
  VariableId number(VariableId id) const { return id == none ? none : variables_[id]; }

  /// Of instances, needs and remembered values those that still are, in the order of their variables.
  void keep_what_is_told() {
    std::map<VariableId, Instance> instances;
    for (const Instance& each : program_.instances) {
      if (number(each.held) != none)
        instances[number(each.held)] = {each.name, each.resource, each.says, number(each.held), each.is_driver};
    }
    for (auto& [held, instance] : instances) made_.instances.push_back(std::move(instance));
    std::map<std::pair<VariableId, VariableId>, NeedInfo> needs;
    for (const NeedInfo& each : program_.needs) {
      const NeedInfo need{number(each.variable), number(each.holder), number(each.needed)};
      if (need.variable != none && need.needed != none) needs[{need.variable, need.needed}] = need;
    }
    for (const auto& [variables, need] : needs) made_.needs.push_back(need);
    std::map<VariableId, RememberedInfo> remembered;
    for (const RememberedInfo& each : program_.remembered) {
      const VariableId kept = number(each.variable);
      if (kept != none) remembered[kept] = {kept, number(each.shadow), each.is_distance};
    }
    for (const auto& [kept, info] : remembered) made_.remembered.push_back(info);
  }

  using Key = std::tuple<Term::Kind, std::int32_t, VariableId, std::uint32_t, TermId, Operator, std::vector<TermId>,
                         ListId, std::uint32_t>;
  const Program& program_;
  ConstantVariables constants_;
  Program made_;
  // Their new numbers; none: not kept, or not yet asked for.
  std::vector<VariableId> variables_;
  std::vector<std::uint32_t> functions_;
  std::vector<ProcedureId> procedures_;
  std::vector<std::uint32_t> goals_;
  std::vector<TermId> terms_;
  std::vector<ProcedureId> order_;
  std::vector<Reference> families_;  // by variable: that it is one of; no index: none
  std::map<Key, TermId> interned_;
};

}  // namespace

Program folded(const Program& program) {
  return Folder(program).fold();
}

}  // namespace tenure
