#include "model/lint.h"

#include <cstdio>
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
  std::string tree;
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
    const auto goals = engine.reach(subject.program, subject.exact, wants_traces, {options.seconds, &interrupted()});
    results.push_back(
        {subject.spec, subject.driver, subject.semantics, judge_points(subject, goals, wants_traces), {}});
  }
  return results;
}

/// A spec may well be compared with another tree than its own; that it is another one is said.
void warn_of_tree(const std::string& spec, const std::string& expected, const SourceTree& tree) {
  if (expected.empty() || expected == tree.name()) return;
  std::fprintf(stderr, "%s: warning: expected the source of %s, but this is %s\n", spec.c_str(), expected.c_str(),
               tree.name().c_str());
}

ExitStatus lint(const LintOptions& options) {
  const KernelModel kernel = load_kernel(options.semantics, specs_directory(options.specs));
  std::optional<SourceTree> tree;
  if (!options.tree.empty()) tree.emplace(options.tree);
  CompileOptions with_points;
  with_points.has_points = true;
  const auto subjects = load_subjects(options.paths, {kernel}, "", with_points);
  catch_interrupt();
  std::vector<LintResult> results = check_reachable(subjects, options);
  std::vector<Diagnostic> kernel_mistakes;
  if (tree) {
    warn_of_tree("kernel model", kernel.tree, *tree);
    kernel_mistakes = check_kernel_source(kernel.parts, *tree);
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      warn_of_tree(subjects[i].spec, subjects[i].unit->tree, *tree);
      results[i].mistakes = check_driver_source(*subjects[i].unit, kernel.parts, *tree);
    }
  }
  const Style style = style_of_output(options.color);
  std::string text;
  for (const Diagnostic& mistake : kernel_mistakes) text += style.bad(to_string(mistake)) + "\n";
  write_output(options.format == Format::json ? lint_document(TENURE_VERSION, results, kernel_mistakes)
                                              : text + lint_text(results, style));
  if (interrupted()) return ExitStatus::was_interrupted;
  return kernel_mistakes.empty() ? exit_status(results) : ExitStatus::violated;
}

}  // namespace

void add_lint(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("lint", "is every statement reachable, and true to the C source?");
  const auto options = std::make_shared<LintOptions>();
  command.add_option("SPEC", options->paths, "driver specs, or directories that are searched for *.json")
      ->option_text("SPEC|DIR...");
  command
      .add_option("--tree", options->tree, "an unpacked kernel tree: compare specs and kernel model with its C files")
      ->check(CLI::ExistingDirectory)
      ->option_text("DIR");
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
      "  tenure lint specs/drivers                      is every statement reachable?\n"
      "  tenure lint --tree linux-6.12.117 specs/drivers   and does it stand where the spec says?\n"
      "\nExit status: 0 all is reached or explained by a note, and agrees with the tree; 1 something is not; 2 the "
      "input\n"
      "is wrong; 3 something is undecided; 130 interrupted.");
  command.callback([options, &chosen] { chosen = [options] { return lint(*options); }; });
}

}  // namespace tenure
