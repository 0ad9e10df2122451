#include "encoders/core.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "encoders/claim.h"
#include "encoders/fact_table.h"
#include "encoders/induction.h"
#include "encoders/loosening.h"
#include "encoders/rebuild.h"
#include "encoders/state_graph.h"
#include "encoders/unrolling.h"

namespace tenure {

namespace {

using Indices = std::set<std::size_t>;

/// To forget what is known of a longer array takes long.
constexpr std::size_t longest_array = 32;
/// More facts that are loosened at once make the formulas large, fewer have the events carried out more often.
constexpr std::size_t facts_at_once = 16;

std::string without_index(const std::string& name) {
  return name.substr(0, name.find('['));
}

Indices first_indices(std::size_t count) {
  Indices all;
  for (std::size_t i = 0; i < count; ++i) all.insert(all.end(), i);
  return all;
}

QueryLimits from_now(double seconds, const std::atomic<bool>* interrupted) {
  return {seconds > 0 ? seconds_now() + seconds : 0, interrupted};
}

Indices joined(Indices a, const Indices& b) {
  a.insert(b.begin(), b.end());
  return a;
}

/// Something of the invariant that is used before an event, and has to be kept by it, where these hold.
struct Part {
  Literal used;
  Literal required;
};

class CoreFinder {
 public:
  CoreFinder(const Program& program, const std::vector<Property>& held, const SearchSolver& by,
             const QueryLimits& limits)
      : program_(program), by_(by), limits_(limits), table_(program), states_(make_states()) {
    for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
      const auto& property = program.goals[goal].property;
      const bool is_held = property && std::find(held.begin(), held.end(), *property) != held.end();
      if (is_held || property == Property::index_range) goals_.push_back(goal);
    }
  }

  /// Explores and proves. False when there is no proof to work on.
  bool prepare();
  /// After prepare(): whether there were picks that could be left out.
  bool could_pick_less() const { return states_->executor().could_pick_less(); }
  /// Finds what parts of the invariant each of the properties needs, and which facts all of them do.
  bool find_needed(const std::vector<Property>& held);
  std::optional<Core> core(Property property, double seconds);

 private:
  struct Question {
    Literal bad;  ///< never happens in an event of a state of the invariant
    Indices facts, used, required;
  };

  std::unique_ptr<StateGraph> make_states() {
    return std::make_unique<StateGraph>(program_, pool_, nullptr, StateGraph::Locations::by_control, by_);
  }
  bool explore(bool follows_lists);
  bool prove();
  void complete_seen();
  void make_facts();
  bool loosen(const Indices& facts);
  bool find_necessary();
  void make_parts();
  Part part();
  void make_entries();
  Literal initial_state();
  void state();
  std::vector<Literal> given(const Question& question) const;
  Literal reached(const std::optional<Property>& property);
  Satisfiability ask(const Question& question);
  bool is_shown(const Question& question);
  bool is_confirmed(const Question& question, const QueryLimits& limits);
  bool minimize(Question& question, Indices Question::*of, const Indices& kept);
  Indices needed_parts(Question question, Indices needed);

  const Program& program_;
  SearchSolver by_;
  SolverContext context_;
  QueryLimits limits_;
  FactTable table_;
  FormulaGraph graph_;
  ValuePool pool_{graph_};
  std::unique_ptr<StateGraph> states_;
  std::vector<std::uint32_t> goals_;
  TransitionSystem system_;
  std::vector<std::vector<BitValue>> excluded_;
  Loosening loosening_;
  SeenValues noted_of_loosened_;
  Kept kept_, to_keep_;
  std::vector<Part> parts_;
  Literal broken_ = false_literal;  ///< an event leaves the invariant, as far as it is required
  Literal begins_outside_ = false_literal;
  std::unique_ptr<Solver> solver_;
  std::size_t first_clause_ = 0;     ///< index in parts_
  Indices core_facts_, core_parts_;  ///< of the last question that was shown
  Indices always_needed_;            ///< parts, whatever is to be proved
  std::map<Property, Indices> needed_;
  Indices necessary_;  ///< facts without which nothing is shown, whatever others there are
  Indices open_;       ///< facts that are loosened
  bool is_explored_ = true;
  bool reached_limit_ = false;
};

bool CoreFinder::prepare() {
  bool is_proved = explore(false) && prove();
  if (is_explored_ && !is_proved) is_proved = explore(true) && prove();
  if (!is_proved) return false;
  complete_seen();
  make_facts();
  return true;
}

/// Explores anew, and notes all that happens in some run.
bool CoreFinder::explore(bool follows_lists) {
  states_ = make_states();
  states_->follow(goals_);
  loosening_.seen = {};
  loosening_.seen.variables.resize(program_.variables.size());
  states_->note(loosening_.seen);
  is_explored_ = states_->explore(limits_);
  for (ListId list = 0; follows_lists && list < program_.lists.size(); ++list) {
    if (is_explored_ && states_->follow_list(list)) is_explored_ = states_->explore(limits_);
  }
  if (!is_explored_) return false;
  system_ = states_->transition_system();
  return true;
}

bool CoreFinder::prove() {
  Literal bad = system_.outside;
  for (const std::uint32_t goal : goals_) bad = graph_.disjunction(bad, system_.reached[goal]);
  Induction induction(system_, graph_, by_);
  induction.set_limits(limits_);
  if (induction.prove(bad).answer != Induction::Answer::proved) return false;
  excluded_ = bit_values(system_, induction.invariant());
  return true;
}

/// A variable has its initial value too; a boolean may as well be anything.
void CoreFinder::complete_seen() {
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    loosening_.seen.variables[v].insert(variable.initial);
    if (variable.is_boolean) loosening_.seen.variables[v].insert({0, 1});
  }
}

void CoreFinder::make_facts() {
  for (std::size_t i = 0; i < table_.facts().size(); ++i) loosening_.facts.push_back(graph_.input());
  loosening_.is_loose = table_.loose_nodes();
  make_parts();
  make_entries();
  first_clause_ = parts_.size();
}

/// Carries out the events with these facts loosened, and states what is to be shown of them.
bool CoreFinder::loosen(const Indices& facts) {
  open_ = facts;
  loosening_.fact_of_site = table_.of_site();
  for (std::uint32_t& fact : loosening_.fact_of_site) {
    if (!facts.contains(fact)) fact = none;
  }
  loosening_.all = true_literal;
  for (const std::size_t i : facts) loosening_.all = graph_.conjunction(loosening_.all, loosening_.facts[i]);
  for (std::size_t i = 0; i < first_clause_; ++i) loosening_.all = graph_.conjunction(loosening_.all, parts_[i].used);
  // What loosened statements do happens in no run.
  noted_of_loosened_.variables.resize(program_.variables.size());
  states_->note(noted_of_loosened_);
  states_->loosen(loosening_, kept_);
  if (!states_->explore(limits_)) return false;
  system_ = states_->transition_system(to_keep_);
  state();
  return true;
}

Part CoreFinder::part() {
  parts_.push_back({graph_.input(), graph_.input()});
  return parts_.back();
}

/// What is known of the configuration is one part, what is known of a variable, or of all in an array, another. The
/// variables that tell locations apart, and long arrays, are always kept.
void CoreFinder::make_parts() {
  const Part configuration = part();
  kept_.configuration = configuration.used;
  to_keep_.configuration = configuration.required;
  std::unordered_map<std::string, std::size_t> sizes;
  for (const VariableInfo& variable : program_.variables) ++sizes[without_index(variable.name)];
  std::unordered_map<std::string, Part> known;
  const std::vector<VariableId>& control = states_->control();
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& variable = program_.variables[v];
    const std::string name = without_index(variable.name);
    const bool is_between_events = variable.scope != Scope::fixed && variable.scope != Scope::local;
    const bool is_part = is_between_events && variable.is_read && sizes[name] <= longest_array &&
                         std::find(control.begin(), control.end(), v) == control.end();
    Part kept{true_literal, true_literal};
    if (is_part) {
      const auto [found, is_new] = known.try_emplace(name, kept);
      if (is_new) found->second = part();
      kept = found->second;
    }
    kept_.variables.push_back(kept.used);
    to_keep_.variables.push_back(kept.required);
  }
}

/// What is known of the entries of a call on lists is a part; their order, and which there may be, is always kept.
void CoreFinder::make_entries() {
  for (const Procedure& procedure : program_.procedures) {
    for (const Edge& edge : procedure.edges) {
      const auto* defer = std::get_if<Defer>(&edge.action);
      if (defer == nullptr || defer->procedure == program_.group_begins || kept_.entries.contains(defer->procedure))
        continue;
      const Part entry = part();
      kept_.entries[defer->procedure] = entry.used;
      to_keep_.entries[defer->procedure] = entry.required;
      // What is not there may have no argument.
      for (const VariableId parameter : program_.procedures[defer->procedure].parameters)
        loosening_.seen.variables[parameter].insert(0);
    }
  }
}

Literal CoreFinder::initial_state() {
  Literal initial = true_literal;
  for (const StateBit& bit : system_.bits) {
    if (!bit.is_fixed) initial = graph_.conjunction(initial, bit.initial ? bit.input : negation(bit.input));
  }
  return initial;
}

/// States what is to be shown of the invariant; each clause is a part.
void CoreFinder::state() {
  parts_.resize(first_clause_);
  Substitution after(graph_);
  for (std::size_t i = 0; i < system_.bits.size(); ++i) {
    const StateBit& bit = system_.bits[i];
    after.put(bit.input, bit.is_fixed ? bit.input : system_.next[i]);
  }
  Literal left = negation(after(system_.stays_well_formed));
  Literal outside = negation(system_.stays_well_formed);
  for (const std::vector<BitValue>& cube : excluded_) {
    Literal all = true_literal;
    Literal all_after = true_literal;
    for (const auto& [bit, value] : cube) {
      const Literal input = system_.bits[bit].input;
      const Literal literal = value ? input : negation(input);
      all = graph_.conjunction(all, literal);
      all_after = graph_.conjunction(all_after, after(literal));
    }
    parts_.push_back({negation(all), graph_.input()});
    left = graph_.disjunction(left, graph_.conjunction(parts_.back().required, all_after));
    outside = graph_.disjunction(outside, graph_.conjunction(parts_.back().required, all));
  }
  begins_outside_ = graph_.conjunction(initial_state(), outside);
  broken_ = graph_.disjunction(system_.outside, graph_.conjunction(left, negation(system_.left_out)));
  solver_ = by_.make(graph_);
  solver_->add(system_.well_formed);
  solver_->add(system_.happens);
}

/// What holds where a question is asked.
std::vector<Literal> CoreFinder::given(const Question& question) const {
  std::vector<Literal> all;
  for (const std::size_t i : question.facts) all.push_back(loosening_.facts[i]);
  for (const std::size_t i : question.used) all.push_back(parts_[i].used);
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Literal required = parts_[i].required;
    all.push_back(question.required.contains(i) ? required : negation(required));
  }
  return all;
}

Satisfiability CoreFinder::ask(const Question& question) {
  std::vector<Literal> assumptions = given(question);
  assumptions.push_back(question.bad);
  const Satisfiability answer = solver_->check(assumptions);
  if (answer == Satisfiability::unknown) reached_limit_ = true;
  return answer;
}

bool CoreFinder::is_shown(const Question& question) {
  if (ask(question) != Satisfiability::unsatisfiable) return false;
  const std::set<Literal> core(solver_->core().begin(), solver_->core().end());
  core_facts_ = question.facts;
  std::erase_if(core_facts_, [&](std::size_t i) { return !core.contains(loosening_.facts[i]); });
  core_parts_ = question.used;
  std::erase_if(core_parts_, [&](std::size_t i) { return !core.contains(parts_[i].used); });
  return true;
}

/// Whether a fresh general solver says so too, and that the state before the first event is in the invariant.
bool CoreFinder::is_confirmed(const Question& question, const QueryLimits& limits) {
  Literal event = graph_.conjunction(system_.well_formed, system_.happens);
  event = graph_.conjunction(event, question.bad);
  Z3Solver solver(context_, graph_, Questions::few);
  solver.set_limits(limits);
  solver.add(graph_.disjunction(begins_outside_, event));
  for (const Literal each : given(question)) solver.add(each);
  return solver.check({}) == Satisfiability::unsatisfiable;
}

/// Takes away what a question that is shown is shown without as well, by halves first; `kept` stays. False when a limit
/// was reached before all was tried.
bool CoreFinder::minimize(Question& question, Indices Question::*of, const Indices& kept) {
  const Indices& in_core = of == &Question::facts ? core_facts_ : core_parts_;
  std::vector<std::size_t> untried;
  const auto go_on_with = [&](const Indices& core) {
    question.*of = joined(core, kept);
    std::erase_if(untried, [&](std::size_t i) { return !core.contains(i); });
  };
  for (const std::size_t i : question.*of) {
    if (!kept.contains(i)) untried.push_back(i);
  }
  for (std::size_t size = untried.size() / 2; !untried.empty() && !reached_limit_;) {
    size = std::clamp<std::size_t>(size, 1, untried.size());
    Question fewer = question;
    for (std::size_t i = untried.size() - size; i < untried.size(); ++i) (fewer.*of).erase(untried[i]);
    if (is_shown(fewer)) {
      untried.resize(untried.size() - size);
      go_on_with(Indices(in_core));
    } else if (size == 1) {
      untried.pop_back();
    } else {
      size /= 2;
    }
  }
  return !reached_limit_;
}

/// Parts of the invariant that suffice, those given among them, and are kept by every event that they are used before.
Indices CoreFinder::needed_parts(Question question, Indices needed) {
  Indices all = first_indices(parts_.size());
  for (;;) {
    question.used = all;
    question.required = needed;
    // Where states are forgotten a clause may be kept by all together alone.
    if (!is_shown(question)) return all;
    question.used = joined(core_parts_, needed);
    minimize(question, &Question::used, needed);
    if (question.used == needed) return needed;
    needed = question.used;
  }
}

/// An event violates the property, or has an index out of range.
Literal CoreFinder::reached(const std::optional<Property>& property) {
  Literal any = false_literal;
  for (const std::uint32_t goal : goals_) {
    const Property what = *program_.goals[goal].property;
    if (what == property || what == Property::index_range) any = graph_.disjunction(any, system_.reached[goal]);
  }
  return any;
}

bool CoreFinder::find_needed(const std::vector<Property>& held) {
  if (!loosen({})) return false;
  solver_->set_limits(limits_);
  Question question{broken_, {}, {}, {}};
  always_needed_ = needed_parts(question, {});
  for (const Property property : held) {
    question.bad = graph_.disjunction(broken_, reached(property));
    needed_[property] = needed_parts(question, always_needed_);
  }
  return find_necessary();
}

/// Loosens some facts at a time, so that the formulas stay small. A fact is necessary when without it alone an event
/// leaves the invariant, as far as all properties require it, in a state where it is as far as any of them uses it.
bool CoreFinder::find_necessary() {
  Question question{broken_, {}, {}, always_needed_};
  for (const auto& [property, parts] : needed_) question.used = joined(question.used, parts);
  for (std::size_t first = 0; first < table_.facts().size(); first += facts_at_once) {
    const std::size_t end = std::min(first + facts_at_once, table_.facts().size());
    Indices some;
    for (std::size_t i = first; i < end; ++i) some.insert(i);
    if (!loosen(some)) return false;
    solver_->set_limits(limits_);
    question.bad = graph_.disjunction(broken_, reached({}));
    for (const std::size_t fact : some) {
      question.facts = some;
      question.facts.erase(fact);
      if (ask(question) == Satisfiability::satisfiable) necessary_.insert(fact);
    }
  }
  Indices rest = first_indices(table_.facts().size());
  std::erase_if(rest, [&](std::size_t fact) { return necessary_.contains(fact); });
  return loosen(rest);
}

/// To find it and to confirm it may each take so many seconds.
std::optional<Core> CoreFinder::core(Property property, double seconds) {
  reached_limit_ = false;
  solver_->set_limits(from_now(seconds, limits_.interrupted));
  const Indices& parts = needed_.at(property);
  Question question{graph_.disjunction(broken_, reached(property)), open_, parts, parts};
  if (!is_shown(question)) return std::nullopt;
  question.facts = core_facts_;
  const bool is_least = minimize(question, &Question::facts, {});
  if (!is_confirmed(question, from_now(seconds, limits_.interrupted))) return std::nullopt;
  Core core{{}, is_least};
  for (const std::size_t fact : joined(question.facts, necessary_)) core.facts.push_back(table_.facts()[fact]);
  return core;
}

}  // namespace

std::vector<std::optional<Core>> cores_of(const Program& program, const std::vector<Property>& held,
                                          const SearchSolver& by, const Limits& limits) {
  std::vector<std::optional<Core>> cores(held.size());
  if (held.empty()) return cores;
  CoreFinder finder(program, held, by, from_now(limits.seconds, limits.interrupted));
  if (finder.prepare()) {
    if (!finder.find_needed(held)) return cores;
    for (std::size_t i = 0; i < held.size(); ++i) cores[i] = finder.core(held[i], limits.seconds);
  } else if (!program.picks_lowest && finder.could_pick_less()) {
    return cores_of(with_lowest_picks(program), held, by, limits);
  }
  return cores;
}

}  // namespace tenure
