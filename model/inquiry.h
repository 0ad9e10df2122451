#pragma once

#include <cstdint>
#include <vector>

#include "model/property.h"
#include "model/verdict.h"

namespace tenure {

/// The questions about one program, of which the later ones may be answered from what the first found out.
class Inquiry {
 public:
  Inquiry() = default;
  virtual ~Inquiry() = default;
  Inquiry(const Inquiry&) = delete;
  Inquiry& operator=(const Inquiry&) = delete;

  /// One verdict for each property, in that order. This is asked first, if at all.
  virtual std::vector<PropertyVerdict> verdicts(const std::vector<Property>& properties) = 0;
  /// For each of these goals of the program, which are culprits, whether it is reached. Any paths will do.
  virtual std::vector<Reachability> reached(const std::vector<std::uint32_t>& goals) = 0;
  /// A run to the goal of one of these, which reached() gave: a shortest one to any of them, or, where none is found in
  /// time, some run.
  virtual Violated told(const std::vector<Path>& runs) = 0;
};

}  // namespace tenure
