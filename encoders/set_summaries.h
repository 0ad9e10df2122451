#pragma once

#include <functional>
#include <vector>

#include "encoders/touched.h"
#include "encoders/zdd.h"
#include "model/program.h"

namespace tenure {

/// What procedures make of states, as far as such states were met before: of each procedure a relation of what it finds
/// in the variables and lists that it touches and what it leaves there, whatever else there is (Sharir and Pnueli's
/// functional approach, 1981; on decision diagrams as by Ball and Rajamani, SPIN 2000).
class SetSummaries {
 public:
  /// `touched` is touched_by() of the program; the diagram must outlive it.
  SetSummaries(const Program& program, const std::vector<Touched>& touched, Zdd& zdd);

  /// What a procedure makes of the states. Where it does not know that, it finds out by `carry_out`, from sets that may
  /// have twins: of what is new, or, where little else is in the states, of them all.
  SetId after(ProcedureId procedure, SetId states, const std::function<SetId(SetId)>& carry_out);
  /// From now on nothing is known.
  void forget();
  /// The sets that it needs.
  std::vector<SetId*> sets();

 private:
  struct Summary {
    AtomGroups touched;
    SetId before = empty_set;
    SetId relation = empty_set;
  };

  Zdd& zdd_;
  std::vector<Summary> summaries_;  ///< by procedure
};

}  // namespace tenure
