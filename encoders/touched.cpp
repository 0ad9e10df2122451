#include "encoders/touched.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "model/member_sorts.h"

namespace tenure {

namespace {

/// Variables, then lists, then lists that are loosened, as bits: sets of them are united often.
using Bits = std::vector<std::uint64_t>;
constexpr std::size_t bits_of_word = 64;

void set(Bits& bits, std::size_t index) {
  bits[index / bits_of_word] |= std::uint64_t{1} << index % bits_of_word;
}

bool is_set(const Bits& bits, std::size_t index) {
  return (bits[index / bits_of_word] >> index % bits_of_word & 1U) != 0;
}

class Toucher {
 public:
  explicit Toucher(const Program& program)
      : program_(program),
        first_list_(program.variables.size()),
        first_loosened_(first_list_ + program.lists.size()),
        no_locals_((first_loosened_ + program.lists.size()) / bits_of_word + 1, 0),
        touched_(program.procedures.size(), no_locals_),
        called_(program.procedures.size()),
        deferred_(program.lists.size()) {
    for (VariableId v = 0; v < first_list_; ++v)
      if (program.variables[v].scope != Scope::local) set(no_locals_, v);
    for (std::size_t i = 0; i < 2 * program.lists.size(); ++i) set(no_locals_, first_list_ + i);
    for (const Procedure& procedure : program.procedures) {
      for (const Edge& edge : procedure.edges)
        if (const auto* defer = std::get_if<Defer>(&edge.action)) deferred_[defer->list].push_back(defer->procedure);
    }
    for (ProcedureId id = 0; id < program.procedures.size(); ++id) touch_by_itself(id);
    while (touch_by_calls()) {
    }
  }

  std::vector<Touched> take() const {
    std::vector<Touched> all;
    for (const Bits& bits : touched_) {
      Touched& touched = all.emplace_back();
      for (VariableId v = 0; v < first_list_; ++v) touched.variables.push_back(is_set(bits, v));
      for (ListId list = 0; list < program_.lists.size(); ++list) {
        touched.lists.push_back(is_set(bits, first_list_ + list));
        touched.loosened.push_back(is_set(bits, first_loosened_ + list));
      }
    }
    return all;
  }

 private:
  void touch_by_itself(ProcedureId id) {
    const Procedure& procedure = program_.procedures[id];
    Bits& touched = touched_[id];
    set(touched, program_.result);
    for (const VariableId local : procedure.locals) set(touched, local);
    for (const VariableId parameter : procedure.parameters) set(touched, parameter);
    for (const Edge& edge : procedure.edges) touch_by_itself(touched, called_[id], edge);
    std::sort(called_[id].begin(), called_[id].end());
    called_[id].erase(std::unique(called_[id].begin(), called_[id].end()), called_[id].end());
  }
  void touch_by_itself(Bits& touched, std::vector<ProcedureId>& called, const Edge& edge) {
    const auto touch_list = [&](ListId list) { set(touched, first_list_ + list); };
    const auto loosen = [&](ListId list) { set(touched, first_loosened_ + list); };
    const auto run = [&](ListId list) {
      touch_list(list);
      called.insert(called.end(), deferred_[list].begin(), deferred_[list].end());
    };
    const auto found = [&](VariableId variable) {
      if (variable != none) set(touched, variable);
    };
    for_each_term(edge, [&](TermId term) { read(touched, term); });
    if (const auto* assign = std::get_if<Assign>(&edge.action)) {
      touch(touched, assign->variable);
    } else if (const auto* pick = std::get_if<Pick>(&edge.action)) {
      set(touched, pick->variable);
    } else if (const auto* call = std::get_if<Call>(&edge.action)) {
      called.push_back(call->procedure);
    } else if (const auto* defer = std::get_if<Defer>(&edge.action)) {
      touch_list(defer->list);
    } else if (const auto* take_back = std::get_if<TakeBack>(&edge.action)) {
      touch_list(take_back->list);
      loosen(take_back->list);
      found(take_back->found);
    } else if (const auto* whole = std::get_if<Run>(&edge.action)) {
      run(whole->list);
    } else if (const auto* group = std::get_if<Group>(&edge.action)) {
      run(group->list);
      loosen(group->list);
      found(group->found);
    }
  }
  void touch(Bits& touched, const Reference& reference) {
    read(touched, reference.index);
    for (VariableId i = 0; i < reference.count; ++i) set(touched, reference.first + i);
  }
  void read(Bits& touched, TermId id) {
    if (id == none) return;
    const Term& term = program_.terms[id];
    if (term.list != none) set(touched, first_list_ + term.list);
    if (term.kind == Term::Kind::variable) touch(touched, term.variable);
    for (const TermId operand : term.operands) read(touched, operand);
  }

  /// Whether there was more to touch.
  bool touch_by_calls() {
    bool has_changed = false;
    for (ProcedureId id = 0; id < touched_.size(); ++id) {
      for (const ProcedureId callee : called_[id]) {
        for (std::size_t word = 0; word < no_locals_.size(); ++word) {
          const std::uint64_t more = touched_[callee][word] & no_locals_[word] & ~touched_[id][word];
          touched_[id][word] |= more;
          has_changed = has_changed || more != 0;
        }
      }
    }
    return has_changed;
  }

  const Program& program_;
  std::size_t first_list_, first_loosened_;
  Bits no_locals_;
  std::vector<Bits> touched_;                       ///< by procedure
  std::vector<std::vector<ProcedureId>> called_;    ///< by procedure, as lists call too
  std::vector<std::vector<ProcedureId>> deferred_;  ///< by list
};

}  // namespace

std::vector<Touched> touched_by(const Program& program) {
  return Toucher(program).take();
}

}  // namespace tenure
