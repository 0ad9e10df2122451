#include "model/explicit_search.h"

#include <chrono>
#include <deque>
#include <functional>
#include <queue>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>

#include "model/interpreter.h"
#include "model/walk.h"

namespace tenure {

namespace {

/// A machine as bytes: small, and quick to hash and compare. Each integer is zigzagged into groups of seven bits.
class Packer {
 public:
  void put(std::int32_t value) {
    auto bits = (static_cast<std::uint32_t>(value) << 1) ^ static_cast<std::uint32_t>(value >> 31);
    for (; bits >= 0x80; bits >>= 7) bytes_.push_back(static_cast<char>(bits | 0x80));
    bytes_.push_back(static_cast<char>(bits));
  }
  void put(std::size_t value) { put(static_cast<std::int32_t>(value)); }
  void put(const std::vector<ListEntry>& list) {
    put(list.size());
    for (const ListEntry& entry : list) {
      put(static_cast<std::size_t>(entry.procedure));
      put(entry.arguments.size());
      for (const std::int32_t argument : entry.arguments) put(argument);
    }
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(const std::string& bytes) : bytes_(bytes) {}
  std::int32_t get() {
    std::uint32_t bits = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[position_++]);
      bits |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
      if (byte < 0x80) break;
    }
    return static_cast<std::int32_t>((bits >> 1) ^ (0U - (bits & 1)));
  }
  std::size_t get_size() { return static_cast<std::size_t>(get()); }
  std::vector<ListEntry> get_list() {
    std::vector<ListEntry> list(get_size());
    for (ListEntry& entry : list) {
      entry.procedure = static_cast<ProcedureId>(get());
      entry.arguments.resize(get_size());
      for (std::int32_t& argument : entry.arguments) argument = get();
    }
    return list;
  }

 private:
  const std::string& bytes_;
  std::size_t position_ = 0;
};

std::string pack(const Machine& machine) {
  Packer packer;
  for (const std::int32_t value : machine.state.values) packer.put(value);
  for (const auto& list : machine.state.lists) packer.put(list);
  packer.put(machine.frames.size());
  for (const Frame& frame : machine.frames) {
    packer.put(static_cast<std::size_t>(frame.procedure));
    packer.put(static_cast<std::size_t>(frame.node));
    packer.put(static_cast<std::size_t>(frame.running_list));
    packer.put(frame.running);
  }
  return packer.take();
}

Machine unpack(const std::string& bytes, const Program& program) {
  Unpacker unpacker(bytes);
  Machine machine;
  machine.state.values.resize(program.variables.size());
  for (std::int32_t& value : machine.state.values) value = unpacker.get();
  machine.state.lists.resize(program.lists.size());
  for (auto& list : machine.state.lists) list = unpacker.get_list();
  machine.frames.resize(unpacker.get_size());
  for (Frame& frame : machine.frames) {
    frame.procedure = static_cast<ProcedureId>(unpacker.get());
    frame.node = static_cast<NodeId>(unpacker.get());
    frame.running_list = static_cast<ListId>(unpacker.get());
    frame.running = unpacker.get_list();
  }
  return machine;
}

/// Fixed variables that some term reads.
std::set<VariableId> fixed_variables_read(const Program& program) {
  std::set<VariableId> read;
  for (const Term& term : program.terms) {
    if (term.kind != Term::Kind::variable) continue;
    for (VariableId v = term.variable.first; v < term.variable.first + term.variable.count; ++v) {
      if (program.variables[v].scope == Scope::fixed) read.insert(v);
    }
  }
  return read;
}

struct Cost {
  std::uint32_t events = 0, steps = 0;
  friend auto operator<=>(const Cost&, const Cost&) = default;
};

/// A machine on its way, what the way has cost, and the decisions taken since it was last known.
struct Stretch {
  Machine machine;
  Cost cost;
  std::vector<Option> told;  ///< at nodes with a choice
};

using AtGoal = std::function<bool(std::uint32_t goal)>;

/// Uniform-cost search over the machines between two events and where the environment has more than one option.
class Search {
 public:
  Search(const Program& program, const ExplicitLimits& limits)
      : program_(program), interpreter_(program), limits_(limits), best_(program.goals.size()) {}

  ExplicitAnswer run();

 private:
  /// A machine that was met, and the cheapest way to it: from `parent` by a decision. `machine` is owned by known_.
  struct Configuration {
    const std::string* machine = nullptr;
    std::uint32_t parent = none;
    Option decision;  ///< between two events: `edge` is the event that begins
    Cost cost;
    bool is_expanded = false;
  };
  struct Found {
    std::uint32_t parent;
    Option decision;
    Cost cost;
  };

  void add_initial();
  void add(const Machine& machine, std::uint32_t parent, const Option& decision, Cost cost);
  void expand(std::uint32_t id);
  std::vector<Option> decisions(const Machine& machine);
  void note_cut_pick(const Machine& machine, const Option& option);
  bool carry_out(Stretch& walk, const Option& decision, const AtGoal& at_goal) const;
  bool take(Stretch& walk, const Option& option, const AtGoal& at_goal) const;
  Path path_to(std::uint32_t goal) const;
  std::string limit_reached() const;

  const Program& program_;
  Interpreter interpreter_;
  ExplicitLimits limits_;
  std::unordered_map<std::string, std::uint32_t> known_;
  std::deque<Configuration> configurations_;
  using Entry = std::pair<Cost, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open_;
  std::vector<std::optional<Found>> best_;  ///< of each goal
  std::set<std::string> cuts_;
  bool is_cut_short_ = false;  ///< at the most events
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

ExplicitAnswer Search::run() {
  ExplicitAnswer answer;
  add_initial();
  for (std::size_t round = 0; !open_.empty() && answer.stopped.empty(); ++round) {
    const std::uint32_t id = open_.top().second;
    open_.pop();
    if (configurations_[id].is_expanded) continue;
    expand(id);
    if (configurations_.size() > limits_.configurations || round % 256 == 0) answer.stopped = limit_reached();
  }
  if (is_cut_short_ && answer.stopped.empty()) answer.stopped = only_runs_of(limits_.events);
  answer.complete = answer.stopped.empty();
  answer.configurations = configurations_.size();
  for (std::uint32_t goal = 0; goal < best_.size(); ++goal) {
    answer.paths.push_back(best_[goal] ? std::optional(path_to(goal)) : std::nullopt);
  }
  answer.bounds.assign(cuts_.begin(), cuts_.end());
  return answer;
}

std::string Search::limit_reached() const {
  if (configurations_.size() > limits_.configurations) {
    return "more than " + std::to_string(limits_.configurations) + " configurations";
  }
  if (limits_.interrupted != nullptr && *limits_.interrupted) return "interrupted";
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  if (limits_.seconds <= 0 || elapsed.count() <= limits_.seconds) return "";
  std::ostringstream text;
  text << "more than " << limits_.seconds << " seconds";
  return text.str();
}

void Search::add_initial() {
  std::vector<Machine> machines(1);
  machines.front().state = interpreter_.initial();
  for (const VariableId variable : fixed_variables_read(program_)) {
    std::vector<Machine> more;
    for (const Machine& machine : machines) {
      for (const std::int32_t value : program_.variables[variable].values) {
        more.push_back(machine);
        more.back().state.values[variable] = value;
      }
    }
    machines = std::move(more);
  }
  for (const Machine& machine : machines) add(machine, none, {}, {});
}

void Search::add(const Machine& machine, std::uint32_t parent, const Option& decision, Cost cost) {
  const auto [entry, is_new] = known_.try_emplace(pack(machine), static_cast<std::uint32_t>(configurations_.size()));
  if (is_new) {
    configurations_.push_back({&entry->first, parent, decision, cost, false});
  } else {
    Configuration& known = configurations_[entry->second];
    if (known.cost <= cost) return;
    known = {known.machine, parent, decision, cost, false};
  }
  open_.emplace(cost, entry->second);
}

void Search::expand(std::uint32_t id) {
  configurations_[id].is_expanded = true;
  const Machine machine = unpack(*configurations_[id].machine, program_);
  if (machine.frames.empty() && limits_.events > 0 && configurations_[id].cost.events == limits_.events) {
    is_cut_short_ = true;
    return;
  }
  for (const Option& decision : decisions(machine)) {
    Stretch walk{machine, configurations_[id].cost, {}};
    const bool arrives = carry_out(walk, decision, [&](std::uint32_t goal) {
      if (!best_[goal] || walk.cost < best_[goal]->cost) best_[goal] = Found{id, decision, walk.cost};
      return true;
    });
    if (arrives) add(walk.machine, id, decision, walk.cost);
  }
}

/// The events that may happen now, or the options of a machine in the middle of one.
std::vector<Option> Search::decisions(const Machine& machine) {
  if (!machine.frames.empty()) {
    std::vector<Option> options = interpreter_.options(machine);
    for (const Option& option : options) note_cut_pick(machine, option);
    return options;
  }
  std::vector<Option> events;
  for (std::uint32_t event = 0; event < program_.events.size(); ++event) {
    if (interpreter_.enabled(machine.state, event)) events.push_back({event, false, 0});
  }
  return events;
}

void Search::note_cut_pick(const Machine& machine, const Option& option) {
  const Edge& edge = interpreter_.edge(machine, option);
  const auto* pick = std::get_if<Pick>(&edge.action);
  if (pick == nullptr) return;
  const std::int32_t low = interpreter_.value(machine.state, pick->low);
  const std::int32_t high = interpreter_.value(machine.state, pick->high);
  if (!leaves_out_picks(low, high, program_.picks_lowest)) return;
  const Procedure& procedure = program_.procedures[machine.frames.back().procedure];
  cuts_.insert("'" + procedure.nodes[edge.from].choice + "' in " + procedure.name + ": of " + std::to_string(low) +
               " to " + std::to_string(high) + " only a few were tried");
}

/// Carries out a decision and all that follows up to the next one. `at_goal` is told of each goal and says whether to
/// go on. Gives false when it did not, or when the run goes round in a loop for ever.
bool Search::carry_out(Stretch& walk, const Option& decision, const AtGoal& at_goal) const {
  if (walk.machine.frames.empty()) {
    ++walk.cost.events;
    interpreter_.begin(walk.machine, decision.edge);
  } else if (!take(walk, decision, at_goal)) {
    return false;
  }
  Machine earlier;
  std::size_t next_snapshot = 1024;
  for (std::size_t edges = 0;; ++edges) {
    const std::vector<Option> options = interpreter_.options(walk.machine);
    if (options.size() != 1) return true;
    if (!take(walk, options.front(), at_goal) || walk.machine == earlier) return false;
    if (edges != next_snapshot) continue;
    earlier = walk.machine;
    next_snapshot *= 2;
  }
}

bool Search::take(Stretch& walk, const Option& option, const AtGoal& at_goal) const {
  const Edge& edge = interpreter_.edge(walk.machine, option);
  const Frame& frame = walk.machine.frames.back();
  if (!program_.procedures[frame.procedure].nodes[frame.node].choice.empty()) walk.told.push_back(option);
  walk.cost.steps += edge.steps;
  if (const auto* reach = std::get_if<Reach>(&edge.action)) {
    if (!at_goal(reach->goal) || (reach->besides != none && !at_goal(reach->besides))) return false;
  }
  interpreter_.take(walk.machine, option);
  return true;
}

/// Walks the cheapest way to a goal once more and notes the decisions.
Path Search::path_to(std::uint32_t goal) const {
  const Found& found = *best_[goal];
  std::vector<Option> decisions{found.decision};
  std::uint32_t id = found.parent;
  for (; configurations_[id].parent != none; id = configurations_[id].parent) {
    decisions.push_back(configurations_[id].decision);
  }
  Stretch walk{unpack(*configurations_[id].machine, program_), {}, {}};
  Path path = path_from(program_, walk.machine.state, goal);
  path.steps = found.cost.steps;
  for (auto decision = decisions.rbegin(); decision != decisions.rend(); ++decision) {
    if (walk.machine.frames.empty()) path.events.push_back({decision->edge, {}});
    const bool is_last = decision + 1 == decisions.rend();
    walk.told.clear();
    carry_out(walk, *decision, [&](std::uint32_t reached) { return !is_last || reached != goal; });
    auto& told = path.events.back().decisions;
    told.insert(told.end(), walk.told.begin(), walk.told.end());
  }
  return path;
}

}  // namespace

ExplicitAnswer explicit_search(const Program& program, const ExplicitLimits& limits) {
  return Search(program, limits).run();
}

}  // namespace tenure
