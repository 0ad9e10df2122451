#include "model/folded.h"

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
        terms_(program.terms.size(), none) {}

  Program fold() {
    made_.driver = program_.driver;
    made_.lists = program_.lists;
    made_.error_names = program_.error_names;
    made_.counter_margin = program_.counter_margin;
    made_.picks_lowest = program_.picks_lowest;
    number_variables();
    number_goals();
    for (ProcedureId p = 0; p < program_.procedures.size(); ++p) {
      if (constants_.is_called(p)) procedures_[p] = next_procedure_++;
    }
    for (ProcedureId p = 0; p < program_.procedures.size(); ++p) {
      if (constants_.is_called(p)) made_.procedures.push_back(fold(p));
    }
    for (const ProgramEvent& event : program_.events) {
      if (constants_.can_be(event.guard))
        made_.events.push_back({event.name, "", term(event.guard), procedures_[event.procedure]});
    }
    for (const TermId each : program_.life_cycle) made_.life_cycle.push_back(term(each));
    made_.group_begins = procedure(program_.group_begins);
    made_.group_ends = procedure(program_.group_ends);
    keep_what_is_told();
    return std::move(made_);
  }

 private:
  /// Locals stay with their procedure, a family as long as one of it does.
  void number_variables() {
    std::vector<bool> stays(variables_.size());
    for (VariableId v = 0; v < stays.size(); ++v)
      stays[v] = program_.variables[v].scope != Scope::local && !constants_.never_changes(v);
    stays[program_.halted] = stays[program_.result] = true;
    for (ProcedureId p = 0; p < program_.procedures.size(); ++p) {
      if (!constants_.is_called(p)) continue;
      for (const VariableId v : program_.procedures[p].parameters) stays[v] = true;
      for (const VariableId v : program_.procedures[p].locals) stays[v] = true;
    }
    const auto keep = [&](const Reference& reference) {
      const Reference meant = constants_.meant(reference);
      for (std::uint32_t i = 0; i < meant.count && meant.index != none; ++i) stays[meant.first + i] = true;
    };
    for (const Term& term : program_.terms) {
      if (term.kind == Term::Kind::variable) keep(term.variable);
    }
    for (const Procedure& procedure : program_.procedures) {
      for (const Edge& edge : procedure.edges) {
        if (const auto* assign = std::get_if<Assign>(&edge.action)) keep(assign->variable);
      }
    }
    for (VariableId v = 0; v < stays.size(); ++v) {
      if (!stays[v]) continue;
      variables_[v] = static_cast<VariableId>(made_.variables.size());
      made_.variables.push_back(program_.variables[v]);
      made_.variables.back().is_read = true;
    }
    made_.halted = variables_[program_.halted];
    made_.result = variables_[program_.result];
  }

  /// What has to be reachable, and of the properties those that have something to check.
  void number_goals() {
    std::vector<bool> stays(goals_.size());
    for (std::uint32_t g = 0; g < stays.size(); ++g) stays[g] = !program_.goals[g].property;
    for (ProcedureId p = 0; p < program_.procedures.size(); ++p) {
      for (const Edge& edge : program_.procedures[p].edges) {
        const auto* reach = std::get_if<Reach>(&edge.action);
        if (reach != nullptr && is_kept(p, edge)) stays[reach->goal] = true;
      }
    }
    for (std::uint32_t g = 0; g < stays.size(); ++g) {
      if (!stays[g]) continue;
      goals_[g] = static_cast<std::uint32_t>(made_.goals.size());
      made_.goals.push_back(program_.goals[g]);
    }
  }

  bool is_kept(ProcedureId procedure, const Edge& edge) {
    return constants_.is_called(procedure) && constants_.is_reached(procedure, edge.from) &&
           constants_.can_be(edge.guard);
  }

  VariableId variable(VariableId id) const { return id == none ? none : variables_[id]; }
  ProcedureId procedure(ProcedureId id) const { return id == none ? none : procedures_[id]; }

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

  std::vector<VariableId> variables(const std::vector<VariableId>& old) const {
    std::vector<VariableId> made;
    for (const VariableId each : old) made.push_back(variable(each));
    return made;
  }

  Procedure fold(ProcedureId id) {
    const Procedure& old = program_.procedures[id];
    Procedure made{function(old.function), old.name, variables(old.parameters), variables(old.locals), {}, {}};
    std::vector<NodeId> nodes(old.nodes.size(), none);
    NodeId next = 0;
    for (NodeId n = 0; n < old.nodes.size(); ++n) {
      if (constants_.is_reached(id, n)) nodes[n] = next++;
    }
    for (NodeId n = 0; n < old.nodes.size(); ++n) {
      if (nodes[n] == none) continue;
      Node node{{}, old.nodes[n].choice, old.nodes[n].abstracts, term(old.nodes[n].saturates)};
      for (const std::uint32_t e : old.nodes[n].edges) {
        if (!is_kept(id, old.edges[e])) continue;
        node.edges.push_back(static_cast<std::uint32_t>(made.edges.size()));
        made.edges.push_back(fold(old.edges[e], nodes));
      }
      made.nodes.push_back(std::move(node));
    }
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
  Reach fold(Reach reach) const { return {goals_[reach.goal]}; }
  static Run fold(Run run) { return run; }
  static Halt fold(Halt halt) { return halt; }
  Action fold(const Assign& assign) {
    const Reference target = constants_.meant(assign.variable);
    const bool is_kept = target.index != none || variable(target.first) != none;
    return is_kept ? Action(Assign{reference(assign.variable), term(assign.value)}) : Action();
  }
  Pick fold(const Pick& pick) { return {variable(pick.variable), term(pick.low), term(pick.high)}; }
  Call fold(const Call& call) { return {procedure(call.procedure), terms(call.arguments)}; }
  Defer fold(const Defer& defer) { return {defer.list, procedure(defer.procedure), terms(defer.arguments)}; }
  /// What is never called is never found: that it is looked for stays.
  TakeBack fold(const TakeBack& back) {
    return {back.list, procedure(back.procedure), terms(back.arguments), variable(back.found)};
  }
  Group fold(const Group& group) { return {group.change, group.list, term(group.number), variable(group.found)}; }

  /// Of instances, needs and remembered values those that still are.
  void keep_what_is_told() {
    const auto is_there = [&](VariableId id) { return variable(id) != none; };
    for (const Instance& each : program_.instances) {
      if (is_there(each.held))
        made_.instances.push_back({each.name, each.resource, each.says, variable(each.held), each.is_driver});
    }
    for (const NeedInfo& each : program_.needs) {
      if (is_there(each.variable))
        made_.needs.push_back({variable(each.variable), variable(each.holder), variable(each.needed)});
    }
    for (const RememberedInfo& each : program_.remembered) {
      if (is_there(each.variable))
        made_.remembered.push_back({variable(each.variable), variable(each.shadow), each.is_distance});
    }
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
  ProcedureId next_procedure_ = 0;
  std::map<Key, TermId> interned_;
};

}  // namespace

Program folded(const Program& program) {
  return Folder(program).fold();
}

}  // namespace tenure
