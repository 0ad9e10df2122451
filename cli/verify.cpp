#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/text.h"
#include "model/inputs.h"

namespace tenure {

namespace {

struct VerifyOptions {
  CheckOptions check;
  std::string semantics = "old";
};

std::string text_of(const std::vector<Result>& results, const Style& style) {
  std::string text = verdicts_text(results, style);
  for (const Result& result : results) {
    if (result.trace) text += "\n" + trace_text(result, style);
  }
  return text;
}

ExitStatus verify(const VerifyOptions& options) {
  const KernelModel kernel = load_kernel(options.semantics, specs_directory(options.check.specs));
  const auto subjects = load_subjects(options.check.paths, {kernel}, options.check.next_driver);
  catch_interrupt();
  const auto results = check_subjects(subjects, job_options(options.check));
  write_output(options.check.format == Format::json ? results_document(TENURE_VERSION, results)
                                                    : text_of(results, style_of_output(options.check.color)));
  return interrupted() ? ExitStatus::was_interrupted : exit_status(results, options.check.judgement);
}

}  // namespace

void add_verify(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("verify", "prove or refute the properties of drivers");
  const auto options = std::make_shared<VerifyOptions>();
  command
      .add_option("--semantics,-s", options->semantics, "a kernel model: old (default), new... or a file of patches")
      ->option_text("NAME|FILE");
  add_check_options(command, options->check);
  add_examples(command,
               "  tenure verify specs/drivers                        all drivers of a directory\n"
               "  tenure verify --semantics new specs/drivers/x.json one driver, with a series of patches\n"
               "  tenure verify -p leak -p double-free x.json        two properties alone\n");
  command.callback([options, &chosen] { chosen = [options] { return verify(*options); }; });
}

}  // namespace tenure
