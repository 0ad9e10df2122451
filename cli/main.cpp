#include <cstdio>
#include <exception>

#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"
#include "model/diagnostic.h"

namespace {

using namespace tenure;

/// Runs a command; errors become messages on standard error and a status.
int run(const Command& command) {
  try {
    return command();
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return ExitStatus::wrong_input;
  } catch (const OutputError& error) {
    std::fprintf(stderr, "tenure: %s\n", error.what());
    return ExitStatus::output_error;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tenure: internal error: %s\n", error.what());
    return ExitStatus::internal_error;
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{"tenure: a model checker for resource lifetimes in Linux kernel drivers", "tenure"};
  program.set_version_flag("--version", "tenure " TENURE_VERSION);
  program.require_subcommand(1);
  program.get_formatter()->column_width(34);
  Command chosen;
  add_verify(program, chosen);
  add_compare(program, chosen);
  add_trace(program, chosen);
  add_diff(program, chosen);
  add_series(program, chosen);
  add_lint(program, chosen);
  add_check_certificate(program, chosen);
  add_replay(program, chosen);
  add_depends(program, chosen);
  add_schema(program, chosen);
  program.footer("tenure COMMAND --help says more.");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? ExitStatus::holds : ExitStatus::wrong_input;
  }
  return run(chosen);
}
