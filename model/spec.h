#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/diagnostic.h"

// The tree of a spec: driver and kernel model as they were written (specs/LANGUAGE.md), names not yet resolved.
namespace tenure {

struct Expression;

/// A resource as a statement names it: `name`, `name[index]`, `name(per)` or `name(per)[index]`. `name` may also be a
/// parameter of kind resource, or "none".
struct ResourceReference {
  std::string name;
  std::shared_ptr<const ResourceReference> per;  ///< null when the reference has no parenthesis
  std::shared_ptr<const Expression> index;       ///< null when the reference has no bracket
  std::string text;                              ///< as it is written; empty where it stands in another one
  Place place;
};

enum class Operator {
  negate,
  logical_not,
  bit_not,  // one operand
  add,
  subtract,
  multiply,
  bit_and,
  bit_or,
  bit_xor,  // two operands
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  logical_and,
  logical_or,
  conditional,  // three operands
};

/// An expression in C's syntax.
struct Expression {
  enum class Kind { literal, name, operation, held, in_use, has, empty, defined };
  Kind kind = Kind::literal;
  std::int32_t value = 0;                     ///< literal
  std::string name;                           ///< name: variable or constant; has, empty: the list; defined: the role
  std::string function;                       ///< has: the function of the entry
  Operator op = Operator::add;                ///< operation
  std::vector<Expression> operands;           ///< operation; name: the index, of a member of a family
  std::optional<ResourceReference> resource;  ///< held, in_use
  Place place;                                ///< of its first character (for an operation: of the operator)
  std::string text;                           ///< outermost expression only: as written
};

/// A function given as an argument or to defer: its name (of a function or of a parameter of kind function), and the
/// arguments bound to it already.
struct FunctionReference;

/// An argument as written. `text` holds a JSON string, or the digits of a bare JSON integer or boolean (true is 1).
/// Linking fills exactly one of expression, resource and function, by the kind of the parameter.
struct Argument {
  std::string name;
  std::string text;
  Place place;                                       ///< of the value
  std::shared_ptr<const FunctionReference> closure;  ///< written as {"call": ..., "with": ...}; null otherwise
  std::shared_ptr<const Expression> expression;
  std::shared_ptr<const ResourceReference> resource;
  std::shared_ptr<const FunctionReference> function;
};

struct FunctionReference {
  std::string name;
  bool is_role = false;  ///< written `driver->name`
  std::vector<Argument> with;
  std::string device;  ///< that it is called for; "": the one that the caller is called for
  Place place;
};

struct Statement;
using Block = std::vector<Statement>;

/// What `on_error` does: returns (with a value or without) or goes to a label.
struct OnError {
  std::optional<Expression> value;  ///< return: the value, if any
  std::string label;                ///< "" for return
  Place place;
};

struct CallStatement {
  FunctionReference function;
  std::string into;  ///< "" when the result is dropped
  std::optional<OnError> on_error;
};
struct AcquireStatement {
  ResourceReference resource;
  std::vector<ResourceReference> needs;
  std::optional<Expression> owed;  ///< default: 1
};
enum class NotHeld { nothing, complains, warns, corrupts };
enum class Dependents { kept, lost };
struct ReleaseStatement {
  ResourceReference resource;
  NotHeld not_held = NotHeld::nothing;
  Dependents dependents = Dependents::kept;
};
struct UseStatement {
  ResourceReference resource;
};
struct SetStatement {
  Expression variable;  ///< a name, perhaps with an index
  Expression to;
};
struct ReturnStatement {
  std::optional<Expression> value;
};
struct IfStatement {
  Expression condition;
  Block then_block;
  Block else_block;
};
struct Alternative {
  std::string says;
  std::optional<Expression> when;
  Block body;
  Place place;
};
struct ChooseStatement {
  std::string name;
  std::vector<Alternative> alternatives;  ///< empty for the form with `between`
  std::string into;
  std::optional<Expression> low, high;  ///< `between`
};
struct LoopStatement {
  std::string variable;
  std::optional<Expression> from;
  Expression condition;
  std::optional<Expression> next;
  Block body;
};
struct GotoStatement {
  std::string label;
};
struct LabelStatement {
  std::string label;
};
struct DeferStatement {
  FunctionReference function;
  std::string list;
};
struct TakeBackStatement {
  FunctionReference function;
  std::string list;
  std::string into;  ///< "" when it does not matter whether there was one
};
struct RunStatement {
  std::string list;
};
/// Marks the beginning of a group at the newest end of a list.
struct OpenGroupStatement {
  Expression number;
  std::string list;
};
/// What is done to a group that is there, in `into` whether it was.
enum class GroupChange { close, remove, run };
struct GroupStatement {
  GroupChange change = GroupChange::close;
  std::optional<Expression> number;  ///< none: the newest group that is still open
  std::string list;
  std::string into;  ///< "" when it does not matter
};
struct WarnStatement {
  Expression condition;
};
struct CrashStatement {
  std::string reason;
};

struct Statement {
  std::variant<CallStatement, AcquireStatement, ReleaseStatement, UseStatement, SetStatement, ReturnStatement,
               IfStatement, ChooseStatement, LoopStatement, GotoStatement, LabelStatement, DeferStatement,
               TakeBackStatement, RunStatement, OpenGroupStatement, GroupStatement, WarnStatement, CrashStatement>
      what;
  int at = 0;  ///< line of the source file that it stands for; 0: not said
  std::string says;
  std::string concerns;  ///< resource (its name alone) that `says` explains; "" for none
  Place place;
};

enum class VariableType { boolean, integer, counter, size };
enum class Lifetime { fixed, device, driver, module };

struct Variable {
  std::string name;
  VariableType type = VariableType::boolean;
  Lifetime lifetime = Lifetime::device;
  int count = 1;
  std::string size;                  ///< a family: the size that says how many; "" where `count` is a number
  bool is_family = false;            ///< `count` was written: it is named with an index
  std::int32_t initial = 0;          ///< of each member
  std::vector<std::int32_t> values;  ///< fixed integers and sizes: what it may be
  std::int32_t low = 0,
               high = 0;  ///< a size: what it may really be, of which `values` has no more than can be unrolled
  bool restored = false;
  std::string device;  ///< driver lifetime: the further device whose binding it lasts for; "": the main one
  std::string says;
  Place place;
};

struct Resource {
  std::string name;
  int count = 1;
  std::string size;        ///< a family: the size that says how many; "" where `count` is a number
  bool is_family = false;  ///< `count` was written: references carry an index
  std::string per;         ///< "" unless there is one for each resource it is named with
  std::string says;
  Place place;
};

struct DeferredList {
  std::string name;
  std::string says;
  std::optional<Expression> empty_when;  ///< when it may have no entry; default: when the device is quiescent
  Place place;
};

enum class ParameterKind { value, resource, function };

struct Parameter {
  std::string name;
  ParameterKind kind = ParameterKind::value;
  std::string default_text;  ///< as an Argument's text
  bool has_default = false;
  Place default_place;
  Place place;
};

struct Local {
  std::string name;
  std::int32_t initial = 0;
  Place place;
};

struct Function {
  std::string name;
  std::string file;        ///< its own `source`; else, of a driver, the unit's source file
  std::string stands_for;  ///< the name in the C source, where that is another one
  int at = 0;
  std::string says;
  std::vector<Parameter> parameters;
  std::vector<Local> locals;  ///< as written; what `into` and `loop` introduce is added by linking
  Block body;
  Place place;
};

struct Role {
  std::string name;
  bool required = false;
  bool returns = false;
  std::string says;
  Place place;
};

struct Callback {
  std::string role;
  std::string function;
  Place place;  ///< of the function's name
};

/// The name of the device that a driver is about, where it has further ones.
inline constexpr const char* main_device = "main";

/// A device that the driver owns besides its main one.
struct FurtherDevice {
  std::string name;
  std::string says;
  std::vector<Callback> callbacks;  ///< of the driver that binds it; none: it is only used, and lives as the main one
  Place place;
};

struct Event {
  std::string name;
  std::string says;
  std::optional<Expression> when;
  bool remembers = false;
  std::vector<Local> locals;  ///< added by linking, as for functions
  Block body;
  Place place;
};

struct Constant {
  std::string name;
  std::int32_t value = 0;
  Place place;
};

struct Note {
  int at = 0;
  std::string file;  ///< that `at` is a line of: its own `source`, else the unit's source file
  std::string says;
  Place place;
};

struct Keeps {
  std::string variable;
  std::string reason;
  Place place;
};

/// One JSON file: a driver spec, or one part of a kernel model.
struct Unit {
  bool is_driver = false;
  std::string name;         ///< `driver` or `kernel`
  std::string tree;         ///< "" when not said
  std::string model;        ///< driver: the tree whose kernel model it is checked with, where it says so; else ""
  Place tree_place;         ///< of `model`, or else of `tree`
  std::string source_file;  ///< driver: file in the kernel tree; "" when not said
  std::string says;
  std::vector<Note> notes;
  std::vector<Constant> constants;
  std::vector<Variable> variables;
  std::vector<Resource> resources;
  std::vector<DeferredList> lists;
  std::vector<Function> functions;
  std::vector<Role> roles;
  std::vector<Callback> callbacks;
  std::vector<FurtherDevice> devices;
  std::vector<Event> events;
  std::vector<Keeps> keeps;
  std::optional<Expression> quiescent, final, while_bound;
  Place place;
};

/// A kernel model and the drivers that may bind its device, one after the other: checked, every name known, every
/// argument of the kind its parameter has. Made by link() alone.
struct Spec {
  std::vector<std::shared_ptr<const Unit>> kernel;
  std::vector<std::shared_ptr<const Unit>>
      drivers;  ///< the first is the one that is verified; a second is bound after it
};

}  // namespace tenure
