#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "encoders/touched.h"
#include "model/interpreter.h"
#include "model/program.h"

namespace tenure {

/// Which deferred calls may change places on a list: made one right after the other, in either order, they come to the
/// same states and goals. So the order in which they are on the list makes no difference to any run: lists that differ
/// in nothing else are the same trace (Mazurkiewicz, 1977).
class IndependentCalls {
 public:
  /// `touched` is touched_by() of the program; both must outlive it.
  IndependentCalls(const Program& program, const std::vector<Touched>& touched)
      : program_(program), touched_(touched) {}

  /// Whether neither reads or changes what the other changes, or has to do with any list. So no more than one may end
  /// the run; if it is called before the other, goals that this one would have reached are missing.
  bool are_independent(const ListEntry& a, const ListEntry& b);
  /// Whether a call may end the run.
  bool may_end_run(const ListEntry& entry) { return footprint(entry).changed.contains(program_.halted); }

 private:
  /// What a call has to do with, besides its locals.
  struct Footprint {
    std::set<VariableId> read, changed;
  };
  /// By parameter: the argument, where it is known.
  using KnownArguments = std::vector<std::optional<std::int32_t>>;
  /// Values of the parameters that are never assigned to.
  using KnownValues = std::map<VariableId, std::int32_t>;

  bool is_bound(ProcedureId procedure) const;
  const Footprint& footprint(const ListEntry& entry);
  const Footprint& footprint(ProcedureId procedure, const KnownArguments& arguments);
  void add(Footprint& footprint, const Edge& edge, const KnownValues& known);
  void add_call(Footprint& footprint, const Call& call, const KnownValues& known);
  void read(Footprint& footprint, TermId term, const KnownValues& known);
  void add_to(std::set<VariableId>& variables, const Reference& reference, const KnownValues& known) const;
  std::optional<std::int32_t> value(TermId term, const KnownValues& known) const;

  const Program& program_;
  const std::vector<Touched>& touched_;  ///< by procedure
  std::map<std::pair<ProcedureId, KnownArguments>, Footprint> footprints_;
};

}  // namespace tenure
