#include "model/followed_members.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "model/member_sorts.h"

namespace tenure {

namespace {

/// What an edge passes to a procedure that it calls, or puts on a list; null when it does neither.
const std::vector<TermId>* arguments_for(const Edge& edge, ProcedureId procedure) {
  if (const auto* call = std::get_if<Call>(&edge.action))
    return call->procedure == procedure ? &call->arguments : nullptr;
  const auto* defer = std::get_if<Defer>(&edge.action);
  return defer != nullptr && defer->procedure == procedure ? &defer->arguments : nullptr;
}

/// What a function may do to shared state on behalf of one member: nothing. Found once for each function and set of
/// parameters that are the member's index.
class MemberCheck {
 public:
  MemberCheck(const Program& program, const FollowedMembers& followed)
      : program_(program), followed_(followed), sorts_(program, followed), objections_(followed.objections) {}

  std::vector<Objection> run();

 private:
  /// A loop, or a function that is called for a member, with the variables that are the member's index there.
  struct Place {
    const Procedure& procedure;
    std::uint32_t size;
    std::vector<VariableId> indices;
    const MemberLoop* loop;  ///< null: the whole function
  };

  void object(std::uint32_t size, const Site& site, const std::string& says);
  void object_to_all(const Edge& edge, const std::string& says);
  void object_to(VariableId variable, const Edge& edge, const std::string& says);
  void check_same();
  void check_uses(const Procedure& procedure);
  void check_edge(const Procedure& procedure, const Edge& edge);
  void check_arguments(const std::vector<TermId>& arguments, ProcedureId callee, const Edge& edge);
  void check_term(TermId term, const Edge& edge);
  void check_indices(const std::vector<TermId>& indices, const Edge& edge);
  bool is_bare_size(TermId term) const;
  bool compares_size_with_0(const Term& term) const;
  void check_entry(const Procedure& procedure, const std::vector<TermId>& arguments, const Edge& edge);
  std::vector<TermId> guarding_indices(const Procedure& procedure, const Edge& edge) const;
  void check_lists(TermId term, const Edge& edge);

  bool is_whole(const MemberLoop& loop) const { return followed_.sizes[loop.size].size == loop.bound; }
  void check_loop(const Procedure& procedure, const MemberLoop& loop);
  void check_exits(const Procedure& procedure, const MemberLoop& loop);
  void check_locals(const Procedure& procedure, const MemberLoop& loop);
  void check_alone(const Place& place);
  void check_alone(const Place& place, const Edge& edge);
  void check_called(ProcedureId callee, std::uint32_t size, const std::vector<TermId>& arguments,
                    const std::vector<VariableId>& indices);
  bool is_own(TermId index, const Place& place) const;

  const Program& program_;
  const FollowedMembers& followed_;
  MemberSorts sorts_;
  std::vector<Objection> objections_;
  std::set<std::pair<ListId, std::uint32_t>> has_entries_;  ///< list, function of entries that are about a member
  std::set<std::pair<ProcedureId, std::vector<std::size_t>>> checked_;
};

void MemberCheck::object(std::uint32_t size, const Site& site, const std::string& says) {
  std::string where = site.file;
  if (site.line > 0) where += ":" + std::to_string(site.line);
  const std::string& function = program_.functions[site.function].name;
  objections_.push_back({size, function + "() " + says + (where.empty() ? "" : " (" + where + ")")});
}

/// An objection to what may concern the members of any size.
void MemberCheck::object_to_all(const Edge& edge, const std::string& says) {
  for (std::uint32_t size = 0; size < followed_.sizes.size(); ++size) object(size, program_.sites[edge.site], says);
}

/// An objection to what is done with an index; none when the variable is no index.
void MemberCheck::object_to(VariableId variable, const Edge& edge, const std::string& says) {
  if (variable == none || sorts_[variable] == none) return;
  object(sorts_[variable], program_.sites[edge.site], says);
}

std::vector<Objection> MemberCheck::run() {
  for (const Procedure& procedure : program_.procedures) {
    for (const Edge& edge : procedure.edges) {
      const auto* defer = std::get_if<Defer>(&edge.action);
      if (defer == nullptr) continue;
      const bool is_about_member = std::any_of(defer->arguments.begin(), defer->arguments.end(),
                                               [&](TermId argument) { return sorts_.is_sorted(argument); });
      if (is_about_member) has_entries_.emplace(defer->list, program_.procedures[defer->procedure].function);
    }
  }
  for (ProcedureId id = 0; id < program_.procedures.size(); ++id) {
    if (!followed_.made_procedures.contains(id)) check_uses(program_.procedures[id]);
  }
  check_same();
  const Edge outside;
  for (const ProgramEvent& event : program_.events) check_term(event.guard, outside);
  for (const TermId term : program_.life_cycle) check_term(term, outside);
  return std::move(objections_);
}

/// Goes from a procedure to its callers as long as both indices are parameters.
void MemberCheck::check_same() {
  std::vector<SameMember> open = followed_.same;
  std::set<std::tuple<ProcedureId, TermId, TermId>> seen;
  while (!open.empty()) {
    const SameMember same = open.back();
    open.pop_back();
    const VariableId first = sorts_.variable_of(same.first);
    const VariableId second = sorts_.variable_of(same.second);
    if (same.first == same.second || (first != none && first == second)) continue;
    if (!seen.emplace(same.procedure, same.first, same.second).second) continue;
    const auto& parameters = program_.procedures[same.procedure].parameters;
    const auto i = std::find(parameters.begin(), parameters.end(), first) - parameters.begin();
    const auto j = std::find(parameters.begin(), parameters.end(), second) - parameters.begin();
    const auto size = static_cast<std::ptrdiff_t>(parameters.size());
    if (i == size || j == size) {
      objections_.push_back(same.otherwise);
      continue;
    }
    for (ProcedureId caller = 0; caller < program_.procedures.size(); ++caller) {
      for (const Edge& edge : program_.procedures[caller].edges) {
        const std::vector<TermId>* arguments = arguments_for(edge, same.procedure);
        if (arguments != nullptr) open.push_back({caller, (*arguments)[i], (*arguments)[j], same.otherwise});
      }
    }
  }
}

void MemberCheck::check_uses(const Procedure& procedure) {
  const std::vector<MemberLoop> loops = member_loops(program_, procedure, sorts_);
  std::set<std::uint32_t> counting;
  for (const MemberLoop& loop : loops) {
    counting.insert(loop.counting.begin(), loop.counting.end());
    const auto& conditions = procedure.nodes[loop.head].edges;
    counting.insert(conditions.begin(), conditions.end());
  }
  for (std::uint32_t i = 0; i < procedure.edges.size(); ++i) {
    if (!counting.contains(i)) check_edge(procedure, procedure.edges[i]);
  }
  for (const MemberLoop& loop : loops) check_loop(procedure, loop);
}

void MemberCheck::check_edge(const Procedure& procedure, const Edge& edge) {
  if (edge.guard != none && !is_bare_size(edge.guard)) check_term(edge.guard, edge);
  if (const auto* assign = std::get_if<Assign>(&edge.action)) {
    const VariableId target = assign->variable.first;
    const bool is_of_member = program_.variables[target].is_of_member;
    if (assign->variable.index != none && !is_of_member) check_term(assign->variable.index, edge);
    const bool is_index = sorts_.is_sorted(assign->value) && assign->variable.index == none;
    if (is_index && sorts_[target] == sorts_[sorts_.variable_of(assign->value)]) return;
    if (!sorts_.is_constant(assign->value, 0)) {
      object_to(target, edge, "sets " + program_.variables[target].name + " to what may be no index");
      check_term(assign->value, edge);
    }
  } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
    const auto last = sorts_.stepped(pick->high);
    const bool is_any_member = last && last->second == -1 && sorts_[last->first] != none &&
                               followed_.sizes[sorts_[last->first]].size == last->first &&
                               sorts_.is_constant(pick->low, 0);
    if (is_any_member) return;
    object_to(pick->variable, edge, "chooses " + program_.variables[pick->variable].name + " from a part of them");
    check_term(pick->low, edge);
    check_term(pick->high, edge);
  } else if (const auto* call = std::get_if<Call>(&edge.action)) {
    check_arguments(call->arguments, call->procedure, edge);
  } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
    check_arguments(defer->arguments, defer->procedure, edge);
    check_entry(procedure, defer->arguments, edge);
    for (const TermId argument : defer->arguments) {
      const VariableId index = sorts_.variable_of(argument);
      if (sorts_.is_sorted(argument)) check_called(defer->procedure, sorts_[index], defer->arguments, {index});
    }
  } else if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) {
    check_arguments(take_back->arguments, take_back->procedure, edge);
    check_entry(procedure, take_back->arguments, edge);
  } else if (const auto* group = std::get_if<Group>(&edge.action)) {
    if (group->number != none) check_term(group->number, edge);
  }
}

void MemberCheck::check_arguments(const std::vector<TermId>& arguments, ProcedureId callee, const Edge& edge) {
  if (followed_.made_procedures.contains(callee)) return;
  const auto& parameters = program_.procedures[callee].parameters;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const VariableId variable = sorts_.variable_of(arguments[i]);
    if (sorts_.is_sorted(arguments[i]) && sorts_[variable] == sorts_[parameters[i]]) continue;
    if (sorts_.is_constant(arguments[i], 0)) continue;
    object_to(parameters[i], edge, "passes " + program_.variables[parameters[i]].name + " what may be no index");
    check_term(arguments[i], edge);
  }
}

/// An entry for a member is put on a list, or taken back, only when that member is followed.
void MemberCheck::check_entry(const Procedure& procedure, const std::vector<TermId>& arguments, const Edge& edge) {
  const std::vector<TermId> guarded = guarding_indices(procedure, edge);
  for (const TermId index : guarded) {
    if (sorts_.variable_of(index) == none) object_to_all(edge, "has a list for a member by its number");
  }
  for (const TermId argument : arguments) {
    const VariableId index = sorts_.variable_of(argument);
    const bool is_guarded =
        std::any_of(guarded.begin(), guarded.end(), [&](TermId each) { return sorts_.variable_of(each) == index; });
    if (index != none && !is_guarded) object_to(index, edge, "puts an index on a list, or takes it back");
  }
}

/// The indices of which an edge is only taken where they are followed.
std::vector<TermId> MemberCheck::guarding_indices(const Procedure& procedure, const Edge& edge) const {
  std::vector<TermId> indices;
  for (const Edge& before : procedure.edges) {
    if (before.to != edge.from) continue;
    const auto found = before.guard != none ? sorts_.indices_followed(before.guard) : std::nullopt;
    if (!found) return {};
    indices = *found;
  }
  return indices;
}

/// How many there are, without what becomes of it in a loop.
bool MemberCheck::is_bare_size(TermId term) const {
  const VariableId variable = sorts_.variable_of(term);
  return sorts_.is_sorted(term) && followed_.sizes[sorts_[variable]].size == variable;
}

/// Whether there are any members at all is told by their classes.
bool MemberCheck::compares_size_with_0(const Term& term) const {
  if (term.op == Operator::logical_not) return is_bare_size(term.operands[0]);
  const bool is_told = term.op == Operator::equal || term.op == Operator::unequal || term.op == Operator::greater;
  return is_told && is_bare_size(term.operands[0]) && sorts_.is_constant(term.operands[1], 0);
}

void MemberCheck::check_indices(const std::vector<TermId>& indices, const Edge& edge) {
  for (const TermId index : indices) {
    if (sorts_.is_constant(index, 0) || sorts_.is_sorted(index)) continue;
    object_to_all(edge, "reaches for a member by a number");
  }
}

/// Nothing but a loop may ask for an index, or for a size.
void MemberCheck::check_term(TermId id, const Edge& edge) {
  if (followed_.made_terms.contains(id)) return;
  const Term& term = program_.terms[id];
  switch (term.kind) {
    case Term::Kind::constant:
      return;
    case Term::Kind::variable:
      if (program_.variables[term.variable.first].is_of_member) return;  // where it is followed
      if (term.variable.index != none) return check_term(term.variable.index, edge);
      return object_to(term.variable.first, edge,
                       "asks for " + program_.variables[term.variable.first].name + " as a number");
    case Term::Kind::list_has:
    case Term::Kind::list_empty:
      return check_lists(id, edge);
    case Term::Kind::operation:
      break;
  }
  const bool is_of_first = term.op == Operator::logical_not || term.op == Operator::conditional;
  if (const auto indices = sorts_.indices_followed(is_of_first ? term.operands[0] : id))
    return check_indices(*indices, edge);
  if (compares_size_with_0(term)) return;
  for (const TermId operand : term.operands) {
    if (operand != none) check_term(operand, edge);
  }
}

/// What asks whether a list has an entry must not mean one of a member.
void MemberCheck::check_lists(TermId id, const Edge& edge) {
  const Term& term = program_.terms[id];
  if (term.kind != Term::Kind::list_has || !has_entries_.contains({term.list, term.function})) return;
  object_to_all(edge, "asks whether " + program_.lists[term.list].name + " has an entry");
}

void MemberCheck::check_loop(const Procedure& procedure, const MemberLoop& loop) {
  check_exits(procedure, loop);
  check_locals(procedure, loop);
  check_alone({procedure, loop.size, {loop.variable}, &loop});
}

/// A loop over a part of the members passes over those that stand for themselves: it may not end among them.
void MemberCheck::check_exits(const Procedure& procedure, const MemberLoop& loop) {
  for (const Edge& edge : procedure.edges) {
    const auto* assign = std::get_if<Assign>(&edge.action);
    const bool is_in = loop.nodes[edge.from];
    if (is_in && assign != nullptr && loop.bound != loop.variable && assign->variable.first == loop.bound)
      return object(loop.size, program_.sites[edge.site], "changes how far the loop goes");
    if (is_in && !is_whole(loop) && edge.from != loop.head && !loop.nodes[edge.to])
      return object(loop.size, program_.sites[edge.site], "leaves a loop over a part of the members");
  }
}

/// What an iteration leaves behind in locals, the next one must not read; after a loop over all members they have what
/// the last one left, after one over a part nobody asks. (Classical liveness.)
void MemberCheck::check_locals(const Procedure& procedure, const MemberLoop& loop) {
  std::map<VariableId, const Edge*> assigned;
  for (const Edge& edge : procedure.edges) {
    if (!loop.nodes[edge.from] || !loop.nodes[edge.to]) continue;
    const auto* assign = std::get_if<Assign>(&edge.action);
    // What a call returned is taken, and the register cleared, at once.
    const bool clears_result =
        assign != nullptr && assign->variable.first == program_.result && sorts_.is_constant(assign->value, 0);
    if (assign != nullptr && !clears_result) assigned.emplace(assign->variable.first, &edge);
    if (const auto* pick = std::get_if<Pick>(&edge.action)) assigned.emplace(pick->variable, &edge);
    const auto* take_back = std::get_if<TakeBack>(&edge.action);
    if (take_back != nullptr && take_back->found != none) assigned.emplace(take_back->found, &edge);
  }
  const NodeId body = procedure.edges[procedure.nodes[loop.head].edges.front()].to;
  const NodeId end = procedure.edges[procedure.nodes[loop.head].edges.back()].to;
  for (const auto& [local, edge] : assigned) {
    if (program_.variables[local].scope != Scope::local || local == loop.variable) continue;
    const std::string keeps = "keeps " + program_.variables[local].name + " from ";
    if (is_live(program_, procedure, body, local)) {
      object(loop.size, program_.sites[edge->site], keeps + "one iteration to the next");
    } else if (!is_whole(loop) && is_live(program_, procedure, end, local)) {
      object(loop.size, program_.sites[edge->site], keeps + "a loop over a part of the members");
    }
  }
}

/// That what is done, in an iteration that is completed or in a function, is done to one member alone.
void MemberCheck::check_alone(const Place& place) {
  for (std::uint32_t i = 0; i < place.procedure.edges.size(); ++i) {
    const Edge& edge = place.procedure.edges[i];
    const auto is_in = [&](const MemberLoop& loop) {
      const bool counts = std::find(loop.counting.begin(), loop.counting.end(), i) != loop.counting.end();
      return loop.nodes[edge.from] && loop.nodes[edge.to] && !counts;
    };
    if (place.loop == nullptr || is_in(*place.loop)) check_alone(place, edge);
  }
}

bool MemberCheck::is_own(TermId index, const Place& place) const {
  const VariableId variable = sorts_.variable_of(index);
  return std::find(place.indices.begin(), place.indices.end(), variable) != place.indices.end();
}

void MemberCheck::check_alone(const Place& place, const Edge& edge) {
  const auto object = [&](const std::string& says) { this->object(place.size, program_.sites[edge.site], says); };
  const auto indices = edge.guard != none ? sorts_.indices_followed(edge.guard) : std::nullopt;
  if (indices && !std::all_of(indices->begin(), indices->end(), [&](TermId index) { return is_own(index, place); }))
    return object("reaches for another member");
  const auto check_entry = [&](const std::vector<TermId>& arguments) {
    if (std::none_of(arguments.begin(), arguments.end(), [&](TermId argument) { return is_own(argument, place); }))
      object("changes a list for all members");
  };
  if (const auto* assign = std::get_if<Assign>(&edge.action)) {
    const VariableInfo& target = program_.variables[assign->variable.first];
    if (target.scope != Scope::local && !target.is_of_member) return object("sets " + target.name + " for all members");
    if (std::find(place.indices.begin(), place.indices.end(), assign->variable.first) != place.indices.end())
      object("changes the index of the member");
  } else if (const auto* call = std::get_if<Call>(&edge.action)) {
    check_called(call->procedure, place.size, call->arguments, place.indices);
  } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
    check_entry(defer->arguments);
  } else if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) {
    check_entry(take_back->arguments);
  } else if (std::holds_alternative<Run>(edge.action) || std::holds_alternative<Group>(edge.action)) {
    object("runs a list for each member");
  }
}

void MemberCheck::check_called(ProcedureId callee, std::uint32_t size, const std::vector<TermId>& arguments,
                               const std::vector<VariableId>& indices) {
  if (followed_.made_procedures.contains(callee)) return;
  const Procedure& procedure = program_.procedures[callee];
  std::vector<std::size_t> own;
  std::vector<VariableId> own_variables;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const VariableId variable = sorts_.variable_of(arguments[i]);
    if (std::find(indices.begin(), indices.end(), variable) == indices.end()) continue;
    own.push_back(i);
    own_variables.push_back(procedure.parameters[i]);
  }
  own.push_back(size);
  if (checked_.emplace(callee, std::move(own)).second) check_alone({procedure, size, own_variables, nullptr});
}

}  // namespace

std::vector<Objection> objections_to(const Program& program, const FollowedMembers& followed) {
  return MemberCheck(program, followed).run();
}

}  // namespace tenure
