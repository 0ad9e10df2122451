#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "encoders/formula.h"
#include "model/program.h"

namespace tenure {

/// What happens in some run.
struct SeenValues {
  std::vector<std::set<std::int32_t>> variables;            ///< by variable: what it is set to
  std::map<std::uint32_t, std::set<std::int32_t>> results;  ///< by function: what it returns
  std::map<ProcedureId, std::uint32_t> rounds;              ///< how often a node of it is visited at most
};

/// Statements that are as they are only where a formula, their fact, holds. Elsewhere each of them may be left out,
/// decide a condition otherwise, and set a variable, an argument or a result to any of the values that it has in some
/// run; but what is checked stays checked.
struct Loosening {
  std::vector<Literal> facts;               ///< inputs
  std::vector<std::uint32_t> fact_of_site;  ///< `none`: the statement is as it is
  std::vector<std::vector<bool>> is_loose;  ///< by procedure, by node: whether its condition is
  SeenValues seen;
  Literal all = true_literal;  ///< where all facts hold, and all is kept
};

/// Formulas that say where what is known of the states between two events is used, or has to be kept by an event.
/// Where one does not hold, a cell may have any value that it has in some run.
struct Kept {
  std::vector<Literal> variables;          ///< by variable; empty: everything is
  std::map<ProcedureId, Literal> entries;  ///< whether they are on a list, with which arguments
  Literal configuration = true_literal;    ///< what is known of the fixed variables
};

}  // namespace tenure
