#include "model/explicit_check.h"

#include <string>

#include "model/diagnostic.h"
#include "model/trace.h"
#include "model/walk.h"

namespace tenure {

namespace {

constexpr const char* not_with_exact_counters = "a counterexample with abstract counters is none with exact ones";

class ExplicitCheck {
 public:
  ExplicitCheck(const Program& program, const Program& exact, const ExplicitAnswer& answer)
      : program_(program), exact_(exact), answer_(answer) {
    for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
      if (!program.goals[goal].property && !answer.paths[goal]) unreachable_.push_back(program.goals[goal].says);
    }
  }

  Verdict verdict(Property property) const;
  void refuse_indices() const;

 private:
  const Program& program_;
  const Program& exact_;
  const ExplicitAnswer& answer_;
  std::vector<std::string> unreachable_;
};

void ExplicitCheck::refuse_indices() const {
  const std::uint32_t goal = goal_of(program_, Property::index_range);
  if (goal == none || !answer_.paths[goal] || !replays(exact_, *answer_.paths[goal])) return;
  refuse(exact_.sites[last_edge(exact_, *answer_.paths[goal]).site].place, "an index can be out of range here");
}

Verdict ExplicitCheck::verdict(Property property) const {
  const std::uint32_t goal = goal_of(program_, property);
  if (goal != none && answer_.paths[goal]) {
    const Path& path = *answer_.paths[goal];
    if (replays(exact_, path)) return Violated{path};
    return Undecided{not_with_exact_counters};
  }
  if (!answer_.complete) return Undecided{answer_.stopped};
  if (!unreachable_.empty()) return Unreachable{unreachable_};
  Bounds bounds = answer_.bounds;
  add_sizes(program_, bounds);
  return Holds{{}, std::move(bounds), goal == none && property != Property::devres_growth};
}

}  // namespace

std::vector<PropertyVerdict> check_explicitly(const Program& program, const Program& exact,
                                              const std::vector<Property>& properties, const ExplicitLimits& limits) {
  const ExplicitAnswer answer = explicit_search(program, limits);
  const ExplicitCheck check(program, exact, answer);
  check.refuse_indices();
  std::vector<PropertyVerdict> verdicts;
  for (const Property property : properties) verdicts.push_back({property, check.verdict(property)});
  return verdicts;
}

std::vector<Reachability> violations_explicitly(const Program& program, const Program& exact,
                                                const ExplicitLimits& limits) {
  const ExplicitAnswer answer = explicit_search(program, limits);
  std::vector<Reachability> all;
  for (const std::optional<Path>& path : answer.paths) {
    Reachability& each = all.emplace_back();
    if (path && !replays(exact, *path))
      each.reason = not_with_exact_counters;
    else if (path)
      each.path = path;
    else if (answer.complete)
      each.never = true;
    else
      each.reason = answer.stopped;
  }
  return all;
}

}  // namespace tenure
