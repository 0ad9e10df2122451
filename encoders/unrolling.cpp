#include "encoders/unrolling.h"

#include <algorithm>
#include <set>

#include "model/diagnostic.h"

namespace tenure {

void Substitution::put(Literal input, Literal replacement) {
  done_[node_of(input)] = replacement ^ (input & 1U);
}

Literal Substitution::operator()(Literal root) {
  if (done_.empty() && !renews) return root;
  std::vector<std::uint32_t> work{node_of(root)};
  while (!work.empty()) {
    const std::uint32_t id = work.back();
    if (id == 0 || done_.contains(id)) {
      work.pop_back();
      continue;
    }
    if (graph_->is_input(id)) {
      done_[id] = renews && id >= first_renewed ? graph_->input() : id << 1U;
      continue;
    }
    const FormulaGraph::Node node = graph_->node(id);
    const auto replaced = [&](Literal child) {
      const auto found = done_.find(node_of(child));
      return node_of(child) == 0 ? child : found->second ^ (child & 1U);
    };
    bool ready = true;
    for (const Literal child : {node.left, node.right}) {
      if (node_of(child) == 0 || done_.contains(node_of(child))) continue;
      work.push_back(node_of(child));
      ready = false;
    }
    if (ready) done_[id] = graph_->conjunction(replaced(node.left), replaced(node.right));
  }
  return node_of(root) == 0 ? root : done_.at(node_of(root)) ^ (root & 1U);
}

Unrolling::Unrolling(const Program& program, const StateGraph& states, Solver& solver, SolverContext& z3, bool revisits)
    : program_(program),
      states_(states),
      graph_(states.pool().graph()),
      solver_(solver),
      z3_(z3, graph_, Questions::few),
      revisits_(revisits) {
  visits_.emplace_back();
  Visit& first = visit(visits_.back(), StateGraph::initial);
  first.here = true_literal;
  prepare(first);
}

Unrolling::Visit& Unrolling::visit(std::vector<Visit>& visits, std::uint32_t location) {
  for (Visit& each : visits) {
    if (each.location == location) return each;
  }
  const std::size_t inputs = free_inputs(states_.location(location));
  visits.push_back({location, false_literal, std::vector<Literal>(inputs, false_literal), Substitution(graph_)});
  return visits.back();
}

/// What the free values are, and whether decisions are those of this event alone.
void Unrolling::prepare(Visit& visit) {
  std::size_t next = 0;
  for (const Bundle& bundle : states_.location(visit.location).bundles) {
    for (const Literal input : bundle.inputs) visit.now.put(input, visit.free[next++]);
  }
  visit.now.renews = revisits_ || next != 0;
  visit.now.first_renewed = states_.first_open();
}

void Unrolling::extend() {
  std::vector<Visit> after;
  for (Visit& from : visits_.back()) {
    const Location& location = states_.location(from.location);
    for (const Move& move : location.moves) {
      const Literal taken = graph_.conjunction(from.here, from.now(move.when));
      if (taken == false_literal) continue;
      Visit& there = visit(after, move.to);
      there.here = graph_.disjunction(there.here, taken);
      std::size_t next = 0;
      for (const Bundle& bundle : states_.location(move.to).bundles) {
        for (std::size_t i = 1; i < bundle.tuples.size(); ++i) {
          const Literal is = from.now(is_tuple(states_.pool(), bundle, i, move.cells));
          there.free[next] = graph_.disjunction(there.free[next], graph_.conjunction(taken, is));
          ++next;
        }
      }
    }
  }
  for (Visit& each : after) prepare(each);
  visits_.push_back(std::move(after));
}

/// What holds in the event after depth() - 1 others, where `at` says what that is at a visit.
template <typename At>
Literal Unrolling::in_last_event(const At& at) {
  Literal any = false_literal;
  if (depth() == 0) return any;
  for (Visit& from : visits_[depth() - 1]) any = graph_.disjunction(any, graph_.conjunction(from.here, at(from)));
  return any;
}

Literal Unrolling::reaches_goal(std::uint32_t goal) {
  return in_last_event([&](Visit& from) {
    const std::vector<Literal>& reached = states_.location(from.location).reached;
    return reached.empty() || reached[goal] == false_literal ? false_literal : from.now(reached[goal]);
  });
}

Literal Unrolling::breaks(ListId list) {
  return in_last_event([&](Visit& from) {
    Literal any = false_literal;
    for (const Presumption& each : states_.location(from.location).presumptions) {
      if (each.list == list) any = graph_.disjunction(any, from.now(each.broken));
    }
    return any;
  });
}

/// Whether that holds of some run; if so, the solver's model is one.
Satisfiability Unrolling::find_run(Literal holds) {
  if (holds == false_literal) return Satisfiability::unsatisfiable;
  return ask(solver_, {holds});
}

/// If that can hold, the solver's value() speaks of a model.
Satisfiability Unrolling::ask(Solver& solver, const std::vector<Literal>& assumptions) {
  const Satisfiability answer = solver.check(assumptions);
  if (answer == Satisfiability::satisfiable) solver.read_model();
  if (answer == Satisfiability::unknown) reason_ = solver.reason();
  return answer;
}

Satisfiability Unrolling::breaks_presumption() {
  Literal any = false_literal;
  for (ListId list = 0; list < program_.lists.size(); ++list) any = graph_.disjunction(any, breaks(list));
  return find_run(any);
}

ListId Unrolling::broken_list() {
  ListId list = 0;
  while (list + 1 < program_.lists.size() && !solver_.value(breaks(list))) ++list;
  return list;
}

/// That every counter is in its range in the first depth() events.
Literal Unrolling::is_exact() {
  Literal exact = true_literal;
  for (std::size_t event = 0; event < depth(); ++event) {
    for (Visit& visit : visits_[event]) {
      for (const SymbolicChoice& choice : states_.executor().choices()[states_.location(visit.location).call]) {
        if (choice.is_exact == true_literal) continue;
        const Literal unknown = visit.now(graph_.conjunction(choice.here, negation(choice.is_exact)));
        exact = graph_.conjunction(exact, negation(graph_.conjunction(visit.here, unknown)));
      }
    }
  }
  return exact;
}

Satisfiability Unrolling::reaches(const std::vector<std::uint32_t>& goals) {
  Literal any = false_literal;
  for (const std::uint32_t goal : goals) any = graph_.disjunction(any, reaches_goal(goal));
  return find_run(any);
}

bool Unrolling::reached(std::uint32_t goal) {
  return solver_.value(reaches_goal(goal));
}

/// The cells of the location at a visit.
std::vector<ValueId> Unrolling::cells_at(const Visit& visit) const {
  const Location& location = states_.location(visit.location);
  std::vector<ValueId> cells = location.cells;
  auto first = visit.free.begin();
  for (const Bundle& bundle : location.bundles) {
    const auto last = first + static_cast<std::ptrdiff_t>(bundle.inputs.size());
    for (std::size_t i = 0; i < bundle.cells.size(); ++i)
      cells[bundle.cells[i]] = value_said(states_.pool(), bundle, i, {first, last});
    first = last;
  }
  return cells;
}

std::vector<Return> Unrolling::returns() {
  std::vector<Return> all;
  for (std::uint32_t events = 0; events < depth(); ++events) {
    for (const Visit& before : visits_[events]) {
      for (const Visit& after : visits_[depth()]) {
        if (before.location == after.location) add_returns(events, before, after, all);
      }
    }
  }
  return all;
}

/// Of two visits of one location.
void Unrolling::add_returns(std::uint32_t events, const Visit& before, const Visit& after,
                            std::vector<Return>& all) const {
  ValuePool& pool = states_.pool();
  const std::vector<ValueId> old = cells_at(before);
  const std::vector<ValueId> now = cells_at(after);
  Literal returns = graph_.conjunction(before.here, after.here);
  for (std::uint32_t cell = 0; cell < states_.variable_cells(); ++cell)
    if (!program_.variables[states_.variable(cell)].compared)
      returns = graph_.conjunction(returns, pool.equal(old[cell], now[cell]));
  std::vector<Literal> added;
  for (const std::vector<PossibleEntry>& entries : states_.location(before.location).lists) {
    for (const PossibleEntry& entry : entries) {
      const Literal was = pool.truth(old[entry.present]);
      const Literal is = pool.truth(now[entry.present]);
      added.push_back(graph_.conjunction(is, negation(was)));
      returns = graph_.conjunction(returns, graph_.disjunction(negation(was), is));
    }
  }
  for (const Literal is_added : added) {
    const Literal when = graph_.conjunction(returns, is_added);
    if (when != false_literal) all.push_back({events, when});
  }
}

Path Unrolling::lasso(const Return& way) {
  Path lasso = path(none);
  lasso.repeats_from = way.events;
  return lasso;
}

std::optional<std::pair<Path, std::size_t>> Unrolling::shortest_lasso(const std::vector<Return>& ways) {
  Literal any = false_literal;
  for (const Return& way : ways) any = graph_.disjunction(any, way.when);
  std::optional<Path> path = shortest(any, none);
  if (!path) return std::nullopt;
  std::size_t taken = 0;
  while (!z3_.value(ways[taken].when)) ++taken;
  path->repeats_from = ways[taken].events;
  return std::pair{std::move(*path), taken};
}

std::optional<Path> Unrolling::shortest(Literal target, std::uint32_t goal) {
  Weighted steps;
  Weighted unusual;
  for (std::size_t event = 0; event < depth(); ++event) {
    for (Visit& visit : visits_[event]) {
      const std::size_t call = states_.location(visit.location).call;
      const auto open = [&](Literal here, const std::vector<Literal>& reached) {
        const bool is_last = event + 1 == depth();
        const Literal counts = is_last && goal != none ? graph_.conjunction(here, negation(reached[goal])) : here;
        return graph_.conjunction(visit.here, visit.now(counts));
      };
      for (const SymbolicStep& step : states_.executor().steps()[call]) {
        const Literal counts = open(step.here, step.reached);
        if (counts != false_literal) steps.emplace_back(counts, step.steps);
      }
      for (const SymbolicChoice& choice : states_.executor().choices()[call]) {
        const Literal here = open(choice.here, choice.reached);
        for (std::size_t i = 1; i < choice.taken.size(); ++i) {
          const Literal counts = graph_.conjunction(here, visit.now(choice.taken[i]));
          if (counts != false_literal) unusual.emplace_back(counts, 1U);
        }
      }
    }
  }
  std::vector<Literal> bounds{target};
  if (ask(solver_, bounds) != Satisfiability::satisfiable) return std::nullopt;
  for (const Weighted* cost : {&steps, &unusual}) {
    if (!descend(*cost, bounds)) return std::nullopt;
  }
  return found_by_z3(target, goal);
}

/// Asks for less cost than the last run within the bounds has until there is none; that the cost is no higher is a
/// bound from then on. False when a limit was reached.
bool Unrolling::descend(const Weighted& cost, std::vector<Literal>& bounds) {
  const std::optional<Weighted> open = uncertain(cost, bounds);
  if (!open) return false;
  std::uint32_t least = cost_of(*open);
  const Cost total(graph_, solver_, *open, least);
  bounds.push_back(total.at_most(least));
  while (least > 0) {
    std::vector<Literal> less = bounds;
    less.back() = total.at_most(least - 1);
    const Satisfiability answer = ask(solver_, less);
    if (answer != Satisfiability::satisfiable) return answer == Satisfiability::unsatisfiable;
    least = cost_of(*open);
    bounds.back() = total.at_most(least);
  }
  return true;
}

/// The cost without what every run within the bounds has, which is most of it as a rule: of what the last run has, some
/// has to be missing in the next one, until there is none. Nothing when a limit was reached.
std::optional<Weighted> Unrolling::uncertain(const Weighted& cost, const std::vector<Literal>& bounds) {
  std::vector<Literal> missing;
  for (const auto& [literal, weight] : cost) {
    if (solver_.value(literal)) missing.push_back(negation(literal));
  }
  while (!missing.empty()) {
    solver_.constrain(missing);
    const Satisfiability answer = ask(solver_, bounds);
    if (answer == Satisfiability::unknown) return std::nullopt;
    if (answer == Satisfiability::unsatisfiable) break;
    std::erase_if(missing, [&](Literal literal) { return solver_.value(literal); });
  }
  const std::set<Literal> never(missing.begin(), missing.end());
  Weighted open = cost;
  std::erase_if(open, [&](const auto& each) { return never.contains(negation(each.first)); });
  return open;
}

/// The last run, as Z3 finds it: it is asked whether these events and decisions come to the target.
std::optional<Path> Unrolling::found_by_z3(Literal target, std::uint32_t goal) {
  std::vector<Literal> assumptions{target};
  read_path(goal, solver_, &assumptions);
  z3_.set_limits(solver_.limits());
  const Satisfiability answer = ask(z3_, assumptions);
  if (answer == Satisfiability::unsatisfiable)
    throw InternalError("Z3 finds no run where the search found one in " + program_.driver);
  if (answer == Satisfiability::unknown) return std::nullopt;
  return read_path(goal, z3_, nullptr);
}

std::uint32_t Unrolling::cost_of(const Weighted& cost) {
  std::uint32_t sum = 0;
  for (const auto& [literal, weight] : cost) {
    if (solver_.value(literal)) sum += weight;
  }
  return sum;
}

/// `decided`, if any, gets the events and decisions besides.
Path Unrolling::read_path(std::uint32_t goal, Solver& model, std::vector<Literal>* decided) {
  Path path;
  path.goal = goal;
  const auto holds = [&](Literal literal) {
    const bool is_so = model.value(literal);
    if (is_so && decided != nullptr) decided->push_back(literal);
    return is_so;
  };
  for (const FreeValue& fixed : states_.fixed()) {
    for (const Case& each : states_.pool().cases(fixed.value)) {
      if (!holds(each.when)) continue;
      path.fixed.push_back(each.value);
      break;
    }
  }
  for (std::size_t i = 0; i < depth(); ++i) {
    const auto visit =
        std::find_if(visits_[i].begin(), visits_[i].end(), [&](const Visit& each) { return holds(each.here); });
    if (visit == visits_[i].end()) throw InternalError("a run that is nowhere");
    const std::size_t call = states_.location(visit->location).call;
    const auto now = [&](Literal literal) { return holds(visit->now(literal)); };
    const bool ends_here = goal != none && i + 1 == depth();
    Path::Event event;
    for (std::uint32_t e = 0; e < program_.events.size(); ++e) {
      if (now(states_.executor().chosen_events()[call][e])) event.event = e;
    }
    for (const SymbolicChoice& choice : states_.executor().choices()[call]) {
      if (!now(choice.here) || (ends_here && now(choice.reached[goal]))) continue;
      for (std::size_t option = 0; option < choice.taken.size(); ++option) {
        if (now(choice.taken[option])) event.decisions.push_back(choice.options[option]);
      }
    }
    for (const SymbolicStep& step : states_.executor().steps()[call]) {
      if (now(step.here) && !(ends_here && now(step.reached[goal]))) path.steps += step.steps;
    }
    path.events.push_back(std::move(event));
  }
  return path;
}

}  // namespace tenure
