#include "cli/text.h"

#include <algorithm>
#include <map>
#include <set>

namespace tenure {

std::vector<std::string> labels_of(const std::vector<std::pair<std::string, std::string>>& drivers_and_specs) {
  std::map<std::string, std::set<std::string>> specs;
  for (const auto& [driver, spec] : drivers_and_specs) specs[driver].insert(spec);
  std::vector<std::string> labels;
  for (const auto& [driver, spec] : drivers_and_specs) labels.push_back(specs[driver].size() > 1 ? spec : driver);
  return labels;
}

std::string verdict_text(const Verdict& verdict, std::size_t width, const Style& style) {
  const std::string name = padded(name_of(verdict), width);
  if (const auto* holds = std::get_if<Holds>(&verdict)) {
    return holds->bounds.empty() ? style.good(name) : style.doubtful(name);
  }
  return std::holds_alternative<Violated>(verdict) ? style.bad(name) : style.doubtful(name);
}

namespace {

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

/// What stands behind a verdict: for a violation what it is about.
std::string note_on(const Result& result) {
  std::string note = tenure::note_on(result.verdict);
  if (!result.trace || result.trace->subject.empty()) return note;
  return result.trace->subject + " (" + note + ")";
}

std::string summary(const std::vector<Result>& results, const Style& style) {
  std::set<std::string> specs;
  std::size_t remarks = 0;
  for (const Result& result : results) {
    specs.insert(result.spec);
    if (std::holds_alternative<Violated>(result.verdict) && is_remark(result.property)) ++remarks;
  }
  std::string counts;
  for (const auto& [name, number] : count_verdicts(results)) {
    if (number != 0) counts += (counts.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(name);
  }
  if (remarks != 0) counts += " (" + std::to_string(remarks) + " only a remark)";
  const std::string drivers = std::to_string(specs.size()) + (specs.size() == 1 ? " driver" : " drivers");
  return "\n" +
         style.strong(drivers + ", " + std::to_string(results.size()) +
                      (results.size() == 1 ? " verdict: " : " verdicts: ")) +
         counts + "\n";
}

}  // namespace

std::string verdicts_text(const std::vector<Result>& results, const Style& style) {
  std::vector<std::pair<std::string, std::string>> drivers;
  for (const Result& result : results) drivers.emplace_back(result.driver, result.spec);
  const std::vector<std::string> labels = labels_of(drivers);
  std::size_t width = 0;
  for (const std::string& label : labels) width = std::max(width, width_of(label));
  std::string text;
  for (std::size_t i = 0; i < results.size(); ++i) {
    text +=
        without_trailing_spaces(padded(labels[i], width) + "  " + padded(name_of(results[i].property), 17) + "  " +
                                verdict_text(results[i].verdict, 13, style) + "  " + style.faint(note_on(results[i]))) +
        "\n";
  }
  return text + summary(results, style);
}

std::string trace_text(const Result& result, const Style& style) {
  const Trace& trace = *result.trace;
  const std::string about = trace.subject.empty() ? "" : " of " + trace.subject;
  std::string text = style.bad(result.driver + ": " + std::string(name_of(result.property)) + about) + ", semantics " +
                     result.semantics + (result.later_tree.empty() ? "" : " on " + result.later_tree) + "\n";
  std::string configuration;
  for (const auto& [name, value] : trace.configuration) {
    configuration += (configuration.empty() ? "" : ", ") + name + "=" + std::to_string(value);
  }
  if (!configuration.empty()) {
    for (const std::string& line : wrapped("  on a device with " + configuration, 100, 4)) text += line + "\n";
  }
  for (const std::string& line : step_lines(trace.steps, 0, trace.steps.size(), {}, style)) text += line + "\n";
  text += "\n";
  for (const std::string& line : wrapped("  => " + trace.explanation, 100, 5)) text += style.strong(line) + "\n";
  return text;
}

}  // namespace tenure
