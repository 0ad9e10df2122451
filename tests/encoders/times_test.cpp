#include "encoders/times.h"

#include <ctime>
#include <doctest/doctest.h>
#include <thread>

using namespace tenure;

namespace {

double processor_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Works for so many seconds of processor time.
void work_for(double seconds) {
  const double end = processor_time() + seconds;
  while (processor_time() < end) {
  }
}

}  // namespace

TEST_CASE("the time of a work within another is that work's alone") {
  Times times;
  const double begun = processor_time();
  {
    const Times::Span states(times, Work::states);
    work_for(0.01);
    {
      const Times::Span proofs(times, Work::proofs);
      work_for(0.02);
      const Times::Span checks(times, Work::checks);
      work_for(0.005);
    }
    work_for(0.01);
  }
  const double all = processor_time() - begun;
  CHECK(times[Work::states] >= 0.02);
  CHECK(times[Work::proofs] >= 0.02);
  CHECK(times[Work::checks] >= 0.005);
  CHECK(times[Work::searches] == 0);
  CHECK(times[Work::random_runs] == 0);
  CHECK(times.sum() >= 0.045);
  CHECK(times.sum() <= all);
}

TEST_CASE("time without work to do is not counted") {
  Times times;
  const double begun = processor_time();
  {
    const Times::Span span(times, Work::states);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(times.sum() <= processor_time() - begun);
}

TEST_CASE("times are added work by work") {
  Times some, more;
  {
    const Times::Span span(some, Work::proofs);
    work_for(0.001);
  }
  {
    const Times::Span span(more, Work::searches);
    work_for(0.001);
  }
  const double searches = more[Work::searches];
  some += more;
  CHECK(some[Work::proofs] >= 0.001);
  CHECK(some[Work::searches] == searches);
}
