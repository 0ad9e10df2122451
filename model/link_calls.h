#pragma once

#include <memory>
#include <vector>

#include "model/diagnostic.h"
#include "model/link_symbols.h"
#include "model/spec.h"

namespace tenure {

/// A unit whose functions may call, with what it can name.
struct Caller {
  const Unit* unit;
  const Symbols* symbols;
};

inline constexpr int deepest_calls = 256;  ///< how deep calls may nest

/// That no function comes to call itself: directly, through others, through a parameter, through a deferred list (to
/// run it may call all that is ever deferred on it), or through a role that a driver fills. Names the cycle. Also that
/// calls nest no deeper than `deepest_calls`; gives whether they do, so that it is safe to follow them.
bool check_recursion(const std::vector<Caller>& callers, Diagnostics& diagnostics);

/// That every function of a driver is reached from a callback or an event: called, deferred or passed on.
void check_all_called(const Unit& driver, Diagnostics& diagnostics);

}  // namespace tenure
