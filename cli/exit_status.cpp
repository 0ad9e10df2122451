#include "cli/exit_status.h"

namespace tenure {

namespace {

bool counts(Property property, Judgement judgement) {
  return judgement.strict || !is_remark(property);
}

/// A violation that is a remark leaves no doubt about anything.
bool is_in_doubt(const Verdict& verdict, Judgement judgement) {
  if (const auto* holds = std::get_if<Holds>(&verdict)) return !holds->bounds.empty() && !judgement.accepts_bounded;
  return !std::holds_alternative<Violated>(verdict);
}

}  // namespace

ExitStatus exit_status(const std::vector<Result>& results, Judgement judgement) {
  ExitStatus status = ExitStatus::holds;
  for (const Result& result : results) {
    const bool is_violated = std::holds_alternative<Violated>(result.verdict);
    if (is_violated && counts(result.property, judgement)) return ExitStatus::violated;
    if (is_in_doubt(result.verdict, judgement)) status = ExitStatus::undecided;
  }
  return status;
}

ExitStatus exit_status(const std::vector<ComparedResult>& results, Judgement judgement) {
  ExitStatus status = ExitStatus::holds;
  for (const ComparedResult& result : results) {
    if (result.difference == Difference::worse && counts(result.property, judgement)) return ExitStatus::violated;
    const bool is_unclear = result.difference == Difference::unclear && counts(result.property, judgement);
    if (is_unclear || is_in_doubt(result.before, judgement) || is_in_doubt(result.after, judgement))
      status = ExitStatus::undecided;
  }
  return status;
}

ExitStatus exit_status(const std::vector<LintResult>& results) {
  ExitStatus status = ExitStatus::holds;
  for (const LintResult& result : results) {
    if (!result.source.mistakes.empty()) return ExitStatus::violated;
    if (!result.source.not_compared.empty()) status = ExitStatus::undecided;
    for (const PointResult& point : result.points) {
      if (point.state == PointResult::State::unreachable) return ExitStatus::violated;
      if (point.state == PointResult::State::undecided) status = ExitStatus::undecided;
    }
  }
  return status;
}

}  // namespace tenure
