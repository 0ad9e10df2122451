#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "encoders/recheck.h"

namespace tenure {

namespace {

struct CheckCertificateOptions {
  std::string directory;
  std::string solver;
  std::string specs;
  Format format = Format::text;
  ColorChoice color = ColorChoice::automatic;
};

std::string text_of(const RecheckedCertificate& checked, const std::string& solver, const Style& style) {
  std::string text;
  for (const std::string& reason : checked.rejections) text += reason + "\n";
  const bool is_accepted = checked.rejections.empty();
  return text + (is_accepted ? style.good("accepted") : style.bad("rejected")) +
         (checked.answers.empty() ? ""
                                  : ": " + std::to_string(checked.answers.size()) + " obligations, asked " + solver) +
         "\n";
}

ExitStatus check_certificate(const CheckCertificateOptions& options) {
  const SolverProcess solver(options.solver);
  const auto checked = recheck_certificate(options.directory, specs_directory(options.specs), TENURE_VERSION, solver);
  write_output(options.format == Format::json
                   ? recheck_document(TENURE_VERSION, options.directory, solver.command(), checked)
                   : text_of(checked, solver.command(), style_of_output(options.color)));
  return checked.rejections.empty() ? ExitStatus::holds : ExitStatus::violated;
}

}  // namespace

void add_check_certificate(CLI::App& program, Command& chosen) {
  CLI::App& command =
      *program.add_subcommand("check-certificate", "whether proofs that were written by verify are right");
  const auto options = std::make_shared<CheckCertificateOptions>();
  command.add_option("DIR", options->directory, "what verify --certificate wrote")->required()->option_text("DIR");
  command
      .add_option("--solver", options->solver,
                  "a program that reads an SMT-LIB file, with its arguments (default: z3, else cvc5)")
      ->option_text("CMD");
  add_output_options(command, options->format, options->color);
  add_specs_option(command, options->specs);
  command.footer(
      "Run it where verify was run, so that the paths of the specs are right. Each file has to be what this program\n"
      "makes of the spec and the invariant; then the solver, a process of its own, has to find each unsatisfiable.\n"
      "Examples:\n"
      "  tenure check-certificate proofs\n"
      "  tenure check-certificate proofs --solver \"cvc5 --tlimit=60000\"\n"
      "\nExit status: 0 accepted; 1 rejected; 2 the input is wrong.");
  command.callback([options, &chosen] { chosen = [options] { return check_certificate(*options); }; });
}

}  // namespace tenure
