#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace tenure::testing {

/// Random numbers that are the same everywhere for a seed.
class RandomSource {
 public:
  explicit RandomSource(std::uint64_t seed) : engine_(seed) {}
  /// 0 ... bound - 1
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
  /// True so many times of a hundred.
  bool percent(std::size_t times) { return below(100) < times; }
  template <typename T>
  const T& one_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }
  std::string number(std::size_t bound) { return std::to_string(below(bound)); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace tenure::testing
