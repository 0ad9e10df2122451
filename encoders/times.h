#pragma once

#include <array>
#include <cstddef>

namespace tenure {

/// What an engine does.
enum class Work {
  states,       ///< explores them
  proofs,       ///< looks for invariants, and for what they rest on
  random_runs,  ///< looks for violations by them
  searches,     ///< for runs by the solver, the shortest ones
  checks,       ///< of proofs, by a fresh solver, and of runs, by the interpreter
};
constexpr std::size_t works = 5;

/// How much processor time went into what.
class Times {
 public:
  /// Seconds of processor time.
  double operator[](Work work) const { return seconds_[static_cast<std::size_t>(work)]; }
  double sum() const;
  Times& operator+=(const Times& other);

  /// As long as it lives, the time of its thread is that of this work, and not of the one around it.
  class Span {
   public:
    Span(Times& times, Work work);
    ~Span();
    Span(const Span&) = delete;
    Span& operator=(const Span&) = delete;

   private:
    void charge();

    Times& times_;
    Work work_;
    Span* around_;
    double since_ = 0;
  };

 private:
  std::array<double, works> seconds_{};
  Span* innermost_ = nullptr;
};

}  // namespace tenure
