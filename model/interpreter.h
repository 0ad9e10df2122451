#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "model/operator.h"
#include "model/program.h"

namespace tenure {

/// A deferred call: which procedure, with which values.
struct ListEntry {
  ProcedureId procedure = 0;
  std::vector<std::int32_t> arguments;
  friend auto operator<=>(const ListEntry&, const ListEntry&) = default;
};

/// The values of all variables and the entries of all lists, oldest first.
struct State {
  std::vector<std::int32_t> values;
  std::vector<std::vector<ListEntry>> lists;
  friend auto operator<=>(const State&, const State&) = default;
};

/// A procedure being carried out: where it is, and what is still to be called of a list that it runs.
struct Frame {
  ProcedureId procedure = 0;
  NodeId node = 0;
  std::vector<ListEntry> running;  ///< taken off `running_list`, oldest first
  ListId running_list = 0;
  friend auto operator<=>(const Frame&, const Frame&) = default;
};

/// A run in the middle of an event. Between two events there is no frame.
struct Machine {
  State state;
  std::vector<Frame> frames;  ///< innermost last
  friend auto operator<=>(const Machine&, const Machine&) = default;
};

/// One way to go on: an edge out of the current node, and the integer that the environment picks on it, if it does.
struct Option {
  std::uint32_t edge = 0;
  bool picks = false;
  std::int32_t pick = 0;
  friend auto operator<=>(const Option&, const Option&) = default;
};

/// So many integers between two values are picked one by one, as many as a device may have MSI vectors; of more only a
/// few.
inline constexpr std::int32_t most_picks = 32;
inline constexpr std::int32_t few_picks = 4;
/// The integers that the environment may pick between two values, the usual outcome (the highest) first: all, or, of
/// more than `most_picks`, the lowest ones and the highest. `only_lowest`: no more than a few, the lowest.
std::vector<std::int32_t> picks_between(std::int32_t low, std::int32_t high, bool only_lowest = false);
/// Whether picks_between() leaves some out.
bool leaves_out_picks(std::int32_t low, std::int32_t high, bool only_lowest);

/// Told of the calls that take() makes by itself.
class CallObserver {
 public:
  virtual ~CallObserver() = default;
  /// `list` is none for an ordinary call, else the list that is being run.
  virtual void entered(const ListEntry& call, ListId list) = 0;
  virtual void left(ProcedureId procedure) = 0;
};

/// Told of an edge, before it is taken.
using EdgeObserver = std::function<void(const Edge& edge)>;

/// Carries out a Program step by step, on concrete values.
class Interpreter {
 public:
  /// The program must outlive it, and stay as it is.
  explicit Interpreter(const Program& program);

  const Program& program() const { return program_; }

  /// The state before the first event; fixed variables have the first of their values.
  State initial() const;
  /// Whether an event may happen now.
  bool enabled(const State& state, std::uint32_t event) const;
  std::int32_t value(const State& state, TermId term) const;
  bool in_range(const State& state, const Reference& reference) const;
  /// The variable that a reference stands for now; `none` when its index is out of range.
  VariableId resolve(const State& state, const Reference& reference) const;

  /// Enters the procedure of an event.
  void begin(Machine& machine, std::uint32_t event, CallObserver* observer = nullptr) const;
  /// The ways to go on; empty when the event is over. More than one only where the environment chooses. Throws
  /// InternalError when a node without choice has not exactly one enabled edge.
  std::vector<Option> options(const Machine& machine) const;
  /// The same, in a vector that is used again.
  void options(const Machine& machine, std::vector<Option>& options) const;
  /// Goes on until the environment chooses or the event is over, by so many edges at most; gives how many they were.
  /// `took` is told of those that count as steps or reach goals. That no other edge is enabled is not looked at.
  std::size_t go_on(Machine& machine, std::size_t most_edges, const EdgeObserver& took) const;
  /// Goes one edge on.
  void take(Machine& machine, const Option& option, CallObserver* observer = nullptr) const;
  /// The edge that an option of this machine is about.
  const Edge& edge(const Machine& machine, const Option& option) const;

 private:
  /// A term in few bytes, as runs evaluate little else.
  struct Code {
    Term::Kind kind;
    Operator op;
    std::uint32_t a, b, c;  ///< what is left of Term, in the order there
  };
  /// An edge out of a node without choice.
  struct Way {
    TermId guard;
    NodeId to;
    std::uint32_t edge;
    bool has_action, is_told;
  };

  void enter(Machine& machine, const ListEntry& call, ListId list, CallObserver* observer) const;
  void enter(Machine& machine, const Call& call, CallObserver* observer) const;
  void begin_procedure(Machine& machine, ProcedureId procedure) const;
  void settle(Machine& machine, CallObserver* observer) const;
  void change_group(Machine& machine, const Group& group) const;
  std::int32_t apply(const State& state, const Code& code) const;
  void note_ways(const Procedure& procedure);
  std::vector<std::int32_t> values(const State& state, const std::vector<TermId>& terms) const;

  const Program& program_;
  std::vector<Code> terms_;
  std::vector<Way> ways_;                  ///< out of one node after the other
  std::vector<std::uint32_t> first_way_;   ///< by node, those of all procedures in a row; those of the next one follow
  std::vector<std::uint32_t> first_node_;  ///< by procedure
};

}  // namespace tenure
