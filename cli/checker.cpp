#include "cli/checker.h"

#include <utility>

#include "model/explicit_check.h"

namespace tenure {

namespace {

class SymbolicChecker : public Checker {
 public:
  explicit SymbolicChecker(SearchBy by) : engine_(by) {}
  std::vector<PropertyVerdict> check(const Program& program, const Program& exact,
                                     const std::vector<Property>& properties, const Limits& limits) override {
    return engine_.check(program, exact, properties, limits);
  }
  std::vector<Reachability> violations(const Program& program, const Program& exact, const Limits& limits) override {
    return engine_.violations(program, exact, limits);
  }
  std::vector<std::optional<Core>> cores(const Program& program, const std::vector<Property>& held,
                                         const Limits& limits) override {
    return engine_.cores(program, held, limits);
  }
  Times take_times() override { return engine_.take_times(); }

 private:
  Engine engine_;
};

class ExplicitChecker : public Checker {
 public:
  std::vector<PropertyVerdict> check(const Program& program, const Program& exact,
                                     const std::vector<Property>& properties, const Limits& limits) override {
    const Times::Span span(times_, Work::states);
    return check_explicitly(program, exact, properties, explicit_limits(limits, properties.size()));
  }
  std::vector<Reachability> violations(const Program& program, const Program& exact, const Limits& limits) override {
    const Times::Span span(times_, Work::states);
    return violations_explicitly(program, exact, explicit_limits(limits, program.goals.size()));
  }
  /// There is no invariant that could rest on anything.
  std::vector<std::optional<Core>> cores(const Program& /*program*/, const std::vector<Property>& held,
                                         const Limits& /*limits*/) override {
    return std::vector<std::optional<Core>>(held.size());
  }
  Times take_times() override { return std::exchange(times_, {}); }

 private:
  static ExplicitLimits explicit_limits(const Limits& limits, std::size_t questions) {
    ExplicitLimits explicit_limits;
    explicit_limits.events = limits.events;
    explicit_limits.interrupted = limits.interrupted;
    explicit_limits.seconds = limits.seconds * static_cast<double>(questions);
    return explicit_limits;
  }

  Times times_;
};

}  // namespace

Check check_by(Checker& checker, const Limits& limits) {
  return [&checker, limits](const Program& program, const Program& exact, const std::vector<Property>& properties) {
    return checker.check(program, exact, properties, limits);
  };
}

FindCores cores_by(Checker& checker, const Limits& limits) {
  return [&checker, limits](const Program& program, const std::vector<Property>& held) {
    return checker.cores(program, held, limits);
  };
}

std::unique_ptr<Checker> make_checker(EngineKind kind) {
  if (kind == EngineKind::explicit_search) return std::make_unique<ExplicitChecker>();
  return std::make_unique<SymbolicChecker>(kind == EngineKind::z3 ? SearchBy::z3 : SearchBy::cadical);
}

}  // namespace tenure
