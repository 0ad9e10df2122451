#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "cli/checker.h"
#include "model/inputs.h"
#include "model/results.h"

namespace tenure {

/// What a driver took to be checked, or to be compared with what it was before.
struct Spent {
  std::string driver;
  std::string stage;  ///< "checked"
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

/// Checks all properties of all subjects, or of those that are `asked` for, and tells what is violated. For each of
/// them in order one result per property, in order. After Ctrl-C what is not known is undecided. Throws InputError with
/// the mistakes of all subjects.
std::vector<Result> check_subjects(const std::vector<Subject>& subjects, const JobOptions& options,
                                   const std::vector<bool>& asked = {});

/// A driver after a change, and the results of comparing it.
struct Changed {
  const Subject* after = nullptr;  ///< as before, where no run changes
  std::vector<ComparedResult> results = {};
};

/// A driver before some changes and after each.
struct Comparison {
  const Subject* before = nullptr;
  std::vector<Changed> changes = {};
};

/// As FurtherSearch::find() for each change. Throws as check_subjects() does.
void find_further(std::vector<Comparison>& comparisons, const JobOptions& options);

}  // namespace tenure
