#include "cli/jobs.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <thread>

#include "model/trace.h"

namespace tenure {

namespace {

std::atomic<bool> interrupt_flag{false};
static_assert(std::atomic<bool>::is_always_lock_free);

/// Takes the signal in a thread of its own: a handler would give way to the one that a solver sets while it works.
void wait_for_interrupts(sigset_t interrupt) {
  int signal = 0;
  while (sigwait(&interrupt, &signal) == 0) {
    if (interrupt_flag.exchange(true)) std::_Exit(128 + signal);
  }
}

/// One line on standard error, rewritten with every subject that is done.
class Progress {
 public:
  Progress(bool is_shown, std::size_t all) : is_shown_(is_shown), all_(all) { show(); }
  ~Progress() {
    if (is_shown_) std::fputs("\r\033[K", stderr);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void one_done() {
    const std::lock_guard lock(mutex_);
    ++done_;
    show();
  }

 private:
  void show() const {
    if (is_shown_) std::fprintf(stderr, "\r%zu of %zu checked", done_, all_);
  }

  bool is_shown_;
  std::size_t all_;
  std::size_t done_ = 0;
  std::mutex mutex_;
};

/// The subjects are taken one by one by threads, each with an engine of its own.
class Jobs {
 public:
  Jobs(const std::vector<Subject>& subjects, const JobOptions& options, const std::vector<bool>& asked)
      : subjects_(subjects),
        options_(options),
        asked_(asked),
        progress_(options.progress, subjects.size()),
        results_(subjects.size()),
        errors_(subjects.size()) {}

  std::vector<Result> run();

 private:
  void work();
  std::vector<Result> check(Checker& checker, const Subject& subject) const;
  void find_grounds(Checker& checker, const Subject& subject, std::vector<Result>& results) const;
  std::vector<PropertyVerdict> verdicts(Checker& checker, const Subject& subject) const;
  std::vector<PropertyVerdict> all_undecided(const std::string& reason) const;
  void throw_if_any() const;

  const std::vector<Subject>& subjects_;
  const JobOptions& options_;
  const std::vector<bool>& asked_;  ///< by subject; empty: all are
  Progress progress_;
  std::atomic<std::size_t> next_{0};
  std::vector<std::vector<Result>> results_;
  std::vector<std::exception_ptr> errors_;
};

std::vector<Result> Jobs::run() {
  const std::size_t count = std::clamp<std::size_t>(static_cast<std::size_t>(options_.threads), 1, subjects_.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < count; ++i) threads.emplace_back([this] { work(); });
  work();
  for (std::thread& thread : threads) thread.join();
  throw_if_any();
  std::vector<Result> all;
  for (std::vector<Result>& some : results_) std::move(some.begin(), some.end(), std::back_inserter(all));
  return all;
}

void Jobs::work() {
  std::unique_ptr<Checker> checker;
  for (std::size_t i = next_++; i < subjects_.size(); i = next_++) {
    try {
      if (!checker) checker = make_checker(options_.engine);
      if (asked_.empty() || asked_[i]) results_[i] = check(*checker, subjects_[i]);
    } catch (...) {
      errors_[i] = std::current_exception();
    }
    progress_.one_done();
  }
}

std::vector<Result> Jobs::check(Checker& checker, const Subject& subject) const {
  std::vector<Result> results;
  for (PropertyVerdict& each : verdicts(checker, subject)) {
    Result result{subject.spec, subject.driver,    subject.semantics, each.property, std::move(each.verdict), {},
                  {},           subject.later_tree};
    if (const auto* violated = std::get_if<Violated>(&result.verdict))
      result.trace = tell(subject.exact, violated->path);
    results.push_back(std::move(result));
  }
  if (options_.finds_grounds) find_grounds(checker, subject, results);
  return results;
}

void Jobs::find_grounds(Checker& checker, const Subject& subject, std::vector<Result>& results) const {
  const auto is_proof = [](const Result& result) {
    const auto* holds = std::get_if<Holds>(&result.verdict);
    return holds != nullptr && !holds->nothing_to_check;
  };
  std::vector<Property> held;
  for (const Result& result : results) {
    if (is_proof(result)) held.push_back(result.property);
  }
  const Limits limits{.seconds = options_.seconds, .events = options_.events, .interrupted = &interrupted()};
  const std::vector<Grounds> grounds =
      grounds_of(subject.program, subject.exact, held, check_by(checker, limits), cores_by(checker, limits));
  auto next = grounds.begin();
  for (Result& result : results) {
    if (is_proof(result)) result.grounds = *next++;
  }
}

std::vector<PropertyVerdict> Jobs::verdicts(Checker& checker, const Subject& subject) const {
  if (interrupted()) return all_undecided("interrupted");
  try {
    const Limits limits{options_.seconds, options_.events, &interrupted(), options_.writes_proofs};
    return checker.check(subject.program, subject.exact, options_.properties, limits);
  } catch (const std::bad_alloc&) {
    return all_undecided("out of memory");
  }
}

std::vector<PropertyVerdict> Jobs::all_undecided(const std::string& reason) const {
  std::vector<PropertyVerdict> verdicts;
  for (const Property property : options_.properties) verdicts.push_back({property, Undecided{reason}});
  return verdicts;
}

/// The mistakes of all subjects together; what is no mistake of the input goes first.
void Jobs::throw_if_any() const {
  Diagnostics diagnostics;
  for (const std::exception_ptr& error : errors_) {
    if (!error) continue;
    try {
      std::rethrow_exception(error);
    } catch (const InputError& mistakes) {
      for (const Diagnostic& mistake : mistakes.diagnostics()) diagnostics.add(mistake.place, mistake.message);
    }
  }
  diagnostics.throw_if_any();
}

}  // namespace

const std::atomic<bool>& interrupted() {
  return interrupt_flag;
}

void catch_interrupt() {
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupt, nullptr);
  std::thread(wait_for_interrupts, interrupt).detach();
}

std::vector<Result> check_subjects(const std::vector<Subject>& subjects, const JobOptions& options,
                                   const std::vector<bool>& asked) {
  if (subjects.empty()) return {};
  return Jobs(subjects, options, asked).run();
}

}  // namespace tenure
