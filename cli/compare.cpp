#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/text.h"
#include "model/further.h"
#include "model/inputs.h"
#include "model/normal_form.h"

namespace tenure {

namespace {

struct CompareOptions {
  CheckOptions check;
  std::string from = "old", to = "new";
  bool shows_all = false;
};

/// Both sides of a driver stand one after the other. Where no run changes, one of them is checked, and whatever is
/// known of it the other is the same.
std::vector<Comparison> comparisons_of(const std::vector<Subject>& subjects) {
  std::vector<Comparison> comparisons;
  for (std::size_t s = 0; s + 1 < subjects.size(); s += 2) {
    const Subject& before = subjects[s];
    const Subject& after = subjects[s + 1];
    Comparison& comparison = comparisons.emplace_back(Comparison{s});
    if (!have_same_runs(before.program, after.program) || !have_same_runs(before.exact, after.exact))
      comparison.changes.push_back({s + 1});
  }
  return comparisons;
}

std::vector<ComparedResult> compare_pairs(const std::vector<Subject>& subjects, const JobOptions& options) {
  std::vector<Comparison> comparisons = comparisons_of(subjects);
  const std::vector<Result> results = compare_subjects(subjects, comparisons, options);
  std::vector<ComparedResult> all;
  auto next = results.begin();
  for (const Comparison& comparison : comparisons) {
    const auto before = next;
    next += static_cast<std::ptrdiff_t>((1 + comparison.changes.size()) * options.properties.size());
    for (std::size_t p = 0; p < options.properties.size(); ++p) {
      if (comparison.changes.empty()) {
        const Result& both = before[static_cast<std::ptrdiff_t>(p)];
        all.push_back(compared(both, both));
        all.back().difference = Difference::same;
        continue;
      }
      const Changed& change = comparison.changes.front();
      all.push_back(change.results[p]);
      if (has_runs(all.back()))
        all.back().runs = pair_runs(subjects[comparison.before], subjects[change.subject], all.back());
    }
  }
  return all;
}

std::string text_of(const CompareOptions& options, const std::vector<ComparedResult>& results, const Style& style) {
  std::string text = comparison_text(options.from, options.to, results, options.shows_all, style);
  for (const ComparedResult& result : results) {
    if (result.runs) text += "\n" + runs_text(options.from, options.to, result, style);
  }
  return text;
}

ExitStatus compare_semantics(const CompareOptions& options) {
  const auto specs = specs_directory(options.check.specs);
  const std::vector<KernelModel> kernels{load_kernel(options.from, specs), load_kernel(options.to, specs)};
  const auto subjects = load_subjects(options.check.paths, kernels, options.check.next_driver);
  catch_interrupt();
  const JobOptions jobs = job_options(options.check);
  const auto results = compare_pairs(subjects, jobs);
  write_output(options.check.format == Format::json
                   ? comparison_document(TENURE_VERSION, options.from, options.to, results, options.check.next_driver)
                   : text_of(options, results, style_of_output(options.check.color)));
  say_times(jobs);
  return interrupted() ? ExitStatus::was_interrupted : exit_status(results, options.check.judgement);
}

}  // namespace

void add_compare(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("compare", "which drivers get worse, and which are mended");
  const auto options = std::make_shared<CompareOptions>();
  command.add_option("--from", options->from, "the kernel model before the change (default: old)")
      ->option_text("NAME|FILE");
  command.add_option("--to", options->to, "the kernel model after the change (default: new)")->option_text("NAME|FILE");
  command.add_flag("--all", options->shows_all, "a line for every property, also where nothing differs");
  add_check_options(command, options->check);
  add_examples(command,
               "  tenure compare --from old --to new specs/drivers      what a series does to the drivers\n"
               "  tenure compare --from old --to my-patch.json x.json   what a patch of one's own does\n");
  command.callback([options, &chosen] { chosen = [options] { return compare_semantics(*options); }; });
}

}  // namespace tenure
