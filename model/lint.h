#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/diagnostic.h"
#include "model/inputs.h"
#include "model/source_check.h"
#include "model/trace.h"
#include "model/verdict.h"

namespace tenure {

/// What is known of one point of a driver (Program::points), or of something else that has to be reachable.
struct PointResult {
  enum class State {
    reached,
    explained,    ///< no run comes to it, and a note of the spec says why
    unreachable,  ///< no run comes to it
    follows,      ///< nor to this one, because one before it is not reached
    undecided
  };
  Point point;
  State state = State::reached;
  std::string why;             ///< the note, or the reason why it is undecided
  std::optional<Trace> trace;  ///< when reached, and asked for
  std::uint32_t steps = 0;     ///< of the driver, that the trace has
};

/// What there is to say of one driver spec.
struct LintResult {
  std::string spec;
  std::string driver;
  std::string semantics;
  std::vector<PointResult> points;
  SourceReport source;  ///< empty when it was not asked for
};

/// "reached", "explained", "unreachable", "follows", "undecided"
std::string_view name_of(PointResult::State state);

/// What an engine found of each goal of a subject, compiled with points, as a result for each point in the order of the
/// spec; then for what else is not reached. A note explains a point when it stands at its line.
std::vector<PointResult> judge_points(const Subject& subject, const std::vector<Reachability>& goals,
                                      bool wants_traces);

/// How many points are in each state.
std::vector<std::pair<std::string_view, std::size_t>> count_points(const std::vector<PointResult>& points);

}  // namespace tenure
