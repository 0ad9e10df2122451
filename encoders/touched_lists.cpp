#include "encoders/touched_lists.h"

#include <set>
#include <utility>

#include "model/member_sorts.h"

namespace tenure {

namespace {

class TouchedLists {
 public:
  explicit TouchedLists(const Program& program)
      : program_(program),
        touched_(program.procedures.size(), std::vector<bool>(program.lists.size(), false)),
        deferred_(program.lists.size()) {
    for (const Procedure& procedure : program.procedures) {
      for (const Edge& edge : procedure.edges)
        if (const auto* defer = std::get_if<Defer>(&edge.action)) deferred_[defer->list].insert(defer->procedure);
    }
    for (bool has_changed = true; std::exchange(has_changed, false);) {
      for (ProcedureId id = 0; id < program.procedures.size(); ++id) {
        for (const Edge& edge : program.procedures[id].edges) has_changed |= add(touched_[id], edge);
      }
    }
  }
  std::vector<std::vector<bool>> take() { return std::move(touched_); }

 private:
  bool add(std::vector<bool>& touched, const Edge& edge) {
    const std::vector<bool> before = touched;
    const auto touch = [&](ListId list) { touched[list] = true; };
    const auto call = [&](ProcedureId callee) {
      for (ListId list = 0; list < touched.size(); ++list)
        if (touched_[callee][list]) touched[list] = true;
    };
    const auto run = [&](ListId list) {
      touch(list);
      for (const ProcedureId callee : deferred_[list]) call(callee);
    };
    for_each_term(edge, [&](TermId term) { read(touched, term); });
    if (const auto* assign = std::get_if<Assign>(&edge.action)) read(touched, assign->variable.index);
    if (const auto* called = std::get_if<Call>(&edge.action)) call(called->procedure);
    if (const auto* defer = std::get_if<Defer>(&edge.action)) touch(defer->list);
    if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) touch(take_back->list);
    if (const auto* whole = std::get_if<Run>(&edge.action)) run(whole->list);
    if (const auto* group = std::get_if<Group>(&edge.action)) run(group->list);
    return touched != before;
  }
  void read(std::vector<bool>& touched, TermId id) {
    if (id == none) return;
    const Term& term = program_.terms[id];
    if (term.list != none) touched[term.list] = true;
    if (term.kind == Term::Kind::variable) read(touched, term.variable.index);
    for (const TermId operand : term.operands) read(touched, operand);
  }

  const Program& program_;
  std::vector<std::vector<bool>> touched_;
  std::vector<std::set<ProcedureId>> deferred_;  ///< by list
};

}  // namespace

std::vector<std::vector<bool>> touched_lists(const Program& program) {
  return TouchedLists(program).take();
}

}  // namespace tenure
