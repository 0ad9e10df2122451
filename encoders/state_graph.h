#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "encoders/mode.h"
#include "encoders/solver.h"
#include "encoders/symbolic.h"
#include "encoders/transition_system.h"
#include "model/program.h"

namespace tenure {

/// All states between two events that some run may come to, each explored once. In a state every variable has one value
/// and every list one content, or one that depends on the fixed variables alone: configurations are not told apart.
/// Under which configurations a state is reached is known in part only, by what all ways to it have in common; the rest
/// is for an invariant to say.
class StateGraph {
 public:
  StateGraph(const Program& program, const Modes& modes, ValuePool& pool, SolverContext& context);

  /// Explores until no event leads to a new state. False when a limit was reached: reason() says which.
  bool explore(const QueryLimits& limits);
  const std::string& reason() const { return reason_; }
  std::size_t size() const { return states_.size(); }
  /// For each goal: no run of fewer events reaches it; UINT32_MAX: none does at all.
  std::vector<std::uint32_t> fewest_events() const;
  /// The graph as formulas: a bit for each state, and one for each fixed variable.
  TransitionSystem transition_system() const;
  /// What was cut: ranges of picks.
  const std::set<std::string>& cuts() const { return executor_.cuts(); }

 private:
  struct Content {
    std::vector<ValueId> values;
    std::vector<SlotsId> lists;
    friend auto operator<=>(const Content&, const Content&) = default;
  };
  struct Edge {
    std::uint32_t to;
    Literal when;
  };
  struct StableState {
    Content content;
    std::vector<Literal> facts;  ///< about the fixed variables, on every way here; sorted
    std::string words;
    std::vector<Edge> edges;
    Literal happens = false_literal;
    std::vector<Literal> reached;
  };

  bool explore_state(std::uint32_t id, const QueryLimits& limits);
  bool enumerate(const SymbolicState& after, Solver& solver, StableState& from);
  Content content_in_model(const SymbolicState& after, Solver& solver, std::vector<Literal>& chosen);
  std::uint32_t state_of(Content content, const std::vector<Literal>& facts);
  std::vector<Literal> facts_on(const StableState& from, Literal when);
  bool is_open(Literal literal);
  std::string in_words(const Content& content) const;

  const Program& program_;
  const Modes& modes_;
  ValuePool& pool_;
  FormulaGraph& graph_;
  SolverContext& context_;
  SymbolicExecutor executor_;
  SymbolicState initial_;
  std::vector<StableState> states_;
  std::map<Content, std::uint32_t> ids_;
  std::set<std::uint32_t> waiting_;   ///< states to be explored, or again because less is known of them
  std::vector<signed char> depends_;  ///< by node: whether it depends on more than fixed variables; -1 not known yet
  std::string reason_;
};

}  // namespace tenure
