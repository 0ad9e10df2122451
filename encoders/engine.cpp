#include "encoders/engine.h"

#include <algorithm>
#include <optional>

#include "encoders/bounded.h"
#include "encoders/induction.h"
#include "encoders/solver.h"
#include "encoders/state_space.h"
#include "model/diagnostic.h"
#include "model/trace.h"

namespace tenure {

struct Engine::Parts {
  SolverContext context;
};

Engine::Engine() : parts_(std::make_unique<Parts>()) {}
Engine::~Engine() = default;

namespace {

/// Bounded search goes so far before a proof is tried: most violations show in a bind, an unbind and a second bind.
constexpr std::uint32_t first_depth = 3;
/// Where the states are not closed after so many events, a list or a value may grow for ever.
constexpr std::uint32_t last_depth = 24;
constexpr std::size_t longest_list = 96;

/// The questions about one Program, answered together.
class Checker {
 public:
  Checker(const Program& program, const Program& exact, SolverContext& context, const Limits& limits)
      : program_(program),
        exact_(exact),
        context_(context),
        limits_(limits),
        pool_(graph_),
        search_(program, pool_, context) {
    found_.resize(program.goals.size());
  }

  std::vector<PropertyVerdict> verdicts(const std::vector<Property>& properties);

 private:
  struct Found {
    bool asked = false;
    std::optional<Path> path;
    bool proved = false;
    std::string undecided;
  };

  void ask(const std::vector<Property>& properties);
  std::vector<std::uint32_t> open() const;
  void search(std::uint32_t depth);
  void search_here();
  void settle(std::uint32_t goal);
  void prove();
  bool prove_in(StateSpace& space);
  void give_up(const std::string& reason);
  QueryLimits query_limits() const;
  Verdict verdict(Property property) const;
  Bounds bounds() const;

  const Program& program_;
  const Program& exact_;
  SolverContext& context_;
  const Limits& limits_;
  FormulaGraph graph_;
  ValuePool pool_;
  BoundedSearch search_;
  std::vector<Found> found_;
  Invariant invariant_;
  std::set<std::string> cuts_;
};

QueryLimits Checker::query_limits() const {
  return {limits_.seconds > 0 ? seconds_now() + limits_.seconds : 0, limits_.interrupted};
}

/// What is asked for besides what must be reachable anyway, and what is an error of the spec.
void Checker::ask(const std::vector<Property>& properties) {
  for (std::uint32_t goal = 0; goal < program_.goals.size(); ++goal) {
    const auto& property = program_.goals[goal].property;
    found_[goal].asked = !property || *property == Property::index_range ||
                         std::find(properties.begin(), properties.end(), *property) != properties.end();
  }
}

std::vector<std::uint32_t> Checker::open() const {
  std::vector<std::uint32_t> goals;
  for (std::uint32_t goal = 0; goal < found_.size(); ++goal) {
    const Found& found = found_[goal];
    if (found.asked && !found.path && !found.proved && found.undecided.empty()) goals.push_back(goal);
  }
  return goals;
}

void Checker::give_up(const std::string& reason) {
  for (const std::uint32_t goal : open()) found_[goal].undecided = reason;
}

std::vector<PropertyVerdict> Checker::verdicts(const std::vector<Property>& properties) {
  ask(properties);
  search(first_depth);
  if (!open().empty()) prove();
  std::vector<PropertyVerdict> verdicts;
  for (const Property property : properties) verdicts.push_back({property, verdict(property)});
  return verdicts;
}

/// Goes on event by event; a goal is settled at the first number of events that reaches it.
void Checker::search(std::uint32_t depth) {
  while (search_.depth() < depth && !open().empty()) {
    search_.extend();
    search_here();
  }
}

void Checker::search_here() {
  search_.set_limits(query_limits());
  for (std::vector<std::uint32_t> goals = open(); !goals.empty(); goals = open()) {
    const Satisfiability answer = search_.reaches(goals);
    if (answer == Satisfiability::unknown) give_up(search_.reason());
    if (answer != Satisfiability::satisfiable) return;
    // A goal that has only to be reachable is settled by any path; the others get a shortest one.
    std::vector<std::uint32_t> violated;
    for (const std::uint32_t goal : goals) {
      if (!search_.reached(goal)) continue;
      if (program_.goals[goal].property) {
        violated.push_back(goal);
      } else {
        found_[goal].path = search_.path(goal);
      }
    }
    for (const std::uint32_t goal : violated) settle(goal);
  }
}

void Checker::settle(std::uint32_t goal) {
  search_.set_limits(query_limits());
  std::optional<Path> path = search_.shortest(goal);
  if (!path) {
    found_[goal].undecided = search_.reason();
    return;
  }
  if (!replays(program_, *path)) {
    throw InternalError("a counterexample for " + std::string(name_of(*program_.goals[goal].property)) + " in " +
                        program_.driver + " cannot be replayed");
  }
  if (!replays(exact_, *path)) {
    found_[goal].undecided = "a counter leaves the range in which it is exact";
    return;
  }
  found_[goal].path = std::move(path);
}

/// The state space holds what bounded search met; a proof that is left by a run shows what is missing.
void Checker::prove() {
  StateSpace space(program_, pool_);
  std::uint32_t absorbed = 0;
  while (!open().empty()) {
    for (; absorbed <= search_.depth(); ++absorbed) {
      if (search_.state(absorbed).here != false_literal) space.absorb(search_.state(absorbed));
    }
    if (space.longest_list() > longest_list) {
      give_up("a list has more than " + std::to_string(longest_list) + " entries");
      return;
    }
    if (prove_in(space)) return;
    if (search_.depth() >= last_depth) {
      give_up("the states are not closed after " + std::to_string(last_depth) + " events");
      return;
    }
  }
}

/// Proves what is open within a state space. False when a run leaves the space: then bounded search has gone far enough
/// to meet it.
bool Checker::prove_in(StateSpace& space) {
  space.make_bits();
  const Transition transition(program_, pool_, space);
  cuts_.insert(transition.cuts.begin(), transition.cuts.end());
  Induction induction(transition, graph_, context_);
  while (!open().empty()) {
    Literal bad = transition.next.outside;
    for (const std::uint32_t goal : open()) bad = graph_.disjunction(bad, transition.after.reached[goal]);
    const QueryLimits limits = query_limits();
    induction.set_limits(limits);
    const Induction::Result result = induction.prove(bad);
    if (result.answer == Induction::Answer::unknown) {
      give_up(result.reason);
      return true;
    }
    if (result.answer == Induction::Answer::proved) {
      const auto invariant = induction.invariant();
      if (check_invariant(transition, graph_, context_, query_limits(), invariant, bad) == Satisfiability::unknown) {
        give_up("the check of the proof reached the time limit");
        return true;
      }
      for (const std::uint32_t goal : open()) found_[goal].proved = true;
      invariant_ = in_words(space, invariant);
      return true;
    }
    const std::size_t before = open().size();
    const std::uint32_t depth = search_.depth();
    search(std::max(result.events, depth));
    if (open().size() == before) {
      if (depth >= last_depth) return false;
      // The run found leaves the space: what it meets is taken in.
      if (search_.depth() == depth) search(depth + 1);
      return false;
    }
  }
  return true;
}

Bounds Checker::bounds() const {
  std::set<std::string> all = search_.cuts();
  all.insert(cuts_.begin(), cuts_.end());
  return {all.begin(), all.end()};
}

Verdict Checker::verdict(Property property) const {
  std::vector<std::string> unreachable;
  std::optional<Undecided> undecided;
  const Found* found = nullptr;
  for (std::uint32_t goal = 0; goal < found_.size(); ++goal) {
    const Goal& what = program_.goals[goal];
    if (what.property == property) found = &found_[goal];
    if (what.property) continue;
    if (found_[goal].proved) unreachable.push_back(what.says);
    if (!found_[goal].undecided.empty()) {
      undecided = Undecided{"whether " + what.says + " is not known: " + found_[goal].undecided};
    }
  }
  if (found != nullptr && found->path) return Violated{*found->path};
  if (!unreachable.empty()) return Unreachable{unreachable};
  if (found != nullptr && !found->undecided.empty()) return Undecided{found->undecided};
  if (undecided) return *undecided;
  return Holds{invariant_, bounds(), found == nullptr};
}

}  // namespace

std::vector<PropertyVerdict> Engine::check(const Program& program, const Program& exact,
                                           const std::vector<Property>& properties, const Limits& limits) {
  Checker checker(program, exact, parts_->context, limits);
  return checker.verdicts(properties);
}

}  // namespace tenure
