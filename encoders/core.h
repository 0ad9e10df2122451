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
/// Whalen, Efficient Generation of Inductive Validity Cores for Safety Properties (FSE 2016). The part of the invariant
/// that a property needs is found. Then the events are carried out again with some statements loosened at a time, each
/// as it is only under its fact, to find the facts that every core has, and with all others loosened: what facts are in
/// the unsat core of the obligations is found, and of these each is tried without, as long as there is time. A fresh Z3
/// has to confirm what is left. Where there is too much to explore, the lowest picks alone are looked at, as
/// Engine::check() does. None where a limit was reached, where the invariant of the loosened statements could not be
/// shown, or where a core is not confirmed.
std::vector<std::optional<Core>> cores_of(const Program& program, const std::vector<Property>& held,
                                          const SearchSolver& by, const Limits& limits = {});

}  // namespace tenure
