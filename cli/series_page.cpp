#include <algorithm>

#include "cli/series_output.h"
#include "cli/text.h"

namespace tenure {

namespace {

constexpr std::string_view style_sheet = R"(
:root { color-scheme: light dark; --line: #d0d7de; --text: #1f2328; --faint: #656d76; --page: #ffffff; --bar: #f6f8fa;
  --worse: #cf222e; --worse-page: #ffebe9; --good: #116329; --good-page: #dafbe1; --doubt: #7d4e00; --doubt-page: #fff8c5; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --text: #e6edf3; --faint: #9198a1; --page: #0d1117;
  --bar: #161b22; --worse: #ff7b72; --worse-page: #4a1216; --good: #56d364; --good-page: #12391f; --doubt: #e3b341;
  --doubt-page: #3b2a04; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; color: var(--text); background: var(--page);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; scroll-margin-top: 1rem; }
p, ul { margin: .25rem 0; }
a { color: inherit; }
code, pre, .matrix td { font-family: ui-monospace, monospace; }
code, h1, h3, p { overflow-wrap: anywhere; }
.faint { color: var(--faint); }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; }
table { border-collapse: collapse; font-size: .85rem; }
th, td { padding: .15rem .5rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child > * { border-bottom: 0; }
thead th { background: var(--bar); }
.matrix th[scope=row] { position: sticky; left: 0; background: var(--bar); font-weight: 500; white-space: nowrap;
  max-width: 14rem; overflow: hidden; text-overflow: ellipsis; }
.matrix th[scope=col], .matrix td { padding: .1rem 0; text-align: center; min-width: 1.5rem; }
.matrix a { display: block; text-decoration: none; }
.matrix a:hover, .matrix a:focus { outline: 2px solid currentColor; outline-offset: -2px; }
.same { color: var(--faint); }
.worse, .misfit { color: var(--worse); background: var(--worse-page); font-weight: 700; }
.mended { color: var(--good); background: var(--good-page); font-weight: 700; }
.unclear { color: var(--doubt); background: var(--doubt-page); }
.mark { display: inline-block; min-width: 1.5rem; text-align: center; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .4rem 0; }
summary { cursor: pointer; padding: .3rem .6rem; background: var(--bar); border-radius: .4rem; }
pre { margin: 0; padding: .6rem; overflow-x: auto; font-size: .8rem; line-height: 1.4; }
@media print { body { max-width: none; padding: 0; font-size: 9pt; } .wide, pre { overflow: visible; }
  table { font-size: 6.5pt; } th, td { padding: .1rem .25rem; } .matrix th[scope=row] { position: static; }
  .matrix th[scope=col], .matrix td { min-width: 0; padding: .05rem; }
  pre { white-space: pre-wrap; font-size: 7pt; } details { border: 0; } details::details-content { content-visibility: visible; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
)";

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else
      result += c;
  }
  return result;
}

std::string element(const std::string& tag, const std::string& content) {
  return "<" + tag + ">" + content + "</" + tag.substr(0, tag.find(' ')) + ">\n";
}

std::string commit_number(const SeriesResults& results, std::size_t commit) {
  return commits_text(results, commit, commit);
}

/// The subject of a commit's patch.
std::string commit_subject(const SeriesResults& results, std::size_t commit) {
  const std::size_t patch = results.cases.commits[commit];
  return patch == 0 ? "before the series" : results.series.patches[patch - 1].subject;
}

/// Whether a case has something to read behind its cell.
bool has_section(const SeriesResults& results, std::size_t index) {
  const SeriesVerdicts& verdicts = results.verdicts[index];
  return !results.cases.cases[index].subject || !verdicts.next.empty() ||
         std::any_of(verdicts.results.begin(), verdicts.results.end(),
                     [](const Result& result) { return !std::holds_alternative<Holds>(result.verdict); });
}

std::string cell(const SeriesResults& results, std::size_t driver, std::size_t commit) {
  const Fate fate = results.fate(driver, commit);
  const std::size_t index = results.cases.case_at[driver][commit];
  const std::string title = escaped(results.driver_name(driver) + " at " + commit_number(results, commit) + ": " +
                                    std::string(name_of(fate)));
  const std::string mark(1, mark_of(fate));
  const std::string inside = has_section(results, index) ? "<a href=\"#case-" + std::to_string(index) + "\" title=\"" +
                                                               title + "\">" + mark + "</a>"
                                                         : "<span title=\"" + title + "\">" + mark + "</span>";
  return "<td class=\"" + std::string(name_of(fate)) + "\">" + inside + "</td>";
}

std::string matrix(const SeriesResults& results) {
  std::string head = "<th>driver</th>";
  for (std::size_t commit = 0; commit < results.cases.commits.size(); ++commit)
    head += "<th scope=\"col\" title=\"" + escaped(commit_subject(results, commit)) + "\">" +
            commit_number(results, commit) + "</th>";
  std::string body;
  for (std::size_t driver = 0; driver < results.cases.drivers.size(); ++driver) {
    std::string row = "<th scope=\"row\" title=\"" + escaped(results.spec(driver)) + "\">" +
                      escaped(results.driver_name(driver)) + "</th>";
    for (std::size_t commit = 0; commit < results.cases.commits.size(); ++commit) row += cell(results, driver, commit);
    body += element("tr", row);
  }
  const auto mark = [](Fate fate, const std::string& says) {
    return "<span class=\"mark " + std::string(name_of(fate)) + "\">" + mark_of(fate) + "</span> " + says + " ";
  };
  return element("div class=\"wide\"",
                 element("table class=\"matrix\"", element("thead", element("tr", head)) + element("tbody", body))) +
         element("p", mark(Fate::same, "the same as before the series") + mark(Fate::worse, "worse") +
                          mark(Fate::mended, "mended") + mark(Fate::unclear, "not decided") +
                          mark(Fate::misfit, "does not fit its kernel"));
}

std::string first_bad(const SeriesResults& results) {
  std::string rows;
  for (const FirstBad& bad : first_bad_commits(results)) {
    std::string drivers;
    for (const std::size_t driver : bad.drivers)
      drivers += (drivers.empty() ? "" : ", ") + escaped(results.driver_name(driver));
    rows += element("tr", "<th scope=\"row\">" + name_of_kind(bad.property) + "</th><td>" +
                              commit_number(results, bad.commit) + "</td><td>" +
                              escaped(commit_subject(results, bad.commit)) + "</td><td>" + drivers + "</td>");
  }
  if (rows.empty()) return element("p", "No commit makes anything worse.");
  return element("div class=\"wide\"",
                 element("table",
                         "<thead><tr><th>property</th><th>commit</th><th>subject</th><th>worse there for</th>"
                         "</tr></thead>\n" +
                             element("tbody", rows)));
}

/// "worse", or "worse by irq_vectors" where the property was violated anyway.
std::string difference_text(const ComparedResult& compared) {
  return std::string(name_of(compared.difference)) + (compared.further.empty() ? "" : " by " + compared.further);
}

std::string result_text(const Result& result, const std::string& difference) {
  const std::string title = std::string(name_of(result.property)) + ": " + std::string(name_of(result.verdict)) +
                            (difference.empty() ? "" : ", " + difference);
  if (!result.trace) return element("p", escaped(title + " (" + note_on(result.verdict) + ")"));
  return element("details", element("summary", escaped(title)) +
                                element("pre tabindex=\"0\"", escaped(trace_text(result, Style(false)))));
}

/// Where a case comes first: its driver's row and the commit.
std::string heading_of(const SeriesResults& results, std::size_t index) {
  for (std::size_t driver = 0; driver < results.cases.drivers.size(); ++driver) {
    const auto& at = results.cases.case_at[driver];
    const auto found = std::find(at.begin(), at.end(), index);
    if (found != at.end())
      return results.driver_name(driver) + " at " +
             commit_number(results, static_cast<std::size_t>(found - at.begin())) + ": " +
             commit_subject(results, static_cast<std::size_t>(found - at.begin()));
  }
  return "";
}

std::string section(const SeriesResults& results, std::size_t index) {
  const SeriesCase& which = results.cases.cases[index];
  const SeriesVerdicts& verdicts = results.verdicts[index];
  std::string text = element("h3 id=\"case-" + std::to_string(index) + "\"", escaped(heading_of(results, index)));
  for (const Diagnostic& mistake : which.mistakes) text += element("pre", escaped(to_string(mistake)));
  std::string holding;
  for (std::size_t i = 0; i < verdicts.results.size(); ++i) {
    const Result& result = verdicts.results[i];
    if (std::holds_alternative<Holds>(result.verdict))
      holding += (holding.empty() ? "" : ", ") + std::string(name_of(result.property));
    else
      text += result_text(result, difference_text(verdicts.compared[i]));
  }
  if (!holding.empty()) text += element("p class=\"faint\"", "Proved: " + holding + ".");
  std::string next;
  for (const Result& result : verdicts.next)
    if (!std::holds_alternative<Holds>(result.verdict)) next += result_text(result, "");
  if (!verdicts.next.empty())
    text += element("p", next.empty() ? "The next driver suffers nothing." : "What the next driver suffers:") + next;
  return text;
}

std::string not_checked(const Series& series, const std::filesystem::path& specs) {
  std::string items;
  for (const auto& [number, file, is_there] : awaited_specs(series, specs))
    items += element("li", "patch " + std::to_string(number) + " awaits <code>" + escaped(file) + "</code>" +
                               (is_there ? " (it is there now; write the patch)" : ""));
  for (const SeriesDriver& driver : series.drivers)
    if (!driver.is_checked)
      items += element(
          "li", "<code>" + escaped(driver.name) + "</code>: its patch fits; what it does there was not asked for");
  return items.empty() ? "" : element("h2", "Not checked") + element("ul", items);
}

std::string summary(const SeriesResults& results) {
  std::string counts;
  for (const auto& [name, number] : count_fates(results))
    counts += (counts.empty() ? "" : ", ") + std::to_string(number) + " " + std::string(name);
  return std::to_string(results.cases.drivers.size()) + " drivers: " + counts;
}

}  // namespace

std::string series_page(const SeriesResults& results, const std::filesystem::path& specs) {
  const Series& series = results.series;
  std::string body = element("h1", escaped(series.name)) + element("p", escaped(series.subject)) +
                     element("p class=\"faint\"", std::to_string(series.patches.size()) + " patches on " +
                                                      escaped(series.base) + ". " + summary(results) + ".");
  body += element("h2", "Drivers and commits") + matrix(results);
  body += element("h2", "First bad commit") + first_bad(results);
  body += element("h2", "Behind the cells");
  for (std::size_t index = 0; index < results.cases.cases.size(); ++index)
    if (has_section(results, index)) body += section(results, index);
  body += not_checked(series, specs);
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
         element("title", escaped(series.name)) + element("style", std::string(style_sheet)) + "</head>\n" +
         element("body", element("main", body)) + "</html>\n";
}

}  // namespace tenure
