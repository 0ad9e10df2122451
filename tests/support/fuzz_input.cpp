#include "tests/support/fuzz_input.h"

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "model/compile.h"
#include "model/expression.h"
#include "model/interpreter.h"
#include "model/json.h"
#include "model/link.h"
#include "model/patch.h"
#include "model/read.h"
#include "model/semantics.h"
#include "model/shape.h"
#include "tests/support/spec_text.h"

namespace tenure::testing {

namespace {

const std::filesystem::path specs = std::filesystem::path(TENURE_SOURCE_DIR) / "specs";
constexpr int most_events = 6;
constexpr int most_steps = 2000;

/// Takes a few events of the program, with decisions that depend on the text alone.
void take_some_steps(const Program& program, const std::string& text) {
  std::size_t random = std::hash<std::string>{}(text);
  const auto pick = [&](std::size_t count) {
    random = random * 6364136223846793005ULL + 1442695040888963407ULL;
    return (random >> 33U) % count;
  };
  const Interpreter interpreter(program);
  Machine machine{interpreter.initial(), {}};
  int steps = 0;
  for (int i = 0; i < most_events; ++i) {
    std::vector<std::uint32_t> enabled;
    for (std::uint32_t event = 0; event < program.events.size(); ++event) {
      if (interpreter.enabled(machine.state, event)) enabled.push_back(event);
    }
    if (enabled.empty()) return;
    interpreter.begin(machine, enabled[pick(enabled.size())]);
    for (auto options = interpreter.options(machine); !options.empty(); options = interpreter.options(machine)) {
      if (++steps > most_steps) return;
      interpreter.take(machine, options[pick(options.size())]);
    }
  }
}

void fuzz_driver(const std::string& text) {
  static const KernelModel kernel = load_kernel("old", specs);
  const Program program = compile(spec_of(kernel.parts, {text}));
  take_some_steps(program, text);
}

void fuzz_kernel(const std::string& text) {
  static const std::string driver =
      R"({"driver": "d", "functions": {"p": {"body": [{"return": 0}]}}, "callbacks": {"probe": "p"}})";
  const Program program = compile(spec_of(text, {driver}));
  take_some_steps(program, text);
}

/// The documents of the first tree, by the names that patches give them.
std::map<std::string, Json> read_tree() {
  Diagnostics diagnostics;
  std::map<std::string, Json> documents;
  const Json index = read_json_file((specs / "kernel/semantics.json").string(), diagnostics);
  for (const Json& file : index.find("trees")->members.front().value.elements) {
    documents.emplace("kernel/" + file.text, read_json_file((specs / "kernel" / file.text).string(), diagnostics));
  }
  diagnostics.throw_if_any();
  return documents;
}

void fuzz_series(const std::string& text) {
  static const std::map<std::string, Json> tree = read_tree();
  Diagnostics diagnostics;
  const Json series = parse_json(text, "series.json", diagnostics);
  diagnostics.throw_if_any();
  check_shape(series, "patch", diagnostics);
  diagnostics.throw_if_any();
  std::map<std::string, Json> documents = tree;
  for (const Json& change : series.find("changes")->elements) {
    const auto document = documents.find(change.find("file")->text);
    if (document != documents.end()) apply_patch(document->second, *change.find("patch"), diagnostics);
  }
  diagnostics.throw_if_any();
  std::vector<Unit> parts;
  for (const auto& [name, document] : documents) parts.push_back(read_unit(document, false, diagnostics));
  link_kernel(std::move(parts), diagnostics);
}

void fuzz_expression(const std::string& text) {
  Diagnostics diagnostics;
  const Place place{std::make_shared<const InputFile>("f"), 1, 1, 0, nullptr};
  parse_expression(text, place, diagnostics);
  parse_resource_reference(text, place, diagnostics);
  parse_function_name(text, place, diagnostics);
  parse_on_error(text, place, diagnostics);
  diagnostics.throw_if_any();
}

void fuzz_json(const std::string& text) {
  Diagnostics diagnostics;
  const Json document = parse_json(text, "f", diagnostics);
  diagnostics.throw_if_any();
  // What was understood once is understood again, and is the same.
  const std::string written = to_text(document);
  const Json again = parse_json(written, "f", diagnostics);
  if (!diagnostics.empty() || to_text(again) != written) throw InternalError("written JSON is read differently");
}

/// Mistakes of the input are no findings.
std::function<void(const std::string&)> tolerant(void (*target)(const std::string&)) {
  return [target](const std::string& text) {
    try {
      target(text);
    } catch (const InputError&) {
    }
  };
}

}  // namespace

const std::map<std::string, std::function<void(const std::string&)>>& fuzz_targets() {
  static const std::map<std::string, std::function<void(const std::string&)>> targets{
      {"driver", tolerant(fuzz_driver)},         {"kernel", tolerant(fuzz_kernel)}, {"series", tolerant(fuzz_series)},
      {"expression", tolerant(fuzz_expression)}, {"json", tolerant(fuzz_json)},
  };
  return targets;
}

}  // namespace tenure::testing
