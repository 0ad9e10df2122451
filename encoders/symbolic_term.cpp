#include "encoders/symbolic.h"
#include "model/diagnostic.h"

// Terms on symbolic states.
namespace tenure {

namespace {

bool is_comparison(Operator op) {
  return op == Operator::equal || op == Operator::unequal || op == Operator::less || op == Operator::less_equal ||
         op == Operator::greater || op == Operator::greater_equal;
}

}  // namespace

ValueId SymbolicExecutor::value(const SymbolicState& state, TermId id) {
  const Term& term = program_.terms[id];
  switch (term.kind) {
    case Term::Kind::constant:
      return pool_.constant(term.value);
    case Term::Kind::variable: {
      if (term.variable.index == none) return state.values[term.variable.first];
      ValueId value = pool_.constant(0);
      for (const Case& index : std::vector<Case>(pool_.cases(this->value(state, term.variable.index)))) {
        if (index.value < 0 || static_cast<std::uint32_t>(index.value) >= term.variable.count) continue;
        value =
            pool_.choice(index.when, state.values[term.variable.first + static_cast<VariableId>(index.value)], value);
      }
      return value;
    }
    case Term::Kind::list_has:
    case Term::Kind::list_empty:
      return pool_.boolean(truth(state, id));
    case Term::Kind::operation:
      break;
  }
  switch (term.op) {
    case Operator::logical_not:
    case Operator::logical_and:
    case Operator::logical_or:
      return pool_.boolean(truth(state, id));
    case Operator::conditional: {
      const Literal condition = truth(state, term.operands[0]);
      return pool_.choice(condition, value(state, term.operands[1]), value(state, term.operands[2]));
    }
    default:
      break;
  }
  const ValueId first = value(state, term.operands[0]);
  const ValueId second = term.operands[1] == none ? pool_.constant(0) : value(state, term.operands[1]);
  return pool_.apply(term.op, first, second);
}

Literal SymbolicExecutor::truth(const SymbolicState& state, TermId id) {
  const Term& term = program_.terms[id];
  switch (term.kind) {
    case Term::Kind::list_empty:
      return is_empty(state, term.list);
    case Term::Kind::list_has: {
      Literal has = false_literal;
      for (const Slot& slot : list(state, term.list)) {
        if (program_.procedures[slot.procedure].function == term.function) has = graph_.disjunction(has, slot.present);
      }
      return has;
    }
    case Term::Kind::operation:
      if (term.op == Operator::logical_not) return negation(truth(state, term.operands[0]));
      if (term.op == Operator::logical_and) {
        const Literal first = truth(state, term.operands[0]);
        return first == false_literal ? first : graph_.conjunction(first, truth(state, term.operands[1]));
      }
      if (term.op == Operator::logical_or) {
        const Literal first = truth(state, term.operands[0]);
        return first == true_literal ? first : graph_.disjunction(first, truth(state, term.operands[1]));
      }
      break;
    default:
      break;
  }
  return pool_.truth(value(state, id));
}

void SymbolicExecutor::assume(SymbolicState& state, TermId id, bool truth) {
  const Term& term = program_.terms[id];
  const auto restrict = [&](TermId target, const std::function<bool(std::int32_t)>& test) {
    const Term& variable = program_.terms[target];
    if (variable.kind != Term::Kind::variable || variable.variable.index != none) return;
    ValueId& value = state.values[variable.variable.first];
    value = pool_.restricted(value, test);
  };
  switch (term.kind) {
    case Term::Kind::variable:
      restrict(id, [&](std::int32_t value) { return (value != 0) == truth; });
      return;
    case Term::Kind::list_empty:
      if (truth) set_list(state, term.list, {});
      return;
    case Term::Kind::operation:
      break;
    default:
      return;
  }
  if (term.op == Operator::logical_not) {
    assume(state, term.operands[0], !truth);
  } else if ((term.op == Operator::logical_and && truth) || (term.op == Operator::logical_or && !truth)) {
    assume(state, term.operands[0], truth);
    assume(state, term.operands[1], truth);
  } else if (is_comparison(term.op)) {
    for (int side = 0; side < 2; ++side) {
      const std::vector<Case>& other = pool_.cases(value(state, term.operands[1 - side]));
      if (other.size() != 1) continue;
      const std::int32_t constant = other.front().value;
      restrict(term.operands[side], [&](std::int32_t value) {
        return (tenure::apply(term.op, side == 0 ? value : constant, side == 0 ? constant : value) != 0) == truth;
      });
    }
  }
}

}  // namespace tenure
