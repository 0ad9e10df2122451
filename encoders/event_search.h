#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "model/interpreter.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// What an event comes to from a state, and with which decisions.
struct EventRun {
  Path::Event event;
  State after;  ///< of an event that is left where it reaches a goal, the state there
};

/// The decisions with which an event comes from a state to a goal, or, where that is none, to a state of which
/// `is_wanted` is true; with as few unusual alternatives as there can be. Nothing when none do, or when too much has to
/// be tried.
std::optional<EventRun> search_event(const Program& program, const State& from, std::uint32_t event, std::uint32_t goal,
                                     const std::function<bool(const State&)>& is_wanted);

}  // namespace tenure
