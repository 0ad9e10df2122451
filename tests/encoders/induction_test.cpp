#include "encoders/induction.h"

#include <doctest/doctest.h>

#include "model/diagnostic.h"

using namespace tenure;

namespace {

/// A counter of three bits that goes up by two, from 0 or from a fixed bit: it never is odd where that bit is 0.
struct Counter {
  FormulaGraph graph;
  TransitionSystem system;
  std::vector<Literal> bits;
  Literal config = graph.input();
  Literal go = graph.input();

  Counter() {
    for (int i = 0; i < 3; ++i) bits.push_back(graph.input());
    system.bits.push_back({config, true, false, "config", "not config"});
    for (const Literal bit : bits) {
      const std::string name = "bit " + std::to_string(system.bits.size() - 1);
      system.bits.push_back({bit, false, false, name, "not " + name});
    }
    system.happens = go;
    system.next = {config, graph.disjunction(bits[0], config), graph.equal(bits[1], false_literal),
                   graph.equal(bits[2], negation(bits[1]))};
  }
  /// The counter has this value.
  Literal is(unsigned value) {
    Literal all = true_literal;
    for (std::size_t i = 0; i < bits.size(); ++i) {
      all = graph.conjunction(all, ((value >> i) & 1U) != 0 ? bits[i] : negation(bits[i]));
    }
    return all;
  }
};

}  // namespace

TEST_CASE("what is reached is reached in the number of events that is told") {
  Counter counter;
  Induction induction(counter.system, counter.graph);
  const Induction::Result first = induction.prove(counter.graph.conjunction(counter.go, counter.is(0)));
  REQUIRE(first.answer == Induction::Answer::reached);
  CHECK(first.events == 1);
  const Induction::Result last = induction.prove(counter.graph.conjunction(counter.go, counter.is(6)));
  REQUIRE(last.answer == Induction::Answer::reached);
  CHECK(last.events == 4);
}

TEST_CASE("what is never reached is proved by a smallest invariant") {
  Counter counter;
  const Literal odd = counter.graph.conjunction(counter.bits[0], negation(counter.config));
  Induction induction(counter.system, counter.graph);
  REQUIRE(induction.prove(odd).answer == Induction::Answer::proved);
  const auto invariant = induction.invariant();
  REQUIRE_FALSE(invariant.empty());
  CHECK(invariant == std::vector<std::vector<Literal>>{{negation(counter.config), counter.bits[0]}});
}

TEST_CASE("a limit leaves it open") {
  Counter counter;
  Induction induction(counter.system, counter.graph);
  const std::atomic<bool> interrupted = true;
  induction.set_limits({0, &interrupted});
  const Induction::Result result = induction.prove(counter.graph.conjunction(counter.go, counter.is(6)));
  CHECK(result.answer == Induction::Answer::unknown);
  CHECK(result.reason == "interrupted");
}
