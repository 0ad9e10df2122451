#include "encoders/value.h"

#include <doctest/doctest.h>
#include <optional>

#include "model/diagnostic.h"
#include "model/interpreter.h"
#include "tests/support/formula_value.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

using Inputs = std::unordered_map<std::uint32_t, bool>;

struct Values {
  FormulaGraph graph;
  ValuePool pool{graph};

  /// What the value is; without one unless exactly one of its cases holds.
  std::optional<std::int32_t> at(ValueId id, const Inputs& inputs) const {
    std::optional<std::int32_t> found;
    for (const Case& each : pool.cases(id)) {
      if (!value_of(graph, each.when, inputs)) continue;
      if (found) return std::nullopt;
      found = each.value;
    }
    return found;
  }
  std::vector<ProcedureId> present(SlotsId id, const Inputs& inputs) const {
    std::vector<ProcedureId> found;
    for (const Slot& slot : pool.slots(id)) {
      if (value_of(graph, slot.present, inputs)) found.push_back(slot.procedure);
    }
    return found;
  }
};

Inputs set(std::initializer_list<Literal> literals) {
  Inputs inputs;
  for (const Literal literal : literals) inputs[node_of(literal)] = true;
  return inputs;
}

}  // namespace

TEST_CASE("equal values are one value") {
  Values values;
  const Literal a = values.graph.input();
  CHECK(values.pool.constant(7) == values.pool.constant(7));
  CHECK(values.pool.constant(7) != values.pool.constant(8));
  CHECK(values.pool.boolean(a) == values.pool.boolean(a));
  CHECK(values.pool.boolean(true_literal) == values.pool.constant(1));
  CHECK(values.pool.truth(values.pool.boolean(a)) == a);
  CHECK(values.pool.choice(a, values.pool.constant(3), values.pool.constant(3)) == values.pool.constant(3));
}

TEST_CASE("cases of one value are joined, those that never hold dropped") {
  Values values;
  const Literal a = values.graph.input();
  const ValueId joined = values.pool.from_cases({{5, a}, {9, false_literal}, {5, negation(a)}});
  CHECK(joined == values.pool.constant(5));
  CHECK_THROWS_AS(values.pool.from_cases({{5, false_literal}}), InternalError);
}

TEST_CASE("a fresh value is each of its values for some inputs, and always exactly one") {
  Values values;
  const FreeValue free = values.pool.fresh({4, -1, 6});
  REQUIRE(free.inputs.size() == 2);
  CHECK(values.at(free.value, set({})) == 4);
  CHECK(values.at(free.value, set({free.inputs[0]})) == -1);
  CHECK(values.at(free.value, set({free.inputs[1]})) == 6);
  CHECK(values.at(free.value, set({free.inputs[0], free.inputs[1]})) == -1);
  CHECK(values.pool.said_by(free.values, free.inputs) == free.value);
  CHECK(values.pool.fresh({3}).value == values.pool.constant(3));
}

TEST_CASE("what is done to values is what C does to their cases") {
  Values values;
  const std::vector<std::int32_t> numbers{0, 1, -3, INT32_MAX, INT32_MIN};
  const FreeValue left = values.pool.fresh(numbers);
  const FreeValue right = values.pool.fresh(numbers);
  const auto inputs_for = [](const FreeValue& free, std::size_t number, Inputs& inputs) {
    if (number > 0) inputs[node_of(free.inputs[number - 1])] = true;
  };
  for (const Operator op :
       {Operator::add, Operator::subtract, Operator::multiply, Operator::less, Operator::equal, Operator::unequal}) {
    const ValueId result = values.pool.apply(op, left.value, right.value);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      for (std::size_t j = 0; j < numbers.size(); ++j) {
        Inputs inputs;
        inputs_for(left, i, inputs);
        inputs_for(right, j, inputs);
        CAPTURE(numbers[i]);
        CAPTURE(numbers[j]);
        CHECK(values.at(result, inputs) == apply(op, numbers[i], numbers[j]));
        CHECK(value_of(values.graph, values.pool.equal(left.value, right.value), inputs) == (i == j));
        CHECK(value_of(values.graph, values.pool.truth(left.value), inputs) == (numbers[i] != 0));
      }
    }
  }
}

TEST_CASE("a choice is one value or the other") {
  Values values;
  const Literal condition = values.graph.input();
  const FreeValue a = values.pool.fresh({2, 3});
  const ValueId either = values.pool.choice(condition, a.value, values.pool.constant(3));
  CHECK(values.at(either, set({})) == 3);
  CHECK(values.at(either, set({condition})) == 2);
  CHECK(values.at(either, set({condition, a.inputs[0]})) == 3);
}

TEST_CASE("a restriction keeps the cases that pass, or all when none or all do") {
  Values values;
  const FreeValue free = values.pool.fresh({1, 2, 3});
  const auto is_odd = [](std::int32_t value) { return value % 2 != 0; };
  const ValueId odd = values.pool.restricted(free.value, is_odd);
  CHECK(values.pool.cases(odd).size() == 2);
  CHECK(values.at(odd, set({})) == 1);
  CHECK(values.at(odd, set({free.inputs[1]})) == 3);
  CHECK(values.pool.restricted(odd, is_odd) == odd);
  CHECK(values.pool.restricted(odd, [](std::int32_t value) { return value > 5; }) == odd);
}

TEST_CASE("a choice of list contents has the entries of the one chosen, in their order") {
  Values values;
  const Literal condition = values.graph.input();
  const auto slots = [&](std::initializer_list<ProcedureId> procedures) {
    std::vector<Slot> made;
    for (const ProcedureId procedure : procedures) made.push_back({procedure, {}, true_literal});
    return values.pool.make_slots(std::move(made));
  };
  for (const auto& [first, second] : std::vector<std::pair<SlotsId, SlotsId>>{
           {slots({1, 2, 3}), slots({2, 4, 3})}, {slots({}), slots({5})}, {slots({1, 1}), slots({1})}}) {
    const SlotsId either = values.pool.choice_of_slots(condition, first, second);
    CHECK(values.present(either, set({condition})) == values.present(first, set({})));
    CHECK(values.present(either, set({})) == values.present(second, set({})));
  }
  CHECK(slots({1, 2}) == slots({1, 2}));
  CHECK(slots({}) == ValuePool::empty_list);
}

TEST_CASE("entries of the same call are joined, and their arguments are those of the content chosen") {
  Values values;
  const Literal condition = values.graph.input();
  const auto one = [&](std::int32_t argument) {
    return values.pool.make_slots({{1, {values.pool.constant(argument)}, true_literal}});
  };
  const SlotsId either = values.pool.choice_of_slots(condition, one(10), one(20));
  REQUIRE(values.pool.slots(either).size() == 1);
  const Slot slot = values.pool.slots(either).front();
  CHECK(slot.present == true_literal);
  CHECK(values.at(slot.arguments.front(), set({condition})) == 10);
  CHECK(values.at(slot.arguments.front(), set({})) == 20);
}

TEST_CASE("a list is empty when no entry is present") {
  Values values;
  const Literal a = values.graph.input();
  const Literal b = values.graph.input();
  const SlotsId list = values.pool.make_slots({{1, {}, a}, {2, {}, b}});
  const Literal is_empty = values.pool.is_empty(list);
  CHECK(value_of(values.graph, is_empty, set({})));
  CHECK_FALSE(value_of(values.graph, is_empty, set({a})));
  CHECK_FALSE(value_of(values.graph, is_empty, set({b})));
  CHECK(values.pool.is_empty(ValuePool::empty_list) == true_literal);
}
