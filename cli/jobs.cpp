#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <thread>

#include "cli/job.h"
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

/// One line on standard error, rewritten with every task that is done.
class Progress {
 public:
  Progress(bool is_shown, std::size_t all, const char* done) : is_shown_(is_shown), all_(all), done_how_(done) {
    show();
  }
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
    if (is_shown_) std::fprintf(stderr, "\r%zu of %zu %s", done_, all_, done_how_);
  }

  bool is_shown_;
  std::size_t all_;
  const char* done_how_;
  std::size_t done_ = 0;
  std::mutex mutex_;
};

/// The mistakes of all tasks together; what is no mistake of the input goes first.
void throw_if_any(const std::vector<std::exception_ptr>& errors) {
  Diagnostics diagnostics;
  for (const std::exception_ptr& error : errors) {
    if (!error) continue;
    try {
      std::rethrow_exception(error);
    } catch (const InputError& mistakes) {
      for (const Diagnostic& mistake : mistakes.diagnostics()) diagnostics.add(mistake.place, mistake.message);
    }
  }
  diagnostics.throw_if_any();
}

std::vector<PropertyVerdict> all_undecided(const std::vector<Property>& properties, const std::string& reason) {
  std::vector<PropertyVerdict> verdicts;
  for (const Property property : properties) verdicts.push_back({property, Undecided{reason}});
  return verdicts;
}

}  // namespace

std::size_t threads_for(std::size_t tasks, const JobOptions& options) {
  return std::clamp<std::size_t>(static_cast<std::size_t>(options.threads), 1, std::max<std::size_t>(tasks, 1));
}

void share_out(std::size_t count, const JobOptions& options,
               const std::function<void(std::size_t thread, std::size_t task)>& task) {
  Progress progress(options.progress, count, "checked");
  std::atomic<std::size_t> next{0};
  std::vector<std::exception_ptr> errors(count);
  const auto work = [&](std::size_t thread) {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        task(thread, i);
      } catch (...) {
        errors[i] = std::current_exception();
      }
      progress.one_done();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < threads_for(count, options); ++i) threads.emplace_back(work, i);
  work(0);
  for (std::thread& thread : threads) thread.join();
  throw_if_any(errors);
}

void SpentTimes::add(const std::string& driver, const char* stage, Checker& checker) {
  if (!options_.spent) return;
  const std::lock_guard lock(mutex_);
  options_.spent->push_back({driver, stage, checker.take_times()});
}

std::vector<PropertyVerdict> GuardedInquiry::verdicts(const std::vector<Property>& properties) {
  if (interrupted()) return all_undecided(properties, "interrupted");
  try {
    return inquiry_->verdicts(properties);
  } catch (const std::bad_alloc&) {
    return all_undecided(properties, "out of memory");
  }
}

std::vector<Reachability> GuardedInquiry::reached(const std::vector<std::uint32_t>& goals) {
  try {
    return inquiry_->reached(goals);
  } catch (const std::bad_alloc&) {
    return {goals.size(), Reachability{std::nullopt, false, "out of memory"}};
  }
}

Violated GuardedInquiry::told(const std::vector<Path>& runs) {
  try {
    return inquiry_->told(runs);
  } catch (const std::bad_alloc&) {
    return {runs.front(), false};
  }
}

Job::Job(Checker& checker, const JobOptions& options)
    : checker_(checker),
      options_(options),
      limits_{options.seconds, options.events, &interrupted(), options.writes_proofs, options.finds_grounds} {}

std::unique_ptr<Inquiry> Job::inquire(const Program& program, const Program& exact) const {
  return std::make_unique<GuardedInquiry>(checker_.inquire(program, exact, limits_));
}

std::vector<Result> Job::results(const Subject& subject, Inquiry& inquiry) const {
  std::vector<Result> results;
  for (PropertyVerdict& each : inquiry.verdicts(options_.properties)) {
    Result result{subject.spec, subject.driver,    subject.semantics, each.property, std::move(each.verdict), {},
                  {},           subject.later_tree};
    if (const auto* violated = std::get_if<Violated>(&result.verdict))
      result.trace = tell(subject.exact, violated->path);
    results.push_back(std::move(result));
  }
  return results;
}

std::vector<Result> Job::results(const Subject& subject) const {
  std::vector<Result> results = this->results(subject, *inquire(subject.program, subject.exact));
  if (options_.finds_grounds) {
    for (const bool in_one_member : {false, true}) find_grounds(subject, in_one_member, results);
  }
  return results;
}

/// Of the results that were shown of the driver as it is, or of Program::one_member.
void Job::find_grounds(const Subject& subject, bool in_one_member, std::vector<Result>& results) const {
  std::vector<Result*> proofs;
  std::vector<Property> held;
  for (Result& result : results) {
    if (!has_grounds(result.verdict, in_one_member)) continue;
    proofs.push_back(&result);
    held.push_back(result.property);
  }
  if (proofs.empty()) return;
  const Program& program = in_one_member ? subject.program.one_member.front() : subject.program;
  Limits limits = limits_;
  limits.writes_proofs = false;
  limits.wants_clauses = false;
  std::vector<Grounds> grounds = grounds_of(program, in_one_member ? program : subject.exact, held,
                                            check_by(checker_, limits), cores_by(checker_, limits));
  for (std::size_t i = 0; i < proofs.size(); ++i) proofs[i]->grounds = std::move(grounds[i]);
}

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

std::vector<Result> check_subjects(const std::vector<Subject>& subjects, const JobOptions& options) {
  std::vector<std::vector<Result>> results(subjects.size());
  std::vector<std::unique_ptr<Checker>> checkers(threads_for(subjects.size(), options));
  SpentTimes spent(options);
  share_out(subjects.size(), options, [&](std::size_t thread, std::size_t i) {
    std::unique_ptr<Checker>& checker = checkers[thread];
    if (!checker) checker = make_checker(options.engine);
    results[i] = Job(*checker, options).results(subjects[i]);
    spent.add(subjects[i].driver, "checked", *checker);
  });
  std::vector<Result> all;
  for (std::vector<Result>& some : results) std::move(some.begin(), some.end(), std::back_inserter(all));
  return all;
}

}  // namespace tenure
