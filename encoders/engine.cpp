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

}  // namespace

Times Engine::take_times() {
  return std::exchange(parts_->times, {});
}

std::vector<Reachability> Engine::reach(const Program& program, const Program& exact, bool wants_shortest,
                                        const Limits& limits) {
  return ProgramChecker(program, exact, *parts_, limits).reachable_goals(wants_shortest);
}

std::vector<Reachability> Engine::violations(const Program& program, const Program& exact, const Limits& limits) {
  ProgramChecker checker(program, exact, *parts_, limits);
  std::vector<Reachability> all = checker.violations();
  const auto is_open = [](const Reachability& each) { return !each.path && !each.never; };
  if (!checker.could_pick_less() || std::none_of(all.begin(), all.end(), is_open)) return all;
  const Program with_fewer_picks = with_lowest_picks(program);
  const std::vector<Reachability> others = ProgramChecker(with_fewer_picks, exact, *parts_, limits).violations();
  for (std::size_t goal = 0; goal < all.size(); ++goal) {
    if (is_open(all[goal]) && !is_open(others[goal])) all[goal] = others[goal];
  }
  return all;
}

std::vector<std::optional<Core>> Engine::cores(const Program& program, const std::vector<Property>& held,
                                               const Limits& limits) {
  const Times::Span span(parts_->times, Work::proofs);
  return cores_of(program, held, parts_->by, limits);
}

std::vector<PropertyVerdict> Engine::check_one(const Program& program, const Program& exact,
                                               const std::vector<Property>& properties, const Limits& limits) {
  ProgramChecker checker(program, exact, *parts_, limits);
  std::vector<PropertyVerdict> verdicts = checker.verdicts(properties);
  const std::vector<Property> undecided = properties_of(verdicts, is_undecided);
  if (undecided.empty() || !checker.could_pick_less()) return verdicts;
  const Program with_fewer_picks = with_lowest_picks(program);
  // What is unreachable by fewer picks need not be so.
  replace(verdicts, ProgramChecker(with_fewer_picks, exact, *parts_, limits).verdicts(undecided),
          [](const Verdict& verdict) {
            return std::holds_alternative<Violated>(verdict) || std::holds_alternative<Holds>(verdict);
          });
  return verdicts;
}

std::vector<PropertyVerdict> Engine::check(const Program& program, const Program& exact,
                                           const std::vector<Property>& properties, const Limits& limits) {
  std::vector<PropertyVerdict> verdicts = check_one(program, exact, properties, limits);
  if (program.one_member.empty() || limits.events > 0) return verdicts;
  const std::vector<Property> open =
      properties_of(verdicts, [](const Verdict& verdict) { return is_undecided(verdict) || is_bounded(verdict); });
  if (open.empty()) return verdicts;
  const Program& one_member = program.one_member.front();
  // A run of it need not be one of the driver.
  replace(verdicts, check_one(one_member, one_member, open, limits),
          [](const Verdict& verdict) { return std::holds_alternative<Holds>(verdict); });
  return verdicts;
}

}  // namespace tenure
