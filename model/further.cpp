#include "model/further.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "model/compare.h"
#include "model/diagnostic.h"
#include "model/interpreter.h"
#include "model/walk.h"

namespace tenure {

namespace {

using Culprits = std::map<Property, std::set<std::string>>;

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

/// What the run to a violation comes to in the end.
std::string culprit_of(const Program& program, const Path& path) {
  const Interpreter interpreter(program);
  Walk walk(program, path);
  const Edge* last = nullptr;
  while (walk.next_event()) {
    walk.begin();
    while (const auto option = walk.next()) {
      last = &interpreter.edge(walk.machine(), *option);
      walk.take(*option);
    }
  }
  if (last == nullptr) throw InternalError("a run without a step violates a property");
  return culprit_of(program, *last);
}

/// The program without the violations that do not count.
Program counting(Program program, const std::function<bool(Property, const std::string&)>& counts) {
  for (Procedure& procedure : program.procedures) {
    for (Edge& edge : procedure.edges) {
      const auto* reach = std::get_if<Reach>(&edge.action);
      if (reach == nullptr) continue;
      const auto& property = program.goals[reach->goal].property;
      if (property && !counts(*property, culprit_of(program, edge))) edge.action = std::monostate();
    }
  }
  for (Program& each : program.one_member) each = counting(std::move(each), counts);
  return program;
}

Program counting_all(const Program& program, const Culprits& culprits) {
  return counting(program, [&](Property property, const std::string& culprit) {
    const auto found = culprits.find(property);
    return found != culprits.end() && found->second.contains(culprit);
  });
}

Program counting_others(const Program& program, const Culprits& culprits) {
  return counting(program, [&](Property property, const std::string& culprit) {
    const auto found = culprits.find(property);
    return found != culprits.end() && !found->second.contains(culprit);
  });
}

/// The properties of a driver that are violated on both sides.
class Further {
 public:
  Further(const Subject& before, const Subject& after, const Check& check)
      : before_(before), after_(after), check_(check) {}

  void add(ComparedResult& result) {
    known_[result.property].insert(culprit_of(before_.exact, std::get<Violated>(result.before).path));
    suspects_.push_back({&result, culprit_of(after_.exact, std::get<Violated>(result.after).path), result.after});
  }

  void find() {
    while (!suspects_.empty()) {
      ask_before();
      ask_after();
    }
  }

 private:
  struct Suspect {
    ComparedResult* result;
    std::string culprit;  ///< after the change
    Verdict run;          ///< to it
  };

  bool is_known(const Suspect& suspect) const { return known_.at(suspect.result->property).contains(suspect.culprit); }

  /// Whether what violates a property after the change did so before.
  void ask_before() {
    Culprits asked;
    std::vector<Property> properties;
    for (const Suspect& suspect : suspects_) {
      if (is_known(suspect)) continue;
      asked[suspect.result->property] = {suspect.culprit};
      properties.push_back(suspect.result->property);
    }
    if (properties.empty()) return;
    const std::vector<PropertyVerdict> verdicts =
        check_(counting_all(before_.program, asked), counting_all(before_.exact, asked), properties);
    auto next = verdicts.begin();
    std::erase_if(suspects_, [&](Suspect& suspect) {
      if (is_known(suspect)) return false;
      const Verdict& verdict = (next++)->verdict;
      if (std::holds_alternative<Violated>(verdict)) {
        known_[suspect.result->property].insert(suspect.culprit);
        return false;
      }
      if (std::holds_alternative<Undecided>(verdict)) {
        suspect.result->difference = Difference::unclear;
        return true;
      }
      suspect.result->difference = Difference::worse;
      suspect.result->after = std::move(suspect.run);
      suspect.result->further = std::move(suspect.culprit);
      return true;
    });
  }

  /// What else violates the properties after the change.
  void ask_after() {
    if (suspects_.empty()) return;
    std::vector<Property> properties;
    for (const Suspect& suspect : suspects_) properties.push_back(suspect.result->property);
    const Program exact = counting_others(after_.exact, known_);
    std::vector<PropertyVerdict> verdicts = check_(counting_others(after_.program, known_), exact, properties);
    auto next = verdicts.begin();
    std::erase_if(suspects_, [&](Suspect& suspect) {
      Verdict& verdict = (next++)->verdict;
      if (std::holds_alternative<Undecided>(verdict)) suspect.result->difference = Difference::unclear;
      const auto* violated = std::get_if<Violated>(&verdict);
      if (violated == nullptr) return true;
      suspect.culprit = culprit_of(exact, violated->path);
      suspect.run = std::move(verdict);
      return false;
    });
  }

  const Subject& before_;
  const Subject& after_;
  const Check& check_;
  Culprits known_;  ///< of each property: what violates it before the change
  std::vector<Suspect> suspects_;
};

}  // namespace

Program with_culprit(Program program, Property property, const std::string& culprit) {
  return counting(std::move(program),
                  [&](Property each, const std::string& of) { return each != property || of == culprit; });
}

void find_further(const Subject& before, const Subject& after, std::vector<ComparedResult>& compared,
                  const Check& check) {
  Further further(before, after, check);
  for (ComparedResult& result : compared) {
    const bool is_open = std::holds_alternative<Violated>(result.before) &&
                         std::holds_alternative<Violated>(result.after) && result.property != Property::devres_growth;
    if (is_open) further.add(result);
  }
  further.find();
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
