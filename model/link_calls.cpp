#include "model/link_calls.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "model/link_walk.h"

namespace tenure {

namespace {

struct ByName {
  bool operator()(const Function* a, const Function* b) const { return std::tie(a->name, a) < std::tie(b->name, b); }
};
using Functions = std::set<const Function*, ByName>;

/// Which function may call which. A parameter of kind function stands for all that is ever bound to it.
class CallGraph {
 public:
  explicit CallGraph(const std::vector<Caller>& callers) {
    for (const Caller& caller : callers) add_callbacks(caller);
    // Each round follows a parameter one call further, so that more rounds are of no use.
    for (int round = 0; changed_ && round < deepest_calls; ++round) {
      changed_ = false;
      for (const Caller& caller : callers) add_bindings(caller);
    }
    for (const Caller& caller : callers)
      for (const Function& function : caller.unit->functions)
        add_edges(function, *caller.symbols, caller.unit->is_driver);
  }

  /// Gives whether calls nest deeper than they may.
  bool report_cycles(Diagnostics& diagnostics) {
    for (const Function* function : order_) {
      if (visit(function, diagnostics) <= deepest_calls) continue;
      diagnostics.add(function->place, "calls of '" + function->name + "' nest deeper than " +
                                           std::to_string(deepest_calls) + " levels, expected fewer");
      return true;
    }
    return false;
  }

 private:
  struct Edge {
    const Function* to;
    Place place;
  };
  struct Node {
    std::vector<Edge> edges;
    bool is_driver = false;
    int depth = 1;
    enum class State { fresh, open, done } state = State::fresh;
  };

  void add_callbacks(const Caller& caller) {
    for_each_callback(*caller.unit, [&](const Callback& callback) {
      if (const Function* function = caller.symbols->functions.find(callback.function))
        callbacks_[callback.role].insert(function);
    });
  }

  void add_bindings(const Caller& caller) {
    for (const Function& function : caller.unit->functions) add_bindings(function.body, &function, *caller.symbols);
    for (const Event& event : caller.unit->events) add_bindings(event.body, nullptr, *caller.symbols);
  }

  void add_bindings(const Block& body, const Function* owner, const Symbols& symbols) {
    for_each_statement(body, [&](const Statement& statement) {
      const FunctionReference* reference = function_of(statement);
      if (!reference) return;
      bind_arguments(*reference, owner, symbols);
      if (const auto* defer = std::get_if<DeferStatement>(&statement.what))
        merge(deferred_[defer->list], named(*reference, owner, symbols));
    });
  }

  void bind_arguments(const FunctionReference& reference, const Function* owner, const Symbols& symbols) {
    const Functions called = named(reference, owner, symbols);
    for (const Argument& argument : reference.with) {
      if (!argument.function) continue;
      for (const Function* function : called)
        merge(bound_[{function, argument.name}], named(*argument.function, owner, symbols));
      bind_arguments(*argument.function, owner, symbols);
    }
  }

  void merge(Functions& into, const Functions& more) {
    const std::size_t before = into.size();
    into.insert(more.begin(), more.end());
    changed_ |= into.size() != before;
  }

  /// All that a reference may stand for.
  Functions named(const FunctionReference& reference, const Function* owner, const Symbols& symbols) {
    if (reference.is_role) return callbacks_[reference.name];
    const auto bound = bound_.find({owner, reference.name});
    if (bound != bound_.end()) return bound->second;
    const Function* function = symbols.functions.find(reference.name);
    return function ? Functions{function} : Functions{};
  }

  static bool runs(const GroupStatement& group) { return group.change == GroupChange::run; }

  void add_edges(const Function& function, const Symbols& symbols, bool is_driver) {
    Node& node = nodes_[&function];
    node.is_driver = is_driver;
    order_.push_back(&function);
    for_each_statement(function.body, [&](const Statement& statement) {
      Functions targets;
      if (const auto* call = std::get_if<CallStatement>(&statement.what))
        targets = named(call->function, &function, symbols);
      else if (const auto* run = std::get_if<RunStatement>(&statement.what))
        targets = deferred_[run->list];
      else if (const auto* group = std::get_if<GroupStatement>(&statement.what); group && runs(*group))
        targets = deferred_[group->list];
      for (const Function* target : targets) node.edges.push_back({target, statement.place});
    });
  }

  /// Gives how deep the calls of the function nest; does not go on when they nest too deep.
  int visit(const Function* function, Diagnostics& diagnostics) {
    Node& node = nodes_[function];
    if (node.state != Node::State::fresh) return node.depth;
    if (path_.size() >= deepest_calls) return deepest_calls + 1;
    node.state = Node::State::open;
    for (const Edge& edge : node.edges) {
      path_.emplace_back(function, edge.place);
      if (nodes_[edge.to].state == Node::State::open) report(edge.to, diagnostics);
      node.depth = std::max(node.depth, 1 + visit(edge.to, diagnostics));
      path_.pop_back();
    }
    node.state = Node::State::done;
    return node.depth;
  }

  /// The path ends with a call of `again`, which is on it: says so where a driver takes part, if one does.
  void report(const Function* again, Diagnostics& diagnostics) {
    auto first = std::find_if(path_.begin(), path_.end(), [&](const auto& step) { return step.first == again; });
    std::string cycle;
    const Place* place = nullptr;
    for (auto step = first; step != path_.end(); ++step) {
      cycle += step->first->name + " -> ";
      if (!place && nodes_[step->first].is_driver) place = &step->second;
    }
    diagnostics.add(place ? *place : first->second,
                    "recursion: " + cycle + again->name + ", expected no cycle of calls");
  }

  std::map<std::string, Functions> callbacks_;
  std::map<std::string, Functions> deferred_;
  std::map<std::pair<const Function*, std::string>, Functions> bound_;
  bool changed_ = true;
  std::map<const Function*, Node> nodes_;
  std::vector<const Function*> order_;
  std::vector<std::pair<const Function*, Place>> path_;
};

/// The functions of a driver that are reached, by name.
class Reached {
 public:
  explicit Reached(const Unit& driver) {
    for (const Function& function : driver.functions) functions_.emplace(function.name, &function);
    for_each_callback(driver, [&](const Callback& callback) { reach(callback.function); });
    for (const Event& event : driver.events) reach_from(event.body);
    while (!waiting_.empty()) {
      const Function* function = waiting_.back();
      waiting_.pop_back();
      reach_from(function->body);
    }
  }

  bool contains(const std::string& name) const { return names_.contains(name); }

 private:
  void reach(const std::string& name) {
    const auto function = functions_.find(name);
    if (function != functions_.end() && names_.insert(name).second) waiting_.push_back(function->second);
  }

  void reach_from(const Block& body) {
    for_each_statement(body, [&](const Statement& statement) {
      if (std::holds_alternative<TakeBackStatement>(statement.what)) return;
      if (const FunctionReference* reference = function_of(statement)) reach(*reference);
    });
  }

  void reach(const FunctionReference& reference) {
    if (!reference.is_role) reach(reference.name);
    for (const Argument& argument : reference.with)
      if (argument.function) reach(*argument.function);
  }

  std::map<std::string, const Function*> functions_;
  std::set<std::string> names_;
  std::vector<const Function*> waiting_;
};

}  // namespace

bool check_recursion(const std::vector<Caller>& callers, Diagnostics& diagnostics) {
  return !CallGraph(callers).report_cycles(diagnostics);
}

void check_all_called(const Unit& driver, Diagnostics& diagnostics) {
  const Reached reached(driver);
  for (const Function& function : driver.functions)
    if (!reached.contains(function.name))
      diagnostics.add(function.place,
                      "'" + function.name + "' is never called, expected it as a callback or in a call");
}

}  // namespace tenure
