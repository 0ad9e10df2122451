#include "model/trace.h"

#include "model/trace_teller.h"
#include "model/walk.h"

namespace tenure {

Trace tell(const Program& program, const Path& path) {
  Walk walk(program, path);
  Teller teller(program, walk.machine());
  while (const auto event = walk.next_event()) {
    teller.begins(*event);
    walk.begin(&teller);
    while (const auto option = walk.next()) {
      teller.takes(*option);
      walk.take(*option, &teller);
      teller.took();
    }
  }
  if (path.goal != none && !walk.arrived()) throw PathError("the path has no event");
  return teller.finish(path.goal);
}

bool replays(const Program& program, const Path& path) {
  try {
    Walk walk(program, path);
    while (walk.next_event()) {
      walk.begin();
      while (const auto option = walk.next()) walk.take(*option);
    }
    return walk.arrived();
  } catch (const PathError&) {
    return false;
  }
}

}  // namespace tenure
