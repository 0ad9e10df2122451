#pragma once

#include <string>
#include <vector>

#include "cli/jobs.h"
#include "cli/terminal.h"
#include "model/results.h"

namespace tenure {

/// One line for each driver and property, and a summary.
std::string verdicts_text(const std::vector<Result>& results, const Style& style);

/// What the proofs of each driver rest on; "" where it was not asked for.
std::string grounds_text(const std::vector<Result>& results, const Style& style);

/// A counterexample with a heading, as it stands in a mail.
std::string trace_text(const Result& result, const Style& style);

/// A table of what differs; a driver takes one line for all properties with the same verdicts on both sides, unless
/// `shows_all`.
std::string comparison_text(const std::string& from, const std::string& to, const std::vector<ComparedResult>& results,
                            bool shows_all, const Style& style);

/// What differs, told: the run up to where the two sides part, then both in columns.
std::string runs_text(const std::string& from, const std::string& to, const ComparedResult& result, const Style& style);

/// A line for each driver, and below it what is not reached and what differs from the source.
std::string lint_text(const std::vector<LintResult>& results, const Style& style);

/// Lines that say where a spec differs from its source, or that it was not compared; each begins with `start`.
std::string source_text(const SourceReport& report, const std::string& start, const Style& style);

/// How the steps of a trace are laid out.
struct StepLayout {
  bool has_places = true;   ///< each line has its place in the source
  std::size_t width = 100;  ///< where lines about changes and remarks are wrapped
};

/// The lines of some steps of a trace, from `begin` to before `end`.
std::vector<std::string> step_lines(const std::vector<TraceStep>& steps, std::size_t begin, std::size_t end,
                                    const StepLayout& layout, const Style& style);

/// A table of what processor time went into, and the drivers that took most of it.
std::string times_text(const std::vector<Spent>& spent);

/// The name of a verdict in its colour, padded to `width` characters.
std::string verdict_text(const Verdict& verdict, std::size_t width, const Style& style);

/// Names of drivers for tables: the spec's path where two specs name the same driver.
std::vector<std::string> labels_of(const std::vector<std::pair<std::string, std::string>>& drivers_and_specs);

}  // namespace tenure
