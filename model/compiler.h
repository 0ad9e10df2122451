#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/followed_members.h"
#include "model/program.h"
#include "model/spec.h"

// The parts of compile(): private to model/.
namespace tenure {

/// A resource as compiled: `count` instances with consecutive variables. What is per a family has its instances for the
/// first member of that, then those for the second one...
struct Family {
  std::string name;  ///< with what it is per: "handler(data)"
  std::uint32_t count = 1;
  bool is_family = false;     ///< an instance is known by an index
  bool is_by_member = false;  ///< per a family
  std::uint32_t columns = 1;  ///< instances for each member
  int device = 0;             ///< whose copy it is; of a driver's own resource: 0
  bool is_shared = false;     ///< a driver's own, with several devices: `owed` is 1 + the device that owes the release
  std::uint32_t followed = none;  ///< index in Compiler::followed_: one member alone is followed
  VariableId held = 0, owed = 0, released = 0;
  std::uint32_t acquires = 0;  ///< statements that do
  bool is_always_owed = true;  ///< by all of these: `owed` is as `held` then, wherever it is read
};

/// What a resource name stands for in a function: a family and an index, or no resource at all.
struct ResourceBinding {
  std::uint32_t family = none;  ///< index in Compiler::families; none: "none"
  TermId index = none;
  bool has_index = false;
  TermId member = none;  ///< of what the family is per, where it is known
};

/// What a function parameter stands for: a procedure, some of its parameters given already. A term that is `none` is
/// passed at run time.
struct FunctionBinding {
  int driver = -1;  ///< whose function; -1: the kernel's
  const Function* function = nullptr;
  std::map<std::string, TermId> values;
  std::map<std::string, ResourceBinding> resources;
  std::map<std::string, FunctionBinding> functions;
  int device = 0;  ///< that it is called for
};

/// A term inside of what resources and functions are bound to.
struct PassedTerm {
  TermId* term;
  std::string name;  ///< of the parameter that gets it
  bool is_index;     ///< of a resource; else the value of a function's parameter
};

/// All such terms, in an order that depends on the names alone.
std::vector<PassedTerm> passed_terms(std::map<std::string, ResourceBinding>& resources,
                                     std::map<std::string, FunctionBinding>& functions, const std::string& prefix = "");

/// The names that statements of one function may use.
struct Environment {
  int driver = -1;
  const Function* function = nullptr;
  std::map<std::string, VariableId> locals;
  std::map<std::string, ResourceBinding> resources;
  std::map<std::string, FunctionBinding> functions;
  int device = 0;  ///< that it is called for
};

/// A device: the main one (0), or a further one of a driver.
struct CompiledDevice {
  std::string prefix;  ///< of the names of what is its own: "", or "NAME: "
  int driver = -1;     ///< that declares it; -1: the main one, which any driver may bind
  const FurtherDevice* declared = nullptr;
};

class Lowering;

/// `holder` (a family) may need `needed`; the variables say which instance needs which: first + holder index * width +
/// needed index. What needs the member that it is per has one variable for each holder: width is 1.
struct Need {
  std::uint32_t holder, needed;
  bool is_of_per;
  std::uint32_t width;
  VariableId first;
  std::uint32_t acquires = 0;                            ///< those of the holder's that need it
  std::uint32_t last_acquire = 0;                        ///< which one of the holder's that was
  std::optional<std::int32_t> column = {};               ///< which instance of it all of these need, if that is known
  static constexpr std::int32_t own = -1, unknown = -2;  ///< that with the holder's index, or this one or that
};

class Compiler {
 public:
  /// Of the sizes in `followed`, one arbitrary member of their families is followed.
  Compiler(const Spec& spec, const CompileOptions& options, const std::vector<const Variable*>& followed = {})
      : spec_(spec), options_(options) {
    for (const Variable* size : followed) followed_.sizes.push_back({size, none, none});
  }
  Program run();
  /// What else is known of the sizes that are followed, after run().
  const FollowedMembers& followed() const { return followed_; }

 private:
  friend class Lowering;

  struct CounterRange {
    std::int32_t low, high;
  };
  struct CompiledVariable {
    VariableId id;  ///< of the first member, where it is a family
    const Variable* variable;
    int device = 0;
    VariableId shadow = none;  ///< restored: the value noted, or, of a counter, the distance from it
    CounterRange range{}, shadow_range{};
    std::uint32_t count = 1;
  };

  // compile.cpp
  void declare_constants(const Unit& unit, int driver);
  void declare_devices();
  void declare_variables(const Unit& unit, int driver);
  void declare_variable(const Variable& variable, int driver, int device);
  void declare_functions(const Unit& unit, int driver);
  void measure_counters();
  void forget_unread();
  ProcedureId procedure(const FunctionBinding& binding);
  std::string key_of(const FunctionBinding& binding) const;
  std::string key_of(const ResourceBinding& binding) const;
  void need_group_marks();
  VariableId new_variable(VariableInfo info);
  VariableId new_variable(std::string name, Scope scope, bool is_boolean = true);
  VariableId new_family(const VariableInfo& member, const std::string& suffix, int count, bool is_family);
  std::uint32_t function_info(const Function& function, int driver);
  std::uint32_t goal(Property property);
  std::uint32_t goal(const std::string& says);
  ListId list(const std::string& name, int device) const;
  int device(const std::string& name, int driver) const;
  /// A further device that no driver binds lives as the main one does.
  bool has_life(int device) const { return device == 0 || !devices_[device].declared->callbacks.empty(); }
  const std::vector<Callback>& callbacks(int driver, int device) const;
  const Function* find_function(const std::string& name, int driver, int& owner) const;
  const CompiledVariable* find_variable(const std::string& name, const Environment& environment) const;
  const std::int32_t* find_constant(const std::string& name, int driver) const;
  bool is_kept(const std::string& variable) const;

  // compile_life.cpp
  void compile_events();
  void compile_event(const Event& event, int driver, int device, TermId guard);
  ProcedureId procedure_of_event(const Event& event, int driver, int device);
  ProcedureId end_of_event();
  void check_quiescent(Lowering& lowering, int device);
  void note_bound(Lowering& lowering, int device);
  void check_lists(Lowering& lowering, int device, bool on_their_own);
  void check_restored(Lowering& lowering, int device);
  void check_leaks(Lowering& lowering, int device);
  void forget_driver(Lowering& lowering, int device);
  bool has_own_rule(ListId list) const { return lists_[list].list->empty_when.has_value(); }
  TermId is_empty(ListId list);
  TermId must_be_empty(ListId list);
  TermId is_waiting(int device);
  TermId life_cycle(std::optional<Expression> Unit::*member, int device, std::int32_t otherwise);
  TermId not_final(int device) { return negation(life_cycle(&Unit::final, device, 0)); }
  TermId value_noted(const CompiledVariable& variable, VariableId member);
  /// A condition under which a property is violated, where what is going on counts.
  TermId judged(TermId condition);
  bool judges_all() const { return bound_driver_ == none || !options_.judges_last_alone; }

  // compile_term.cpp
  TermId constant(std::int32_t value);
  TermId variable(VariableId id);
  TermId element(Reference reference);
  TermId operation(Operator op, TermId a, TermId b = none, TermId c = none);
  TermId all_of(TermId a, TermId b) { return operation(Operator::logical_and, a, b); }
  TermId any_of(TermId a, TermId b) { return operation(Operator::logical_or, a, b); }
  TermId negation(TermId a) { return operation(Operator::logical_not, a); }
  TermId term(const Expression& expression, const Environment& environment);
  Reference reference(VariableId first, std::uint32_t count, TermId index) const;
  Reference reference(const CompiledVariable& variable, const Expression& name, const Environment& environment);
  TermId outside(const Reference& reference);
  TermId either(TermId a, TermId b);
  TermId outside(const ResourceReference& resource, const Environment& environment);
  TermId outside(const Expression& expression, const Environment& environment);
  TermId in_use(const ResourceBinding& binding);
  bool is_boolean(TermId id) const;
  TermId add_term(Term term);

  // compile_member.cpp
  std::uint32_t followed_by(const std::string& size) const;
  std::uint32_t count_of(int count, const std::string& size) const;
  void declare_size(const Variable& size, VariableId id);
  TermId is_followed(const Family& family, const ResourceBinding& binding);
  TermId is_followed(const CompiledVariable& variable, const Reference& member);
  void object_to_other_member(ProcedureId procedure, const ResourceBinding& holder, const ResourceBinding& needed);
  TermId as_known(TermId is_followed, TermId value);
  VariableId unknown();
  TermId condition(const Expression& expression, const Environment& environment);

  // compile_resource.cpp
  std::uint32_t family(const Resource& resource, int owner, int device, const ResourceBinding* per);
  TermId owed_value(const Family& family, TermId is_owed, int device);
  ResourceBinding resolve(const ResourceReference& reference, const Environment& environment);
  Reference reference(VariableId first, const ResourceBinding& binding) const;
  std::vector<std::string> names_by_member(const std::string& name, const Family& per) const;
  ResourceBinding of_member(const ResourceReference& reference, std::uint32_t family, const ResourceBinding& per,
                            const Environment& environment);
  TermId place_of(const Family& family, TermId row, TermId column);
  TermId in_matrix(TermId row, std::uint32_t width, TermId column);
  Need& need(std::uint32_t holder, std::uint32_t needed, bool is_of_per);
  TermId is_needed(const Need& need, std::uint32_t holder, const ResourceBinding& needed);
  ProcedureId lose_dependents(std::uint32_t family) { return about_family(losers_, "dependents of ", family); }
  ProcedureId forget_needs(std::uint32_t family) { return about_family(forgetters_, "needs of ", family); }
  ProcedureId about_family(std::map<std::uint32_t, ProcedureId>& made, const std::string& what, std::uint32_t family);
  std::int32_t column_of(TermId row, TermId column) const;
  bool is_always_needed(const Need& need) const;
  void finish_in_use();
  void finish_needs();
  void finish_owed();
  void finish_lose_dependents();
  void finish_forget_needs();

  const Spec& spec_;
  CompileOptions options_;
  Program program_;
  Diagnostics diagnostics_;

  std::map<std::pair<int, std::string>, std::int32_t> constants_;
  using VariableKey = std::tuple<int, int, std::string>;  ///< device, driver, name
  std::map<VariableKey, CompiledVariable> variables_;
  std::map<std::pair<int, std::string>, const Function*> functions_;
  std::map<std::pair<int, std::string>, const Resource*> resources_;
  std::vector<CompiledDevice> devices_;
  struct CompiledList {
    const DeferredList* list;
    int device;
  };
  std::vector<CompiledList> lists_;  ///< by ListId
  std::map<const Function*, std::uint32_t> function_infos_;
  std::vector<std::unique_ptr<const Function>> synthesized_;  ///< bodies of events
  std::map<std::string, ProcedureId> procedures_;
  std::map<std::string, std::uint32_t> points_;  ///< by the place in the spec and what is said of it
  std::map<std::string, std::uint32_t> family_keys_;
  std::vector<Family> families_;
  std::vector<Need> needs_;
  struct PendingUse {
    TermId term;
    ResourceBinding binding;
    bool is_asked;  ///< by an expression of the spec, of all that may need it
  };
  std::vector<PendingUse> pending_uses_;
  // Family -> procedure that loses its dependents, or forgets what it needs; the parameter is the index. Their bodies
  // are made when all needs are known.
  std::map<std::uint32_t, ProcedureId> losers_, forgetters_;
  std::map<std::pair<std::uint32_t, std::int32_t>, TermId> variable_terms_;
  std::map<std::int32_t, TermId> constant_terms_;
  FollowedMembers followed_;
  std::vector<VariableId> unknowns_;  ///< read by terms of which no edge has been made yet
  VariableId bound_driver_ = none;    ///< with two drivers: which one is bound, and whether the first ever was
  VariableId first_was_bound_ = none;
};

/// Builds the control flow of one procedure from statements.
class Lowering {
 public:
  Lowering(Compiler& compiler, ProcedureId procedure, Environment environment);
  void body(const Block& block);
  /// Appends an edge from the current node to a new one, which becomes current.
  Edge& step(Action action = {}, TermId guard = none);
  /// Two-way branch: `then` builds the side on which the condition holds, `otherwise` the other one; both join
  /// afterwards.
  void when(
      TermId condition, const std::function<void()>& then, const std::function<void()>& otherwise = [] {});
  void call(ProcedureId procedure, std::vector<TermId> arguments);
  /// Calls the driver's function for a role, whichever driver is bound to the device at hand; Program::result is its
  /// value, or 0.
  void call_role(const FunctionReference& role);
  /// With two drivers: which of them the next bind is about.
  void choose_driver();
  void finish();
  void set_site(SiteId site) { site_ = site; }
  const Environment& environment() const { return environment_; }

 private:
  void statement(const Statement& statement);
  void lower(const Statement& statement, const CallStatement& call);
  void lower(const Statement& statement, const AcquireStatement& acquire);
  void lower(const Statement& statement, const ReleaseStatement& release);
  void lower(const Statement& statement, const UseStatement& use);
  void lower(const Statement& statement, const SetStatement& set);
  void lower(const Statement& statement, const ReturnStatement& statement_return);
  void lower(const Statement& statement, const IfStatement& conditional);
  void lower(const Statement& statement, const ChooseStatement& choose);
  void lower(const Statement& statement, const LoopStatement& loop);
  void lower(const Statement& statement, const GotoStatement& jump);
  void lower(const Statement& statement, const LabelStatement& label);
  void lower(const Statement& statement, const DeferStatement& defer);
  void lower(const Statement& statement, const TakeBackStatement& take_back);
  void lower(const Statement& statement, const RunStatement& run);
  void lower(const Statement& statement, const OpenGroupStatement& open);
  void lower(const Statement& statement, const GroupStatement& group);
  void lower(const Statement& statement, const WarnStatement& warn);
  void lower(const Statement& statement, const CrashStatement& crash);

  Edge& connect(NodeId from, NodeId to, Action action = {}, TermId guard = none);
  TermId value(const Expression& expression);
  void check_indices(const Expression& expression) { report(compiler_.outside(expression, environment_)); }
  void check_indices(const ResourceReference& resource) { report(compiler_.outside(resource, environment_)); }
  void pick_unknowns();
  void when_followed(TermId is_followed, const std::function<void()>& body);
  void report(TermId is_outside);
  void within(const Reference& reference, const std::function<void()>& body);
  void assign(const Expression& target, TermId value);
  void assign(const std::string& variable, TermId value);
  void step_counter(const Compiler::CompiledVariable& counter, std::int32_t change);
  void saturating_step(VariableId id, Compiler::CounterRange range, std::int32_t change);
  void take_result(const std::string& into);
  void on_error(const Statement& statement, const OnError& what, TermId result);
  void leave(const std::string& label);
  void reach(Property property, Reference instance = {});
  /// The procedure for a function with these arguments, and the values of its parameters, in order. `compiles_indices`:
  /// a constant index has a procedure of its own.
  struct Bound {
    ProcedureId procedure;
    std::vector<TermId> arguments;
    TermId is_followed;  ///< that it is about members that are followed; `none` when it is about no member
  };
  Bound bind(const FunctionReference& reference, bool compiles_indices);
  TermId is_followed(const FunctionBinding& binding);
  FunctionBinding closure(const FunctionReference& reference);
  int device_of(const FunctionReference& reference) const;
  VariableId local(const std::string& name);
  SiteId make_site(const Statement& statement);
  // lower_point.cpp
  std::uint32_t point(const Statement& statement, const std::string& side = "", const Block& block = {});
  void side(const Statement& statement, const std::string& which, const Block& block);
  void with_instance(const ResourceReference& reference, const std::function<void(const ResourceBinding&)>& body);
  void set_need(const ResourceBinding& holder, const ResourceBinding& needed, bool is_of_per);
  Procedure& procedure() { return compiler_.program_.procedures[procedure_]; }
  NodeId new_node();

  Compiler& compiler_;
  ProcedureId procedure_;
  Environment environment_;
  NodeId current_ = 0;
  SiteId site_ = 0;
  std::map<std::string, std::vector<std::uint32_t>>
      jumps_;  ///< label (or "" for return) -> edges that wait for their node
  int hidden_ = 0;
  std::uint32_t leader_ = none;  ///< the point that every run here has come to
};

}  // namespace tenure
