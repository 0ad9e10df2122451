#include <algorithm>
#include <map>

#include "cli/text.h"

// Verdicts and runs under two semantics, beside each other.
namespace tenure {

namespace {

constexpr std::size_t column_width = 58;

struct Row {
  std::string driver, property, before, after;
  Difference difference;
  const ComparedResult* result;  ///< null for a line about several properties
};

/// "holds", or what does not hold: "violated: leak, stale-state", "7 holds-bounded".
std::string in_short(const std::vector<const ComparedResult*>& results, Verdict ComparedResult::*side) {
  constexpr std::size_t most_named = 2;
  std::map<std::string_view, std::vector<std::string_view>> by_verdict;
  for (const ComparedResult* result : results) by_verdict[name_of(result->*side)].push_back(name_of(result->property));
  if (by_verdict.size() == 1) return std::string(by_verdict.begin()->first);
  std::string text;
  for (const auto& [verdict, properties] : by_verdict) {
    if (verdict == "holds") continue;
    text += text.empty() ? "" : "; ";
    if (properties.size() > most_named) {
      text += std::to_string(properties.size()) + " " + std::string(verdict);
      continue;
    }
    text += std::string(verdict) + ": ";
    for (const std::string_view property : properties)
      text += (property == properties.front() ? "" : ", ") + std::string(property);
  }
  return text;
}

std::string difference_text(Difference difference, const Style& style) {
  const std::string_view name = name_of(difference);
  switch (difference) {
    case Difference::worse:
      return style.bad(name);
    case Difference::mended:
      return style.good(name);
    case Difference::unclear:
      return style.doubtful(name);
    case Difference::same:
      break;
  }
  return style.faint(name);
}

/// The rows of one driver: what differs, and one for all that does not.
void add_rows(std::vector<Row>& rows, const std::string& label, const std::vector<const ComparedResult*>& results,
              bool shows_all) {
  std::vector<const ComparedResult*> same;
  for (const ComparedResult* result : results) {
    if (result->difference == Difference::same && !shows_all) {
      same.push_back(result);
      continue;
    }
    rows.push_back({label, std::string(name_of(result->property)), std::string(name_of(result->before)),
                    std::string(name_of(result->after)) + (result->further.empty() ? "" : " by more"),
                    result->difference, result});
  }
  if (same.empty()) return;
  const std::string which = same.size() == 1
                                ? std::string(name_of(same.front()->property))
                                : (same.size() == results.size() ? "all " : "other ") + std::to_string(same.size());
  rows.push_back({label, which, in_short(same, &ComparedResult::before), in_short(same, &ComparedResult::after),
                  Difference::same, nullptr});
}

std::vector<Row> rows_of(const std::vector<ComparedResult>& results, bool shows_all) {
  std::vector<std::pair<std::string, std::string>> drivers;
  for (const ComparedResult& result : results) drivers.emplace_back(result.driver, result.spec);
  const std::vector<std::string> labels = labels_of(drivers);
  std::vector<Row> rows;
  for (std::size_t begin = 0; begin < results.size();) {
    std::vector<const ComparedResult*> of_driver;
    std::size_t end = begin;
    for (; end < results.size() && results[end].spec == results[begin].spec; ++end) of_driver.push_back(&results[end]);
    add_rows(rows, labels[begin], of_driver, shows_all);
    begin = end;
  }
  return rows;
}

std::string cell(const Row& row, bool is_after, std::size_t width, const Style& style) {
  const std::string& text = is_after ? row.after : row.before;
  if (row.result == nullptr) return padded(text, width);
  if (is_after && !row.result->further.empty()) return style.bad(padded(text, width));
  return verdict_text(is_after ? row.result->after : row.result->before, width, style);
}

}  // namespace

std::string comparison_text(const std::string& from, const std::string& to, const std::vector<ComparedResult>& results,
                            bool shows_all, const Style& style) {
  const std::vector<Row> rows = rows_of(results, shows_all);
  std::size_t driver = width_of("driver"), property = width_of("property"), before = width_of(from),
              after = width_of(to);
  for (const Row& row : rows) {
    driver = std::max(driver, width_of(row.driver));
    property = std::max(property, width_of(row.property));
    before = std::max(before, width_of(row.before));
    after = std::max(after, width_of(row.after));
  }
  std::string text = style.strong(padded("driver", driver) + "  " + padded("property", property) + "  " +
                                  padded(from, before) + "  " + padded(to, after)) +
                     "\n";
  for (const Row& row : rows) {
    text += padded(row.driver, driver) + "  " + padded(row.property, property) + "  " +
            cell(row, false, before, style) + "  " + cell(row, true, after, style) + "  " +
            difference_text(row.difference, style) + "\n";
  }
  std::string counts;
  for (const auto& [name, number] : count_differences(results)) {
    counts += (counts.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(name);
  }
  return text + "\n" +
         style.strong(std::to_string(results.size()) + (results.size() == 1 ? " verdict: " : " verdicts: ")) + counts +
         "\n";
}

namespace {

/// A step as both sides have it: what is not the same on both is left out.
TraceStep common(TraceStep step, const TraceStep& other) {
  if (step.outcome != other.outcome) step.outcome.clear();
  if (step.changes != other.changes) step.changes.clear();
  if (step.remarks != other.remarks) step.remarks.clear();
  return step;
}

std::vector<std::string> column(const Trace& trace, std::size_t parting) {
  std::vector<std::string> lines;
  for (const std::string& line : step_lines(trace.steps, parting, trace.steps.size(), {false, column_width}, Style())) {
    const std::size_t margin = std::min(line.find_first_not_of(' '), line.size());
    for (std::string& part : wrapped(line, column_width, margin + 4)) lines.push_back(std::move(part));
  }
  if (trace.steps.size() == parting) lines.emplace_back("  (nothing more)");
  return lines;
}

std::string in_columns(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  std::string text;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    std::string line = padded(i < left.size() ? left[i] : "", column_width) + " |";
    if (i < right.size()) line += right[i];
    text += line + "\n";
  }
  return text;
}

}  // namespace

std::string runs_text(const std::string& from, const std::string& to, const ComparedResult& result,
                      const Style& style) {
  const PairedRuns& runs = *result.runs;
  const bool is_after = std::holds_alternative<Violated>(result.after);
  const Trace& told = is_after ? runs.after : runs.before;
  const std::string about = told.subject.empty() ? "" : " of " + told.subject;
  std::string text = style.strong(result.driver + ": " + std::string(name_of(result.property)) + about) + ", " +
                     difference_text(result.difference, style) + ": " + std::string(name_of(result.before)) +
                     " under " + from + (result.further.empty() ? "" : " by other things") + ", " +
                     std::string(name_of(result.after)) + " under " + to + "\n";
  std::vector<TraceStep> shared;
  for (std::size_t i = 0; i < runs.parting; ++i) shared.push_back(common(runs.before.steps[i], runs.after.steps[i]));
  for (const std::string& line : step_lines(shared, 0, shared.size(), {}, style)) text += line + "\n";
  text += "\n" + style.strong(padded("  under " + from, column_width) + " |  under " + to) + "\n";
  text += in_columns(column(runs.before, runs.parting), column(runs.after, runs.parting)) + "\n";
  for (const std::string& line : wrapped("  => under " + (is_after ? to : from) + ", " + told.explanation, 100, 5)) {
    text += style.strong(line) + "\n";
  }
  return text;
}

}  // namespace tenure
