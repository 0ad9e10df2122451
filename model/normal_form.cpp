#include "model/normal_form.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "model/constant_variables.h"
#include "model/folded.h"
#include "model/jump_threading.h"

namespace tenure {

namespace {

constexpr int most_rounds = 16;

using Value = std::optional<std::int32_t>;
/// Locals, and what was returned last, that have one value whatever way leads here.
using Known = std::map<VariableId, std::int32_t>;
using Live = std::set<VariableId>;

/// Simplifies the procedures of a folded program, one by one.
class Simplifier {
 public:
  explicit Simplifier(Program& program) : program_(program), runs_lists_(program.procedures.size()) {
    for (bool changed = true; changed;) {
      changed = false;
      for (ProcedureId p = 0; p < program.procedures.size(); ++p) {
        if (!runs_lists_[p] && runs_lists(program.procedures[p])) changed = runs_lists_[p] = true;
      }
    }
    for (const Procedure& procedure : program.procedures) returns_.push_back(returned(procedure));
  }

  void simplify() {
    for (Procedure& procedure : program_.procedures) {
      if (procedure.nodes.empty()) continue;  // the marks of groups
      own_ = {program_.result};
      for (const VariableId local : procedure.locals) own_.insert(local);
      put_known(procedure);
      drop_unread(procedure);
      thread_jumps(procedure);
    }
  }

 private:
  /// Whether, or by what it calls.
  bool runs_lists(const Procedure& procedure) const {
    return std::any_of(procedure.edges.begin(), procedure.edges.end(), [&](const Edge& edge) {
      const auto* call = std::get_if<Call>(&edge.action);
      return std::holds_alternative<Run>(edge.action) || std::holds_alternative<Group>(edge.action) ||
             (call != nullptr && runs_lists_[call->procedure]);
    });
  }

  /// What a procedure returns that does nothing else.
  Value returned(const Procedure& procedure) const {
    if (procedure.nodes.empty()) return std::nullopt;
    Value value;
    std::size_t passed = 0;
    for (NodeId node = 0; !procedure.nodes[node].edges.empty() && passed < procedure.nodes.size(); ++passed) {
      if (procedure.nodes[node].edges.size() != 1 || !procedure.nodes[node].choice.empty()) return std::nullopt;
      Edge edge = procedure.edges[procedure.nodes[node].edges.front()];
      if (const auto* assign = std::get_if<Assign>(&edge.action)) {
        const Term& term = program_.terms[assign->value];
        const bool is_constant = term.kind == Term::Kind::constant && assign->variable.first == program_.result;
        if (!is_constant) return std::nullopt;
        value = term.value;
        edge.action = std::monostate{};
      }
      if (!is_silent(edge)) return std::nullopt;
      node = edge.to;
    }
    return passed < procedure.nodes.size() ? value : std::nullopt;
  }

  Value value(TermId id, const Known& known) const {
    const Term& term = program_.terms[id];
    if (term.kind == Term::Kind::constant) return term.value;
    if (term.kind == Term::Kind::operation)
      return operation_value(term, [&](TermId operand) { return value(operand, known); });
    if (term.kind != Term::Kind::variable || term.variable.index != none) return std::nullopt;
    const auto found = known.find(term.variable.first);
    return found == known.end() ? Value() : Value(found->second);
  }

  bool can_be(const Edge& edge, const Known& known) const {
    return edge.guard == none || value(edge.guard, known) != 0;
  }

  void put(Known& known, VariableId variable, const Value& value) const {
    if (!own_.contains(variable)) return;
    known.erase(variable);
    if (value) known[variable] = *value;
  }

  /// What is deferred may call this procedure once more, which has the same locals.
  Known after(const Edge& edge, Known known) const {
    if (const auto* assign = std::get_if<Assign>(&edge.action)) {
      const Value value = this->value(assign->value, known);
      const bool is_one = assign->variable.index == none;
      for (std::uint32_t i = 0; i < assign->variable.count; ++i)
        put(known, assign->variable.first + i, is_one ? value : Value());
    } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
      put(known, pick->variable, {});
    } else if (const auto* call = std::get_if<Call>(&edge.action)) {
      if (runs_lists_[call->procedure]) return {};
      put(known, program_.result, returns_[call->procedure]);
    } else if (const auto* back = std::get_if<TakeBack>(&edge.action)) {
      put(known, back->found, {});
    } else if (std::holds_alternative<Group>(edge.action) || std::holds_alternative<Run>(edge.action)) {
      return {};
    }
    return known;
  }

  static Known common(const Known& a, const Known& b) {
    Known both;
    for (const auto& [variable, value] : a) {
      const auto found = b.find(variable);
      if (found != b.end() && found->second == value) both[variable] = value;
    }
    return both;
  }

  std::vector<std::optional<Known>> known_at(const Procedure& procedure) const {
    std::vector<std::optional<Known>> at(procedure.nodes.size());
    at[0].emplace();
    for (const VariableId local : procedure.locals) at[0]->emplace(local, program_.variables[local].initial);
    std::vector<NodeId> work{0};
    while (!work.empty()) {
      const NodeId node = work.back();
      work.pop_back();
      for (const std::uint32_t e : procedure.nodes[node].edges) {
        const Edge& edge = procedure.edges[e];
        if (!can_be(edge, *at[node])) continue;
        Known then = after(edge, *at[node]);
        if (at[edge.to]) then = common(then, *at[edge.to]);
        if (at[edge.to] == then) continue;
        at[edge.to] = std::move(then);
        work.push_back(edge.to);
      }
    }
    return at;
  }

  TermId constant(std::int32_t value) {
    Term term;
    term.value = value;
    program_.terms.push_back(term);
    return static_cast<TermId>(program_.terms.size() - 1);
  }

  /// Writes down what is known of guards and of values, and what a call returns that does nothing else.
  void put_known(Procedure& procedure) {
    const auto at = known_at(procedure);
    for (Edge& edge : procedure.edges) {
      if (!at[edge.from]) continue;
      const Value guard = edge.guard == none ? Value() : value(edge.guard, *at[edge.from]);
      if (guard) edge.guard = *guard != 0 ? none : constant(0);
      const auto* call = std::get_if<Call>(&edge.action);
      if (call != nullptr && returns_[call->procedure])
        edge.action = Assign{{program_.result, 1, none}, constant(*returns_[call->procedure])};
      auto* assign = std::get_if<Assign>(&edge.action);
      if (assign == nullptr) continue;
      if (const Value known = value(assign->value, *at[edge.from])) assign->value = constant(*known);
    }
  }

  void read(TermId id, Live& live) const {
    if (id == none) return;
    const Term& term = program_.terms[id];
    if (term.kind == Term::Kind::variable) read(term.variable, live);
    for (const TermId operand : term.operands) read(operand, live);
  }

  void read(const Reference& reference, Live& live) const {
    for (std::uint32_t i = 0; i < reference.count; ++i) {
      if (own_.contains(reference.first + i)) live.insert(reference.first + i);
    }
    read(reference.index, live);
  }

  /// What is read from an edge on, of the procedure's own.
  Live live_before(const Edge& edge, Live live) const {
    const auto read_all = [&](const std::vector<TermId>& terms) {
      for (const TermId each : terms) read(each, live);
    };
    if (const auto* assign = std::get_if<Assign>(&edge.action)) {
      if (assign->variable.index == none) live.erase(assign->variable.first);
      read(assign->variable.index, live);
      read(assign->value, live);
    } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
      read(pick->low, live);
      read(pick->high, live);
    } else if (const auto* call = std::get_if<Call>(&edge.action)) {
      read_all(call->arguments);
    } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
      read_all(defer->arguments);
    } else if (const auto* back = std::get_if<TakeBack>(&edge.action)) {
      read_all(back->arguments);
    } else if (const auto* group = std::get_if<Group>(&edge.action)) {
      read(group->number, live);
    }
    read(edge.instance.index, live);
    read(edge.guard, live);
    return live;
  }

  /// Assignments of locals and results that nobody reads are none.
  void drop_unread(Procedure& procedure) {
    std::vector<Live> live(procedure.nodes.size());
    for (NodeId node = 0; node < procedure.nodes.size(); ++node) {
      if (procedure.nodes[node].edges.empty()) live[node] = {program_.result};
      read(procedure.nodes[node].saturates, live[node]);
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (auto edge = procedure.edges.rbegin(); edge != procedure.edges.rend(); ++edge) {
        const std::size_t before = live[edge->from].size();
        live[edge->from].merge(live_before(*edge, live[edge->to]));
        changed |= live[edge->from].size() != before;
      }
    }
    for (Edge& edge : procedure.edges) {
      const auto* assign = std::get_if<Assign>(&edge.action);
      const bool is_unread = assign != nullptr && assign->variable.index == none &&
                             own_.contains(assign->variable.first) && !live[edge.to].contains(assign->variable.first);
      if (is_unread) edge.action = std::monostate{};
    }
  }

  Program& program_;
  std::vector<bool> runs_lists_;  ///< by procedure
  std::vector<Value> returns_;    ///< by procedure: what it returns, if it does nothing else
  std::set<VariableId> own_;      ///< of the procedure that is simplified: its locals, and the result
};

}  // namespace

Program normal_form(const Program& program) {
  Program form = folded(program);
  for (int round = 0; round < most_rounds; ++round) {
    Program simpler = form;
    Simplifier(simpler).simplify();
    simpler = folded(simpler);
    if (simpler == form) break;
    form = std::move(simpler);
  }
  for (const Program& one_member : program.one_member) form.one_member.push_back(normal_form(one_member));
  return form;
}

bool have_same_runs(const Program& a, const Program& b) {
  return a == b || normal_form(a) == normal_form(b);
}

}  // namespace tenure
