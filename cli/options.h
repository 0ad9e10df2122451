#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/exit_status.h"
#include "cli/jobs.h"
#include "cli/terminal.h"

namespace tenure {

enum class Format { text, json };

/// What verify, compare and trace have in common.
struct CheckOptions {
  std::vector<std::string> paths;
  std::vector<std::string> properties;  ///< names; none: all
  std::string next_driver;
  std::string specs;  ///< directory; "": where the program finds it
  Format format = Format::text;
  ColorChoice color = ColorChoice::automatic;
  EngineKind engine = EngineKind::cadical;
  int threads = 0;  ///< 0: as many as there are cores
  double seconds = 20;
  std::uint32_t events = 0;  ///< 0: no limit
  bool says_times = false;
  Judgement judgement;
};

/// Adds the options to a subcommand.
void add_check_options(CLI::App& command, CheckOptions& options);

/// Adds --format and --color.
void add_output_options(CLI::App& command, Format& format, ColorChoice& color);

/// Adds --specs.
void add_specs_option(CLI::App& command, std::string& specs);

/// Adds texts with examples below the options of a subcommand.
void add_examples(CLI::App& command, const std::string& text);

/// Where the kernel models and schemas are: `chosen`, or share/tenure/specs beside the program, or the source tree.
std::filesystem::path specs_directory(const std::string& chosen);

/// The properties to check, each once, in the order in which they are shown.
std::vector<Property> properties_of(const CheckOptions& options);

JobOptions job_options(const CheckOptions& options);

/// Says on standard error what the jobs took, where it was asked for.
void say_times(const JobOptions& jobs);

}  // namespace tenure
