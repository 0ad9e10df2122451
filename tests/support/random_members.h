#pragma once

#include <string>

#include "tests/support/random_source.h"

namespace tenure::testing {

/// A random driver with families of so many members as a size says, loops over all of them or a part, and an event for
/// one of them; on a tiny_kernel(). Most of what its members do has nothing to do with other members.
class RandomMembers {
 public:
  explicit RandomMembers(std::uint64_t seed) : random_(seed) {}

  /// The driver spec, the first time another one each time; `size` is what is said of the size besides its type.
  std::string driver();
  static std::string with_size(const std::string& driver, int high, int unrolled);

 private:
  std::string counted(const std::string& once, const std::string& twice, const std::string& member);
  std::string statement(const std::string& index, bool may_fail, int depth);
  std::string statements(const std::string& index, bool may_fail, int depth = 0);
  std::string loop(const std::string& index, const std::string& body);
  std::string whole_loop();
  std::string for_one();
  std::string body(bool fails);
  std::string careful_probe();

  RandomSource random_;
};

}  // namespace tenure::testing
