#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "encoders/engine.h"

namespace tenure {

enum class EngineKind { cadical, z3, explicit_search };

/// An engine behind one face; it belongs to one thread at a time.
class Checker {
 public:
  virtual ~Checker() = default;
  /// As Engine::inquire().
  virtual std::unique_ptr<Inquiry> inquire(const Program& program, const Program& exact, const Limits& limits) = 0;
  /// As Engine::cores().
  virtual std::vector<std::optional<Core>> cores(const Program& program, const std::vector<Property>& held,
                                                 const Limits& limits) = 0;
  /// As Engine::take_times().
  virtual Times take_times() = 0;
};

/// A checker as grounds_of() and dependence_on() ask it. It must outlive what is given.
Check check_by(Checker& checker, const Limits& limits);
FindCores cores_by(Checker& checker, const Limits& limits);

std::unique_ptr<Checker> make_checker(EngineKind kind);

}  // namespace tenure
