#include <algorithm>
#include <map>

#include "cli/text.h"

// What lint says.
namespace tenure {

namespace {

using PointState = PointResult::State;

std::string point_text(const PointResult& result, const Style& style) {
  const Point& point = result.point;
  std::string text = "  ";
  if (point.line != 0) text += point.file + ":" + std::to_string(point.line) + ": ";
  if (!point.function.empty()) text += point.function + "(): ";
  text += point.says + ": ";
  if (result.state == PointState::explained) return text + style.faint("no run comes here: " + result.why);
  return text + style.bad("no run comes here");
}

std::string counts_of(const LintResult& result) {
  std::string text;
  for (const auto& [name, number] : count_points(result.points)) {
    if (number == 0 && name != "reached") continue;
    text += (text.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(name);
  }
  return text;
}

/// What is not known mostly is so for one reason.
std::string undecided_text(const LintResult& result, const Style& style) {
  std::map<std::string, std::vector<const PointResult*>> by_reason;
  for (const PointResult& point : result.points) {
    if (point.state == PointState::undecided) by_reason[point.why].push_back(&point);
  }
  std::string text;
  for (const auto& [reason, points] : by_reason) {
    const Point& first = points.front()->point;
    const std::string others = points.size() == 1 ? "" : " and " + std::to_string(points.size() - 1) + " more";
    text += "  " + style.doubtful("not known: " + reason) + ": " + first.function +
            (first.function.empty() ? "" : "(): ") + first.says + others + "\n";
  }
  return text;
}

std::string run_text(const PointResult& result, const Style& style) {
  std::string text = "\n" + style.strong("  " + result.point.function + "(): " + result.point.says) + "\n";
  const auto& steps = result.trace->steps;
  for (const std::string& line : step_lines(steps, 0, steps.size(), {}, style)) text += line + "\n";
  return text;
}

}  // namespace

std::string source_text(const SourceReport& report, const std::string& start, const Style& style) {
  std::string text;
  for (const Diagnostic& mistake : report.mistakes) text += start + style.bad(to_string(mistake)) + "\n";
  if (report.not_compared.empty()) return text;
  return text + start + style.doubtful("not compared with its source: " + report.not_compared) + "\n";
}

std::string lint_text(const std::vector<LintResult>& results, const Style& style) {
  std::vector<std::pair<std::string, std::string>> drivers;
  for (const LintResult& result : results) drivers.emplace_back(result.driver, result.spec);
  const std::vector<std::string> labels = labels_of(drivers);
  std::size_t width = 0;
  for (const std::string& label : labels) width = std::max(width, width_of(label));
  std::string text;
  for (std::size_t i = 0; i < results.size(); ++i) {
    text += padded(labels[i], width) + "  " + counts_of(results[i]) + "\n";
    for (const PointResult& point : results[i].points) {
      if (point.trace) text += run_text(point, style);
      if (point.state == PointState::explained || point.state == PointState::unreachable) {
        text += point_text(point, style) + "\n";
      }
    }
    text += undecided_text(results[i], style);
    text += source_text(results[i].source, "  ", style);
  }
  return text;
}

}  // namespace tenure
