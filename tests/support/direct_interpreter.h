#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "model/property.h"
#include "model/spec.h"

namespace tenure::testing {

/// A resource family as it is named at run time; `key` tells families of two drivers apart, `name` is what a trace
/// shows.
struct FamilyName {
  std::string key;
  std::string name;
  int count = 1;
  bool is_family = false;
  int device = 0;  ///< whose copy it is; of a driver's own: 0
  friend bool operator==(const FamilyName&, const FamilyName&) = default;
};

/// What a resource is bound to: a family and perhaps an index; no key: "none".
struct BoundResource {
  FamilyName family;
  std::optional<std::int32_t> index;
  friend bool operator==(const BoundResource&, const BoundResource&) = default;
};

/// A function with what it was given.
struct Closure {
  int driver = -1;  ///< whose; -1: the kernel's
  const Function* function = nullptr;
  std::map<std::string, std::int32_t> values;
  std::map<std::string, BoundResource> resources;
  std::map<std::string, Closure> functions;
  int device = 0;  ///< that it is called for
  friend bool operator==(const Closure&, const Closure&) = default;
};

/// The name of a member of a family ("x[1]"), or of a variable that is none.
std::string member_name(const Variable& variable, int member);

/// What is on a list: a call, or a mark of a group, known by a number that no other group has.
struct DeferredEntry {
  enum class Kind { call, begin, end } kind = Kind::call;
  Closure closure;             ///< call
  std::int32_t number = 0;     ///< marks: as the spec says
  std::uint64_t identity = 0;  ///< marks: of the group
};

/// Something that Program calls a goal.
struct Reached {
  std::optional<Property> property;
  std::string says;     ///< without property
  std::string subject;  ///< instance or variable; "" for none
  bool at_end = false;  ///< by the checks at the end of an event
  friend auto operator<=>(const Reached&, const Reached&) = default;
};

struct InstanceState {
  std::string name;
  bool held = false, released = false;
  int owed = 0;                 ///< 0, or 1 + the device that owes the release
  int device = 0;               ///< whose copy it is; of a driver's own: 0
  std::set<std::string> needs;  ///< keys of instances
};

/// The environment of a run: gives the number of the alternative, or an integer between two.
struct Decider {
  std::function<std::size_t(const std::string& choice)> choose;
  std::function<std::int32_t(const std::string& choice)> pick;
};

/// Carries out the tree of a spec as specs/LANGUAGE.md says, names looked up as it goes. Shares nothing with the
/// compiler: what both say is right in all likelihood.
class DirectInterpreter {
 public:
  DirectInterpreter(const Spec& spec, std::map<std::string, std::int32_t> fixed, Decider decider);

  struct EventReference {
    int driver = -1;
    const Event* event = nullptr;
    int device = 0;
  };
  /// All events, in the order of Program::events.
  const std::vector<EventReference>& events() const { return events_; }
  bool enabled(std::size_t event) const;
  /// Carries out an event with the checks at its end; gives what was reached, in order.
  std::vector<Reached> run(std::size_t event);

  /// The names of all devices, that of the main one empty.
  const std::vector<std::string>& devices() const { return devices_; }
  using VariableKey = std::tuple<int, int, std::string>;  ///< device, driver (-1: the kernel), name of the member
  const std::map<VariableKey, std::int32_t>& values() const { return values_; }
  const std::map<std::string, InstanceState>& instances() const { return instances_; }
  using ListKey = std::pair<int, std::string>;  ///< device, name
  const std::map<ListKey, std::vector<DeferredEntry>>& lists() const { return lists_; }
  bool is_halted() const { return is_halted_; }

 private:
  /// A function being carried out.
  struct Scope {
    int driver = -1;
    std::map<std::string, std::int32_t> values;
    std::map<std::string, BoundResource> resources;
    std::map<std::string, Closure> functions;
    std::int32_t result = 0;
    std::string label;  ///< where a goto is on its way to
    int device = 0;     ///< that it is called for
  };
  enum class Flow { goes_on, returns, jumps, halts };

  template <typename Visit>
  void for_each_unit(const Visit& visit) const;
  const Variable* variable(const std::string& name, int driver, int& owner) const;
  int device_of_variable(const Variable& variable, int owner, int device) const;
  int device_called(const std::string& name, int driver) const;
  int device_of(const FunctionReference& function, const Scope& scope) const;
  bool has_life(int device) const;
  bool holds(std::optional<Expression> Unit::*member, int device, bool otherwise) const;
  const Function* function(const std::string& name, int driver, int& owner) const;
  const Resource* resource(const std::string& name, int driver, int& owner) const;
  const Callback* callback(const std::string& role, int device, int& driver) const;
  std::optional<std::int32_t> constant(const std::string& name, int driver) const;
  const Expression* life_cycle(std::optional<Expression> Unit::*member) const;

  /// As evaluate() below; an index out of range is reached.
  std::int32_t value(const Expression& expression, const Scope& scope);
  std::int32_t evaluate(const Expression& expression, const Scope& scope) const;
  std::int32_t value_of_name(const std::string& name, const Scope& scope) const;
  std::int32_t value_of_member(const Expression& expression, const Scope& scope) const;
  std::int32_t value_of_operation(const Expression& expression, const Scope& scope) const;
  BoundResource bound(const ResourceReference& reference, const Scope& scope) const;
  void note_outside();
  Closure closure(const FunctionReference& reference, const Scope& scope);
  void assign(const std::string& name, std::int32_t value, Scope& scope);
  void assign_member(const Expression& member, std::int32_t value, const Scope& scope);
  void keep(const Variable& variable, int owner, int member, std::int32_t value, const Scope& scope);

  Flow call(const Closure& closure, std::int32_t& result);
  Flow call_role(const FunctionReference& role, const Scope& scope, std::int32_t& result);
  Flow call_all(const std::vector<DeferredEntry>& entries);
  Flow block(const Block& block, Scope& scope);
  Flow statement(const Statement& statement, Scope& scope);
  Flow carry_out(const CallStatement& call, Scope& scope);
  Flow carry_out(const AcquireStatement& acquire, Scope& scope);
  Flow carry_out(const ReleaseStatement& release, Scope& scope);
  Flow carry_out(const UseStatement& use, Scope& scope);
  Flow carry_out(const SetStatement& set, Scope& scope);
  Flow carry_out(const ReturnStatement& statement, Scope& scope);
  Flow carry_out(const IfStatement& conditional, Scope& scope);
  Flow carry_out(const ChooseStatement& choose, Scope& scope);
  Flow carry_out(const LoopStatement& loop, Scope& scope);
  Flow carry_out(const GotoStatement& jump, Scope& scope);
  Flow carry_out(const LabelStatement& label, Scope& scope);
  Flow carry_out(const DeferStatement& defer, Scope& scope);
  Flow carry_out(const TakeBackStatement& take_back, Scope& scope);
  Flow carry_out(const RunStatement& run, Scope& scope);
  Flow carry_out(const OpenGroupStatement& open, Scope& scope);
  Flow carry_out(const GroupStatement& group, Scope& scope);
  Flow carry_out(const WarnStatement& warn, Scope& scope);
  Flow carry_out(const CrashStatement& crash, Scope& scope);

  /// The key of the instance that is meant; none for "none" and for an index out of range, which is noted.
  std::optional<std::string> instance(const ResourceReference& reference, const Scope& scope);
  bool is_needed(const std::string& key) const;
  void lose_dependents(const std::string& key);
  void reach(Property property, const std::string& subject = "") {
    reached_.push_back({property, "", subject, at_end_});
  }
  void reach(const std::string& says) { reached_.push_back({std::nullopt, says, "", at_end_}); }
  void remember(int device);
  void end_event(int device);
  void check_lists(int device, bool on_their_own);
  void check_quiescent(int device);
  bool is_waiting(int device) const;
  void forget_driver(int device);

  const Spec& spec_;
  Decider decider_;
  std::vector<EventReference> events_;
  std::vector<std::string> devices_{""};
  std::vector<std::pair<int, const FurtherDevice*>> declared_{{-1, nullptr}};  ///< by device: whose, and what
  std::map<VariableKey, std::int32_t> values_;
  std::map<VariableKey, std::int32_t> noted_;  ///< of restored variables
  std::map<std::string, InstanceState> instances_;
  std::map<ListKey, std::vector<DeferredEntry>> lists_;
  std::uint64_t groups_ = 0;                             ///< that have ever begun
  std::map<std::string, const Expression*> empty_when_;  ///< of lists with a rule of their own
  std::vector<Reached> reached_;
  int bound_driver_ = 0;
  bool first_was_bound_ = false;
  bool is_halted_ = false;
  bool at_end_ = false;
  mutable bool is_outside_ = false;  ///< a variable was read whose index is out of range, and that is not noted yet
};

}  // namespace tenure::testing
