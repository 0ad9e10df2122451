#pragma once

#include <vector>

#include "model/results.h"

namespace tenure {

/// What the program says by its exit status. Of several, `wrong_input` beats `violated` beats `undecided`.
enum ExitStatus : int {
  holds = 0,             ///< everything holds; compare: nothing got worse
  violated = 1,          ///< something is violated; compare: got worse
  wrong_input = 2,       ///< the input or the call is wrong; no verdict was given
  undecided = 3,         ///< something is undecided, bounded or unreachable
  internal_error = 70,   ///< a mistake of tenure itself
  output_error = 74,     ///< standard output could not be written
  was_interrupted = 130  ///< by Ctrl-C; what was known is printed
};

/// How strictly results are judged.
struct Judgement {
  bool strict = false;           ///< remarks count as violations
  bool accepts_bounded = false;  ///< holds-bounded counts as holds
};

ExitStatus exit_status(const std::vector<Result>& results, Judgement judgement);
ExitStatus exit_status(const std::vector<ComparedResult>& results, Judgement judgement);
/// Of lint: `violated` for a mistake or something that is not reached and not explained; `undecided` also for a spec
/// that was not compared.
ExitStatus exit_status(const std::vector<LintResult>& results);

}  // namespace tenure
