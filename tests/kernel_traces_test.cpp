#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/compile.h"
#include "model/interpreter.h"
#include "model/semantics.h"
#include "tests/support/spec_text.h"

// Carries out what was recorded on a running kernel and compares every step; tests/kernel-traces/README.md says what is
// recorded.
using namespace tenure;
using namespace tenure::testing;
using nlohmann::json;

namespace {

const std::string folder = TENURE_SOURCE_DIR "/tests/kernel-traces/";

/// The statements that carry out a word; each has the word's number as its line.
json statements_of(const std::string& word, int line) {
  static const std::map<std::string, std::string> plain = {
      {"pen", "pci_enable_device"}, {"pmen", "pcim_enable_device"},   {"dis", "pci_disable_device"},
      {"pin", "pcim_pin_device"},   {"free", "pci_free_irq_vectors"}, {"msi", "pci_enable_msi"},
      {"dmsi", "pci_disable_msi"}};
  static const std::map<std::string, std::string> on_vector = {
      {"req", "request_irq"}, {"fr", "free_irq"}, {"dreq", "devm_request_irq"}, {"dfr", "devm_free_irq"}};
  const std::string name = word.substr(0, word.find(':'));
  const auto call = [&](const std::string& function, const json& with) {
    json made = {{"call", function}, {"into", "ret"}, {"at", line}};
    if (!with.empty()) made["with"] = with;
    return made;
  };
  if (plain.contains(name)) return {call(plain.at(name), {})};
  if (on_vector.contains(name)) {
    json with = {{"irq", "irq"}};
    if (name.ends_with("req")) with["irqflags"] = "IRQF_SHARED";
    return {{{"call", "pci_irq_vector"}, {"into", "irq"}, {"at", line}}, call(on_vector.at(name), with)};
  }
  if (name == "fail") return {{{"set", "result"}, {"to", "-" + word.substr(5)}, {"at", line}}};
  static const std::map<char, std::string> types = {
      {'x', "PCI_IRQ_MSIX"}, {'m', "PCI_IRQ_MSI"}, {'a', "PCI_IRQ_ALL_TYPES"}};
  const std::string function = name == "palloc" ? "pcim_alloc_irq_vectors" : "pci_alloc_irq_vectors";
  return {call(
      function,
      {{"min_vecs", 1}, {"max_vecs", std::string(1, word[word.find(':') + 1])}, {"flags", types.at(word.back())}})};
}

// Lines of the statements before and after the words.
constexpr int before_words = 1000;
constexpr int after_words = 1001;

json body_of(const json& words) {
  json body = json::array({{{"set", "result"}, {"to", 0}, {"at", before_words}}});
  int line = 0;
  for (const json& word : words) {
    for (const json& statement : statements_of(word, ++line)) body.push_back(statement);
  }
  body.push_back({{"set", "ret"}, {"to", 0}, {"at", after_words}});
  return body;
}

/// The driver of a recorded bind. Its event never happens: it makes all programs have the same variables and
/// procedures, so that what one driver leaves behind has a place in the next one.
std::string driver_of(const json& bind) {
  json everything = {"pen", "pmen", "dis",   "pin",  "alloc:1:a", "free",
                     "msi", "dmsi", "req:0", "fr:0", "dreq:0",    "dfr:0"};
  if (bind["semantics"] != "old") everything.push_back("palloc:1:a");
  json probe = body_of(bind["probe"]);
  probe.push_back({{"return", "result"}});
  const json integer = {{"type", "int"}, {"lifetime", "module"}};
  return json{{"driver", "recorded"},
              {"variables", {{"ret", integer}, {"irq", integer}, {"result", integer}}},
              {"callbacks", {{"probe", "probe"}, {"remove", "remove"}}},
              {"functions", {{"probe", {{"body", probe}}}, {"remove", {{"body", body_of(bind["remove"])}}}}},
              {"events", {{"everything", {{"says", "what never happens"}, {"do", body_of(everything)}}}}}}
      .dump();
}

/// The words that have a recorded return value.
bool returns(const std::string& op) {
  static const std::set<std::string> names = {"pen", "pmen", "alloc", "palloc", "msi", "req", "dreq"};
  return names.contains(op);
}

/// What is compared: a line for each step.
struct Step {
  std::string op;
  std::optional<int> ret;
  std::map<std::string, json> state;  ///< what changed
  std::vector<std::string> devres, warnings;
};

std::string to_string(const Step& step) {
  return step.op + (step.ret ? " ret " + std::to_string(*step.ret) : "") + " state " + json(step.state).dump() +
         " devres " + json(step.devres).dump() + " warn " + json(step.warnings).dump();
}

/// Runs one recorded bind and notes what happens, as the recording does.
class Replay : public CallObserver {
 public:
  Replay(const Program& program, State state, const json& recorded)
      : program_(program), interpreter_(program), recorded_(recorded) {
    machine_.state = std::move(state);
  }

  void run() {
    happen("bind");
    const bool is_bound = value("bound") != 0;
    if (!is_halted() && is_bound) happen("unbind");
    if (!is_halted()) finish_step("DUMP");
  }

  bool is_halted() const { return machine_.state.values[program_.halted] != 0; }
  const std::vector<Step>& steps() const { return steps_; }
  const State& state() const { return machine_.state; }

  void entered(const ListEntry& call, ListId list) override {
    if (list != none) step_.devres.push_back("-" + function_of(call.procedure));
  }
  void left(ProcedureId /*procedure*/) override {}

 private:
  void happen(const std::string& name) {
    is_probe_ = name == "bind";
    for (std::uint32_t event = 0; event < program_.events.size(); ++event) {
      if (program_.events[event].name != name) continue;
      REQUIRE(interpreter_.enabled(machine_.state, event));
      interpreter_.begin(machine_, event, this);
    }
    for (auto options = interpreter_.options(machine_); !options.empty(); options = interpreter_.options(machine_)) {
      take(decide(options));
    }
  }

  /// The first alternative; of a number of vectors, what the kernel gave.
  Option decide(const std::vector<Option>& options) const {
    if (!options.front().picks || steps_.size() >= recorded_["steps"].size()) return options.front();
    const int granted = recorded_["steps"][steps_.size()].value("ret", 0);
    for (const Option& option : options) {
      if (option.pick == granted) return option;
    }
    return options.front();
  }

  void take(const Option& option) {
    const Edge& edge = interpreter_.edge(machine_, option);
    const Site& site = program_.sites[edge.site];
    if (site.is_driver && edge.steps > 0) begin_statement(site.line);
    if (const auto* reach = std::get_if<Reach>(&edge.action)) note_warning(program_.goals[reach->goal], site);
    if (const auto* defer = std::get_if<Defer>(&edge.action))
      step_.devres.push_back("+" + function_of(defer->procedure));
    interpreter_.take(machine_, option, this);
  }

  /// A statement of another line begins: the word before it is over.
  void begin_statement(int line) {
    if (line == line_ || line == 0) return;
    if (line_ > 0 && line_ < before_words) {
      const std::string word = recorded_[is_probe_ ? "probe" : "remove"][static_cast<std::size_t>(line_ - 1)];
      finish_step(word.substr(0, word.find(':')));
    }
    if (line == before_words) finish_step(is_probe_ ? "PROBE" : "REMOVE");
    if (line == after_words && !is_probe_) finish_step("REMOVED");
    line_ = line;
  }

  void finish_step(const std::string& op);
  void note_warning(const Goal& goal, const Site& site);
  std::int32_t value(const std::string& name) const;
  std::map<std::string, json> state_now() const;
  std::string function_of(ProcedureId procedure) const {
    return program_.functions[program_.procedures[procedure].function].name;
  }

  const Program& program_;
  Interpreter interpreter_;
  const json& recorded_;
  Machine machine_;
  std::vector<Step> steps_;
  Step step_;
  std::map<std::string, json> last_state_;
  std::set<std::string> warned_once_;
  bool is_probe_ = true;
  int line_ = 0;
};

void Replay::finish_step(const std::string& op) {
  step_.op = op;
  if (returns(op)) step_.ret = value("ret");
  for (const auto& [name, now] : state_now()) {
    if (steps_.empty() || last_state_[name] != now) step_.state[name] = now;
    last_state_[name] = now;
  }
  steps_.push_back(std::exchange(step_, {}));
}

/// A warning of the kind that is given once shows at most once in a bind.
void Replay::note_warning(const Goal& goal, const Site& site) {
  if (goal.property != Property::kernel_warning) return;
  const std::string where = site.file + " " + program_.functions[site.function].name;
  const bool is_once = site.says.find("ONCE") != std::string::npos;
  if (is_once && !warned_once_.insert(where + ":" + std::to_string(site.line)).second) return;
  step_.warnings.push_back(where);
}

std::int32_t Replay::value(const std::string& name) const {
  for (VariableId v = 0; v < program_.variables.size(); ++v) {
    const VariableInfo& info = program_.variables[v];
    if (info.name == name && info.scope != Scope::local && info.scope != Scope::shadow) return machine_.state.values[v];
  }
  throw std::out_of_range(name);
}

std::map<std::string, json> Replay::state_now() const {
  std::map<std::string, json> state;
  for (const char* name : {"is_managed", "is_msi_managed", "msi_enabled", "msix_enabled", "enable_cnt", "msi_data"}) {
    state[name] = value(name);
  }
  const bool is_enabled = value("msi_enabled") != 0 || value("msix_enabled") != 0;
  state["vector0"] = !is_enabled ? "line" : value("msi_nvec") > 0 ? "msi" : "error";
  return state;
}

Step step_of(const json& recorded) {
  Step step;
  step.op = recorded["op"];
  if (recorded.contains("ret")) step.ret = recorded["ret"];
  if (recorded.contains("state")) step.state = recorded["state"];
  for (const std::string entry : recorded.value("devres", json::array())) {
    if (entry.substr(1) != "devm_attr_group_remove") step.devres.push_back(entry);
  }
  step.warnings = recorded.value("warn", std::vector<std::string>{});
  return step;
}

/// The state that a device is in, in the variables and procedures of another program, by their names.
State carried_over(const State& state, const Program& from, const Program& to) {
  State carried = Interpreter(to).initial();
  std::map<std::string, std::int32_t> values;
  for (VariableId v = 0; v < from.variables.size(); ++v) values[from.variables[v].name] = state.values[v];
  for (VariableId v = 0; v < to.variables.size(); ++v) {
    const Scope scope = to.variables[v].scope;
    if (scope != Scope::device && scope != Scope::resource && scope != Scope::shadow) continue;
    carried.values[v] = values.at(to.variables[v].name);
  }
  for (ListId list = 0; list < from.lists.size(); ++list) REQUIRE(state.lists[list].empty());
  return carried;
}

/// Compares all binds of one case; gives what differs.
class Case {
 public:
  explicit Case(const std::vector<std::shared_ptr<const Unit>>& kernel) : kernel_(kernel) {}

  std::string compare(const json& recorded) {
    auto program = std::make_unique<Program>(compile(spec_of(kernel_, {driver_of(recorded)}), {.counter_margin = 0}));
    State state = program_ == nullptr ? Interpreter(*program).initial() : carried_over(state_, *program_, *program);
    for (VariableId v = 0; v < program->variables.size(); ++v) {
      if (program->variables[v].name == "has_msi") state.values[v] = recorded["device"]["msi"] ? 1 : 0;
      if (program->variables[v].name == "has_msix") state.values[v] = recorded["device"]["msix"] ? 1 : 0;
    }
    Replay replay(*program, std::move(state), recorded);
    replay.run();
    state_ = replay.state();
    program_ = std::move(program);
    return difference(replay, recorded);
  }

 private:
  static std::string difference(const Replay& replay, const json& recorded) {
    const json& steps = recorded["steps"];
    for (std::size_t i = 0; i < std::max(steps.size(), replay.steps().size()); ++i) {
      const std::string wanted = i < steps.size() ? to_string(step_of(steps[i])) : "nothing";
      const std::string found = i < replay.steps().size() ? to_string(replay.steps()[i]) : "nothing";
      if (found != wanted) return "step " + std::to_string(i) + "\n  kernel: " + wanted + "\n  model:  " + found;
    }
    if (replay.is_halted() != recorded.contains("oops"))
      return replay.is_halted() ? "only the model dies" : "only the kernel dies";
    return "";
  }

  const std::vector<std::shared_ptr<const Unit>>& kernel_;
  std::unique_ptr<Program> program_;
  State state_;
};

/// The recorded binds that the model does not reproduce: by semantics, case and bind.
std::map<std::tuple<std::string, int, int>, std::string> outside() {
  const json listed = json::parse(std::ifstream(folder + "outside.json"));
  std::map<std::tuple<std::string, int, int>, std::string> binds;
  for (const json& bind : listed["binds"]) {
    const std::string reason = bind["reason"];
    REQUIRE(listed["reasons"].contains(reason));
    binds[{bind["semantics"], bind["case"], bind["bind"]}] = reason;
  }
  return binds;
}

/// Compares all recorded binds of one semantics; gives how many were compared.
int compare_all(const std::string& semantics) {
  const KernelModel kernel = load_kernel(folder + semantics + ".json", TENURE_SOURCE_DIR "/specs");
  const auto not_modelled = outside();
  std::ifstream lines(folder + semantics + ".jsonl");
  std::optional<Case> device;
  int compared = 0;
  bool is_outside = false;
  for (std::string line; std::getline(lines, line);) {
    const json recorded = json::parse(line);
    const int number = recorded["case"];
    const int bind = recorded["bind"];
    if (bind == 0) {
      device.emplace(kernel.parts);
      is_outside = false;
    }
    const bool is_listed = not_modelled.contains({semantics, number, bind});
    if (is_outside) continue;
    const std::string difference = device->compare(recorded);
    CAPTURE(line);
    INFO("case ", number, " bind ", bind, ": ", difference);
    CHECK(difference.empty() != is_listed);
    is_outside = is_listed || !difference.empty();
    if (!is_outside) ++compared;
  }
  return compared;
}

}  // namespace

TEST_CASE("the kernel model does what a running kernel did, before the series") {
  CHECK(compare_all("old") > 490);
}

TEST_CASE("the kernel model does what a running kernel did, with patch 1") {
  CHECK(compare_all("patch-1") > 490);
}

TEST_CASE("the kernel model does what a running kernel did, with patches 1 and 37") {
  CHECK(compare_all("new") > 490);
}
