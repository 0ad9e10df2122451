#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compare.h"
#include "model/grounds.h"
#include "model/lint.h"
#include "model/trace.h"
#include "model/verdict.h"

namespace tenure {

/// What is known of one property of a driver under one semantics.
struct Result {
  std::string spec;  ///< path of the driver spec
  std::string driver;
  std::string semantics;
  Property property = Property::leak;
  Verdict verdict;
  std::optional<Trace> trace;      ///< when violated
  std::optional<Grounds> grounds;  ///< when it holds and they were asked for
  std::string later_tree = {};     ///< Subject::later_tree
  std::string further = {};        ///< as in ComparedResult: what the trace alone is about
};

/// The same under two semantics.
struct ComparedResult {
  std::string spec;
  std::string driver;
  Property property = Property::leak;
  Verdict before, after;
  Difference difference = Difference::same;
  std::string further;             ///< what violates it after the change, where other things do before; "" otherwise
  std::optional<PairedRuns> runs;  ///< of what gets worse or is mended
};

/// A property of one driver before a change and after it.
ComparedResult compared(const Result& before, const Result& after);

/// What a verdict says besides its name: the length of a counterexample, a bound, a reason; "" for a plain proof.
std::string note_on(const Verdict& verdict);

/// How many verdicts there are of each kind, with names as name_of(Verdict) gives them, from the best to the worst.
std::vector<std::pair<std::string_view, std::size_t>> count_verdicts(const std::vector<Result>& results);

/// How many results fare better, worse...
std::vector<std::pair<std::string_view, std::size_t>> count_differences(const std::vector<ComparedResult>& results);

/// JSON text of the documents that specs/schema/results.schema.json describes, with a newline at its end. `next_driver`
/// is the path of a spec, or "".
std::string results_document(std::string_view version, const std::vector<Result>& results,
                             const std::string& next_driver);
std::string comparison_document(std::string_view version, const std::string& from, const std::string& to,
                                const std::vector<ComparedResult>& results, const std::string& next_driver);
/// `kernel` is what there is to say of the kernel model.
std::string lint_document(std::string_view version, const std::vector<LintResult>& results, const SourceReport& kernel);

}  // namespace tenure
