#include "encoders/induction.h"

#include <algorithm>
#include <queue>

namespace tenure {

namespace {
/// To simplify takes as long as some hundred queries.
constexpr std::size_t queries_before_simplifying = 300;
}  // namespace

Induction::Induction(const TransitionSystem& system, FormulaGraph& graph, const SearchSolver& by)
    : system_(system), graph_(graph), solver_(by.make(graph)) {
  const auto& bits = system_.bits;
  for (std::uint32_t i = 0; i < bits.size(); ++i) {
    const std::uint32_t node = node_of(bits[i].input);
    if (bit_of_input_.size() <= node) bit_of_input_.resize(node + 1, UINT32_MAX);
    bit_of_input_[node] = i;
    if (!bits[i].is_fixed) initial_.push_back(bits[i].initial ? bits[i].input : negation(bits[i].input));
  }
  solver_->add(system_.well_formed);
  add_frame();
}

void Induction::add_frame() {
  frames_.emplace_back();
  active_.push_back(graph_.input());
}

Literal Induction::next_of(Literal literal) const {
  const std::uint32_t bit = bit_of_input_[node_of(literal)];
  const Literal next = system_.bits[bit].is_fixed ? system_.bits[bit].input : system_.next[bit];
  return is_negated(literal) ? negation(next) : next;
}

/// Cubes are about the bits and what they become.
void Induction::simplify() {
  std::vector<Literal> kept{system_.happens, system_.left_out};
  for (std::size_t i = 0; i < system_.bits.size(); ++i) {
    kept.push_back(system_.bits[i].input);
    kept.push_back(system_.next[i]);
  }
  kept.insert(kept.end(), active_.begin(), active_.end());
  solver_->simplify(kept);
}

/// A query in the states of a frame: those reachable by at most `level` events are all among them.
Satisfiability Induction::query(std::uint32_t level, const std::vector<Literal>& more,
                                const std::vector<Literal>& one_of) {
  if (++queries_ == queries_before_simplifying) simplify();
  std::vector<Literal> assumptions = more;
  assumptions.push_back(system_.happens);
  for (std::uint32_t i = std::max(level, 1U); i < active_.size(); ++i) assumptions.push_back(active_[i]);
  if (level == 0) assumptions.insert(assumptions.end(), initial_.begin(), initial_.end());
  if (!one_of.empty()) solver_->constrain(one_of);
  const Satisfiability answer = solver_->check(assumptions);
  if (answer == Satisfiability::unknown) reason_ = solver_->reason();
  return answer;
}

/// Whether some other state of the frame below can become one of the cube.
Satisfiability Induction::predecessor(const Cube& cube, std::uint32_t level) {
  std::vector<Literal> more{negation(system_.left_out)};
  std::vector<Literal> elsewhere;
  for (const Literal literal : cube) {
    more.push_back(next_of(literal));
    elsewhere.push_back(negation(literal));
  }
  return query(level - 1, more, elsewhere);
}

Induction::Result Induction::prove(Literal bad) {
  Result result;
  if (graph_.conjunction(bad, system_.happens) == false_literal) {
    fixpoint_ = frames_.size();  // nothing has to be excluded
    result.answer = Answer::proved;
    return result;
  }
  const auto unknown = [&] {
    result.answer = Answer::unknown;
    result.reason = reason_;
    return result;
  };
  for (std::uint32_t level = 0;; ++level) {
    if (level == frames_.size()) add_frame();
    for (;;) {
      const Satisfiability answer = query(level, {bad});
      if (answer == Satisfiability::unknown) return unknown();
      if (answer == Satisfiability::unsatisfiable) break;
      Cube cube = lifted({bad, system_.happens});
      if (level == 0 || is_initial(cube)) {
        result.answer = Answer::reached;
        result.events = 1;
        return result;
      }
      if (!block(std::move(cube), level, result)) return result.answer == Answer::reached ? result : unknown();
    }
    if (level == 0) continue;
    if (level + 1 == frames_.size()) add_frame();
    const Satisfiability fixpoint = propagate(level);
    if (fixpoint == Satisfiability::unknown) return unknown();
    if (fixpoint == Satisfiability::satisfiable) {
      result.answer = Answer::proved;
      return result;
    }
  }
}

/// Excludes a cube from a frame, and whatever leads to it from the frames below. False when it is reachable or a limit
/// was reached.
bool Induction::block(Cube cube, std::uint32_t level, Result& result) {
  const auto later = [](const Obligation& a, const Obligation& b) { return a.level > b.level; };
  std::priority_queue<Obligation, std::vector<Obligation>, decltype(later)> open(later);
  open.push({level, 1, std::move(cube)});
  while (!open.empty()) {
    const Obligation obligation = open.top();
    open.pop();
    if (is_blocked(obligation.cube, obligation.level)) continue;
    const Satisfiability answer = predecessor(obligation.cube, obligation.level);
    if (answer == Satisfiability::unknown) return false;
    if (answer == Satisfiability::satisfiable) {
      std::vector<Literal> targets{system_.happens, negation(system_.left_out)};
      for (const Literal literal : obligation.cube) targets.push_back(next_of(literal));
      Cube before = lifted(targets);
      if (is_initial(before)) {
        result.answer = Answer::reached;
        result.events = obligation.events + 1;
        return false;
      }
      open.push({obligation.level - 1, obligation.events + 1, std::move(before)});
      open.push(obligation);
      continue;
    }
    Cube general = generalized(from_core(obligation.cube), obligation.level);
    std::uint32_t highest = obligation.level;
    while (highest < level && predecessor(general, highest + 1) == Satisfiability::unsatisfiable) ++highest;
    learn(std::move(general), highest);
    if (highest < level) open.push({highest + 1, obligation.events, obligation.cube});
  }
  return true;
}

/// Moves cubes to the next frame where they are excluded there too. `satisfiable` when a frame up to `checked` is left
/// without cubes of its own: then it equals the next one, and what is above is inductive and excludes what was checked.
Satisfiability Induction::propagate(std::uint32_t checked) {
  for (std::uint32_t level = 1; level + 1 < frames_.size(); ++level) {
    for (const Cube& cube : std::vector<Cube>(frames_[level])) {
      if (std::find(frames_[level].begin(), frames_[level].end(), cube) == frames_[level].end()) continue;
      const Satisfiability answer = predecessor(cube, level + 1);
      if (answer == Satisfiability::unknown) return answer;
      if (answer == Satisfiability::unsatisfiable) learn(cube, level + 1);
    }
    if (level <= checked && frames_[level].empty()) {
      fixpoint_ = level + 1;
      return Satisfiability::satisfiable;
    }
  }
  return Satisfiability::unsatisfiable;
}

std::vector<std::vector<Literal>> Induction::invariant() const {
  std::vector<std::vector<Literal>> cubes;
  for (std::size_t level = fixpoint_; level < frames_.size(); ++level) {
    cubes.insert(cubes.end(), frames_[level].begin(), frames_[level].end());
  }
  return cubes;
}

/// The bits on which it depends that the targets hold in the last model: from a conjunction that is false, one false
/// operand suffices.
Induction::Cube Induction::lifted(const std::vector<Literal>& targets) {
  solver_->read_model();
  Cube cube;
  std::vector<bool> seen(graph_.size());
  std::vector<std::uint32_t> work;
  for (const Literal target : targets) work.push_back(node_of(target));
  while (!work.empty()) {
    const std::uint32_t id = work.back();
    work.pop_back();
    if (id == 0 || seen[id]) continue;
    seen[id] = true;
    const Literal positive = id << 1U;
    if (graph_.is_input(id)) {
      if (id < bit_of_input_.size() && bit_of_input_[id] != UINT32_MAX) {
        cube.push_back(solver_->value(positive) ? positive : negation(positive));
      }
      continue;
    }
    const FormulaGraph::Node& node = graph_.node(id);
    if (solver_->value(positive)) {
      work.push_back(node_of(node.left));
      work.push_back(node_of(node.right));
    } else if (solver_->value(node.left) || (!solver_->value(node.right) && seen[node_of(node.right)])) {
      work.push_back(node_of(node.right));
    } else {
      work.push_back(node_of(node.left));
    }
  }
  std::sort(cube.begin(), cube.end());
  return cube;
}

/// What of the cube the last answer needed, and enough to exclude the initial state.
Induction::Cube Induction::from_core(const Cube& cube) const {
  const std::vector<Literal> core = solver_->core();
  Cube needed;
  for (const Literal literal : cube) {
    if (std::find(core.begin(), core.end(), next_of(literal)) != core.end()) needed.push_back(literal);
  }
  if (is_initial(needed)) {
    for (const Literal literal : cube) {
      if (is_initial({literal})) continue;
      needed.push_back(literal);
      break;
    }
    std::sort(needed.begin(), needed.end());
  }
  return needed;
}

/// Without literals that are not needed to have no state of the frame below become one of the cube; each is tried once.
Induction::Cube Induction::generalized(Cube cube, std::uint32_t level) {
  for (const Literal literal : Cube(cube)) {
    const auto at = std::lower_bound(cube.begin(), cube.end(), literal);
    if (cube.size() == 1 || at == cube.end() || *at != literal) continue;
    Cube smaller = cube;
    smaller.erase(smaller.begin() + (at - cube.begin()));
    if (is_initial(smaller) || predecessor(smaller, level) != Satisfiability::unsatisfiable) continue;
    cube = from_core(smaller);
  }
  return cube;
}

bool Induction::is_initial(const Cube& cube) const {
  return std::none_of(cube.begin(), cube.end(), [&](Literal literal) {
    const StateBit& bit = system_.bits[bit_of_input_[node_of(literal)]];
    return !bit.is_fixed && bit.initial == is_negated(literal);
  });
}

bool Induction::is_blocked(const Cube& cube, std::uint32_t level) const {
  for (std::size_t i = level; i < frames_.size(); ++i) {
    for (const Cube& excluded : frames_[i]) {
      if (std::includes(cube.begin(), cube.end(), excluded.begin(), excluded.end())) return true;
    }
  }
  return false;
}

void Induction::learn(Cube cube, std::uint32_t level) {
  for (std::uint32_t i = 1; i <= level; ++i) {
    std::erase_if(frames_[i],
                  [&](const Cube& old) { return std::includes(old.begin(), old.end(), cube.begin(), cube.end()); });
  }
  std::vector<Literal> clause{negation(active_[level])};
  for (const Literal literal : cube) clause.push_back(negation(literal));
  solver_->add_clause(clause);
  frames_[level].push_back(std::move(cube));
}

}  // namespace tenure
