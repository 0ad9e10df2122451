#include <atomic>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "cli/job.h"
#include "model/further.h"

namespace tenure {

namespace {

/// Checks the subjects of each comparison, and keeps what was found out about them until the last of them is checked
/// and they are compared.
class Comparing {
 public:
  Comparing(const std::vector<Subject>& subjects, std::vector<Comparison>& comparisons, const JobOptions& options);
  std::vector<Result> results();

 private:
  /// A subject of a comparison.
  struct Part {
    const Subject& subject;
    std::size_t comparison;
    std::vector<Result> results = {};
    std::unique_ptr<Subject> divided = nullptr;
    std::unique_ptr<Checker> checker = nullptr;  ///< of its own, as threads take turns
    std::unique_ptr<Inquiry> inquiry = nullptr;
  };

  void check(Part& part);
  void compare(std::size_t comparison);

  std::vector<Comparison>& comparisons_;
  const JobOptions& options_;
  SpentTimes spent_;
  std::vector<Part> parts_;                          ///< of each comparison the one before and those after the changes
  std::vector<std::size_t> first_;                   ///< by comparison: index of its first part
  std::vector<std::atomic<std::size_t>> unchecked_;  ///< by comparison: how many parts
};

Comparing::Comparing(const std::vector<Subject>& subjects, std::vector<Comparison>& comparisons,
                     const JobOptions& options)
    : comparisons_(comparisons), options_(options), spent_(options), unchecked_(comparisons.size()) {
  for (std::size_t c = 0; c < comparisons.size(); ++c) {
    first_.push_back(parts_.size());
    parts_.push_back({subjects[comparisons[c].before], c});
    for (const Changed& change : comparisons[c].changes) parts_.push_back({subjects[change.subject], c});
    unchecked_[c] = parts_.size() - first_.back();
  }
}

std::vector<Result> Comparing::results() {
  share_out(parts_.size(), options_, [&](std::size_t /*thread*/, std::size_t i) {
    check(parts_[i]);
    if (--unchecked_[parts_[i].comparison] == 0) compare(parts_[i].comparison);
  });
  std::vector<Result> all;
  for (Part& part : parts_) std::move(part.results.begin(), part.results.end(), std::back_inserter(all));
  return all;
}

void Comparing::check(Part& part) {
  part.divided = std::make_unique<Subject>(divided(part.subject, options_.properties));
  part.checker = make_checker(options_.engine);
  const Job job(*part.checker, options_);
  part.inquiry = job.inquire(part.divided->program, part.divided->exact);
  part.results = job.results(part.subject, *part.inquiry);
  spent_.add(part.subject.driver, "checked", *part.checker);
}

void Comparing::compare(std::size_t comparison) {
  std::vector<Changed>& changes = comparisons_[comparison].changes;
  Part* const parts = &parts_[first_[comparison]];
  const Part& before = parts[0];
  FurtherSearch search({*before.divided, *before.inquiry});
  for (std::size_t c = 0; c < changes.size(); ++c) {
    const Part& after = parts[c + 1];
    for (std::size_t p = 0; p < after.results.size(); ++p)
      changes[c].results.push_back(compared(before.results[p], after.results[p]));
    search.find({*after.divided, *after.inquiry}, changes[c].results);
  }
  for (std::size_t i = 0; i <= changes.size(); ++i) {
    spent_.add(parts[i].subject.driver, "compared", *parts[i].checker);
    parts[i].inquiry.reset();
    parts[i].checker.reset();
    parts[i].divided.reset();
  }
}

}  // namespace

std::vector<Result> compare_subjects(const std::vector<Subject>& subjects, std::vector<Comparison>& comparisons,
                                     const JobOptions& options) {
  return Comparing(subjects, comparisons, options).results();
}

}  // namespace tenure
