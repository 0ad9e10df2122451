#pragma once

#include <cstddef>
#include <string>

#include "model/series.h"

namespace tenure {

/// A driver that is bound after others at the commits of a series, as it is at the commit.
class NextDriver {
 public:
  /// `spec` is the path of its spec; the series, which must outlive it, may change it. Throws InputError.
  NextDriver(const Series& series, std::string spec);

  /// It alone, or after another driver; then only what happens to it counts. Throws InputError.
  Subject subject(const SeriesDriver* before, std::size_t commit) const;

 private:
  const Series& series_;
  std::string spec_;
  const SeriesDriver* changed_ = nullptr;  ///< the series knows it
  Json document_;
};

}  // namespace tenure
