#include <optional>
#include <utility>

#include "encoders/symbolic.h"

// Groups on the lists of symbolic states: which of the marks belong together depends on formulas.
namespace tenure {

namespace {

/// What formulas say of the groups on one list, and of the one that is meant.
class Groups {
 public:
  Groups(const Program& program, ValuePool& pool, const std::vector<Slot>& slots, std::optional<ValueId> number)
      : program_(program), pool_(pool), graph_(pool.graph()), slots_(slots) {
    meant_.assign(slots.size(), false_literal);
    Literal rest = true_literal;
    for (std::size_t i = slots.size(); i-- > 0;) {
      if (!begins(i)) continue;
      const Literal fits = number ? pool_.equal(slots[i].arguments.front(), *number) : negation(has_ended(i));
      meant_[i] = both(rest, both(slots[i].present, fits));
      rest = both(rest, negation(meant_[i]));
    }
    found_ = negation(rest);
  }

  bool begins(std::size_t i) const { return slots_[i].procedure == program_.group_begins; }
  bool ends(std::size_t i) const { return slots_[i].procedure == program_.group_ends; }
  Literal found() const { return found_; }
  Literal is_meant(std::size_t begin) const { return meant_[begin]; }

  /// Whether the group that begins at one slot ends at another one.
  Literal is_pair(std::size_t begin, std::size_t end) {
    if (end <= begin || !ends(end)) return false_literal;
    Literal pair = both(slots_[end].present, same_number(begin, end));
    for (std::size_t i = begin + 1; i < end && pair != false_literal; ++i) {
      if (begins(i)) pair = both(pair, negation(both(slots_[i].present, same_number(begin, i))));
    }
    return pair;
  }

  Literal has_ended(std::size_t begin) {
    Literal any = false_literal;
    for (std::size_t end = begin + 1; end < slots_.size(); ++end) any = either(any, is_pair(begin, end));
    return any;
  }

  /// Whether a slot lies in the group that is meant, its marks included.
  Literal is_inside(std::size_t slot) {
    Literal any = false_literal;
    for (std::size_t begin = 0; begin <= slot; ++begin) {
      if (meant_[begin] == false_literal) continue;
      Literal reaches = negation(has_ended(begin));
      for (std::size_t end = slot; end < slots_.size(); ++end) reaches = either(reaches, is_pair(begin, end));
      any = either(any, both(meant_[begin], reaches));
    }
    return any;
  }

  /// Whether all of the group that begins here lies in the one that is meant.
  Literal is_wholly_inside(std::size_t begin) {
    Literal ends_inside = negation(has_ended(begin));
    for (std::size_t end = begin + 1; end < slots_.size(); ++end)
      ends_inside = either(ends_inside, both(is_pair(begin, end), is_inside(end)));
    return both(is_inside(begin), ends_inside);
  }

  Literal both(Literal a, Literal b) { return graph_.conjunction(a, b); }
  Literal either(Literal a, Literal b) { return graph_.disjunction(a, b); }

 private:
  Literal same_number(std::size_t a, std::size_t b) {
    return pool_.equal(slots_[a].arguments.front(), slots_[b].arguments.front());
  }

  const Program& program_;
  ValuePool& pool_;
  FormulaGraph& graph_;
  const std::vector<Slot>& slots_;
  std::vector<Literal> meant_;
  Literal found_ = false_literal;
};

}  // namespace

void SymbolicExecutor::change_group(SymbolicState& state, const Group& group) {
  const std::vector<Slot> before = list(state, group.list);
  const auto number = group.number == none ? std::nullopt : std::optional(value(state, group.number));
  Groups groups(program_, pool_, before, number);
  ValueId found = pool_.boolean(groups.found());
  std::vector<Slot> left = before;
  std::vector<Slot> running = before;
  Slot end{program_.group_ends, {pool_.constant(0)}, false_literal};
  Literal already = false_literal;
  const auto remove = [&](std::size_t i, Literal when) {
    left[i].present = graph_.conjunction(left[i].present, negation(when));
  };
  for (std::size_t i = 0; i < before.size(); ++i) {
    running[i].present = graph_.conjunction(before[i].present, groups.is_inside(i));
    if (group.change == GroupChange::run && !groups.begins(i) && !groups.ends(i)) remove(i, running[i].present);
    if (!groups.begins(i)) continue;
    if (group.change == GroupChange::close) {
      const Literal ended = groups.has_ended(i);
      const Literal closes = graph_.conjunction(groups.is_meant(i), negation(ended));
      already = graph_.disjunction(already, graph_.conjunction(groups.is_meant(i), ended));
      end.arguments.front() = pool_.choice(closes, before[i].arguments.front(), end.arguments.front());
      end.present = graph_.disjunction(end.present, closes);
      continue;
    }
    const bool is_run = group.change == GroupChange::run;
    const Literal gone =
        graph_.conjunction(before[i].present, is_run ? groups.is_wholly_inside(i) : groups.is_meant(i));
    remove(i, gone);
    for (std::size_t j = i + 1; j < before.size(); ++j) remove(j, graph_.conjunction(gone, groups.is_pair(i, j)));
  }
  set_list(state, group.list, std::move(left));
  if (group.change == GroupChange::close) {
    push(state, group.list, std::move(end));
    found = pool_.choice(already, pool_.constant(-1), found);
  }
  if (group.found != none) state.values[group.found] = found;
  if (group.change == GroupChange::run) run_slots(state, group.list, running);
}

}  // namespace tenure
