#include <algorithm>

#include "model/growth.h"
#include "model/trace_teller.h"

// The one sentence at the end of a trace, from the history of what the violation is about.
namespace tenure {

namespace {

class Explainer {
 public:
  Explainer(const Program& program, const History& history, const Violation& violation, const State& state,
            const std::optional<State>& repeated)
      : program_(program), history_(history), violation_(violation), state_(state), repeated_(repeated) {}

  std::string subject() const;
  std::string sentence() const;

 private:
  using Kind = Happening::Kind;

  std::string leak() const;
  std::string double_release(bool is_tolerated) const;
  std::string use_after_free() const;
  std::string free_in_use() const;
  std::string warning() const;
  std::string stale_state() const;
  std::string left_on_list() const;
  std::string growth() const;
  std::string in_range() const { return "an index is out of range in " + doer(violation_.step); }

  /// The last happening of one of these kinds to an instance.
  const Happening* last(std::initializer_list<Kind> kinds, VariableId held) const;
  const std::string& doer(std::size_t step) const { return history_.doers[step]; }
  std::string acquired_by(VariableId held) const;
  std::string gone_since(VariableId held) const;
  std::string because() const;
  const std::string& name(VariableId variable) const { return program_.variables[variable].name; }
  ListId list_with_entries() const;
  /// ", added by start() in x_probe() (x.c:12),"
  std::string added_by(ListId list, const ListEntry& entry) const;
  /// The value that a variable should have again.
  std::int32_t remembered(VariableId variable) const;

  const Program& program_;
  const History& history_;
  const Violation& violation_;
  const State& state_;
  const std::optional<State>& repeated_;
};

std::string Explainer::subject() const {
  if (repeated_) return program_.lists[growing_list(program_, *repeated_, state_).value()].name;
  const bool is_list = violation_.property == Property::devres_left;
  if (is_list && list_with_entries() != none) return program_.lists[list_with_entries()].name;
  return violation_.instance == none ? "" : name(violation_.instance);
}

std::string Explainer::sentence() const {
  switch (violation_.property) {
    case Property::leak:
      return leak();
    case Property::double_free:
      return double_release(false);
    case Property::redundant_release:
      return double_release(true);
    case Property::use_after_free:
      return use_after_free();
    case Property::free_in_use:
      return free_in_use();
    case Property::kernel_warning:
    case Property::kernel_crash:
      return warning();
    case Property::stale_state:
      return stale_state();
    case Property::devres_left:
      return left_on_list();
    case Property::devres_growth:
      return growth();
    case Property::index_range:
      return in_range();
  }
  throw InternalError("unknown property");
}

const Happening* Explainer::last(std::initializer_list<Kind> kinds, VariableId held) const {
  const auto& all = history_.happenings;
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Happening& happening) {
    return happening.variable == held && std::find(kinds.begin(), kinds.end(), happening.kind) != kinds.end();
  });
  return found == all.rend() ? nullptr : &*found;
}

/// "buffer, acquired by allocate() in x_probe() (x.c:12),"
std::string Explainer::acquired_by(VariableId held) const {
  const Happening* acquired = last({Kind::acquired}, held);
  return name(held) + (acquired == nullptr ? "" : ", acquired by " + doer(acquired->step) + ",");
}

/// Why an instance is not held: "was released by ..."
std::string Explainer::gone_since(VariableId held) const {
  const Happening* gone = last({Kind::released, Kind::lost}, held);
  if (gone == nullptr) return "was never acquired";
  return (gone->kind == Kind::lost ? "was lost in " : "was released by ") + doer(gone->step);
}

/// The rule that was applied last to the resource, with the statement that says so.
std::string Explainer::because() const {
  const auto instance = std::find_if(program_.instances.begin(), program_.instances.end(),
                                     [&](const Instance& each) { return each.held == violation_.instance; });
  if (instance == program_.instances.end()) return "";
  const auto rule = std::find_if(history_.rules.rbegin(), history_.rules.rend(),
                                 [&](SiteId site) { return program_.sites[site].concerns == instance->resource; });
  if (rule == history_.rules.rend()) return "";
  const Site& site = program_.sites[*rule];
  const std::string place = place_text(site.file, site.line);
  return ", because " + site.says + " (" + program_.functions[site.function].name + "()" +
         (place.empty() ? "" : ", " + place) + ")";
}

std::string Explainer::leak() const {
  const VariableId held = violation_.instance;
  if (program_.sites[violation_.edge->site].text.empty()) {
    return acquired_by(held) + " is still held at the end of " + violation_.event + ": nobody released it" + because();
  }
  return acquired_by(held) + " is acquired again by " + doer(violation_.step) +
         " while it is still held: nobody can release the first one any more" + because();
}

std::string Explainer::double_release(bool is_tolerated) const {
  const VariableId held = violation_.instance;
  const std::string again = doer(violation_.step);
  const Happening* gone = last({Kind::released, Kind::lost}, held);
  const std::string nothing = is_tolerated ? "; the callee tolerates it and does nothing" : "";
  if (gone == nullptr) return name(held) + " is released by " + again + " but was never acquired" + nothing + because();
  const std::string first =
      (gone->kind == Kind::lost ? " was lost first in " : " was released first by ") + doer(gone->step);
  return acquired_by(held) + first + ", then released again by " + again + nothing + because();
}

std::string Explainer::use_after_free() const {
  const VariableId held = violation_.instance;
  return acquired_by(held) + " is used by " + doer(violation_.step) + " while it is not held: it " + gone_since(held) +
         because();
}

std::string Explainer::free_in_use() const {
  const VariableId held = violation_.instance;
  std::string holders;
  for (const NeedInfo& need : program_.needs) {
    if (need.needed != held || state_.values[need.variable] == 0) continue;
    holders += (holders.empty() ? "" : " and ") + acquired_by(need.holder);
  }
  if (holders.ends_with(",")) holders.pop_back();
  return acquired_by(held) + " is released by " + doer(violation_.step) + " while it is still needed by " + holders;
}

std::string Explainer::warning() const {
  const bool is_crash = violation_.property == Property::kernel_crash;
  const Site& site = program_.sites[violation_.edge->site];
  std::string text = doer(violation_.step) + (is_crash ? " crashes" : " warns") + " in " + violation_.function;
  const std::string& why = is_crash ? site.text : site.says;
  if (!why.empty()) text += ": " + why;
  if (violation_.instance != none && state_.values[violation_.instance] == 0) {
    text += "; " + name(violation_.instance) + " " + gone_since(violation_.instance);
  }
  return text;
}

std::int32_t Explainer::remembered(VariableId variable) const {
  for (const RememberedInfo& info : program_.remembered) {
    if (info.variable != variable) continue;
    return info.is_distance ? state_.values[variable] - state_.values[info.shadow] : state_.values[info.shadow];
  }
  throw InternalError("nobody remembers " + name(variable));
}

std::string Explainer::stale_state() const {
  const VariableId variable = violation_.instance;
  const Happening* changed = last({Kind::changed}, variable);
  const std::string who = changed == nullptr ? "" : ": " + doer(changed->step) + " changed it last";
  return name(variable) + " was " + std::to_string(remembered(variable)) + " when the bind began and is " +
         std::to_string(state_.values[variable]) + " at the end of " + violation_.event + who;
}

ListId Explainer::list_with_entries() const {
  if (violation_.edge->list != none) return violation_.edge->list;
  for (ListId list = 0; list < state_.lists.size(); ++list) {
    if (!state_.lists[list].empty()) return list;
  }
  return none;
}

std::string Explainer::left_on_list() const {
  const ListId list = list_with_entries();
  if (list == none) return "a list is not empty at the end of " + violation_.event;
  const ListEntry& entry = state_.lists[list].back();
  return text_of(program_, entry) + added_by(list, entry) + " is still on the list " + program_.lists[list].name +
         " at the end of " + violation_.event;
}

std::string Explainer::added_by(ListId list, const ListEntry& entry) const {
  const auto& all = history_.happenings;
  const auto added = std::find_if(all.rbegin(), all.rend(), [&](const Happening& happening) {
    return happening.kind == Kind::deferred && happening.list == list && happening.entry == entry;
  });
  return added == all.rend() ? "" : ", added by " + doer(added->step) + ",";
}

std::string Explainer::growth() const {
  const ListId list = growing_list(program_, *repeated_, state_).value();
  std::vector<ListEntry> more = state_.lists[list];
  for (const ListEntry& entry : repeated_->lists[list]) more.erase(std::find(more.begin(), more.end(), entry));
  std::vector<std::pair<std::string, std::size_t>> told;  // with how often
  for (const ListEntry& entry : more) {
    const std::string text = text_of(program_, entry) + added_by(list, entry);
    const auto known = std::find_if(told.begin(), told.end(), [&](const auto& each) { return each.first == text; });
    if (known == told.end())
      told.emplace_back(text, 1);
    else
      ++known->second;
  }
  std::string entries;
  for (const auto& [text, times] : told) {
    entries += (entries.empty() ? "" : " and ") + text;
    if (times > 1) entries += std::string(text.ends_with(",") ? "" : ",") + " " + std::to_string(times) + " times,";
  }
  std::string counters;
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    const bool moves = variable.compared && variable.scope != Scope::shadow && repeated_->values[v] != state_.values[v];
    if (moves) counters += (counters.empty() ? " but for " : " and ") + variable.name;
  }
  return "each time these events bring the same state back" + counters + ", but the list " + program_.lists[list].name +
         " is longer: " + entries + (entries.ends_with(",") ? "" : ",") + " is put on it once more and stays there";
}

}  // namespace

void explain(Trace& trace, const Program& program, const History& history, const Violation& violation,
             const State& state, const std::optional<State>& repeated) {
  const Explainer explainer(program, history, violation, state, repeated);
  trace.subject = explainer.subject();
  trace.explanation = explainer.sentence() + ".";
}

}  // namespace tenure
