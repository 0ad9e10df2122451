#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "encoders/formula.h"
#include "encoders/value.h"
#include "model/program.h"

namespace tenure {

/// Cells of a location whose values go together: in each state they have the values of one of the tuples.
struct Bundle {
  struct Tuple {
    std::vector<ValueId> values;  ///< in the order of `cells`; closed
    std::vector<Literal> facts;   ///< about the fixed variables, wherever the cells have these values
  };
  std::vector<std::uint32_t> cells;
  std::vector<Tuple> tuples;
  std::vector<Literal> inputs;  ///< say which tuple: i + 1 where inputs[i] is the first that holds, else 0
};

/// Two cells of different bundles that do not have every combination of their values: only these pairs, all closed.
struct Relation {
  std::uint32_t first, second;
  std::vector<std::pair<ValueId, ValueId>> pairs;
};

/// An entry that a list may have at a location: which cells say whether it is there and what its arguments are.
struct PossibleEntry {
  ProcedureId procedure;
  std::uint32_t present;
  std::vector<std::uint32_t> arguments;
};

/// One event of the environment's choice out of a location into another.
struct Move {
  std::uint32_t to;
  Literal when;
  std::vector<ValueId> cells;       ///< after it; those that the location has got since are as usual
  Literal presumed = true_literal;  ///< what the solver says of it, for a proof to show
};

/// That nothing else is on a list than what a location has room for.
struct Presumption {
  ListId list;
  Literal broken;
};

/// All states between two events in which the variables that decide which events may happen have certain values. Every
/// other value is a cell: of each tracked variable, then of the entries on the lists. A cell has one closed value, by
/// configuration alone, or is in a bundle. Which combinations of configuration and tuples do occur is known in part
/// only, by facts and relations; the rest is for an invariant to say.
struct Location {
  std::vector<std::int32_t> control;
  bool is_known = false;        ///< some run comes here
  Literal here = true_literal;  ///< where the cells are formulas: whether a run comes here
  std::vector<std::vector<PossibleEntry>> lists;
  std::vector<ValueId> cells;
  std::vector<Bundle> bundles;
  std::vector<Relation> relations;
  std::vector<Literal> facts;  ///< about the fixed variables, on every way here
  std::vector<Move> moves;
  std::vector<Presumption> presumptions;  ///< runs that break one are in no move
  Literal left_out = false_literal;       ///< events that end with more on a list than is followed
  Literal happens = false_literal;
  std::vector<Literal> reached;  ///< by goal; empty: not explored
  std::size_t call = 0;          ///< of any_event(): its choices and steps
};

/// That the tuple is the one that the inputs say.
Literal is_said(FormulaGraph& graph, const Bundle& bundle, std::size_t tuple);
/// That these are the tuple's values and that its facts hold; cells beyond the last have the values of tuple 0.
Literal is_tuple(ValuePool& pool, const Bundle& bundle, std::size_t tuple, const std::vector<ValueId>& cells);
/// That these are the tuple's values, as far as cells are kept (by cell; empty: all are).
Literal has_values(ValuePool& pool, const Bundle& bundle, std::size_t tuple, const std::vector<ValueId>& cells,
                   const std::vector<Literal>& kept = {});
/// That two cells have one of the pairs of values.
Literal is_related(ValuePool& pool, const Relation& relation, const std::vector<ValueId>& cells);
/// The value of a bundle's cell when the inputs that say which tuple are these.
ValueId value_said(ValuePool& pool, const Bundle& bundle, std::size_t place, const std::vector<Literal>& inputs);
/// The values that the cells had when they were first known: of tuple 0 where they are in a bundle.
std::vector<ValueId> usual_values(const Location& location);
/// Adds a tuple to a bundle, with an input that says it unless it is the first.
void add_tuple(FormulaGraph& graph, Bundle& bundle, Bundle::Tuple tuple);
/// How many inputs say what is free in a location.
std::size_t free_inputs(const Location& location);
/// By cell: whether it is in a bundle.
std::vector<bool> free_cells_of(const Location& location);

}  // namespace tenure
