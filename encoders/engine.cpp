#include "encoders/engine.h"

#include <algorithm>
#include <utility>

#include "encoders/core.h"
#include "encoders/program_checker.h"

namespace tenure {

Engine::Engine(SearchBy by) : parts_(std::make_unique<EngineParts>()) {
  if (by == SearchBy::z3) parts_->by = SearchSolver(parts_->context);
}
Engine::~Engine() = default;

namespace {

bool is_undecided(const Verdict& verdict) {
  return std::holds_alternative<Undecided>(verdict);
}

bool is_bounded(const Verdict& verdict) {
  const auto* holds = std::get_if<Holds>(&verdict);
  return holds != nullptr && !holds->bounds.empty();
}

std::vector<Property> properties_of(const std::vector<PropertyVerdict>& verdicts, bool (*is_meant)(const Verdict&)) {
  std::vector<Property> properties;
  for (const PropertyVerdict& each : verdicts) {
    if (is_meant(each.verdict)) properties.push_back(each.property);
  }
  return properties;
}

/// Puts the verdicts that are wanted in the place of those of the same properties.
void replace(std::vector<PropertyVerdict>& verdicts, std::vector<PropertyVerdict> others,
             bool (*is_wanted)(const Verdict&)) {
  for (PropertyVerdict& other : others) {
    const auto same = std::find_if(verdicts.begin(), verdicts.end(),
                                   [&](const PropertyVerdict& each) { return each.property == other.property; });
    if (same != verdicts.end() && is_wanted(other.verdict)) same->verdict = std::move(other.verdict);
  }
}

/// Asks a ProgramChecker, and others where that leaves something open.
class SymbolicInquiry : public Inquiry {
 public:
  SymbolicInquiry(const Program& program, const Program& exact, EngineParts& parts, const Limits& limits)
      : program_(program), exact_(exact), parts_(parts), limits_(limits) {
    const Times::Span span(parts.times, Work::states);
    checker_ = std::make_unique<ProgramChecker>(program, exact, parts, limits_);
  }
  std::vector<PropertyVerdict> verdicts(const std::vector<Property>& properties) override;
  std::vector<Reachability> reached(const std::vector<std::uint32_t>& goals) override;
  Violated told(const std::vector<Path>& runs) override;

 private:
  ProgramChecker& with_fewer_picks();
  std::vector<PropertyVerdict> verdicts_with_picks(const std::vector<Property>& properties);

  const Program& program_;
  const Program& exact_;
  EngineParts& parts_;
  Limits limits_;
  std::unique_ptr<ProgramChecker> checker_;
  std::optional<Program> fewer_picks_;
  std::unique_ptr<ProgramChecker> of_fewer_picks_;
};

ProgramChecker& SymbolicInquiry::with_fewer_picks() {
  if (!of_fewer_picks_) {
    fewer_picks_ = with_lowest_picks(program_);
    of_fewer_picks_ = std::make_unique<ProgramChecker>(*fewer_picks_, exact_, parts_, limits_);
  }
  return *of_fewer_picks_;
}

std::vector<PropertyVerdict> SymbolicInquiry::verdicts_with_picks(const std::vector<Property>& properties) {
  std::vector<PropertyVerdict> verdicts = checker_->verdicts(properties);
  const std::vector<Property> undecided = properties_of(verdicts, is_undecided);
  if (undecided.empty() || !checker_->could_pick_less()) return verdicts;
  // What is unreachable by fewer picks need not be so.
  replace(verdicts, with_fewer_picks().verdicts(undecided), [](const Verdict& verdict) {
    return std::holds_alternative<Violated>(verdict) || std::holds_alternative<Holds>(verdict);
  });
  return verdicts;
}

std::vector<PropertyVerdict> SymbolicInquiry::verdicts(const std::vector<Property>& properties) {
  const Times::Span span(parts_.times, Work::states);
  std::vector<PropertyVerdict> verdicts = verdicts_with_picks(properties);
  if (program_.one_member.empty() || limits_.events > 0) return verdicts;
  const std::vector<Property> open =
      properties_of(verdicts, [](const Verdict& verdict) { return is_undecided(verdict) || is_bounded(verdict); });
  if (open.empty()) return verdicts;
  const Program& one_member = program_.one_member.front();
  // A run of it need not be one of the driver.
  replace(verdicts, SymbolicInquiry(one_member, one_member, parts_, limits_).verdicts_with_picks(open),
          [](const Verdict& verdict) { return std::holds_alternative<Holds>(verdict); });
  return verdicts;
}

std::vector<Reachability> SymbolicInquiry::reached(const std::vector<std::uint32_t>& goals) {
  const Times::Span span(parts_.times, Work::states);
  std::vector<Reachability> all = checker_->reached(goals);
  const auto is_open = [](const Reachability& each) { return !each.path && !each.never; };
  if (!checker_->could_pick_less() || std::none_of(all.begin(), all.end(), is_open)) return all;
  const std::vector<Reachability> others = with_fewer_picks().reached(goals);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (is_open(all[i]) && !is_open(others[i])) all[i] = others[i];
  }
  return all;
}

Violated SymbolicInquiry::told(const std::vector<Path>& runs) {
  const Times::Span span(parts_.times, Work::searches);
  return checker_->told(runs);
}

}  // namespace

Times Engine::take_times() {
  return std::exchange(parts_->times, {});
}

std::vector<Reachability> Engine::reach(const Program& program, const Program& exact, bool wants_shortest,
                                        const Limits& limits) {
  const Times::Span span(parts_->times, Work::states);
  return ProgramChecker(program, exact, *parts_, limits).reachable_goals(wants_shortest);
}

std::vector<std::optional<Core>> Engine::cores(const Program& program, const std::vector<Property>& held,
                                               const Limits& limits) {
  const Times::Span span(parts_->times, Work::proofs);
  return cores_of(program, held, parts_->by, limits);
}

std::unique_ptr<Inquiry> Engine::inquire(const Program& program, const Program& exact, const Limits& limits) {
  return std::make_unique<SymbolicInquiry>(program, exact, *parts_, limits);
}

std::vector<PropertyVerdict> Engine::check(const Program& program, const Program& exact,
                                           const std::vector<Property>& properties, const Limits& limits) {
  return SymbolicInquiry(program, exact, *parts_, limits).verdicts(properties);
}

}  // namespace tenure
