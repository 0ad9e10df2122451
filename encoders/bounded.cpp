#include "encoders/bounded.h"

#include <algorithm>
#include <map>

namespace tenure {

BoundedSearch::BoundedSearch(const Program& program, const Modes& modes, ValuePool& pool, SolverContext& context)
    : program_(program),
      modes_(modes),
      pool_(pool),
      graph_(pool.graph()),
      executor_(program, pool),
      solver_(context, graph_) {
  states_.push_back(modes.split(executor_.initial(), executor_));
}

void BoundedSearch::extend(const std::vector<std::uint32_t>& goals) {
  std::vector<SymbolicState> before;
  for (const auto& [mode, state] : states_.back()) {
    before.push_back(state);
    for (std::uint32_t goal = 0; goal < state.reached.size(); ++goal) {
      if (std::find(goals.begin(), goals.end(), goal) == goals.end()) before.back().reached[goal] = false_literal;
    }
  }
  std::map<Mode, std::vector<SymbolicState>> by_mode;
  for (const SymbolicState& after : executor_.any_event(before)) {
    for (auto& [mode, part] : modes_.split(after, executor_)) executor_.add(by_mode[mode], std::move(part));
  }
  States states;
  for (auto& [mode, shapes] : by_mode) {
    for (SymbolicState& state : shapes) {
      for (std::uint32_t goal = 0; goal < state.reached.size(); ++goal) {
        if (std::find(goals.begin(), goals.end(), goal) == goals.end()) state.reached[goal] = false_literal;
      }
      if (refine(program_, pool_, executor_, solver_, state)) states.emplace_back(mode, std::move(state));
    }
  }
  states_.push_back(std::move(states));
}

Literal BoundedSearch::reaches_goal(std::uint32_t goal) {
  Literal any = false_literal;
  for (const auto& [mode, state] : states_.back()) {
    any = graph_.disjunction(any, graph_.conjunction(state.here, state.reached[goal]));
  }
  return any;
}

Satisfiability BoundedSearch::reaches(const std::vector<std::uint32_t>& goals) {
  Literal any = false_literal;
  for (const std::uint32_t goal : goals) any = graph_.disjunction(any, reaches_goal(goal));
  if (any == false_literal) return Satisfiability::unsatisfiable;
  const Satisfiability answer = solver_.check({any});
  if (answer == Satisfiability::satisfiable) solver_.read_model();
  return answer;
}

bool BoundedSearch::reached(std::uint32_t goal) {
  return solver_.value(reaches_goal(goal));
}

std::optional<Path> BoundedSearch::shortest(std::uint32_t goal) {
  Weighted steps;
  Weighted unusual;
  for (const auto& event : executor_.steps()) {
    for (const SymbolicStep& step : event) {
      const Literal counts = graph_.conjunction(step.here, negation(step.reached[goal]));
      if (counts != false_literal) steps.emplace_back(counts, step.steps);
    }
  }
  for (const auto& event : executor_.choices()) {
    for (const SymbolicChoice& choice : event) {
      const Literal open = graph_.conjunction(choice.here, negation(choice.reached[goal]));
      for (std::size_t i = 1; i < choice.taken.size(); ++i) {
        const Literal counts = graph_.conjunction(open, choice.taken[i]);
        if (counts != false_literal) unusual.emplace_back(counts, 1U);
      }
    }
  }
  std::vector<Literal> assumptions{reaches_goal(goal)};
  if (solver_.check(assumptions) != Satisfiability::satisfiable) return std::nullopt;
  solver_.read_model();
  std::optional<Path> best = descend(goal, steps, assumptions);
  if (!best || solver_.check(assumptions) != Satisfiability::satisfiable) return best;
  solver_.read_model();
  return descend(goal, unusual, assumptions);
}

/// Asks for less cost until there is none; that the cost is no higher stays among the assumptions.
std::optional<Path> BoundedSearch::descend(std::uint32_t goal, const Weighted& cost,
                                           std::vector<Literal>& assumptions) {
  const auto at_most = [&](std::uint32_t limit) {
    const Literal guard = graph_.input();
    solver_.add_at_most(guard, cost, limit);
    return guard;
  };
  Path best = path(goal);
  std::uint32_t bound = cost_of(cost);
  assumptions.push_back(true_literal);
  while (bound > 0) {
    const Literal previous = assumptions.back();
    assumptions.back() = at_most(bound - 1);
    const Satisfiability answer = solver_.check(assumptions);
    if (answer == Satisfiability::unknown) return std::nullopt;
    if (answer == Satisfiability::unsatisfiable) {
      assumptions.back() = previous;
      break;
    }
    solver_.read_model();
    best = path(goal);
    bound = cost_of(cost);
  }
  assumptions.back() = at_most(bound);
  return best;
}

std::uint32_t BoundedSearch::cost_of(const Weighted& cost) {
  std::uint32_t sum = 0;
  for (const auto& [literal, weight] : cost) {
    if (solver_.value(literal)) sum += weight;
  }
  return sum;
}

Path BoundedSearch::path(std::uint32_t goal) {
  Path path;
  path.goal = goal;
  const auto holds = [&](Literal literal) { return solver_.value(literal); };
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    if (program_.variables[v].scope != Scope::fixed) continue;
    for (const Case& each : pool_.cases(states_.front().front().second.values[v])) {
      if (holds(each.when)) {
        path.fixed.push_back(each.value);
        break;
      }
    }
  }
  for (std::size_t i = 0; i < executor_.choices().size(); ++i) {
    Path::Event event;
    for (std::uint32_t e = 0; e < program_.events.size(); ++e) {
      if (holds(executor_.chosen_events()[i][e])) event.event = e;
    }
    for (const SymbolicChoice& choice : executor_.choices()[i]) {
      if (!holds(choice.here) || holds(choice.reached[goal])) continue;
      for (std::size_t option = 0; option < choice.taken.size(); ++option) {
        if (holds(choice.taken[option])) event.decisions.push_back(choice.options[option]);
      }
    }
    for (const SymbolicStep& step : executor_.steps()[i]) {
      if (holds(step.here) && !holds(step.reached[goal])) path.steps += step.steps;
    }
    path.events.push_back(std::move(event));
  }
  return path;
}

}  // namespace tenure
