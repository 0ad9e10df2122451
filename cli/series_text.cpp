#include <algorithm>
#include <system_error>

#include "cli/series_output.h"
#include "cli/text.h"
#include "model/further.h"
#include "model/plural.h"

namespace tenure {

namespace {

constexpr std::size_t text_width = 100;
constexpr std::size_t commits_in_a_row = 50;

/// A line, wrapped with what follows its first one indented.
std::string lines(const std::string& line, std::size_t indent) {
  std::string text;
  for (const std::string& part : wrapped(line, text_width, indent)) text += part + "\n";
  return text;
}

std::vector<std::string> labels(const SeriesResults& results) {
  std::vector<std::pair<std::string, std::string>> drivers;
  for (std::size_t driver = 0; driver < results.cases.drivers.size(); ++driver)
    drivers.emplace_back(results.driver_name(driver), results.spec(driver));
  return labels_of(drivers);
}

std::size_t widest(const std::vector<std::string>& texts) {
  std::size_t width = 0;
  for (const std::string& text : texts) width = std::max(width, width_of(text));
  return width;
}

std::string marked(Fate fate, const Style& style) {
  const std::string mark(1, mark_of(fate));
  switch (fate) {
    case Fate::worse:
    case Fate::misfit:
      return style.bad(mark);
    case Fate::mended:
      return style.good(mark);
    case Fate::unclear:
      return style.doubtful(mark);
    case Fate::same:
      break;
  }
  return style.faint(mark);
}

std::string number_of(const SeriesResults& results, std::size_t commit) {
  const std::size_t patches = results.cases.commits[commit];
  return patches == 0 ? "-" : std::to_string(results.series.patches[patches - 1].number);
}

/// The numbers of commits, read downwards.
std::string heading(const SeriesResults& results, std::size_t begin, std::size_t end, std::size_t margin) {
  std::size_t digits = 1;
  for (std::size_t commit = begin; commit < end; ++commit) digits = std::max(digits, number_of(results, commit).size());
  std::string text;
  for (std::size_t digit = 0; digit < digits; ++digit) {
    std::string line(margin, ' ');
    for (std::size_t commit = begin; commit < end; ++commit) {
      const std::string number = number_of(results, commit);
      const std::size_t missing = digits - number.size();
      line += digit < missing ? ' ' : number[digit - missing];
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string matrix_text(const SeriesResults& results, const Style& style) {
  const std::vector<std::string> names = labels(results);
  const std::size_t margin = widest(names) + 2;
  std::string text;
  for (std::size_t begin = 0; begin < results.cases.commits.size(); begin += commits_in_a_row) {
    const std::size_t end = std::min(begin + commits_in_a_row, results.cases.commits.size());
    text += style.strong(heading(results, begin, end, margin));
    for (std::size_t driver = 0; driver < names.size(); ++driver) {
      text += padded(names[driver], margin);
      for (std::size_t commit = begin; commit < end; ++commit) text += marked(results.fate(driver, commit), style);
      text += "\n";
    }
    text += "\n";
  }
  return text + "- before the series   . the same   W worse   + mended   ? not decided   ! does not fit its kernel\n";
}

/// What is said of a driver, with spans of the same commits together: "worse at 4 to 36: leak, stale-state".
std::vector<std::string> span_lines(const SeriesResults& results, std::size_t driver) {
  std::vector<std::pair<std::string, std::string>> by_commits;
  for (const SeriesSpan& span : spans_of(results, driver)) {
    const std::string at = commits_text(results, span.first, span.last);
    std::string head = std::string(name_of(span.difference)) + " at " + at, what = name_of_kind(span.property);
    if (!span.property) {
      const SeriesCase& misfit = results.cases.cases[results.cases.case_at[driver][span.first]];
      head = "does not fit its kernel at " + at;
      what = misfit.mistakes.empty() ? "" : to_string(misfit.mistakes.front());
    }
    const auto known =
        std::find_if(by_commits.begin(), by_commits.end(), [&](const auto& each) { return each.first == head; });
    if (known != by_commits.end())
      known->second += ", " + what;
    else
      by_commits.emplace_back(head, what);
  }
  std::vector<std::string> all;
  all.reserve(by_commits.size());
  for (const auto& [head, what] : by_commits) all.emplace_back(head).append(": ").append(what);
  return all;
}

std::string spans_text(const SeriesResults& results, const Style& style) {
  const std::vector<std::string> names = labels(results);
  const std::size_t margin = widest(names) + 2;
  std::string text;
  for (std::size_t driver = 0; driver < names.size(); ++driver) {
    std::string name = names[driver];
    for (const std::string& line : span_lines(results, driver)) {
      text += lines(padded(name, margin) + line, margin + 2);
      name.clear();
    }
  }
  return text.empty() ? "" : "\n" + style.strong("What differs from the state before the series") + "\n" + text;
}

std::string first_bad_text(const SeriesResults& results, const Style& style) {
  const std::vector<std::string> names = labels(results);
  std::string text;
  for (const FirstBad& bad : first_bad_commits(results)) {
    std::string drivers;
    for (const std::size_t driver : bad.drivers) drivers += (drivers.empty() ? "" : ", ") + names[driver];
    const std::size_t patch = results.cases.commits[bad.commit];
    const std::string remark = bad.property && is_remark(*bad.property) ? " (a remark)" : "";
    text += lines(padded(name_of_kind(bad.property), 17) + "  " + number_of(results, bad.commit) + "  " +
                      results.series.patches[patch - 1].subject + remark,
                  19);
    text += lines(std::string(19, ' ') + plural(bad.drivers.size(), "driver") + ": " + drivers, 21);
  }
  return text.empty() ? "" : "\n" + style.strong("First bad commit") + "\n" + text;
}

std::string not_checked_text(const SeriesResults& results, const std::filesystem::path& specs, const Style& style) {
  std::string text;
  const std::vector<AwaitedSpec> awaited = awaited_specs(results.series, specs);
  if (!awaited.empty()) text += "\n" + style.strong("Not applied: patches that await the spec of their driver") + "\n";
  for (const auto& [number, file, is_there] : awaited)
    text += "  " + padded(std::to_string(number), 4) + file + (is_there ? " (it is there now; write the patch)" : "") +
            "\n";
  const auto others = std::count_if(results.series.drivers.begin(), results.series.drivers.end(),
                                    [](const SeriesDriver& driver) { return !driver.is_checked; });
  if (others != 0)
    text += "\nThe patches on " + plural(static_cast<std::size_t>(others), "further driver") +
            " fit; what they do there was not asked for.\n";
  return text;
}

std::string next_text(const SeriesResults& results, const Style& style) {
  std::string text;
  for (const SeriesVerdicts& verdicts : results.verdicts) {
    if (verdicts.next.empty()) continue;
    std::string suffers, unknown;
    for (const Result& result : verdicts.next) {
      std::string& list = std::holds_alternative<Violated>(result.verdict) ? suffers : unknown;
      if (!std::holds_alternative<Holds>(result.verdict))
        list += (list.empty() ? "" : ", ") + std::string(name_of(result.property));
    }
    const Result& first = verdicts.next.front();
    text += lines("  after " + first.driver + ", from " + first.semantics + " on: " +
                      (suffers.empty() ? "nothing" : suffers) + (unknown.empty() ? "" : "; not known: " + unknown),
                  4);
  }
  return text.empty() ? "" : "\n" + style.strong("What the next driver suffers") + "\n" + text;
}

std::vector<ComparedResult> before_and_after(const SeriesResults& results) {
  std::vector<ComparedResult> all;
  for (const auto& cases : results.cases.case_at) {
    const auto& compared = results.verdicts[cases.back()].compared;
    all.insert(all.end(), compared.begin(), compared.end());
  }
  return all;
}

/// The drivers that were not checked because no run of theirs changes.
std::string unchanged_text(const SeriesResults& results) {
  std::string names;
  for (std::size_t driver = 0; driver < results.cases.drivers.size(); ++driver) {
    const SeriesVerdicts& first = results.verdicts[results.cases.case_at[driver].front()];
    if (first.results.empty()) names += (names.empty() ? "" : ", ") + results.driver_name(driver);
  }
  return names.empty() ? "" : "\n" + lines("No run changes, so that nothing had to be checked: " + names + ".", 0);
}

std::string summary(const SeriesResults& results, const Style& style) {
  std::string counts;
  for (const auto& [name, number] : count_fates(results))
    counts += (counts.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(name);
  return "\n" + style.strong(plural(results.cases.drivers.size(), "driver") + ": ") + counts + "\n";
}

}  // namespace

char mark_of(Fate fate) {
  switch (fate) {
    case Fate::worse:
      return 'W';
    case Fate::mended:
      return '+';
    case Fate::unclear:
      return '?';
    case Fate::misfit:
      return '!';
    case Fate::same:
      break;
  }
  return '.';
}

std::string name_of_kind(const std::optional<Property>& property) {
  return std::string(property ? name_of(*property) : name_of(Fate::misfit));
}

std::string commits_text(const SeriesResults& results, std::size_t first, std::size_t last) {
  const std::string from = number_of(results, first);
  return first == last ? from : from + " to " + number_of(results, last);
}

std::vector<AwaitedSpec> awaited_specs(const Series& series, const std::filesystem::path& specs) {
  std::vector<AwaitedSpec> all;
  std::error_code error;
  for (const SeriesPatch& patch : series.patches)
    for (const std::string& file : patch.awaits)
      all.push_back({patch.number, file, std::filesystem::exists(specs / file, error)});
  return all;
}

std::string series_text(const SeriesResults& results, bool each_commit, const std::filesystem::path& specs,
                        const Style& style) {
  const Series& series = results.series;
  std::string text = style.strong(series.name) + ": " + series.subject + "\n" + std::to_string(series.patches.size()) +
                     (series.patches.size() == 1 ? " patch" : " patches") + " on " + series.base + "; " +
                     plural(results.cases.drivers.size(), "driver") + ", " +
                     plural(results.cases.subjects.size(), "distinct pair") + " of driver and kernel\n\n";
  if (each_commit) {
    text += matrix_text(results, style) + spans_text(results, style) + first_bad_text(results, style);
  } else {
    text += comparison_text(series.base, series.name, before_and_after(results), false, style);
    text += spans_text(results, style);
  }
  return text + next_text(results, style) + unchanged_text(results) + not_checked_text(results, specs, style) +
         summary(results, style);
}

std::string series_runs_text(const SeriesResults& results, const Style& style) {
  std::string text;
  for (std::size_t driver = 0; driver < results.cases.drivers.size(); ++driver) {
    const auto& cases = results.cases.case_at[driver];
    const Subject& before = results.cases.subjects[*results.cases.cases[cases.front()].subject];
    for (const SeriesSpan& span : spans_of(results, driver)) {
      if (!span.property || span.difference == Difference::unclear) continue;
      const Subject& after = results.cases.subjects[*results.cases.cases[cases[span.first]].subject];
      for (ComparedResult each : results.verdicts[cases[span.first]].compared) {
        if (each.property != *span.property || !has_runs(each)) continue;
        each.runs = pair_runs(before, after, each);
        text += "\n" + runs_text(results.series.base, results.commit_name(span.first), each, style);
      }
    }
  }
  for (const SeriesVerdicts& verdicts : results.verdicts)
    for (const Result& result : verdicts.next)
      if (result.trace) text += "\nnext driver, after " + trace_text(result, style);
  return text;
}

}  // namespace tenure
