#include "cli/options.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <thread>

#include "cli/text.h"

namespace tenure {

namespace {

std::vector<std::string> property_names() {
  std::vector<std::string> names;
  for (const Property property : all_properties) names.emplace_back(name_of(property));
  return names;
}

/// An option that takes one of some words.
template <typename Value>
void add_choice(CLI::App& command, const std::string& name, Value& value, const std::map<std::string, Value>& words,
                const std::string& says) {
  std::vector<std::string> names;
  for (const auto& [word, meaning] : words) names.push_back(word);
  command
      .add_option_function<std::string>(
          name, [&value, words](const std::string& word) { value = words.at(word); }, says)
      ->check(CLI::IsMember(names))
      ->option_text("WORD");
}

}  // namespace

void add_specs_option(CLI::App& command, std::string& specs) {
  command
      .add_option("--specs", specs, "where the kernel models and schemas are (default: those that came with tenure)")
      ->check(CLI::ExistingDirectory)
      ->option_text("DIR");
}

void add_examples(CLI::App& command, const std::string& text) {
  command.footer(
      "Examples:\n" + text +
      "\nExit status: 0 everything holds; 1 something is violated (compare: got worse); 2 the input is wrong;\n"
      "3 something is undecided, bounded or unreachable; 130 interrupted.");
}

void add_output_options(CLI::App& command, Format& format, ColorChoice& color) {
  add_choice<Format>(command, "--format", format, {{"text", Format::text}, {"json", Format::json}},
                     "text (default) or json");
  add_choice<ColorChoice>(
      command, "--color", color,
      {{"auto", ColorChoice::automatic}, {"always", ColorChoice::always}, {"never", ColorChoice::never}},
      "auto (default: on a terminal, unless NO_COLOR is set), always or never");
}

void add_check_options(CLI::App& command, CheckOptions& options) {
  command.add_option("SPEC", options.paths, "driver specs, or directories that are searched for *.json")
      ->required()
      ->option_text("SPEC|DIR...");
  command.add_option("--property,-p", options.properties, "check this property alone; may be repeated")
      ->check(CLI::IsMember(property_names()))
      ->take_all()
      ->allow_extra_args(false)
      ->option_text("P");
  command.add_option("--next-driver", options.next_driver, "a driver that may be bound after the one that is checked")
      ->option_text("SPEC");
  add_output_options(command, options.format, options.color);
  command.add_flag("--strict", options.judgement.strict, "remarks (redundant-release) count as violations");
  command.add_flag("--accept-bounded", options.judgement.accepts_bounded, "holds-bounded counts as holds");
  add_choice<EngineKind>(
      command, "--engine", options.engine,
      {{"cadical", EngineKind::cadical}, {"z3", EngineKind::z3}, {"explicit", EngineKind::explicit_search}},
      "cadical (default): CaDiCaL searches, Z3 checks proofs and counterexamples; z3: Z3 searches as well, "
      "more slowly; explicit: visits every state, for small specs");
  command.add_option("--jobs,-j", options.threads, "how many drivers are checked at a time (default: one per core)")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
  command
      .add_option("--timeout", options.seconds,
                  "stop exploring a driver after so long (default 20; 0: never): what is not known after twice as long "
                  "is undecided")
      ->check(CLI::NonNegativeNumber)
      ->option_text("SECONDS");
  command
      .add_option("--events", options.events,
                  "search runs of at most so many events and prove nothing: what is not violated then is undecided")
      ->check(CLI::Range(1, 1000))
      ->option_text("N");
  command.add_flag("--times", options.says_times,
                   "say on standard error what processor time went into: verdicts, traces and re-checks apart");
  add_specs_option(command, options.specs);
}

std::filesystem::path specs_directory(const std::string& chosen) {
  namespace fs = std::filesystem;
  if (!chosen.empty()) return chosen;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share/tenure/specs";
  return !error && fs::is_directory(installed, error) ? installed : fs::path(TENURE_SOURCE_SPECS);
}

std::vector<Property> properties_of(const CheckOptions& options) {
  std::vector<Property> properties;
  for (const Property property : all_properties) {
    const bool is_asked =
        std::find(options.properties.begin(), options.properties.end(), name_of(property)) != options.properties.end();
    if (is_asked || options.properties.empty()) properties.push_back(property);
  }
  return properties;
}

JobOptions job_options(const CheckOptions& options) {
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  JobOptions jobs{properties_of(options), options.engine, options.threads > 0 ? options.threads : cores,
                  options.seconds,        options.events, has_error_terminal()};
  if (options.says_times) jobs.spent = std::make_shared<std::vector<Spent>>();
  return jobs;
}

void say_times(const JobOptions& jobs) {
  if (jobs.spent) std::fputs(times_text(*jobs.spent).c_str(), stderr);
}

}  // namespace tenure
