#include "model/member_sorts.h"

namespace tenure {

void for_each_term(const Edge& edge, const std::function<void(TermId)>& visit) {
  if (edge.guard != none) visit(edge.guard);
  if (const auto* assign = std::get_if<Assign>(&edge.action)) visit(assign->value);
  if (const auto* pick = std::get_if<Pick>(&edge.action)) {
    visit(pick->low);
    visit(pick->high);
  }
  const auto visit_all = [&](const std::vector<TermId>& terms) {
    for (const TermId term : terms) visit(term);
  };
  if (const auto* call = std::get_if<Call>(&edge.action)) visit_all(call->arguments);
  if (const auto* defer = std::get_if<Defer>(&edge.action)) visit_all(defer->arguments);
  if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) visit_all(take_back->arguments);
  const auto* group = std::get_if<Group>(&edge.action);
  if (group != nullptr && group->number != none) visit(group->number);
}

namespace {

bool reads(const Program& program, TermId id, VariableId variable) {
  const Term& term = program.terms[id];
  if (term.kind == Term::Kind::variable && term.variable.index == none) return term.variable.first == variable;
  if (term.kind == Term::Kind::variable) return reads(program, term.variable.index, variable);
  if (term.kind != Term::Kind::operation) return false;
  bool any = false;
  for (const TermId operand : term.operands) any |= operand != none && reads(program, operand, variable);
  return any;
}

bool reads(const Program& program, const Edge& edge, VariableId variable) {
  bool any = false;
  for_each_term(edge, [&](TermId term) { any |= reads(program, term, variable); });
  const auto* assign = std::get_if<Assign>(&edge.action);
  return any ||
         (assign != nullptr && assign->variable.index != none && reads(program, assign->variable.index, variable));
}

bool assigns(const Program& program, const Edge& edge, VariableId variable) {
  if (const auto* assign = std::get_if<Assign>(&edge.action)) return assign->variable == Reference{variable, 1, none};
  if (const auto* pick = std::get_if<Pick>(&edge.action)) return pick->variable == variable;
  if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) return take_back->found == variable;
  if (const auto* group = std::get_if<Group>(&edge.action)) return group->found == variable;
  return std::holds_alternative<Call>(edge.action) && variable == program.result;
}

}  // namespace

bool is_live(const Program& program, const Procedure& procedure, NodeId node, VariableId local) {
  std::vector<bool> seen(procedure.nodes.size(), false);
  std::vector<NodeId> open = {node};
  while (!open.empty()) {
    const NodeId here = open.back();
    open.pop_back();
    if (seen[here]) continue;
    seen[here] = true;
    const bool returns = procedure.nodes[here].edges.empty();
    if (returns && local == program.result) return true;
    for (const std::uint32_t id : procedure.nodes[here].edges) {
      const Edge& edge = procedure.edges[id];
      if (reads(program, edge, local)) return true;
      if (!assigns(program, edge, local)) open.push_back(edge.to);
    }
  }
  return false;
}

MemberSorts::MemberSorts(const Program& program, const FollowedMembers& followed)
    : program_(program), followed_(followed), sorts_(program.variables.size(), none) {
  for (std::uint32_t size = 0; size < followed.sizes.size(); ++size) sorts_[followed.sizes[size].size] = size;
  do {
    changed_ = false;
    for (ProcedureId id = 0; id < program.procedures.size(); ++id) {
      if (!followed.made_procedures.contains(id)) infer(program.procedures[id]);
    }
  } while (changed_);
}

std::optional<std::vector<TermId>> MemberSorts::indices_followed(TermId id) const {
  const Term& term = program_.terms[id];
  if (term.kind != Term::Kind::operation) return std::nullopt;
  if (term.op == Operator::equal) {
    const VariableId right = variable_of(term.operands[1]);
    for (const FollowedSize& size : followed_.sizes) {
      if (right != none && right == size.member) return std::vector{term.operands[0]};
    }
    return std::nullopt;
  }
  if (term.op != Operator::logical_and) return std::nullopt;
  auto left = indices_followed(term.operands[0]);
  const auto right = indices_followed(term.operands[1]);
  if (!left || !right) return std::nullopt;
  left->insert(left->end(), right->begin(), right->end());
  return left;
}

VariableId MemberSorts::variable_of(TermId id) const {
  const Term& term = program_.terms[id];
  return term.kind == Term::Kind::variable && term.variable.index == none ? term.variable.first : none;
}

bool MemberSorts::is_sorted(TermId term) const {
  const VariableId variable = variable_of(term);
  return variable != none && sorts_[variable] != none;
}

std::optional<std::pair<VariableId, int>> MemberSorts::stepped(TermId id) const {
  const Term& term = program_.terms[id];
  const bool steps = term.kind == Term::Kind::operation && (term.op == Operator::add || term.op == Operator::subtract);
  if (!steps || !is_constant(term.operands[1], 1) || variable_of(term.operands[0]) == none) return std::nullopt;
  return std::pair{variable_of(term.operands[0]), term.op == Operator::add ? 1 : -1};
}

bool MemberSorts::is_constant(TermId id, std::int32_t value) const {
  const Term& term = program_.terms[id];
  return term.kind == Term::Kind::constant && term.value == value;
}

void MemberSorts::give(VariableId variable, std::uint32_t size) {
  // What a function returns says nothing of what other functions return.
  if (variable == none || variable == program_.result || sorts_[variable] != none) return;
  sorts_[variable] = size;
  changed_ = true;
}

void MemberSorts::unify(VariableId a, VariableId b) {
  if (a == none || b == none) return;
  if (sorts_[a] != none) give(b, sorts_[a]);
  if (sorts_[b] != none) give(a, sorts_[b]);
}

void MemberSorts::unify(const std::vector<TermId>& arguments, ProcedureId callee) {
  const auto& parameters = program_.procedures[callee].parameters;
  for (std::size_t i = 0; i < arguments.size(); ++i) unify(variable_of(arguments[i]), parameters[i]);
}

/// What is compared with an index is one.
void MemberSorts::infer_from_term(TermId id) {
  const Term& term = program_.terms[id];
  if (term.kind != Term::Kind::operation) return;
  if (const auto indices = indices_followed(id); indices && indices->size() == 1) {
    const VariableId member = variable_of(term.operands[1]);
    for (std::uint32_t size = 0; size < followed_.sizes.size(); ++size) {
      if (followed_.sizes[size].member == member) give(variable_of(indices->front()), size);
    }
    return;
  }
  if (term.op >= Operator::equal && term.op <= Operator::greater_equal)
    unify(variable_of(term.operands[0]), variable_of(term.operands[1]));
  for (const TermId operand : term.operands) {
    if (operand != none) infer_from_term(operand);
  }
}

void MemberSorts::infer(const Procedure& procedure) {
  for (const Edge& edge : procedure.edges) {
    for_each_term(edge, [&](TermId term) { infer_from_term(term); });
    if (const auto* assign = std::get_if<Assign>(&edge.action)) {
      const VariableId target = assign->variable.index == none ? assign->variable.first : none;
      const auto step = stepped(assign->value);
      unify(target, step ? step->first : variable_of(assign->value));
    }
    if (const auto* pick = std::get_if<Pick>(&edge.action)) {
      if (const auto last = stepped(pick->high)) unify(pick->variable, last->first);
    }
    if (const auto* call = std::get_if<Call>(&edge.action)) unify(call->arguments, call->procedure);
    if (const auto* defer = std::get_if<Defer>(&edge.action)) unify(defer->arguments, defer->procedure);
    if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) unify(take_back->arguments, take_back->procedure);
  }
}

namespace {

/// The nodes from which the back edge of a loop can be reached without leaving it.
std::vector<bool> nodes_of_loop(const Procedure& procedure, NodeId head, NodeId last) {
  std::vector<bool> in(procedure.nodes.size(), false);
  in[head] = in[last] = true;
  bool grows = true;
  while (grows) {
    grows = false;
    for (const Edge& edge : procedure.edges) {
      if (in[edge.from] || !in[edge.to] || edge.to == head || edge.from < head) continue;
      in[edge.from] = grows = true;
    }
  }
  return in;
}

/// Recognizes a loop over members by its condition, and the edges that count by their places.
std::optional<MemberLoop> as_member_loop(const Program& program, const Procedure& procedure, const MemberSorts& sorts,
                                         const Edge& back) {
  MemberLoop loop;
  loop.head = back.to;
  loop.nodes = nodes_of_loop(procedure, back.to, back.from);
  const Node& head = procedure.nodes[loop.head];
  if (head.edges.size() != 2) return std::nullopt;
  const TermId id = procedure.edges[head.edges.front()].guard;
  if (id == none || program.terms[id].kind != Term::Kind::operation) return std::nullopt;
  const Term& condition = program.terms[id];
  loop.variable = sorts.variable_of(condition.operands[0]);
  if (loop.variable == none || sorts[loop.variable] == none) return std::nullopt;
  loop.size = sorts[loop.variable];
  const bool is_up = condition.op == Operator::less;
  const bool is_down = condition.op == Operator::greater_equal && sorts.is_constant(condition.operands[1], 0);
  if (is_up) loop.bound = sorts.variable_of(condition.operands[1]);
  for (std::uint32_t i = 0; i < procedure.edges.size(); ++i) {
    const auto* assign = std::get_if<Assign>(&procedure.edges[i].action);
    if (assign == nullptr || assign->variable.first != loop.variable) continue;
    const auto step = sorts.stepped(assign->value);
    const bool is_first = procedure.edges[i].to == loop.head;
    const bool is_next = procedure.edges[i].to == back.from && loop.nodes[procedure.edges[i].from];
    if (is_next && step == std::pair{loop.variable, is_up ? 1 : -1}) loop.counting.push_back(i);
    if (is_first && is_up && sorts.is_constant(assign->value, 0)) loop.counting.push_back(i);
    if (is_first && is_down && step && step->second == -1) {
      loop.bound = step->first;
      loop.counting.push_back(i);
    }
  }
  const bool is_known = loop.counting.size() == 2 && loop.bound != none && sorts[loop.bound] == loop.size;
  return is_known ? std::optional(loop) : std::nullopt;
}

}  // namespace

std::vector<MemberLoop> member_loops(const Program& program, const Procedure& procedure, const MemberSorts& sorts) {
  std::vector<MemberLoop> loops;
  for (const Edge& edge : procedure.edges) {
    if (edge.to > edge.from) continue;
    if (auto loop = as_member_loop(program, procedure, sorts, edge)) loops.push_back(std::move(*loop));
  }
  return loops;
}

}  // namespace tenure
