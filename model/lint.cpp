#include "model/lint.h"

#include <algorithm>
#include <array>
#include <utility>

#include "model/source_scope.h"

namespace tenure {

namespace {

using PointState = PointResult::State;

/// A note at the point's line of its file; one without a line is about points without one, in a function that it names.
const Note* note_on(const Point& point, const Unit& unit) {
  const auto is_about = [&](const Note& note) {
    if (note.at == 0) return point.lines.empty() && !point.function.empty() && mentions(note.says, point.function);
    const bool is_there = std::find(point.lines.begin(), point.lines.end(), note.at) != point.lines.end();
    return is_there && note.file == point.file;
  };
  const auto found = std::find_if(unit.notes.begin(), unit.notes.end(), is_about);
  return found == unit.notes.end() ? nullptr : &*found;
}

PointResult judge(const Point& point, const Subject& subject, const Reachability& known, bool wants_traces) {
  PointResult result{point, PointState::reached, known.reason, std::nullopt, 0};
  if (known.path) {
    result.steps = known.path->steps;
    if (wants_traces) result.trace = tell(subject.exact, *known.path);
    return result;
  }
  const Note* note = known.never ? note_on(point, *subject.unit) : nullptr;
  result.state =
      note != nullptr ? PointState::explained : (known.never ? PointState::unreachable : PointState::undecided);
  if (note != nullptr) result.why = note->says;
  return result;
}

bool is_not_reached(const PointResult& result) {
  return result.state == PointState::explained || result.state == PointState::unreachable ||
         result.state == PointState::follows;
}

}  // namespace

std::string_view name_of(PointState state) {
  constexpr std::array<std::string_view, 5> names = {"reached", "explained", "unreachable", "follows", "undecided"};
  return names[static_cast<std::size_t>(state)];
}

std::vector<PointResult> judge_points(const Subject& subject, const std::vector<Reachability>& goals,
                                      bool wants_traces) {
  const Program& program = subject.program;
  std::vector<PointResult> results;
  std::vector<bool> is_point(goals.size());
  for (const Point& point : program.points) {
    is_point[point.goal] = true;
    results.push_back(judge(point, subject, goals[point.goal], wants_traces));
    PointResult& result = results.back();
    if (point.leader != none && is_not_reached(result) && is_not_reached(results[point.leader])) {
      result.state = PointState::follows;
      result.why.clear();
    }
  }
  for (std::uint32_t goal = 0; goal < goals.size(); ++goal) {
    if (is_point[goal] || program.goals[goal].property || goals[goal].path) continue;
    Point point;
    point.goal = goal;
    point.says = program.goals[goal].says;
    point.place = subject.unit->place;
    results.push_back(judge(point, subject, goals[goal], false));
  }
  return results;
}

std::vector<std::pair<std::string_view, std::size_t>> count_points(const std::vector<PointResult>& points) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  for (const PointState state : {PointState::reached, PointState::explained, PointState::unreachable,
                                 PointState::follows, PointState::undecided}) {
    const auto count =
        std::count_if(points.begin(), points.end(), [&](const PointResult& each) { return each.state == state; });
    counts.emplace_back(name_of(state), static_cast<std::size_t>(count));
  }
  return counts;
}

}  // namespace tenure
