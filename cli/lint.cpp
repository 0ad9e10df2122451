#include "model/lint.h"

#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/text.h"
#include "encoders/engine.h"
#include "model/source_check.h"

namespace tenure {

namespace {

struct LintOptions {
  std::vector<std::string> paths;
  std::vector<std::string> trees;
  std::string semantics = "old";
  std::string specs;
  bool wants_runs = false;
  double seconds = 20;
  Format format = Format::text;
  ColorChoice color = ColorChoice::automatic;
};

std::vector<LintResult> check_reachable(const std::vector<Subject>& subjects, const LintOptions& options) {
  Engine engine;
  const bool wants_traces = options.wants_runs || options.format == Format::json;
  std::vector<LintResult> results;
  for (const Subject& subject : subjects) {
    const auto goals = engine.reach(subject.program, subject.exact, wants_traces,
                                    {.seconds = options.seconds, .interrupted = &interrupted()});
    results.push_back(
        {subject.spec, subject.driver, subject.semantics, judge_points(subject, goals, wants_traces), {}});
  }
  return results;
}

/// What is known of the kernel model by itself. When specs are asked about it need not be compared.
ExitStatus status_of(const SourceReport& kernel, const std::vector<LintResult>& results) {
  if (!kernel.mistakes.empty()) return ExitStatus::violated;
  const bool is_open = results.empty() && !kernel.not_compared.empty();
  return is_open ? ExitStatus::undecided : exit_status(results);
}

std::string text_of(const SourceReport& kernel, const std::vector<LintResult>& results, const Style& style) {
  const std::string start = kernel.not_compared.empty() ? "" : "kernel model: ";
  return source_text(kernel, start, style) + lint_text(results, style);
}

ExitStatus lint(const LintOptions& options) {
  const KernelModel kernel = load_kernel(options.semantics, specs_directory(options.specs));
  SourceTrees trees(options.trees);
  CompileOptions with_points;
  with_points.has_points = true;
  const auto subjects = load_subjects(options.paths, {kernel}, "", with_points);
  catch_interrupt();
  std::vector<LintResult> results = check_reachable(subjects, options);
  SourceReport kernel_report;
  if (!trees.empty()) {
    kernel_report = check_kernel_source(kernel, trees);
    for (std::size_t i = 0; i < subjects.size(); ++i)
      results[i].source = check_driver_source(*subjects[i].unit, subjects[i].kernel, trees);
  }
  write_output(options.format == Format::json ? lint_document(TENURE_VERSION, results, kernel_report)
                                              : text_of(kernel_report, results, style_of_output(options.color)));
  return interrupted() ? ExitStatus::was_interrupted : status_of(kernel_report, results);
}

}  // namespace

void add_lint(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("lint", "is every statement reachable, and true to the C source?");
  const auto options = std::make_shared<LintOptions>();
  command.add_option("SPEC", options->paths, "driver specs, or directories that are searched for *.json")
      ->option_text("SPEC|DIR...");
  command
      .add_option("--tree", options->trees,
                  "a kernel tree, known by its Makefile or called NAME: compare what names it with its C files; may be "
                  "repeated")
      ->take_all()
      ->allow_extra_args(false)
      ->option_text("[NAME=]DIR");
  command
      .add_option("--semantics,-s", options->semantics, "a kernel model: old (default), new... or a file of patches")
      ->option_text("NAME|FILE");
  command.add_flag("--runs", options->wants_runs, "show a shortest run to every statement (json always has them)");
  add_output_options(command, options->format, options->color);
  command.add_option("--timeout", options->seconds, "give up after so long (default 20; 0: never): undecided then")
      ->check(CLI::NonNegativeNumber)
      ->option_text("SECONDS");
  add_specs_option(command, options->specs);
  command.footer(
      "Examples:\n"
      "  tenure lint specs/drivers                         is every statement reachable?\n"
      "  tenure lint --tree linux-6.12.117 --tree linux-6.18.32 specs/drivers\n"
      "                                                    and does it stand where the spec says?\n"
      "  tenure lint --tree linux-6.12.117=linux-6.12.118 my-driver.json\n"
      "                                                    and does it still in a later tree?\n"
      "\nExit status: 0 all is reached or explained by a note, and agrees with its tree; 1 something is not; 2 the "
      "input\n"
      "is wrong; 3 something is undecided, or a spec was not compared because its tree is not given; 130 interrupted.");
  command.callback([options, &chosen] { chosen = [options] { return lint(*options); }; });
}

}  // namespace tenure
