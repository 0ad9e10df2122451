#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// A path in the names of the spec, as it is written down: what the environment decides, and nothing else.
struct NamedPath {
  struct Decision {
    std::string choice;
    std::string alternative;  ///< as the choice calls it, or "#2" where it has no name of its own; "" for a pick
    std::int32_t picked = 0;
    friend bool operator==(const Decision&, const Decision&) = default;
  };
  struct Event {
    std::string event;
    std::vector<Decision> decisions;
    friend bool operator==(const Event&, const Event&) = default;
  };
  std::vector<std::pair<std::string, std::int32_t>> configuration;  ///< all fixed variables
  std::vector<Event> events;
  std::size_t repeats_from = Path::never;  ///< as in Path
  friend bool operator==(const NamedPath&, const NamedPath&) = default;
};

/// The names of a path. The program has exact counters: what stands for the value of a saturated counter is left out.
/// Throws PathError when the program does not do what the path says.
NamedPath named(const Program& program, const Path& path);

/// The path that the names stand for, to a goal (index in Program::goals) after so many steps; or, with `none`, to the
/// end of its last event, however many steps that are. Throws
/// PathError when a name is unknown, an event does not happen or a decision is not open; whether the goal is reached is
/// for tell() to see.
Path resolved(const Program& program, const NamedPath& names, std::uint32_t goal, std::uint32_t steps);

}  // namespace tenure
