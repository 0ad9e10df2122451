#pragma once

#include <string>
#include <vector>

#include "model/grounds.h"
#include "model/inputs.h"
#include "model/results.h"

// A property that is violated before a change and after it may be violated by more things after it.
namespace tenure {

/// The same program, in which a property is violated by nothing but `culprit`: a resource, whichever member of a
/// family; a variable; a list; or, of warnings and crashes, a statement, "f(): WARN_ON(1)".
Program with_culprit(Program program, Property property, const std::string& culprit);

/// Looks, of each property that is violated on both sides, for something that violates it after the change alone. Where
/// there is such a thing, the result becomes `worse`, with a run to it as `after`; where that is not known, `unclear`.
/// devres-growth is left as it is. `check` is asked again and again: each time about all properties that are open.
void find_further(const Subject& before, const Subject& after, std::vector<ComparedResult>& compared,
                  const Check& check);

/// Whether there are runs to be told beside each other: one that violates the property, and the same on the other side.
bool has_runs(const ComparedResult& compared);

/// The runs of a result that gets worse or is mended, told on both sides.
PairedRuns pair_runs(const Subject& before, const Subject& after, const ComparedResult& compared);

}  // namespace tenure
