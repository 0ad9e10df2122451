#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "cli/exit_status.h"

namespace tenure {

/// What a subcommand does once the command line is read.
using Command = std::function<ExitStatus()>;

/// Each adds its subcommand to the program; `chosen` becomes the command that the user gave.
void add_verify(CLI::App& program, Command& chosen);
void add_trace(CLI::App& program, Command& chosen);
void add_compare(CLI::App& program, Command& chosen);
void add_diff(CLI::App& program, Command& chosen);
void add_series(CLI::App& program, Command& chosen);
void add_lint(CLI::App& program, Command& chosen);
void add_check_certificate(CLI::App& program, Command& chosen);
void add_replay(CLI::App& program, Command& chosen);
void add_depends(CLI::App& program, Command& chosen);
void add_schema(CLI::App& program, Command& chosen);

}  // namespace tenure
