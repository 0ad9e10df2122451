#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/interpreter.h"
#include "model/trace.h"

// How a trace comes about while a path is followed: private to model/.
namespace tenure {

/// Something that an explanation may speak of.
struct Happening {
  enum class Kind { acquired, released, released_not_held, lost, changed, deferred };
  Kind kind = Kind::changed;
  VariableId variable = none;  ///< `held` of the instance, or the variable that changed
  ListId list = none;          ///< deferred
  ListEntry entry;             ///< deferred
  std::size_t step = 0;        ///< in Trace::steps
};

/// The past of a run, for its explanation.
struct History {
  std::vector<Happening> happenings;
  std::vector<std::string> doers;  ///< of each step: "free() in x_remove() (x.c:104)"
  std::vector<SiteId> rules;       ///< statements with `concerns` that were carried out, in order
};

/// The violation at the end of a run.
struct Violation {
  Property property;
  const Edge* edge = nullptr;  ///< that reached the goal
  VariableId instance = none;  ///< that the edge speaks of
  std::size_t step = 0;        ///< in which it happened
  std::string event;           ///< likewise
  std::string function;        ///< likewise: "free() (mm/x.c:739)"
};

/// Writes subject and explanation into a trace. `repeated` is the state that a lasso brings back with a longer list.
void explain(Trace& trace, const Program& program, const History& history, const Violation& violation,
             const State& state, const std::optional<State>& repeated);

/// "drivers/x.c:12", "drivers/x.c" without a line, "" without a file.
std::string place_text(const std::string& file, int line);

/// A call on a list as a trace shows it: "release(priv, number=2)".
std::string text_of(const Program& program, const ListEntry& entry);

/// Turns what a machine does into the steps of a trace.
class Teller : public CallObserver {
 public:
  Teller(const Program& program, const Machine& machine);

  /// An event is about to begin.
  void begins(std::uint32_t event);
  /// The event that has begun is the first of those that a lasso repeats.
  void repeats_from_here();
  /// An edge is about to be taken, and has been taken.
  void takes(const Option& option);
  void took();
  void entered(const ListEntry& call, ListId list) override;
  void left(ProcedureId procedure) override;
  /// The trace up to here; the edge taken last is what `goal` is about, unless that is `none`.
  Trace finish(std::uint32_t goal);

 private:
  /// A procedure that is being carried out, and where what happens in it is shown.
  struct Activation {
    ProcedureId procedure = 0;
    bool is_driver = false;
    std::size_t step = 0;
    SiteId site = none;                      ///< the statement at hand
    std::size_t statement_step = none_step;  ///< its own step, once it has one
    std::size_t called_step = none_step;     ///< of the call made last, until it is known whether its result is used
  };
  static constexpr std::size_t none_step = static_cast<std::size_t>(-1);

  void enter_statement(const Edge& edge);
  void note_choice(const Option& option);
  void note_configuration(const Edge& taken);
  void read_by(TermId term);
  void note_action(const Edge& edge);
  void note_group(const Group& group);
  void note_effect(const Edge& edge);
  void note_reach(const Edge& edge);
  void note_change(Change change);
  void note_change_of(VariableId variable, std::int32_t before);
  void remark(const std::string& text);
  ListEntry entry_of(ProcedureId procedure, const std::vector<TermId>& arguments) const;
  std::size_t add_step(TraceStep step, std::size_t parent, std::string doer);
  std::size_t add_call(const ListEntry& call, ListId list, std::size_t parent);
  std::size_t shown();
  std::size_t nearest_step() const;
  void add_outcome(std::size_t step, const std::string& text);
  std::string returned_text() const;
  std::string function_text(const Site& site) const;

  const Program& program_;
  const Machine& machine_;
  Interpreter interpreter_;
  Trace trace_;
  History history_;
  std::vector<Activation> stack_;
  std::set<SiteId> warning_sites_;  ///< whose `says` is about a warning
  std::set<VariableId> read_;       ///< fixed variables
  std::int32_t returned_ = 0;       ///< by the call that ended last
  std::string event_;
  std::optional<State> repeated_;  ///< before the events that a lasso repeats
  Violation violation_;
  // What took() completes.
  VariableId assigned_ = none;
  std::int32_t assigned_before_ = 0;
  ListId shortened_ = none;
  std::size_t length_before_ = 0;
  ListEntry taken_back_;
};

}  // namespace tenure
