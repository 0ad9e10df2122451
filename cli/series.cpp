#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "cli/next_driver.h"
#include "cli/options.h"
#include "cli/series_output.h"
#include "cli/text.h"
#include "model/further.h"
#include "model/series_results.h"
#include "model/trace.h"

namespace tenure {

namespace {

struct SeriesOptions {
  CheckOptions check;
  std::string folder;
  std::string page;
  bool each_commit = false;
  bool shows_runs = false;
};

/// Commits that are checked: all, or those before and after the series.
std::vector<std::size_t> commits_of(const Series& series, bool each_commit) {
  std::vector<std::size_t> commits{0};
  for (std::size_t commit = each_commit ? 1 : series.patches.size(); commit <= series.patches.size(); ++commit)
    commits.push_back(commit);
  return commits;
}

/// The differences of a driver's cases from its first one, whose doubts are none about the series; those of a driver
/// that does not fit are no verdicts.
std::vector<ComparedResult> all_compared(const SeriesResults& results) {
  std::vector<ComparedResult> all;
  for (std::size_t i = 1; i < results.verdicts.size(); ++i) {
    if (results.cases.cases[i].driver != results.cases.cases[i - 1].driver) continue;
    const std::vector<ComparedResult>& compared = results.verdicts[i].compared;
    all.insert(all.end(), compared.begin(), compared.end());
  }
  return all;
}

/// The cases of each driver that are asked for, as a comparison with the first.
std::vector<Comparison> comparisons_of(const SeriesCases& cases, const std::vector<bool>& asked) {
  std::vector<Comparison> comparisons;
  for (std::size_t i = 0; i < cases.cases.size(); ++i) {
    const std::optional<std::size_t>& subject = cases.cases[i].subject;
    if (!subject || !asked[*subject]) continue;
    const bool is_first = i == 0 || cases.cases[i].driver != cases.cases[i - 1].driver;
    if (is_first)
      comparisons.push_back({*subject, {}});
    else
      comparisons.back().changes.push_back({*subject, {}});
  }
  return comparisons;
}

/// Has a case tell what violates a property there and did not before the series.
void tell_further(SeriesVerdicts& of_case, const Subject& after, std::vector<ComparedResult> compared) {
  of_case.compared = std::move(compared);
  for (std::size_t p = 0; p < of_case.compared.size(); ++p) {
    const ComparedResult& each = of_case.compared[p];
    if (each.further.empty()) continue;
    of_case.results[p].verdict = each.after;
    of_case.results[p].further = each.further;
    of_case.results[p].trace =
        tell(with_culprit(after.exact, each.property, each.further), std::get<Violated>(each.after).path);
  }
}

std::vector<SeriesVerdicts> check_cases(const SeriesCases& cases, const JobOptions& options,
                                        const std::vector<bool>& asked) {
  std::vector<Comparison> comparisons = comparisons_of(cases, asked);
  std::vector<SeriesVerdicts> verdicts =
      verdicts_by_case(cases, compare_subjects(cases.subjects, comparisons, options), options.properties.size(), asked);
  std::map<std::size_t, std::size_t> case_of;
  for (std::size_t i = 0; i < cases.cases.size(); ++i)
    if (cases.cases[i].subject) case_of[*cases.cases[i].subject] = i;
  for (Comparison& comparison : comparisons) {
    for (Changed& change : comparison.changes)
      tell_further(verdicts[case_of[change.subject]], cases.subjects[change.subject], std::move(change.results));
  }
  return verdicts;
}

bool awaits_specs(const Series& series) {
  return std::any_of(series.patches.begin(), series.patches.end(),
                     [](const SeriesPatch& patch) { return !patch.awaits.empty(); });
}

/// A series that awaits specs is not decided, unless the drivers were named.
ExitStatus status_of(const SeriesResults& results, const SeriesOptions& options, bool names_drivers) {
  const bool has_misfit = std::any_of(results.cases.cases.begin(), results.cases.cases.end(),
                                      [](const SeriesCase& each) { return !each.subject; });
  if (interrupted()) return ExitStatus::was_interrupted;
  if (has_misfit) return ExitStatus::violated;
  const ExitStatus status = exit_status(all_compared(results), options.check.judgement);
  return status == ExitStatus::holds && !names_drivers && awaits_specs(results.series) ? ExitStatus::undecided : status;
}

std::string text_of(const SeriesResults& results, const SeriesOptions& options, const std::filesystem::path& specs) {
  const Style style = style_of_output(options.check.color);
  std::string text = series_text(results, options.each_commit, specs, style);
  return options.shows_runs ? text + series_runs_text(results, style) : text;
}

ExitStatus check_series(const SeriesOptions& options) {
  const auto specs = specs_directory(options.check.specs);
  const bool names_drivers = !options.check.paths.empty();
  const Series series = load_series(
      options.folder, names_drivers ? options.check.paths : std::vector{(specs / "drivers").string()}, specs);
  const SeriesCases cases = series_cases(series, commits_of(series, options.each_commit));
  catch_interrupt();
  const JobOptions jobs = job_options(options.check);
  // The next driver is asked about whatever the driver hands over, changed or not.
  const std::vector<bool> asked =
      options.check.next_driver.empty() ? cases.changes() : std::vector<bool>(cases.subjects.size(), true);
  SeriesResults results{series, cases, check_cases(cases, jobs, asked), options.check.judgement.strict};
  if (!options.check.next_driver.empty()) check_next_driver(results, options.check.next_driver, jobs);
  if (!options.page.empty()) write_file(options.page, series_page(results, specs));
  write_output(options.check.format == Format::json ? series_document(TENURE_VERSION, results)
                                                    : text_of(results, options, specs));
  say_times(jobs);
  return status_of(results, options, names_drivers);
}

}  // namespace

void add_series(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("series", "what a series of patches does to drivers, commit by commit");
  const auto options = std::make_shared<SeriesOptions>();
  command.add_option("DIR", options->folder, "the folder of the series, with its series.json")
      ->required()
      ->check(CLI::ExistingDirectory)
      ->option_text("DIR");
  command.add_flag("--each-commit", options->each_commit, "at every commit, not only before and after the series");
  command.add_flag("--runs", options->shows_runs, "what gets worse or is mended, told beside the run before");
  command.add_option("--html", options->page, "write a page with the matrix and the traces behind it")
      ->option_text("FILE");
  add_check_options(command, options->check);
  command.get_option("SPEC")->required(false)->description("the drivers (default: all that are shipped)");
  add_examples(command,
               "  tenure series specs/series/pcim-msi-v1 --each-commit          all drivers at all commits\n"
               "  tenure series --each-commit --runs my-series my-driver.json   a series and a driver of one's own\n");
  command.callback([options, &chosen] { chosen = [options] { return check_series(*options); }; });
}

}  // namespace tenure
