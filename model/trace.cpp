#include "model/trace.h"

#include "model/growth.h"
#include "model/trace_teller.h"
#include "model/walk.h"

namespace tenure {

Trace tell(const Program& program, const Path& path) {
  Walk walk(program, path);
  Teller teller(program, walk.machine());
  for (std::size_t events = 0; const auto event = walk.next_event(); ++events) {
    teller.begins(*event);
    if (events == path.repeats_from) teller.repeats_from_here();
    walk.begin(&teller);
    while (const auto option = walk.next()) {
      teller.takes(*option);
      walk.take(*option, &teller);
      teller.took();
    }
  }
  if (path.goal != none && !walk.arrived()) throw PathError("the path has no event");
  Trace trace = teller.finish(path.goal);
  trace.path = named(program, path);
  return trace;
}

bool replays(const Program& program, const Path& path) {
  if (path.repeats_from != Path::never) return grows_again_and_again(program, path);
  try {
    Walk walk(program, path);
    walk.finish();
    return walk.arrived();
  } catch (const PathError&) {
    return false;
  }
}

}  // namespace tenure
