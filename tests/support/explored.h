#pragma once

#include <string>

#include "encoders/sat_solver.h"
#include "encoders/state_graph.h"
#include "encoders/value.h"
#include "encoders/z3_solver.h"
#include "model/compile.h"
#include "tests/support/spec_text.h"

namespace tenure::testing {

/// A program from JSON text, with all that its StateGraph needs; explored only by explore().
struct Explored {
  Explored(const std::string& kernel, const std::string& driver)
      : spec(spec_of(kernel, {driver})), program(compile(spec)), exact(compile(spec, {.counter_margin = 0})) {}

  Spec spec;
  Program program;
  Program exact;
  FormulaGraph graph;
  ValuePool pool{graph};
  SatSolver solver{graph};
  SolverContext z3;
  StateGraph states{program, pool};
};

}  // namespace tenure::testing
