#include "model/further.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/compare.h"
#include "model/walk.h"

namespace tenure {

namespace {

/// What a violation is about, in words that mean the same in another version of the driver.
std::string culprit_of(const Program& program, const Edge& edge) {
  if (edge.list != none) return program.lists[edge.list].name;
  if (edge.instance.first != program.halted) {  // an edge without instance names variable 0
    const auto instance = std::find_if(program.instances.begin(), program.instances.end(),
                                       [&](const Instance& each) { return each.held == edge.instance.first; });
    if (instance != program.instances.end()) return instance->resource;
    const std::string& name = program.variables[edge.instance.first].name;
    return name.substr(0, name.find('['));
  }
  const Site& site = program.sites[edge.site];
  return program.functions[site.function].name + "(): " + site.text;
}

/// Calls `visit` with each edge at which a property is violated, and the property.
template <typename P, typename Visit>
void for_each_violation(P& program, const Visit& visit) {
  for (auto& procedure : program.procedures) {
    for (auto& edge : procedure.edges) {
      const auto* reach = std::get_if<Reach>(&edge.action);
      if (reach == nullptr) continue;
      const std::optional<Property>& property = program.goals[reach->goal].property;
      if (property) visit(edge, *property);
    }
  }
}

/// The culprits that a run of a divided program comes to.
std::set<Culprit> culprits_on(const Program& program, const Path& run) {
  std::set<Culprit> culprits;
  follow(program, run, [&](const Edge& edge) {
    const auto* reach = std::get_if<Reach>(&edge.action);
    if (reach == nullptr || reach->besides == none) return;
    const Goal& goal = program.goals[reach->besides];
    culprits.emplace(*goal.property, goal.says);
  });
  return culprits;
}

/// Which of these culprits are reached.
std::map<Culprit, Reachability> violations_of(const Examined& examined, const std::vector<Culprit>& culprits) {
  std::map<Culprit, Reachability> all;
  if (culprits.empty()) return all;
  std::vector<std::uint32_t> goals;
  for (const Culprit& culprit : culprits) goals.push_back(goal_of(examined.subject.program, culprit));
  const std::vector<Reachability> reached = examined.inquiry.reached(goals);
  for (std::size_t i = 0; i < culprits.size(); ++i) all[culprits[i]] = reached[i];
  return all;
}

bool is_open(const ComparedResult& result) {
  return std::holds_alternative<Violated>(result.before) && std::holds_alternative<Violated>(result.after) &&
         result.property != Property::devres_growth;
}

}  // namespace

std::vector<Culprit> culprits_in(const Program& program, const std::vector<Property>& properties) {
  std::set<Culprit> culprits;
  for_each_violation(program, [&](const Edge& edge, Property property) {
    if (std::find(properties.begin(), properties.end(), property) != properties.end())
      culprits.emplace(property, culprit_of(program, edge));
  });
  return {culprits.begin(), culprits.end()};
}

Program divided(Program program, const std::vector<Culprit>& culprits) {
  const auto first = static_cast<std::uint32_t>(program.goals.size());
  for_each_violation(program, [&](Edge& edge, Property property) {
    const auto culprit = std::find(culprits.begin(), culprits.end(), Culprit(property, culprit_of(program, edge)));
    if (culprit == culprits.end()) return;
    std::get<Reach>(edge.action).besides = first + static_cast<std::uint32_t>(culprit - culprits.begin());
  });
  for (const auto& [property, culprit] : culprits) program.goals.push_back({property, culprit});
  return program;
}

Subject divided(Subject subject, const std::vector<Property>& properties) {
  const std::vector<Culprit> culprits = culprits_in(subject.program, properties);
  subject.program = divided(std::move(subject.program), culprits);
  subject.exact = divided(std::move(subject.exact), culprits);
  return subject;
}

std::uint32_t goal_of(const Program& program, const Culprit& culprit) {
  const auto found = std::find(program.goals.begin(), program.goals.end(), Goal{culprit.first, culprit.second});
  return found == program.goals.end() ? none : static_cast<std::uint32_t>(found - program.goals.begin());
}

Program with_culprit(Program program, Property property, const std::string& culprit) {
  for_each_violation(program, [&](Edge& edge, Property violated) {
    if (violated == property && culprit_of(program, edge) != culprit) edge.action = std::monostate();
  });
  for (Program& each : program.one_member) each = with_culprit(std::move(each), property, culprit);
  return program;
}

FurtherSearch::FurtherSearch(const Examined& before)
    : before_(before), possible_(culprits_in(before.subject.program, {all_properties.begin(), all_properties.end()})) {}

/// Finds out about the state before what is not known of these culprits yet.
void FurtherSearch::ask_before(std::vector<Culprit> culprits) {
  for (const Culprit& culprit : culprits) {
    if (!std::binary_search(possible_.begin(), possible_.end(), culprit)) known_[culprit] = Known::never;
  }
  std::erase_if(culprits, [&](const Culprit& culprit) { return known_.contains(culprit); });
  for (const auto& [culprit, how] : violations_of(before_, culprits))
    known_[culprit] = how.path ? Known::violates : how.never ? Known::never : Known::nothing;
}

FurtherSearch::Known FurtherSearch::known_before(const Culprit& culprit) const {
  const auto known = known_.find(culprit);
  return known == known_.end() ? Known::nothing : known->second;
}

/// What violates a property after the change mostly does so before it when all else happens as in the same run.
void FurtherSearch::try_same_runs(const Subject& after, const Violations& reached) {
  for (const auto& [culprit, how] : reached) {
    if (!how.path || known_before(culprit) == Known::violates) continue;
    const Path same = mirrored(after.exact, *how.path, before_.subject.exact);
    for (const Culprit& met : culprits_on(before_.subject.exact, same)) known_[met] = Known::violates;
  }
}

/// What may violate these properties after the change, but for what is known to do so before it, and whether it does.
FurtherSearch::Violations FurtherSearch::ask_after(const Examined& after, const std::vector<Property>& properties) {
  std::vector<Culprit> suspects = culprits_in(after.subject.program, properties);
  std::erase_if(suspects, [&](const Culprit& culprit) { return known_before(culprit) == Known::violates; });
  Violations reached = violations_of(after, suspects);
  try_same_runs(after.subject, reached);
  return reached;
}

void FurtherSearch::find(const Examined& after, std::vector<ComparedResult>& compared) {
  std::vector<Property> properties;
  for (const ComparedResult& result : compared) {
    if (!is_open(result)) continue;
    properties.push_back(result.property);
    const Edge& violates = last_edge(before_.subject.exact, std::get<Violated>(result.before).path);
    known_[{result.property, culprit_of(before_.subject.exact, violates)}] = Known::violates;
  }
  const Violations reached = ask_after(after, properties);
  std::map<Property, std::vector<Culprit>> found;
  for (const auto& [culprit, how] : reached) {
    if (how.path) found[culprit.first].push_back(culprit);
  }
  Violations further;
  std::set<Property> worse;
  // One property at a time: what is hard to decide of one is not to leave another unclear.
  for (const auto& [property, culprits] : found) {
    ask_before(culprits);
    for (const Culprit& culprit : culprits) {
      if (known_before(culprit) != Known::never) continue;
      further.emplace(culprit, reached.at(culprit));
      worse.insert(property);
    }
  }
  // Of a property that is worse anyway nothing else has to be known.
  std::vector<Culprit> undecided;
  for (const auto& [culprit, how] : reached) {
    if (!how.path && !how.never && !worse.contains(culprit.first)) undecided.push_back(culprit);
  }
  ask_before(undecided);
  std::set<Property> unclear;
  for (const auto& [culprit, how] : reached) {
    if (!how.never && known_before(culprit) != Known::violates) unclear.insert(culprit.first);
  }
  std::vector<ComparedResult*> to_tell;
  for (ComparedResult& result : compared) {
    if (!is_open(result)) continue;
    if (unclear.contains(result.property)) result.difference = Difference::unclear;
    if (worse.contains(result.property)) to_tell.push_back(&result);
  }
  if (!to_tell.empty()) tell_shortest(after, to_tell, further);
}

/// Has the results tell a shortest run to something that violates their property after the change alone, or, where that
/// is not found in time, any.
void FurtherSearch::tell_shortest(const Examined& after, const std::vector<ComparedResult*>& worse,
                                  const Violations& further) {
  const Program& exact = after.subject.exact;
  for (ComparedResult* result : worse) {
    std::vector<Path> runs;
    for (const auto& [culprit, how] : further)
      if (culprit.first == result->property) runs.push_back(*how.path);
    Violated told = after.inquiry.told(runs);
    result->difference = Difference::worse;
    result->further = exact.goals[told.path.goal].says;
    told.path.goal = goal_of(exact, result->property);
    result->after = std::move(told);
  }
}

bool has_runs(const ComparedResult& compared) {
  return std::holds_alternative<Violated>(compared.before) != std::holds_alternative<Violated>(compared.after) ||
         !compared.further.empty();
}

PairedRuns pair_runs(const Subject& before, const Subject& after, const ComparedResult& compared) {
  if (compared.further.empty()) return pair_runs(before.exact, compared.before, after.exact, compared.after);
  return pair_runs(before.exact, Holds{}, with_culprit(after.exact, compared.property, compared.further),
                   compared.after);
}

}  // namespace tenure
