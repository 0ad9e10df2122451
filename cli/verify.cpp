#include <cstdio>
#include <memory>

#include "cli/commands.h"
#include "cli/directory.h"
#include "cli/options.h"
#include "cli/text.h"
#include "model/certificate.h"
#include "model/inputs.h"

namespace tenure {

namespace {

struct VerifyOptions {
  CheckOptions check;
  std::string semantics = "old";
  std::string certificate;  ///< directory; "": none
  bool explains = false;
};

std::string text_of(const std::vector<Result>& results, const Style& style) {
  std::string text = verdicts_text(results, style) + grounds_text(results, style);
  for (const Result& result : results) {
    if (result.trace) text += "\n" + trace_text(result, style);
  }
  return text;
}

/// Writes what is proved; where nothing is, says so.
void write_certificate(const VerifyOptions& options, const KernelModel& kernel, const std::vector<Result>& results) {
  const CertificateFiles files = certificate_files(
      {TENURE_VERSION, specs_directory(options.check.specs), kernel.semantics, kernel.files, options.check.next_driver},
      results);
  if (files.size() > 1) return write_directory(options.certificate, files);
  std::fputs("nothing was proved that needs a certificate; none was written\n", stderr);
}

ExitStatus verify(const VerifyOptions& options) {
  if (!options.certificate.empty()) {
    if (options.check.engine == EngineKind::explicit_search)
      refuse({}, "--certificate needs an invariant: explicit search has none");
    expect_new_directory(options.certificate);
  }
  if (options.explains && options.check.engine == EngineKind::explicit_search)
    refuse({}, "--explain needs an invariant: explicit search has none");
  const KernelModel kernel = load_kernel(options.semantics, specs_directory(options.check.specs));
  const auto subjects = load_subjects(options.check.paths, {kernel}, options.check.next_driver);
  catch_interrupt();
  JobOptions jobs = job_options(options.check);
  jobs.writes_proofs = !options.certificate.empty();
  jobs.finds_grounds = options.explains;
  const auto results = check_subjects(subjects, jobs);
  if (jobs.writes_proofs && !interrupted()) write_certificate(options, kernel, results);
  write_output(options.check.format == Format::json
                   ? results_document(TENURE_VERSION, results, options.check.next_driver)
                   : text_of(results, style_of_output(options.check.color)));
  say_times(jobs);
  return interrupted() ? ExitStatus::was_interrupted : exit_status(results, options.check.judgement);
}

}  // namespace

void add_verify(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("verify", "prove or refute the properties of drivers");
  const auto options = std::make_shared<VerifyOptions>();
  command
      .add_option("--semantics,-s", options->semantics, "a kernel model: old (default), new... or a file of patches")
      ->option_text("NAME|FILE");
  command
      .add_option("--certificate", options->certificate,
                  "write the proofs as SMT-LIB files into this new directory (see check-certificate)")
      ->option_text("DIR");
  command.add_flag("--explain", options->explains,
                   "say of each proof what it rests on: an invariant, and an unsat core of functions and statements");
  add_check_options(command, options->check);
  add_examples(command,
               "  tenure verify specs/drivers                        all drivers of a directory\n"
               "  tenure verify --semantics new specs/drivers/x.json one driver, with a series of patches\n"
               "  tenure verify -p leak -p double-free x.json        two properties alone\n"
               "  tenure verify --certificate proofs specs/drivers   for tenure check-certificate proofs\n");
  command.callback([options, &chosen] { chosen = [options] { return verify(*options); }; });
}

}  // namespace tenure
