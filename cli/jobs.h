#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "cli/checker.h"
#include "model/inputs.h"
#include "model/results.h"

namespace tenure {

/// What drivers took to be checked, and to be compared with what they were before.
struct Spent {
  std::string driver;
  std::string stage;  ///< "checked" or "compared"
  Times times;
};

struct JobOptions {
  std::vector<Property> properties;
  EngineKind engine = EngineKind::cadical;
  int threads = 1;
  double seconds = 0;        ///< Limits::seconds
  std::uint32_t events = 0;  ///< Limits::events
  bool progress = false;     ///< say on standard error how far it is
  bool writes_proofs = false;
  bool finds_grounds = false;
  std::shared_ptr<std::vector<Spent>> spent = nullptr;  ///< where it is put; null: not asked for
};

/// Becomes true on Ctrl-C, once catch_interrupt() was called; a second Ctrl-C ends the program at once.
const std::atomic<bool>& interrupted();
void catch_interrupt();

/// Checks all properties of all subjects, and tells what is violated. For each of them in order one result per
/// property, in order. After Ctrl-C what is not known is undecided. Throws InputError with the mistakes of all
/// subjects.
std::vector<Result> check_subjects(const std::vector<Subject>& subjects, const JobOptions& options);

/// A driver after a change, and the results of comparing it.
struct Changed {
  std::size_t subject = 0;
  std::vector<ComparedResult> results = {};
};

/// A driver before some changes and after each, by indices of subjects.
struct Comparison {
  std::size_t before = 0;
  std::vector<Changed> changes = {};
};

/// Checks the subjects that are in comparisons, each in at most one, as check_subjects() does, in the order of the
/// comparisons, and compares those after each change with the one before, as FurtherSearch::find() does besides.
std::vector<Result> compare_subjects(const std::vector<Subject>& subjects, std::vector<Comparison>& comparisons,
                                     const JobOptions& options);

}  // namespace tenure
