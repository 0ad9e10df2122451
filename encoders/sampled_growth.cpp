#include "encoders/sampled_growth.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/growth.h"
#include "model/walk.h"

namespace tenure {

namespace {

constexpr std::size_t most_events = 24;
/// Of so many the shortest is taken.
constexpr std::size_t most_lassos = 8;

/// The first lasso of a run, if it has one.
std::optional<SampledGrowth> find_in_run(const Program& program, RandomRuns& runs) {
  std::vector<State> states{runs.first_state()};
  Path path = path_from(program, states.front(), none);
  while (path.events.size() < most_events) {
    std::optional<State> after = runs.after_any_event(states.back(), path.events.emplace_back());
    if (!after) return std::nullopt;
    for (std::size_t before = states.size(); before-- > 0;) {
      const std::optional<ListId> list = growing_list(program, states[before], *after);
      if (!list) continue;
      path.repeats_from = before;
      if (grows_again_and_again(program, path)) return SampledGrowth{path, *list};
    }
    states.push_back(std::move(*after));
  }
  return std::nullopt;
}

/// Without two parts of so many events; nothing when no lasso is left.
std::optional<Path> without(const Interpreter& interpreter, const Path& lasso,
                            std::pair<std::size_t, std::size_t> parts, std::size_t count) {
  Path less = lasso;
  less.events.clear();
  less.repeats_from = 0;
  const auto is_in = [&](std::size_t event, std::size_t first) { return event >= first && event < first + count; };
  for (std::size_t i = 0; i < lasso.events.size(); ++i) {
    if (is_in(i, parts.first) || is_in(i, parts.second)) continue;
    less.events.push_back(lasso.events[i]);
    if (i < lasso.repeats_from) ++less.repeats_from;
  }
  if (less.repeats_from >= less.events.size()) return std::nullopt;
  std::optional<Path> repeating = repaired(interpreter, less);
  return repeating && grows_again_and_again(interpreter.program(), *repeating) ? repeating : std::nullopt;
}

std::optional<Path> shortened_once(const Interpreter& interpreter, const Path& lasso) {
  const std::size_t all = lasso.events.size();
  for (std::size_t count = all - 1; count > 0; --count) {
    for (std::size_t first = 0; first + count <= all; ++first) {
      for (std::size_t second = first; second + count <= all; ++second) {
        if (std::optional<Path> less = without(interpreter, lasso, {first, second}, count)) return less;
      }
    }
  }
  return std::nullopt;
}

/// Leaves one or two parts out as long as it can, the longest first.
Path shortened(const Interpreter& interpreter, Path lasso) {
  while (std::optional<Path> less = shortened_once(interpreter, lasso)) lasso = std::move(*less);
  return lasso;
}

/// The same lasso, but what repeats begins so many events later.
Path rotated(Path lasso, std::size_t by) {
  const std::size_t from = lasso.repeats_from;
  lasso.events.reserve(lasso.events.size() + by);
  for (std::size_t i = 0; i < by; ++i) lasso.events.push_back(lasso.events[from + i]);
  lasso.repeats_from += by;
  return lasso;
}

Path shortest_rotated(const Interpreter& interpreter, const Path& lasso) {
  Path best = shortened(interpreter, lasso);
  for (std::size_t by = 1; by < best.events.size() - best.repeats_from; ++by) {
    Path other = shortened(interpreter, rotated(best, by));
    if (other.events.size() < best.events.size()) best = std::move(other);
  }
  return best;
}

std::uint32_t steps_of(const Program& program, const Path& path) {
  Walk walk(program, path);
  walk.finish();
  return walk.steps();
}

}  // namespace

std::optional<SampledGrowth> SampledLassos::next(std::size_t most_runs) {
  while (runs_made_ < most_runs) {
    ++runs_made_;
    if (std::optional<SampledGrowth> found = find_in_run(program_, runs_)) return found;
  }
  return std::nullopt;
}

bool SampledLassos::any(std::size_t most_runs) {
  if (!first_) first_ = next(most_runs);
  return first_.has_value();
}

std::optional<SampledGrowth> SampledLassos::shortest(std::size_t most_runs) {
  if (!any(most_runs)) return std::nullopt;
  const Interpreter interpreter(program_);
  std::optional<SampledGrowth> best;
  std::optional<SampledGrowth> found = first_;
  for (std::size_t lassos = 0; found && lassos < most_lassos; ++lassos, found = next(most_runs)) {
    found->lasso = shortest_rotated(interpreter, found->lasso);
    found->lasso.steps = steps_of(program_, found->lasso);
    if (!best || found->lasso.events.size() < best->lasso.events.size()) best = std::move(found);
  }
  return best;
}

}  // namespace tenure
