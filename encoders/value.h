#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "encoders/formula.h"
#include "model/program.h"

namespace tenure {

/// An integer that depends on formulas: the cases exclude each other, and one of them holds wherever the value is used.
using ValueId = std::uint32_t;

struct Case {
  std::int32_t value;
  Literal when;
  friend bool operator==(const Case&, const Case&) = default;
};

/// An entry that is on a list when `present` holds.
struct Slot {
  ProcedureId procedure;
  std::vector<ValueId> arguments;
  Literal present;
  friend bool operator==(const Slot&, const Slot&) = default;
};

/// The content of a list: slots in the order of the list, oldest first, each present or not.
using SlotsId = std::uint32_t;

/// A value that inputs say: values[i + 1] when inputs[i] holds and none before it, else values[0].
struct FreeValue {
  ValueId value = 0;
  std::vector<std::int32_t> values;
  std::vector<Literal> inputs;
};

/// One order in which two lists can be merged so that they have as much in common as possible: pairs of indices into
/// the first and the second, `none` where only the other has the entry.
std::vector<std::pair<std::uint32_t, std::uint32_t>> merged_order(
    std::size_t first, std::size_t second, const std::function<bool(std::size_t, std::size_t)>& same);

/// Keeps each value and each list content once, so that equality is equality of numbers.
class ValuePool {
 public:
  explicit ValuePool(FormulaGraph& graph);

  ValueId constant(std::int32_t value);
  ValueId boolean(Literal literal);
  /// A fresh value of one of these.
  FreeValue fresh(const std::vector<std::int32_t>& values);
  /// What a FreeValue of these values is when its inputs are these literals.
  ValueId said_by(const std::vector<std::int32_t>& values, const std::vector<Literal>& inputs);
  /// Cases with equal values are joined, false ones dropped. At least one case must remain.
  ValueId from_cases(std::vector<Case> cases);
  const std::vector<Case>& cases(ValueId id) const { return values_[id]; }
  /// Whether the value is not 0.
  Literal truth(ValueId id) const;
  /// condition ? a : b
  ValueId choice(Literal condition, ValueId a, ValueId b);
  ValueId apply(Operator op, ValueId a, ValueId b);
  /// Whether two values are equal.
  Literal equal(ValueId a, ValueId b);
  /// The cases for which the test holds; the value itself when that are all, or none.
  ValueId restricted(ValueId id, const std::function<bool(std::int32_t)>& test);

  SlotsId make_slots(std::vector<Slot> slots);
  const std::vector<Slot>& slots(SlotsId id) const { return lists_[id]; }
  static constexpr SlotsId empty_list = 0;
  SlotsId choice_of_slots(Literal condition, SlotsId a, SlotsId b);
  Literal is_empty(SlotsId id);

  FormulaGraph& graph() { return graph_; }

 private:
  FormulaGraph& graph_;
  std::vector<std::vector<Case>> values_;
  std::unordered_multimap<std::size_t, ValueId> value_ids_;
  std::unordered_map<std::int32_t, ValueId> constants_;
  std::vector<std::vector<Slot>> lists_;
  std::unordered_multimap<std::size_t, SlotsId> list_ids_;
};

}  // namespace tenure
