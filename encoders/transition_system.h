#pragma once

#include <set>
#include <string>
#include <vector>

#include "encoders/formula.h"
#include "encoders/value.h"

namespace tenure {

/// One bit of a state between two events.
struct StateBit {
  Literal input = 0;
  bool is_fixed = false;  ///< of a fixed variable: never changes, free at the start
  bool initial = false;
  std::string holds;         ///< in words, when it is 1
  std::string fails;         ///< when it is 0
  bool is_location = false;  ///< of a location: just one of these is 1
};

/// States between two events and one event as a transition between them: formulas over the bits before it and the
/// decisions in it.
struct TransitionSystem {
  std::vector<StateBit> bits;
  Literal well_formed = true_literal;        ///< what the bits of every state satisfy by construction
  Literal stays_well_formed = true_literal;  ///< what the bits after it have to satisfy
  Literal happens = false_literal;           ///< some event is enabled and taken
  Literal left_out =
      false_literal;                ///< it ends with more on a list than is followed: what comes after is not looked at
  std::vector<Literal> next;        ///< each bit after it; those of fixed variables stay
  Literal outside = false_literal;  ///< it ends in a state that the bits cannot express
  std::vector<Literal> reached;     ///< it reaches a goal, by goal
};

/// Adds the bits that say what a value of something called `name` is; `is_fixed` as in StateBit.
void add_bits(TransitionSystem& system, const FreeValue& value, bool is_fixed, const std::string& name,
              bool is_boolean);

}  // namespace tenure
