#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "model/operator.h"
#include "model/program.h"

namespace tenure {

/// The value of an operation, where it is always the same; `value` gives that of an operand.
template <typename ValueOf>
std::optional<std::int32_t> operation_value(const Term& term, const ValueOf& value) {
  const std::optional<std::int32_t> first = value(term.operands[0]);
  if (term.op == Operator::conditional) return first ? value(term.operands[*first != 0 ? 1 : 2]) : std::nullopt;
  const std::optional<std::int32_t> second = term.operands[1] == none ? 0 : value(term.operands[1]);
  if (term.op == Operator::logical_and && (first == 0 || second == 0)) return 0;
  const auto holds = [](const std::optional<std::int32_t>& operand) { return operand && *operand != 0; };
  if (term.op == Operator::logical_or && (holds(first) || holds(second))) return 1;
  return first && second ? std::optional(apply(term.op, *first, *second)) : std::nullopt;
}

/// Which variables of a program never change, and which procedures, nodes and edges runs can come to then. A variable
/// never changes when, as long as none that is taken for such changes, every assignment that can be reached gives it
/// the value that it has from the beginning: conditional constant propagation (Wegman and Zadeck, TOPLAS 1991) with one
/// value for all places.
class ConstantVariables {
 public:
  using Value = std::optional<std::int32_t>;

  /// The program must outlive it.
  explicit ConstantVariables(const Program& program);

  bool never_changes(VariableId variable) const { return values_[variable].has_value(); }
  bool is_called(ProcedureId procedure) const { return called_[procedure]; }
  bool is_reached(ProcedureId procedure, NodeId node) const { return reached_[procedure][node]; }
  /// Whether a guard may hold; `none` does.
  bool can_be(TermId guard) { return guard == none || value(guard) != 0; }
  /// Of a term, where it is always the same.
  Value value(TermId id);
  /// The variables that are meant, with an index that is always the same taken into account.
  Reference meant(const Reference& reference);

 private:
  Value compute(const Term& term);
  void reach();
  void call(ProcedureId procedure);
  void reach_nodes(ProcedureId procedure);
  void take(const Action& action);
  void put(VariableId variable, const Value& value);

  const Program& program_;
  std::vector<Value> values_;
  std::vector<std::optional<Value>> terms_;  ///< those asked for since a variable was found to change
  bool changed_ = false;
  std::vector<bool> called_;
  std::vector<std::vector<bool>> reached_;
  std::deque<ProcedureId> open_;
};

}  // namespace tenure
