#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "encoders/claim.h"
#include "encoders/engine.h"
#include "encoders/induction.h"
#include "encoders/sampled_goals.h"
#include "encoders/sampled_growth.h"
#include "encoders/search_solver.h"
#include "encoders/solver.h"
#include "encoders/state_diagram.h"
#include "encoders/state_graph.h"
#include "encoders/times.h"
#include "encoders/transition_system.h"
#include "encoders/unrolling.h"
#include "encoders/value.h"
#include "encoders/z3_solver.h"
#include "model/program.h"
#include "model/verdict.h"

namespace tenure {

/// What an engine keeps from one program to the next.
struct EngineParts {
  SolverContext context;
  SearchSolver by;
  Times times;
  std::string undrawn = {};   ///< the driver of the last program whose diagram was too large, and which one of it
  std::string narrowed = {};  ///< of the last one whose counters made it so
  int narrowed_margin = 0;    ///< of that one's counters then
};

/// The questions about one Program, answered together.
class ProgramChecker {
 public:
  ProgramChecker(const Program& program, const Program& exact, EngineParts& parts, const Limits& limits)
      : times_(parts.times),
        program_(program),
        exact_(exact),
        parts_(parts),
        context_(parts.context),
        limits_(limits),
        pool_(graph_),
        by_(parts.by),
        solver_(by_.make(graph_, Questions::few)),
        samples_(exact),
        lassos_(exact) {
    found_.resize(program.goals.size());
  }

  std::vector<PropertyVerdict> verdicts(const std::vector<Property>& properties);
  /// Whether there were picks that could be left out.
  bool could_pick_less() const { return states_ && states_->executor().could_pick_less(); }
  std::vector<Reachability> reachable_goals(bool wants_shortest);
  /// As Inquiry::reached().
  std::vector<Reachability> reached(const std::vector<std::uint32_t>& goals);
  /// As Inquiry::told().
  Violated told(const std::vector<Path>& runs);

 private:
  /// A question is given up after so many events.
  static constexpr std::uint32_t last_depth = 24;
  /// So many events of random runs in a row that reach nothing new are enough before a proof is tried.
  static constexpr std::size_t events_before_proof = 300;
  /// So many runs show that a list grows where that seems to be so.
  static constexpr std::size_t runs_to_growth = 4000;
  /// Shares of the time that are over when finding the diagram of all states, and settling what it says, has to end;
  /// where that came to nothing, exploring, proving, taking samples, and searching for growth and for what is undecided
  /// then.
  static constexpr double to_draw = .4, to_settle = 1.4;
  static constexpr double to_explore = 1, to_prove = 1.5, to_sample = 1.6, to_grow = 1.75, to_search = 2;
  /// A proof that was found in time is checked with some more of it.
  static constexpr double to_check = 1.65;

  struct Found {
    bool asked = false;
    std::optional<Path> path;
    bool is_shortest = true;
    bool proved = false;
    std::string undecided;
  };

  static Found reached_by(Path path) { return {true, std::move(path), true, false, ""}; }
  Reachability reachability(std::uint32_t goal) const;
  void ask(const std::vector<Property>& properties);
  void ask_again(const std::vector<std::uint32_t>& goals);
  void answer();
  void answer_by_graph();
  StateGraph& states();
  std::vector<std::uint32_t> open() const;
  std::vector<std::uint32_t> open_and_culprits() const;
  /// Whether it is still to be shown that the states are finitely many.
  bool has_to_be_finite() const;
  bool is_done() const;
  void explore();
  void explore(const QueryLimits& limits);
  void draw_diagram();
  std::string which() const;
  bool draw(const Program& program);
  bool draw_until_far();
  bool draw();
  void settle_by_diagram();
  bool prove_by_diagram(StateDiagram& diagram);
  bool draw_without_narrowing();
  void settle_unreached();
  void search_reached();
  void begin_search();
  bool follow_broken_list();
  bool search(std::uint32_t depth, bool until_settled = false);
  void search_here();
  /// Whether a list was cut.
  bool grows() const { return is_proved_by_diagram_ ? diagram_->grows() : states_ && states_->grows(); }
  bool may_be_reached(const Found& found) const;
  /// Whether a run to a goal is known, be it one that waits for a shorter one.
  bool has_run(std::uint32_t goal) const { return found_[goal].path || sampled_.contains(goal); }
  void sample_unknown();
  void take_samples(std::vector<std::uint32_t> goals, std::size_t most_in_vain);
  void take_reached(const std::vector<std::uint32_t>& goals);
  void take_run(Path run);
  void tell_samples();
  void sample_growing(std::size_t most_runs);
  void search_growth();
  void search_lasso();
  std::uint32_t depth_to_reach() const;
  bool is_told(std::uint32_t goal) const;
  void settle(const Path& run);
  bool steps_through(const Program& program, const Path& path) const;
  StateGraph& few_events();
  bool explore_few_events(std::uint32_t events);
  void search_few_events(std::uint32_t most, bool until_settled = false);
  void prove();
  bool prove_explored();
  std::vector<std::uint32_t> to_prove_here() const;
  bool search_for_samples();
  bool prove_with(std::vector<Cube> excluded, const std::vector<std::uint32_t>& goals);
  void settle_proved(std::uint32_t goal, const std::set<std::string>& cuts);
  void give_up(const std::string& reason);
  QueryLimits query_limits() const { return query_limits(share_); }
  QueryLimits query_limits(double share) const;
  Verdict verdict(Property property) const;
  Bounds bounds() const;
  [[noreturn]] void refuse_index(const Path& path) const;

  Times& times_;
  const Program& program_;
  const Program& exact_;
  EngineParts& parts_;
  SolverContext& context_;
  Limits limits_;
  double began_ = seconds_now();
  double explored_for_ = 0;  ///< seconds
  double share_ = 1;         ///< of the time, counted from the beginning
  FormulaGraph graph_;
  ValuePool pool_;
  SearchSolver by_;
  std::unique_ptr<Solver> solver_;
  std::optional<StateGraph> states_;       ///< explored, where the diagram does not say enough
  RecordedAnswers answers_;                ///< of the solver while states are explored
  std::optional<Program> narrowed_;        ///< with a smaller margin, where counters have many values
  std::unique_ptr<StateDiagram> diagram_;  ///< of all states, of the narrowed program if there is one
  bool is_begun_ = false;
  bool is_explored_ = false;
  std::optional<TransitionSystem> system_;  ///< of what is explored, once something was to be proved
  std::optional<Induction> induction_;
  std::optional<StateGraph> few_events_;  ///< of what the others leave undecided, or bounded
  std::uint32_t few_events_explored_ = 0;
  bool few_events_are_limited_ = false;  ///< no more of them can be explored
  std::optional<Unrolling> search_;
  std::vector<Found> found_;
  bool wants_shortest_ = false;  ///< also to goals that have only to be reachable
  bool any_run_does_ = false;    ///< to violations too
  bool asks_growth_ = false;
  SampledGoals samples_;
  SampledLassos lassos_;
  std::map<std::uint32_t, Path> sampled_;  ///< by goal: paths of random runs that wait for shorter ones
  std::optional<Violated> growth_;
  bool is_finite_ = false;  ///< proved: the states are all there are
  bool is_proved_by_diagram_ = false;
  bool is_unproved_ = false;  ///< what the diagram says was not proved in time
  std::string given_up_;      ///< why the proof was, if it was
  Invariant invariant_;
  std::shared_ptr<const Proof> proof_;
};

}  // namespace tenure
