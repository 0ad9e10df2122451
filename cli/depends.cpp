#include "model/depends.h"

#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/text.h"

namespace tenure {

namespace {

struct DependsOptions {
  CheckOptions check;
  std::string semantics = "old";
  std::string function;
};

/// A line for each driver with proofs on one side.
std::string drivers_text(const std::vector<Dependence>& proofs, bool is_reopened) {
  std::vector<std::pair<std::string, std::string>> drivers;
  for (const Dependence& proof : proofs) drivers.emplace_back(proof.driver, proof.spec);
  const std::vector<std::string> labels = labels_of(drivers);
  std::string text;
  std::string line;
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    if (proofs[i].is_reopened != is_reopened) continue;
    const bool is_first = line.empty();
    line += (is_first ? "  " + labels[i] + ": " : ", ") + std::string(name_of(proofs[i].property));
    if (i + 1 < proofs.size() && proofs[i + 1].spec == proofs[i].spec) continue;
    for (const std::string& part : wrapped(line, 100, 4)) text += part + "\n";
    line.clear();
  }
  return text;
}

std::string text_of(const std::string& function, const std::vector<Dependence>& proofs, const Style& style) {
  const std::string reopened = drivers_text(proofs, true);
  const std::string untouched = drivers_text(proofs, false);
  std::string text;
  if (!reopened.empty()) {
    text += style.strong("A change of " + function + "() can undo these proofs: a run of the driver carries it out") +
            "\n" + reopened;
  }
  if (!untouched.empty()) {
    text += (text.empty() ? "" : "\n") +
            style.strong("These stand whatever " + function + "() does: no run of the driver carries it out") + "\n" +
            untouched;
  }
  return text.empty() ? "nothing is proved\n" : text;
}

ExitStatus depends(const DependsOptions& options) {
  const KernelModel kernel = load_kernel(options.semantics, specs_directory(options.check.specs));
  const auto subjects = load_subjects(options.check.paths, {kernel}, options.check.next_driver);
  expect_function(options.function, kernel, subjects);
  catch_interrupt();
  const std::unique_ptr<Checker> checker = make_checker(options.check.engine);
  const std::vector<Property> properties = properties_of(options.check);
  const Check check = [&](const Program& program, const Program& exact, const std::vector<Property>& asked) {
    return checker->check(
        program, exact, asked,
        {.seconds = options.check.seconds, .events = options.check.events, .interrupted = &interrupted()});
  };
  std::vector<Dependence> proofs;
  for (const Subject& subject : subjects) {
    for (Dependence& proof : dependence_on(options.function, subject, properties, check)) {
      proofs.push_back(std::move(proof));
    }
  }
  if (interrupted()) return ExitStatus::was_interrupted;
  write_output(options.check.format == Format::json
                   ? depends_document(TENURE_VERSION, options.function, kernel.semantics, proofs)
                   : text_of(options.function, proofs, style_of_output(options.check.color)));
  return ExitStatus::holds;
}

}  // namespace

void add_depends(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("depends", "which proofs a change of a kernel function can undo");
  const auto options = std::make_shared<DependsOptions>();
  command.add_option("--on", options->function, "the function of the kernel model that changes")
      ->required()
      ->option_text("FUNCTION");
  command
      .add_option("--semantics,-s", options->semantics, "a kernel model: old (default), new... or a file of patches")
      ->option_text("NAME|FILE");
  add_check_options(command, options->check);
  command.footer(
      "A proof is undone at most where some run of its driver carries the function out; all others stand, whatever "
      "the\n"
      "function does. What is not proved now is not listed.\n"
      "Example:\n"
      "  tenure depends --on pcim_setup_msi_release specs/drivers\n"
      "\nExit status: 0; 2 the input is wrong; 130 interrupted.");
  command.callback([options, &chosen] { chosen = [options] { return depends(*options); }; });
}

}  // namespace tenure
