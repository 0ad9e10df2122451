#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "cli/jobs.h"

namespace tenure {

/// By how many threads tasks are done.
std::size_t threads_for(std::size_t tasks, const JobOptions& options);

/// The tasks 0 to `count` - 1 are taken one by one by threads, which are numbered as well. Throws what they throw, the
/// mistakes of all of them together.
void share_out(std::size_t count, const JobOptions& options,
               const std::function<void(std::size_t thread, std::size_t task)>& task);

/// Notes what checkers took, for several threads.
class SpentTimes {
 public:
  explicit SpentTimes(const JobOptions& options) : options_(options) {}
  void add(const std::string& driver, const char* stage, Checker& checker);

 private:
  const JobOptions& options_;
  std::mutex mutex_;
};

/// Does not ask for verdicts after Ctrl-C, and answers also where there is no memory left.
class GuardedInquiry : public Inquiry {
 public:
  explicit GuardedInquiry(std::unique_ptr<Inquiry> inquiry) : inquiry_(std::move(inquiry)) {}
  std::vector<PropertyVerdict> verdicts(const std::vector<Property>& properties) override;
  std::vector<Reachability> reached(const std::vector<std::uint32_t>& goals) override;
  Violated told(const std::vector<Path>& runs) override;

 private:
  std::unique_ptr<Inquiry> inquiry_;
};

/// Checks by one checker.
class Job {
 public:
  Job(Checker& checker, const JobOptions& options);

  /// The programs and the checker must outlive it.
  std::unique_ptr<Inquiry> inquire(const Program& program, const Program& exact) const;
  std::vector<Result> results(const Subject& subject) const;
  /// The results of an inquiry about the subject, or about one that does the same.
  std::vector<Result> results(const Subject& subject, Inquiry& inquiry) const;

 private:
  void find_grounds(const Subject& subject, bool in_one_member, std::vector<Result>& results) const;

  Checker& checker_;
  const JobOptions& options_;
  Limits limits_;
};

}  // namespace tenure
