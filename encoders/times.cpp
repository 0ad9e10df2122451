#include "encoders/times.h"

#include <ctime>
#include <numeric>

namespace tenure {

namespace {

double seconds_of_thread() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

double Times::sum() const {
  return std::accumulate(seconds_.begin(), seconds_.end(), 0.0);
}

Times& Times::operator+=(const Times& other) {
  for (std::size_t work = 0; work < works; ++work) seconds_[work] += other.seconds_[work];
  return *this;
}

Times::Span::Span(Times& times, Work work) : times_(times), work_(work), around_(times.innermost_) {
  if (around_ != nullptr) around_->charge();
  times_.innermost_ = this;
  since_ = seconds_of_thread();
}

Times::Span::~Span() {
  charge();
  times_.innermost_ = around_;
  if (around_ != nullptr) around_->since_ = since_;
}

/// Counts the time since it was last counted.
void Times::Span::charge() {
  const double now = seconds_of_thread();
  times_.seconds_[static_cast<std::size_t>(work_)] += now - since_;
  since_ = now;
}

}  // namespace tenure
