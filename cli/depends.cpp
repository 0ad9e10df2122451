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

/// A line for each driver with proofs that are meant.
template <typename IsMeant>
std::string drivers_text(const std::vector<Dependence>& proofs, const IsMeant& is_meant) {
  std::vector<std::pair<std::string, std::string>> drivers;
  for (const Dependence& proof : proofs) drivers.emplace_back(proof.driver, proof.spec);
  const std::vector<std::string> labels = labels_of(drivers);
  std::string text;
  std::string line;
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    if (is_meant(proofs[i])) {
      line += (line.empty() ? "  " + labels[i] + ": " : ", ") + std::string(name_of(proofs[i].property));
    }
    const bool goes_on = i + 1 < proofs.size() && proofs[i + 1].spec == proofs[i].spec;
    if (goes_on || line.empty()) continue;
    for (const std::string& part : wrapped(line, 100, 4)) text += part + "\n";
    line.clear();
  }
  return text;
}

std::string text_of(const std::string& function, const std::vector<Dependence>& proofs, const Style& style) {
  std::string text;
  const auto add = [&](const std::string& heading, const std::string& drivers) {
    if (!drivers.empty()) text += (text.empty() ? "" : "\n") + style.strong(heading) + "\n" + drivers;
  };
  add("A change of " + function + "() can undo these proofs: they rest on it",
      drivers_text(proofs, [](const Dependence& proof) { return proof.is_reopened && proof.rests; }));
  add("These rest on nothing that " + function + "() does: only what it does not do now can undo them",
      drivers_text(proofs, [](const Dependence& proof) { return proof.is_reopened && !proof.rests; }));
  add("These stand whatever " + function + "() does: no run of the driver carries it out",
      drivers_text(proofs, [](const Dependence& proof) { return !proof.is_reopened; }));
  return text.empty() ? "nothing is proved\n" : text;
}

ExitStatus depends(const DependsOptions& options) {
  const KernelModel kernel = load_kernel(options.semantics, specs_directory(options.check.specs));
  const auto subjects = load_subjects(options.check.paths, {kernel}, options.check.next_driver);
  expect_function(options.function, kernel, subjects);
  catch_interrupt();
  const JobOptions jobs = job_options(options.check);
  const std::unique_ptr<Checker> checker = make_checker(jobs.engine);
  const Limits limits{.seconds = jobs.seconds, .events = jobs.events, .interrupted = &interrupted()};
  const Check check = check_by(*checker, limits);
  const FindCores cores = cores_by(*checker, limits);
  std::vector<Dependence> proofs;
  for (const Subject& subject : subjects) {
    for (Dependence& proof : dependence_on(options.function, subject, jobs.properties, check, cores)) {
      proofs.push_back(std::move(proof));
    }
    if (jobs.spent) jobs.spent->push_back({subject.driver, "checked", checker->take_times()});
  }
  if (interrupted()) return ExitStatus::was_interrupted;
  write_output(options.check.format == Format::json
                   ? depends_document(TENURE_VERSION, options.function, kernel.semantics, proofs)
                   : text_of(options.function, proofs, style_of_output(options.check.color)));
  say_times(jobs);
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
      "function does. Where the proof does not rest on it (verify --explain), the function may as well leave out\n"
      "what it does, decide otherwise, and set and return what it does in other runs. What is not proved now is not "
      "listed.\n"
      "Example:\n"
      "  tenure depends --on pcim_setup_msi_release specs/drivers\n"
      "\nExit status: 0; 2 the input is wrong; 130 interrupted.");
  command.callback([options, &chosen] { chosen = [options] { return depends(*options); }; });
}

}  // namespace tenure
