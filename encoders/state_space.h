#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "encoders/symbolic.h"
#include "model/program.h"

namespace tenure {

/// One bit of the state between two events: that a variable has a value, or that a list has an entry at one of its
/// positions.
struct StateBit {
  Literal input = 0;
  bool is_fixed = false;  ///< of a fixed variable: never changes, free at the start
  bool initial = false;
  std::string holds;  ///< in words, when it is 1: "msi_enabled", "enable_cnt is 2"
  std::string fails;  ///< when it is 0
};

/// The states between two events as bits: the values that each variable may have there, and the entries that each list
/// may have, in order. States outside of that are possible in principle: encode() says when a state is one, and
/// absorb() takes them in.
class StateSpace {
 public:
  StateSpace(const Program& program, ValuePool& pool);

  /// Takes in the values and entries of a state. Whether anything was new.
  bool absorb(const SymbolicState& state);
  /// Makes the bits, from what was taken in so far; earlier bits are no longer of use.
  void make_bits();
  const std::vector<StateBit>& bits() const { return bits_; }
  /// The state that the bits stand for, and what the bits of a state satisfy by construction (a variable has one
  /// value).
  SymbolicState state() const { return state_; }
  Literal well_formed() const { return well_formed_; }

  struct Encoded {
    std::vector<Literal> bits;        ///< for each of bits(), when it is 1
    Literal outside = false_literal;  ///< when the state is none of the space
  };
  Encoded encode(const SymbolicState& state);
  /// The greatest number of entries that a list may have.
  std::size_t longest_list() const;

 private:
  struct Position {
    ProcedureId procedure;
    std::vector<std::set<std::int32_t>> arguments;
  };
  /// The bits of one value: bit k says that it is values[k + 1]; without any it is values[0].
  struct Coding {
    std::vector<std::int32_t> values;
    std::size_t first = 0;
  };

  bool is_state(VariableId variable) const;
  bool absorb_list(ListId list, const std::vector<Slot>& slots);
  ValueId make_value(const std::set<std::int32_t>& values, const std::string& name, bool is_fixed, std::int32_t initial,
                     Coding& coding);
  void encode_value(ValueId value, const Coding& coding, Literal when, Encoded& encoded);
  void encode_list(ListId list, const std::vector<Slot>& slots, Encoded& encoded);

  const Program& program_;
  ValuePool& pool_;
  FormulaGraph& graph_;
  std::vector<std::set<std::int32_t>> domains_;
  std::vector<std::vector<Position>> lists_;

  std::vector<StateBit> bits_;
  std::vector<Coding> codings_;  ///< by variable
  struct PositionCoding {
    std::size_t present = 0;
    std::vector<Coding> arguments;
  };
  std::vector<std::vector<PositionCoding>> list_codings_;
  SymbolicState state_;
  Literal well_formed_ = true_literal;
};

}  // namespace tenure
