#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "encoders/run_finder.h"
#include "encoders/sampled_growth.h"
#include "encoders/set_executor.h"
#include "encoders/solver.h"
#include "encoders/zdd.h"
#include "model/program.h"

namespace tenure {

/// All states between two events that some run of a program comes to, as a decision diagram: found by carrying out
/// events on whole sets of states until nothing new comes, without a solver. An event that comes to new states is
/// carried out again before all others, and then those that did so last, since sets that are closed under many events
/// are small (as in saturation: Ciardo, Luettgen and Siminiceanu, TACAS 2001). Ends in good time where the order of the
/// atoms keeps the diagram small. Of a list that seems to grow for ever, runs with many copies of a call are not
/// followed.
class ReachableStates {
 public:
  /// The atoms are put into a better order when a set has more nodes, then when one has so many times as many.
  static constexpr std::size_t usual_largest_set = 500;
  /// A list with more copies of a call after an event may grow for ever.
  static constexpr std::size_t most_copies_of_usual_list = 8;
  /// `lassos` are those of the program, or of one that has some of its runs; both must outlive it.
  ReachableStates(const Program& program, SampledLassos& lassos, std::size_t largest_set = usual_largest_set);
  /// Has explore() give up where so many nodes were made and counters go farther than this from what they are compared
  /// with, or may do so, as a list grows.
  void give_up_far_counters(std::size_t nodes, std::int32_t distance) { far_ = {nodes, distance}; }

  /// False when a limit was reached, or the diagram became too large: reason() says which.
  bool explore(const QueryLimits& limits);
  const std::string& reason() const { return reason_; }
  /// Whether it was because of counters.
  bool is_up_to_counters() const { return is_up_to_counters_; }
  /// Whether a list grows, as far as it was explored.
  bool seems_to_grow() const { return usual_most_copies_ != most_copies_of_usual_list || !most_copies_.empty(); }
  /// Whether some run that was followed reaches a goal.
  bool reached(std::uint32_t goal) const { return reached_[goal]; }
  /// A run to a goal that is reached. Nothing when a limit was reached.
  std::optional<Path> run_to(std::uint32_t goal, const QueryLimits& limits);
  /// The states that some run is in, but those in which it has ended.
  SetId states() const { return states_; }
  /// How many copies of a call are followed on the lists that were cut.
  const std::map<ListId, std::size_t>& most_copies() const { return most_copies_; }
  const StateAtoms& atoms() const { return executor_->atoms(); }
  Zdd& zdd() { return executor_->zdd(); }

 private:
  void explore_all(const QueryLimits& limits);
  std::int32_t distance(VariableId counter, std::int32_t value) const;
  bool counters_are_far();
  SetId near(SetId states);
  void carry_out_all();
  SetId carry_out(std::size_t place);
  void follow_less(ListId list);
  void add(SetId states);
  void go_farther();
  void make_room();
  std::vector<SetId*> kept();
  void reorder(const std::vector<SetId>& by);

  const Program& program_;
  SampledLassos& lassos_;
  std::vector<VariableId> counters_;
  std::size_t first_largest_;
  std::size_t usual_most_copies_ = most_copies_of_usual_list;
  std::pair<std::size_t, std::int32_t> far_{SIZE_MAX, 0};
  bool is_up_to_counters_ = false;
  std::map<ListId, std::size_t> most_copies_;
  std::unique_ptr<SetExecutor> executor_;
  std::optional<RunFinder> finder_;
  std::vector<bool> reached_;  ///< by goal
  SetId states_ = empty_set;
  std::vector<std::uint32_t> order_;  ///< of events: those that came to new states last are the first
  std::vector<SetId> left_;           ///< by place: states that the event there and those after it are left to do
  SetId far_away_ = empty_set;        ///< states that are left to all, later
  std::size_t largest_ = 0;
  std::size_t reordered_size_ = 0;  ///< of the states when the atoms were put in order
  std::int32_t farthest_ = 0;  ///< that a counter is from what it is compared with where events are carried out now
  std::string reason_;
};

}  // namespace tenure
