#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/property.h"
#include "model/spec.h"

// A spec as a guarded transition system: what every engine reads. Resources, what they need, whether a release is owed,
// and the checks at the end of an event are compiled into variables, guards and `Reach` edges, so that an engine has to
// know no more than variables, lists, calls and choices.
namespace tenure {

using VariableId = std::uint32_t;
using TermId = std::uint32_t;
using NodeId = std::uint32_t;
using ProcedureId = std::uint32_t;
using ListId = std::uint32_t;
using SiteId = std::uint32_t;

inline constexpr std::uint32_t none = UINT32_MAX;

/// A variable, or an array of `count` variables of which `index` says which. An index outside of the array is an error
/// of the spec (property index_range); the access then has no effect and reads 0.
struct Reference {
  VariableId first = 0;
  std::uint32_t count = 1;
  TermId index = none;
  friend bool operator==(const Reference&, const Reference&) = default;
};

/// An expression over the variables and lists, in Program::terms.
struct Term {
  enum class Kind { constant, variable, operation, list_has, list_empty };
  Kind kind = Kind::constant;
  std::int32_t value = 0;       ///< constant
  Reference variable;           ///< variable
  Operator op = Operator::add;  ///< operation; `none` operands are absent
  TermId operands[3] = {none, none, none};
  ListId list = none;             ///< list_has, list_empty
  std::uint32_t function = none;  ///< list_has: index in Program::functions
  friend bool operator==(const Term&, const Term&) = default;
};

struct Assign {
  Reference variable;
  TermId value;
  friend bool operator==(const Assign&, const Assign&) = default;
};
/// The environment assigns an integer between two terms, both included; `choice` names it.
struct Pick {
  VariableId variable;
  TermId low, high;
  friend bool operator==(const Pick&, const Pick&) = default;
};
/// A goal is reached here and now: a property is violated, or what must not be unreachable has been reached. The run
/// goes on.
struct Reach {
  std::uint32_t goal;            ///< index in Program::goals
  std::uint32_t besides = none;  ///< another one that is reached as well; none: no other
  bool reaches(std::uint32_t which) const { return which != none && (which == goal || which == besides); }
  friend bool operator==(const Reach&, const Reach&) = default;
};
/// Calls a procedure: its parameters get the arguments, its other locals their initial values. After the return all
/// locals are 0; what it returned is in Program::result.
struct Call {
  ProcedureId procedure;
  std::vector<TermId> arguments;
  friend bool operator==(const Call&, const Call&) = default;
};
struct Defer {
  ListId list;
  ProcedureId procedure;
  std::vector<TermId> arguments;
  friend bool operator==(const Defer&, const Defer&) = default;
};
/// Removes the newest entry of the same procedure and arguments; `found` (if any) gets 1, or 0 when there is none.
struct TakeBack {
  ListId list;
  ProcedureId procedure;
  std::vector<TermId> arguments;
  VariableId found = none;
  friend bool operator==(const TakeBack&, const TakeBack&) = default;
};
/// Takes all entries off the list, then calls them, newest first; marks of groups are dropped.
struct Run {
  ListId list;
  friend bool operator==(const Run&, const Run&) = default;
};
/// Changes the newest group of a number on a list, or, when that is none, the newest that is still open: ends it here,
/// takes its marks away, or runs it. To run it takes off the list what lies between its marks (to the newest end when
/// it is open) and the marks of groups that lie there wholly, then calls the entries, newest first. `found` (if any)
/// gets 1, 0 when there is no such group, -1 when one that has ended should end.
struct Group {
  GroupChange change;
  ListId list;
  TermId number = none;
  VariableId found = none;
  friend bool operator==(const Group&, const Group&) = default;
};
/// Ends the run: no further statement, no further event.
struct Halt {
  friend bool operator==(const Halt&, const Halt&) = default;
};

using Action = std::variant<std::monostate, Assign, Pick, Reach, Call, Defer, TakeBack, Run, Group, Halt>;

/// What a statement does to a resource, for traces.
enum class Effect { nothing, acquire, release, release_not_held, lose, use };

struct Edge {
  NodeId from = 0, to = 0;
  TermId guard = none;  ///< none: always
  Action action;
  SiteId site = 0;
  std::uint32_t steps = 0;  ///< 1 on the first edge of a driver's statement
  std::string says;         ///< on edges out of a choice: the alternative
  Effect effect = Effect::nothing;
  Reference instance;  ///< of the effect, or of the instance that a Reach speaks of: its `held`
  ListId list = none;  ///< that a Reach speaks of
  friend bool operator==(const Edge&, const Edge&) = default;
};

/// A place of the control flow. Without `choice`, exactly one outgoing edge is enabled (a guard that is
/// false everywhere never happens); with it, the environment takes any enabled one, and the first is always enabled.
struct Node {
  std::vector<std::uint32_t> edges;  ///< indices in Procedure::edges; empty: the procedure returns
  std::string choice;                ///< "" when deterministic
  bool abstracts = false;            ///< a choice that stands for the unknown value of a saturated counter
  TermId saturates = none;           ///< abstracts: when this holds, the counter leaves its range or stays beyond
  friend bool operator==(const Node&, const Node&) = default;
};

/// A function for one binding of its resources and functions. Edges go to nodes of greater number but for the back
/// edges of loops.
struct Procedure {
  std::uint32_t function = 0;  ///< index in Program::functions
  std::string name;            ///< as a trace shows it, with the bound resources: "free(priv)"
  std::vector<VariableId> parameters;
  std::vector<VariableId> locals;  ///< besides the parameters
  std::vector<Node> nodes;         ///< entry is 0
  std::vector<Edge> edges;
  friend bool operator==(const Procedure&, const Procedure&) = default;
};

/// Where a step comes from.
struct Site {
  std::uint32_t function = 0;  ///< index in Program::functions
  std::string file;            ///< source file in the kernel tree
  int line = 0;                ///< 0: not said
  std::string text;            ///< the statement, short: "allocate(min=1, ...)"
  std::string says;
  std::string concerns;
  bool is_driver = false;
  bool is_call = false;
  Place place;
  friend bool operator==(const Site&, const Site&) = default;
};

struct FunctionInfo {
  std::string name;
  std::string file;
  int line = 0;
  std::string says;
  bool is_driver = false;
  friend bool operator==(const FunctionInfo&, const FunctionInfo&) = default;
};

/// What a variable belongs to; `resource` variables model an instance, `shadow` ones remember values for stale-state.
enum class Scope { fixed, device, driver, module, local, resource, shadow };

/// The least and the greatest constant that a counter is compared with, its initial value included.
struct ComparedRange {
  std::int32_t low = 0, high = 0;
  friend bool operator==(const ComparedRange&, const ComparedRange&) = default;
};

struct VariableInfo {
  std::string name;  ///< as a trace shows it
  Scope scope = Scope::device;
  bool is_boolean = true;
  bool is_read = true;  ///< by some term; otherwise its value makes no difference to any run
  std::int32_t initial = 0;
  std::vector<std::int32_t> values;       ///< fixed: what it may be
  std::optional<ComparedRange> compared;  ///< counter: it goes up and down by one, and is compared with constants alone
  bool is_of_member = false;              ///< of a family of which one arbitrary member is followed
  std::string says;
  friend bool operator==(const VariableInfo&, const VariableInfo&) = default;
};

/// One resource instance.
struct Instance {
  std::string name;      ///< "buffer[1]"
  std::string resource;  ///< "buffer"
  std::string says;
  VariableId held = 0;
  bool is_driver = false;
  friend bool operator==(const Instance&, const Instance&) = default;
};

/// `variable` is 1 while the instance whose `held` is `holder` needs the one whose `held` is `needed`.
struct NeedInfo {
  VariableId variable, holder, needed;
  friend bool operator==(const NeedInfo&, const NeedInfo&) = default;
};

/// `shadow` remembers the value that a variable has to have again when the device is quiescent, or, of a counter, how
/// far it is from that.
struct RememberedInfo {
  VariableId variable, shadow;
  bool is_distance;
  friend bool operator==(const RememberedInfo&, const RememberedInfo&) = default;
};

struct ProgramEvent {
  std::string name;
  std::string says;
  TermId guard = 0;  ///< with the conditions that hold for all events
  ProcedureId procedure = 0;
  friend bool operator==(const ProgramEvent&, const ProgramEvent&) = default;
};

struct ListInfo {
  std::string name;
  std::string says;
  friend bool operator==(const ListInfo&, const ListInfo&) = default;
};

/// What a run may reach: the violation of a property, or something that has to be reachable, lest the verdict be
/// `unreachable`.
struct Goal {
  std::optional<Property> property;
  std::string says;  ///< without property: "remove is called"; with one: what violates it, "" for anything
  /// Whether it is one thing that violates a property.
  bool is_culprit() const { return property && !says.empty(); }
  friend bool operator==(const Goal&, const Goal&) = default;
};

/// Something in a driver that a run should come to: a statement, a side of a branch, an alternative of a choice.
struct Point {
  std::uint32_t goal = none;    ///< index in Program::goals
  std::uint32_t leader = none;  ///< index of the point that every run to this one has come to before
  std::string function;         ///< of the driver; or the event
  std::string file;             ///< source file in the kernel tree; "" when not said
  int line = 0;                 ///< 0: not said
  std::string says;             ///< "ret = allocate() is reached", "if (ret): ret is not 0"
  std::vector<int> lines;       ///< a note at one of these lines is about it
  Place place;
  friend bool operator==(const Point&, const Point&) = default;
};

/// A fixed variable that says how many members families have.
struct SizeInfo {
  VariableId variable = 0;
  std::string cut;  ///< which of its values are left out, and why no proof for one member covers them; "" when none is
  friend bool operator==(const SizeInfo&, const SizeInfo&) = default;
};

/// Two programs are the same when no engine, no trace and no message can tell them apart.
struct Program {
  std::string driver;
  std::vector<VariableInfo> variables;
  std::vector<Term> terms;
  std::vector<ListInfo> lists;
  std::vector<Procedure> procedures;
  std::vector<ProgramEvent> events;
  std::vector<Instance> instances;
  std::vector<NeedInfo> needs;
  std::vector<RememberedInfo> remembered;
  std::vector<FunctionInfo> functions;
  std::vector<Site> sites;
  std::vector<Goal> goals;                          ///< a property that is not among them has nothing to check
  std::vector<Point> points;                        ///< CompileOptions::has_points
  std::map<std::int32_t, std::string> error_names;  ///< constants named E..., for traces: 12 -> "ENOMEM"
  std::vector<TermId> life_cycle;  ///< of each device that has a life: whether it is quiescent, whether that is final
  VariableId halted = 0;           ///< 1 after Halt
  VariableId result = 0;           ///< what the last call returned, until the caller takes it
  // Entries of these, with the number as their argument, mark where a group begins and ends; they are never called.
  ProcedureId group_begins = none, group_ends = none;
  int counter_margin = 0;     ///< 0: counters are exact
  bool picks_lowest = false;  ///< of a range only the few lowest are picked
  std::vector<SizeInfo> sizes;
  /// None, or one: the same driver with one arbitrary member followed of each family whose size is cut and whose
  /// members have nothing to do with each other. What holds in it holds for every size.
  std::vector<Program> one_member;
  bool is_one_member = false;  ///< of another program
  friend bool operator==(const Program&, const Program&) = default;
};

/// The goal of a property, by its index in Program::goals; `none` when nothing in the program could violate it.
std::uint32_t goal_of(const Program& program, Property property);

/// The program with Program::picks_lowest.
Program with_lowest_picks(Program program);

/// The program as it is compiled with a smaller margin (CompileOptions::counter_margin), of at least 1: it has all runs
/// of the program, and fewer states.
Program with_counter_margin(Program program, int margin);

}  // namespace tenure
