#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "encoders/location.h"
#include "encoders/open_formulas.h"
#include "encoders/sampled_growth.h"
#include "encoders/sampled_lists.h"
#include "encoders/search_solver.h"
#include "encoders/symbolic.h"
#include "encoders/transition_system.h"
#include "model/program.h"

namespace tenure {

/// That runs with more copies of calls on a list were not followed, in words.
std::string cut_of_list(const Program& program, ListId list, std::size_t copies);

/// All states between two events that some run may come to, as a graph of locations, explored until nothing new comes.
/// A location says of its cells what they may be as the product of its bundles, so that neither configurations nor
/// combinations of what is independent are enumerated.
class StateGraph {
 public:
  /// What is one location: states of the same control, or those that runs of as many events come to. Then the cells
  /// have their values as formulas, so that each location is explored once; but there is no end of locations.
  enum class Locations { by_control, by_control_and_events };
  /// How many copies of the same calls in a row are followed on a list that grows for ever.
  static constexpr std::uint32_t most_copies_of_endless = 3;
  /// With `given`, nothing is asked: the answers come from there, and the graph is right whatever they are, in
  /// that what they leave out is `outside` in transition_system().
  StateGraph(const Program& program, ValuePool& pool, RecordedAnswers* given = nullptr,
             Locations kind = Locations::by_control, const SearchSolver& by = {});
  /// What is answered from now on is put there.
  void record(RecordedAnswers& answers) { record_ = &answers; }

  /// Notes what happens.
  void note(SeenValues& seen) { executor_.note(seen); }
  /// Has statements do more than they do, and forgets what is not kept. What there is to explore is as before: the
  /// rest is `outside`. `loosening` must outlive it.
  void loosen(const Loosening& loosening, const Kept& kept);
  /// Follows only these goals, as if no run could reach the others.
  void follow(const std::vector<std::uint32_t>& goals) { executor_.follow(goals); }
  /// Explores until no event leads to anything new. False when a limit was reached: reason() says which, and another
  /// call goes on; before it ends well there is nothing for transition_system() and an Unrolling to see.
  bool explore(const QueryLimits& limits);
  /// Of locations by_control_and_events: explores those after the events that were explored before. False when a limit
  /// was reached: no further event is explored then.
  bool explore_one_event(const QueryLimits& limits);
  const std::string& reason() const { return reason_; }
  /// What is on a list is followed no further than samples have it, until some run has more there: from now on all of
  /// it is. Whether that leaves something to explore.
  bool follow_list(ListId list);

  /// The location of the initial state: of each bundle, tuple 0 is initial there.
  static constexpr std::uint32_t initial = 0;
  const Location& location(std::uint32_t id) const { return locations_[id]; }
  std::uint32_t locations() const { return static_cast<std::uint32_t>(locations_.size()); }
  /// For each goal: no run of fewer events reaches it; UINT32_MAX: none does at all.
  std::vector<std::uint32_t> fewest_events() const;
  /// The graph as formulas: a bit for each location, for each input of a bundle, and for each fixed variable.
  TransitionSystem transition_system(const Kept& to_keep = {}) const;

  /// Which variable a cell of a location is.
  VariableId variable(std::uint32_t cell) const { return tracked_[cell]; }
  /// Variables whose values tell locations apart.
  const std::vector<VariableId>& control() const { return control_; }
  /// How many of a location's cells are variables: the first ones.
  std::uint32_t variable_cells() const { return static_cast<std::uint32_t>(tracked_.size()); }
  const SymbolicExecutor& executor() const { return executor_; }
  ValuePool& pool() const { return pool_; }
  /// Nodes of the formula graph below this one are about fixed variables.
  std::uint32_t first_open() const { return first_open_; }
  const std::vector<FreeValue>& fixed() const { return executor_.fixed(); }
  /// What was cut: ranges of picks, lists.
  std::set<std::string> cuts() const;
  /// Whether a list was cut.
  bool grows() const { return !growing_lists_.empty(); }

 private:
  /// States that come to a location.
  struct Arrival {
    std::uint32_t to = 0;
    bool is_first = false;
    Literal when = false_literal;
    std::vector<ValueId> cells = {};
    Literal presumed = true_literal;
    Literal left_out = false_literal;  ///< by cuts
    std::vector<Presumption> presumptions = {};
  };

  void wait(std::uint32_t id);
  SymbolicState state_at(const Location& location) const;
  bool explore_location(std::uint32_t id, const QueryLimits& limits);
  bool arrive(const SymbolicState& after, Location& from);
  Satisfiability find_model(Literal literal);
  Arrival arrival_in_model(const SymbolicState& after);
  void expect(Location& location);
  bool lay_out(Arrival& arrival, const SymbolicState& state);
  std::vector<Slot> compacted(const std::vector<Slot>& slots);
  bool presume(std::vector<Slot>& slots, ListId list, Arrival& arrival);
  void move_up(std::vector<Slot>& slots, std::size_t from);
  std::vector<std::size_t> move_up_without_place(std::vector<Slot>& slots, const std::vector<PossibleEntry>& entries);
  bool fit(std::vector<Slot>& slots, ListId list, Arrival& arrival);
  bool join_exclusive(std::vector<Slot>& slots, Arrival& arrival);
  std::size_t copies_followed(ListId list);
  bool cut(std::vector<Slot>& slots, ListId list, Arrival& arrival);
  Satisfiability find_there(Literal there, Arrival& arrival);
  void leave_out(std::vector<Slot>& slots, std::size_t slot, ListId list, Arrival& arrival);

  void begin(const Arrival& arrival, const Location& from);
  void free_cells(const Arrival& arrival);
  bool cover(const Arrival& arrival, const Location& from);
  void join(const Arrival& arrival);
  void cover_in_model(Bundle& bundle, const Arrival& arrival, const Location& from);
  ValueId closed_in_model(ValueId value);
  bool is_open(ValueId value);
  std::vector<Literal> facts_on(const Location& from, Literal when);
  void split(Location& location, std::size_t bundle);
  std::vector<std::uint32_t> groups_of(const Arrival& arrival, const std::vector<bool>& is_asked);
  void free_together(const Arrival& arrival, const std::vector<std::uint32_t>& cells,
                     const std::vector<std::uint32_t>& group_of);
  void relate_entries(Location& location, const Bundle& bundle, std::size_t place,
                      const std::vector<std::uint32_t>& cells);
  void relate(Location& location, const Bundle& whole, const std::vector<std::vector<std::size_t>>& parts);
  void relate_in_model(Location& location, const Arrival& arrival);
  Literal is_covered(const Location& location, std::size_t part, const Arrival& arrival);

  Literal facts_of(const Location& location, const Kept& kept) const;
  std::vector<Literal> kept_cells(const Location& location, const Kept& kept) const;
  std::vector<std::set<std::int32_t>> values_of_cells(const Location& location) const;
  std::vector<ValueId> used_cells(const Location& location) const;
  Literal relations_of(const Location& location, const std::vector<ValueId>& cells,
                       const std::vector<Literal>& kept) const;
  Literal is_usual(const Location& location, const std::vector<ValueId>& cells, const std::vector<Literal>& kept) const;
  Literal is_closed(const Location& location, const std::vector<ValueId>& cells,
                    const std::vector<Literal>& kept) const;
  void add_events(TransitionSystem& system, const Location& location, Literal here,
                  const std::vector<std::size_t>& bit_of, const Kept& to_keep) const;
  std::string in_words(const Location& location) const;
  std::string in_words(const Location& location, const Bundle& bundle, std::size_t tuple) const;
  std::string in_words(const Location& location, std::uint32_t cell, ValueId value) const;

  const Program& program_;
  ValuePool& pool_;
  FormulaGraph& graph_;
  RecordedAnswers* given_;
  SearchSolver by_;
  RecordedAnswers* record_ = nullptr;
  std::unique_ptr<Solver> solver_;  ///< of the location that is being explored
  SymbolicExecutor executor_;
  SymbolicState initial_;
  OpenFormulas open_formulas_;
  std::uint32_t first_open_ = 0;
  Locations kind_;
  std::uint32_t events_ = 0;  ///< that were explored, of locations by_control_and_events
  std::vector<VariableId> control_;
  std::optional<SampledLists> samples_;  ///< of locations by_control
  std::optional<ListId> endless_;  ///< a list that grows for ever, or `none`, once that was asked
  std::vector<VariableId> tracked_;
  std::vector<Location> locations_;
  std::map<std::pair<std::uint32_t, std::vector<std::int32_t>>, std::uint32_t> location_ids_;  ///< by events_, control
  std::vector<std::uint32_t> waiting_;           ///< to be explored, or again because more comes to them, oldest first
  std::set<ListId> followed_lists_;              ///< of which nothing is presumed
  std::map<ListId, std::size_t> growing_lists_;  ///< with the copies that were followed
  std::string reason_;
  const Loosening* loosening_ = nullptr;
  Kept kept_;
};

}  // namespace tenure
