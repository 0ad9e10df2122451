#pragma once

#include <optional>
#include <vector>

#include "encoders/engine.h"
#include "encoders/search_solver.h"
#include "model/grounds.h"
#include "model/program.h"
#include "model/property.h"

namespace tenure {

/// For each property, all of which hold, a core of its proof, as inductive validity cores: Ghassabani, Gacek and
/// Whalen, Efficient Generation of Inductive Validity Cores for Safety Properties (FSE 2016). One event is carried out
/// once more with all statements loosened, each as it is only under its fact; the part of the invariant that the
/// property needs is found, then what facts are in the unsat core of its obligations, and of these each is tried
/// without. A fresh Z3 has to confirm what is left. Where there is too much to explore, the lowest picks alone are looked
/// at, as Engine::check() does. None where a limit was reached, where the invariant of the loosened statements could not
/// be shown, or where a core is not confirmed.
std::vector<std::optional<Core>> cores_of(const Program& program, const std::vector<Property>& held,
                                          const SearchSolver& by, const Limits& limits = {});

}  // namespace tenure
