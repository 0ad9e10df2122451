#include "cli/checker.h"

#include <algorithm>
#include <utility>

#include "model/explicit_check.h"

namespace tenure {

namespace {

class SymbolicChecker : public Checker {
 public:
  explicit SymbolicChecker(SearchBy by) : engine_(by) {}
  std::unique_ptr<Inquiry> inquire(const Program& program, const Program& exact, const Limits& limits) override {
    return engine_.inquire(program, exact, limits);
  }
  std::vector<std::optional<Core>> cores(const Program& program, const std::vector<Property>& held,
                                         const Limits& limits) override {
    return engine_.cores(program, held, limits);
  }
  Times take_times() override { return engine_.take_times(); }

 private:
  Engine engine_;
};

/// Visits all states for each question anew.
class ExplicitInquiry : public Inquiry {
 public:
  ExplicitInquiry(const Program& program, const Program& exact, const Limits& limits, Times& times)
      : program_(program), exact_(exact), limits_(limits), times_(times) {}
  std::vector<PropertyVerdict> verdicts(const std::vector<Property>& properties) override {
    const Times::Span span(times_, Work::states);
    return check_explicitly(program_, exact_, properties, explicit_limits(properties.size()));
  }
  std::vector<Reachability> reached(const std::vector<std::uint32_t>& goals) override {
    const Times::Span span(times_, Work::states);
    const auto all = violations_explicitly(program_, exact_, explicit_limits(goals.size()));
    std::vector<Reachability> reached;
    for (const std::uint32_t goal : goals) reached.push_back(all[goal]);
    return reached;
  }
  /// Runs of explicit search are shortest ones.
  Violated told(const std::vector<Path>& runs) override {
    return {*std::min_element(runs.begin(), runs.end(), is_shorter)};
  }

 private:
  ExplicitLimits explicit_limits(std::size_t questions) const {
    ExplicitLimits explicit_limits;
    explicit_limits.events = limits_.events;
    explicit_limits.interrupted = limits_.interrupted;
    explicit_limits.seconds = limits_.seconds * static_cast<double>(questions);
    return explicit_limits;
  }

  const Program& program_;
  const Program& exact_;
  Limits limits_;
  Times& times_;
};

class ExplicitChecker : public Checker {
 public:
  std::unique_ptr<Inquiry> inquire(const Program& program, const Program& exact, const Limits& limits) override {
    return std::make_unique<ExplicitInquiry>(program, exact, limits, times_);
  }
  /// There is no invariant that could rest on anything.
  std::vector<std::optional<Core>> cores(const Program& /*program*/, const std::vector<Property>& held,
                                         const Limits& /*limits*/) override {
    return std::vector<std::optional<Core>>(held.size());
  }
  Times take_times() override { return std::exchange(times_, {}); }

 private:
  Times times_;
};

}  // namespace

Check check_by(Checker& checker, const Limits& limits) {
  return [&checker, limits](const Program& program, const Program& exact, const std::vector<Property>& properties) {
    return checker.inquire(program, exact, limits)->verdicts(properties);
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
