#include <cstdio>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/text.h"
#include "model/inputs.h"

namespace tenure {

namespace {

struct TraceOptions {
  CheckOptions check;
  std::string semantics = "old";
};

std::string text_of(const std::vector<Result>& results, const Style& style) {
  std::string text;
  for (const Result& result : results) {
    if (result.trace) text += (text.empty() ? "" : "\n") + trace_text(result, style);
  }
  return text;
}

/// Where there is no counterexample, says so beside the output.
void explain_absence(const std::vector<Result>& results) {
  for (const Result& result : results) {
    if (result.trace) continue;
    const std::string note = note_on(result.verdict);
    std::fprintf(stderr, "%s: %s: %s%s\n", result.driver.c_str(), std::string(name_of(result.property)).c_str(),
                 std::string(name_of(result.verdict)).c_str(), note.empty() ? "" : (" (" + note + ")").c_str());
  }
}

ExitStatus trace(const TraceOptions& options) {
  const KernelModel kernel = load_kernel(options.semantics, specs_directory(options.check.specs));
  const auto subjects = load_subjects(options.check.paths, {kernel}, options.check.next_driver);
  catch_interrupt();
  const JobOptions jobs = job_options(options.check);
  std::vector<Result> results = check_subjects(subjects, jobs);
  const ExitStatus status = exit_status(results, options.check.judgement);
  const bool is_single = !options.check.properties.empty();
  if (is_single || status != ExitStatus::violated) explain_absence(results);
  if (options.check.format == Format::json) {
    std::erase_if(results, [](const Result& result) { return !result.trace; });
    write_output(results_document(TENURE_VERSION, results, options.check.next_driver));
  } else {
    write_output(text_of(results, style_of_output(options.check.color)));
  }
  say_times(jobs);
  return interrupted() ? ExitStatus::was_interrupted : status;
}

}  // namespace

void add_trace(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("trace", "the counterexamples of a driver alone, for a review mail");
  const auto options = std::make_shared<TraceOptions>();
  command
      .add_option("--semantics,-s", options->semantics, "a kernel model: old (default), new... or a file of patches")
      ->option_text("NAME|FILE");
  add_check_options(command, options->check);
  add_examples(command,
               "  tenure trace --semantics new --property leak x.json    how the leak comes about\n"
               "  tenure trace --format json x.json                      for another program\n");
  command.callback([options, &chosen] { chosen = [options] { return trace(*options); }; });
}

}  // namespace tenure
