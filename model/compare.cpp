#include "model/compare.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/diagnostic.h"
#include "model/interpreter.h"
#include "model/walk.h"

namespace tenure {

std::string_view name_of(Difference difference) {
  switch (difference) {
    case Difference::same:
      return "same";
    case Difference::worse:
      return "worse";
    case Difference::mended:
      return "mended";
    case Difference::unclear:
      return "unclear";
  }
  throw InternalError("unknown difference");
}

Difference compare(const Verdict& before, const Verdict& after) {
  const bool is_known_before = !std::holds_alternative<Undecided>(before);
  const bool is_known_after = !std::holds_alternative<Undecided>(after);
  if (!is_known_before || !is_known_after) return Difference::unclear;
  const auto badness = [](const Verdict& verdict) {
    return std::holds_alternative<Violated>(verdict) ? 2 : std::holds_alternative<Unreachable>(verdict) ? 1 : 0;
  };
  if (badness(before) == badness(after)) return Difference::same;
  return badness(before) < badness(after) ? Difference::worse : Difference::mended;
}

namespace {

/// Where the environment chooses: the number of the event, the calls that led there, the name of the choice, and how
/// often that was met before.
using ChoiceKey = std::tuple<std::size_t, std::string, int>;

/// What was chosen, in words that mean the same in another program.
struct Chosen {
  std::string says;
  std::int32_t pick = 0;
};

/// Keeps the names of the procedures being carried out, and counts choices.
class CallPath : public CallObserver {
 public:
  explicit CallPath(const Program& program) : program_(program) {}

  void begin_event() {
    ++event_;
    calls_.clear();
    met_.clear();
  }
  void entered(const ListEntry& call, ListId /*list*/) override {
    calls_.push_back(program_.procedures[call.procedure].name);
  }
  void left(ProcedureId /*procedure*/) override { calls_.pop_back(); }
  ChoiceKey meet(const std::string& choice) {
    std::string path;
    for (const std::string& call : calls_) path += call + "/";
    path += choice;
    const int occurrence = met_[path]++;
    return {event_, std::move(path), occurrence};
  }

 private:
  const Program& program_;
  std::size_t event_ = 0;
  std::vector<std::string> calls_;
  std::map<std::string, int> met_;
};

const Node& node_of(const Program& program, const Machine& machine) {
  const Frame& frame = machine.frames.back();
  return program.procedures[frame.procedure].nodes[frame.node];
}

std::map<ChoiceKey, Chosen> choices_of(const Program& program, const Path& path) {
  const Interpreter interpreter(program);
  std::map<ChoiceKey, Chosen> choices;
  Walk walk(program, path);
  CallPath calls(program);
  while (walk.next_event()) {
    calls.begin_event();
    walk.begin(&calls);
    while (const auto option = walk.next()) {
      const Node& node = node_of(program, walk.machine());
      if (!node.choice.empty()) {
        choices[calls.meet(node.choice)] = {interpreter.edge(walk.machine(), *option).says, option->pick};
      }
      walk.take(*option, &calls);
    }
  }
  return choices;
}

/// Carries out the events of one program on another.
class Mirror {
 public:
  Mirror(const Program& from, const Path& path, const Program& to)
      : from_(from), path_(path), to_(to), interpreter_(to), calls_(to), choices_(choices_of(from, path)) {}

  Path run();

 private:
  static constexpr int most_edges = 1'000'000;

  void set_fixed();
  std::uint32_t event_like(std::uint32_t event) const;
  void carry_out(std::uint32_t event);
  Option decide(const std::vector<Option>& open);

  const Program& from_;
  const Path& path_;
  const Program& to_;
  Interpreter interpreter_;
  CallPath calls_;
  std::map<ChoiceKey, Chosen> choices_;
  Machine machine_;
  Path made_;
};

Path Mirror::run() {
  machine_.state = interpreter_.initial();
  set_fixed();
  made_.goal = none;
  for (const Path::Event& event : path_.events) {
    const std::uint32_t same = event_like(event.event);
    if (same == none) break;
    carry_out(same);
  }
  return std::move(made_);
}

/// Gives the fixed variables the values that those of the same names have.
void Mirror::set_fixed() {
  std::map<std::string, std::int32_t> values;
  std::size_t next = 0;
  for (const VariableInfo& variable : from_.variables) {
    if (variable.scope == Scope::fixed) values[variable.name] = path_.fixed[next++];
  }
  for (VariableId v = 0; v < to_.variables.size(); ++v) {
    const VariableInfo& variable = to_.variables[v];
    if (variable.scope != Scope::fixed) continue;
    const auto known = values.find(variable.name);
    if (known != values.end()) machine_.state.values[v] = known->second;
    made_.fixed.push_back(machine_.state.values[v]);
  }
}

/// The event of the same name, when it may happen now.
std::uint32_t Mirror::event_like(std::uint32_t event) const {
  for (std::uint32_t candidate = 0; candidate < to_.events.size(); ++candidate) {
    const bool is_same = to_.events[candidate].name == from_.events[event].name;
    if (is_same && interpreter_.enabled(machine_.state, candidate)) return candidate;
  }
  return none;
}

void Mirror::carry_out(std::uint32_t event) {
  made_.events.push_back({event, {}});
  calls_.begin_event();
  interpreter_.begin(machine_, event, &calls_);
  for (int taken = 0; taken < most_edges; ++taken) {
    const std::vector<Option> open = interpreter_.options(machine_);
    if (open.empty()) return;
    interpreter_.take(machine_, decide(open), &calls_);
  }
  throw InternalError("the event '" + to_.events[event].name + "' does not end when its run is compared");
}

Option Mirror::decide(const std::vector<Option>& open) {
  const Node& node = node_of(to_, machine_);
  if (node.choice.empty()) return open.front();
  const auto chosen = choices_.find(calls_.meet(node.choice));
  auto same = open.begin();
  if (chosen != choices_.end()) {
    same = std::find_if(open.begin(), open.end(), [&](const Option& option) {
      return interpreter_.edge(machine_, option).says == chosen->second.says && option.pick == chosen->second.pick;
    });
  }
  made_.events.back().decisions.push_back(same == open.end() ? open.front() : *same);
  return made_.events.back().decisions.back();
}

bool has_parts(const std::vector<TraceStep>& steps, std::size_t step) {
  return step + 1 < steps.size() && steps[step + 1].depth > steps[step].depth;
}

/// Steps that have parts differ where their parts do, not before.
std::size_t parting_of(const std::vector<TraceStep>& a, const std::vector<TraceStep>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    const bool is_same = has_parts(a, i) && has_parts(b, i)
                             ? a[i].event == b[i].event && a[i].function == b[i].function && a[i].call == b[i].call
                             : a[i] == b[i];
    if (!is_same) return i;
  }
  return std::min(a.size(), b.size());
}

}  // namespace

Path mirrored(const Program& from, const Path& path, const Program& to) {
  return Mirror(from, path, to).run();
}

PairedRuns pair_runs(const Program& before, const Verdict& verdict_before, const Program& after,
                     const Verdict& verdict_after) {
  const auto* violated_before = std::get_if<Violated>(&verdict_before);
  const auto* violated_after = std::get_if<Violated>(&verdict_after);
  if (violated_before == nullptr && violated_after == nullptr) throw InternalError("neither run violates anything");
  PairedRuns runs;
  runs.before =
      tell(before, violated_before != nullptr ? violated_before->path : mirrored(after, violated_after->path, before));
  runs.after =
      tell(after, violated_after != nullptr ? violated_after->path : mirrored(before, violated_before->path, after));
  runs.parting = parting_of(runs.before.steps, runs.after.steps);
  return runs;
}

}  // namespace tenure
