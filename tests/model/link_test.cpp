#include "model/link.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "model/read.h"
#include "model/shape.h"

using namespace tenure;
using std::filesystem::path;

namespace {

const path specs = path(TENURE_SOURCE_DIR) / "tests" / "specs";

std::string text_of(const path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string lines_of(const Diagnostics& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) lines += to_string(diagnostic) + "\n";
  return lines;
}

std::vector<Unit> kernel_parts(Diagnostics& diagnostics) {
  std::vector<Unit> parts;
  for (const char* name : {"core.json", "buffers.json"})
    parts.push_back(read_unit(parse_json(text_of(specs / "kernel" / name), name, diagnostics), false, diagnostics));
  return parts;
}

/// Links drivers, given as text, with the tiny kernel model.
Spec linked(const std::vector<std::string>& drivers, Diagnostics& diagnostics) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < drivers.size(); ++i)
    units.push_back(
        read_unit(parse_json(drivers[i], "driver" + std::to_string(i + 1), diagnostics), true, diagnostics));
  return link(link_kernel(kernel_parts(diagnostics), diagnostics), std::move(units), diagnostics);
}

/// All that is wrong with a file of any kind, which is told by a key that only this kind has.
std::string errors_of(const path& file) {
  Diagnostics diagnostics;
  const Json document = parse_json(text_of(file), file.filename().string(), diagnostics);
  const std::vector<std::pair<std::string, std::string>> by_key{
      {"changes", "patch"}, {"series", "series"}, {"trees", "semantics"}};
  const auto kind = std::find_if(by_key.begin(), by_key.end(),
                                 [&](const auto& each) { return document.find(each.first) != nullptr; });
  if (kind != by_key.end()) {
    check_shape(document, kind->second, diagnostics);
  } else if (document.find("kernel")) {
    std::vector<Unit> parts = kernel_parts(diagnostics);
    parts.push_back(read_unit(document, false, diagnostics));
    link_kernel(std::move(parts), diagnostics);
  } else {
    std::vector<Unit> drivers{read_unit(document, true, diagnostics)};
    link(link_kernel(kernel_parts(diagnostics), diagnostics), std::move(drivers), diagnostics);
  }
  return lines_of(diagnostics);
}

std::vector<path> files_in(const path& folder) {
  std::vector<path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

const Function& function_of(const Unit& unit, const std::string& name) {
  return *std::find_if(unit.functions.begin(), unit.functions.end(),
                       [&](const Function& function) { return function.name == name; });
}

const FunctionReference& call(const Function& function, std::size_t index) {
  return std::get<CallStatement>(function.body.at(index).what).function;
}

std::string driver(const std::string& name, const std::string& body, const std::string& more = "") {
  return "{\"driver\": \"" + name + "\", \"functions\": {\"" + name + "_probe\": {\"body\": [" + body + "]}" + more +
         "}, \"callbacks\": {\"probe\": \"" + name + "_probe\"}}";
}

}  // namespace

TEST_CASE("accepted files are accepted") {
  const auto files = files_in(specs / "accepted");
  CHECK(files.size() >= 3);
  for (const path& file : files) CHECK_MESSAGE(errors_of(file) == "", file.filename().string());
}

TEST_CASE("rejected files are rejected, with these words") {
  const auto files = files_in(specs / "rejected");
  CHECK(files.size() >= 40);
  for (const path& file : files) {
    CAPTURE(file.string());
    const std::string errors = errors_of(file);
    CHECK(errors != "");
    CHECK(errors == text_of(path(file).replace_extension(".expected")));
  }
}

TEST_CASE("arguments have the kind of their parameters, and defaults are added in order") {
  Diagnostics diagnostics;
  const Spec spec = linked({text_of(specs / "accepted/everything.json")}, diagnostics);
  REQUIRE(lines_of(diagnostics) == "");
  const Function& probe = spec.drivers[0]->functions[0];
  const auto& take = call(probe, 4).with;
  REQUIRE(take.size() == 2);
  CHECK(take[0].resource->name == "slot");
  CHECK(take[0].resource->index->text.empty());
  CHECK(take[1].expression->value == 1);
  const auto& deferred = std::get<DeferStatement>(probe.body[12].what).function.with;
  REQUIRE(deferred.size() == 1);
  CHECK(deferred[0].resource->name == "none");
  const auto& wait = call(probe, 15).with;
  REQUIRE(wait.size() == 1);
  CHECK(wait[0].expression->text == "2 * EBUSY");
  CHECK(wait[0].place.file_name() == "core.json");
  const auto& action = call(probe, 6).with[0].function;
  REQUIRE(action);
  CHECK(action->name == "every_release");
  CHECK(action->with[0].expression->op == Operator::add);
}

TEST_CASE("a function that is passed on gets the defaults that nobody gives") {
  Diagnostics diagnostics;
  const Spec spec = linked({driver("passes",
                                   R"({"call": "defer_action", "with": {"action": "helper"}},
                                      {"call": "defer_with_data", "with": {"action": "with_data", "data": "buffer"}})",
                                   R"(, "helper": {"params": {"n": {"kind": "value", "default": 3}}, "body": []},
                                      "with_data": {"params": {"data": {"kind": "resource", "default": "none"},
                                                               "m": {"kind": "value", "default": "ENOMEM"}}, "body": []})")},
                           diagnostics);
  REQUIRE(lines_of(diagnostics) == "");
  const Function& probe = spec.drivers[0]->functions[0];
  const auto& helper = call(probe, 0).with[0].function->with;
  REQUIRE(helper.size() == 1);
  CHECK(helper[0].expression->value == 3);
  const auto& with_data = call(probe, 1).with[0].function->with;
  REQUIRE(with_data.size() == 1);
  CHECK(with_data[0].name == "m");
}

TEST_CASE("locals are those that are declared or introduced, and variables stay what they are") {
  Diagnostics diagnostics;
  const Spec spec = linked({text_of(specs / "accepted/everything.json")}, diagnostics);
  std::vector<std::string> names;
  for (const Local& local : spec.drivers[0]->functions[0].locals) names.push_back(local.name);
  CHECK(names == std::vector<std::string>{"err", "again", "speed", "i", "found"});
  CHECK(spec.drivers[0]->events[0].locals.at(0).name == "ret");
  const Unit& core = *spec.kernel[0];
  CHECK(core.events[0].locals.at(0).name == "ret");
  CHECK(function_of(core, "wait").locals.at(0).name == "tick");
  CHECK(call(function_of(core, "defer_or_do"), 0).with[0].function->name == "action");
}

TEST_CASE("two drivers have names of their own") {
  Diagnostics diagnostics;
  const std::string helper = R"(, "helper": {"body": []})";
  const Spec spec = linked(
      {driver("one", R"({"call": "helper"})", helper), driver("two", R"({"call": "helper"})", helper)}, diagnostics);
  CHECK(lines_of(diagnostics) == "");
  CHECK(spec.drivers.size() == 2);
  linked({driver("one", R"({"call": "helper"})", helper), driver("two", R"({"call": "helper"})")}, diagnostics);
  CHECK(lines_of(diagnostics) ==
        "driver2:1:66: error: unknown function 'helper', expected one that is declared (at "
        "/functions/two_probe/body/0/call)\n");
}

TEST_CASE("events of drivers need a kernel model that says when a driver is bound") {
  Diagnostics diagnostics;
  std::vector<Unit> drivers;
  const std::string text = R"({"driver": "d", "functions": {}, "callbacks": {}, "events": {"open": {"do": []}}})";
  drivers.push_back(read_unit(parse_json(text, "d", diagnostics), true, diagnostics));
  link({}, std::move(drivers), diagnostics);
  CHECK(lines_of(diagnostics) ==
        "d:1:62: error: events of drivers need the kernel model's 'while_bound', and it has none (at /events/open)\n");
}

TEST_CASE("a driver that could not be parsed is not linked") {
  Diagnostics diagnostics;
  linked({"{\"driver\": "}, diagnostics);
  CHECK(diagnostics.sorted().size() == 1);
}

TEST_CASE("calls nest no deeper than a limit, however they are written") {
  const auto chain = [](int length, bool is_reversed, const std::string& parameters, const std::string& with) {
    std::string functions;
    for (int i = 1; i <= length; ++i) {
      const std::string next = i < length ? "{\"call\": \"f" + std::to_string(i + 1) + "\"" + with + "}" : "";
      const std::string function = ", \"f" + std::to_string(i) + "\": {" + parameters + "\"body\": [" + next + "]}";
      functions = is_reversed ? function + functions : functions + function;
    }
    const std::string first = with.empty() ? "" : R"(, "with": {"a": "put_buffer"})";
    Diagnostics diagnostics;
    linked({driver("deep", R"({"call": "f1")" + first + "}", functions)}, diagnostics);
    return lines_of(diagnostics);
  };
  const std::string parameters = R"("params": {"a": "function"}, )";
  const std::string with = R"(, "with": {"a": "a"})";
  for (const bool is_reversed : {false, true}) {
    CHECK(chain(200, is_reversed, "", "") == "");
    CHECK(chain(200, is_reversed, parameters, with) == "");
    CHECK(chain(600, is_reversed, "", "").find("nest deeper than 256 levels, expected fewer") != std::string::npos);
    CHECK(chain(600, is_reversed, parameters, with).find("nest deeper than 256 levels") != std::string::npos);
  }
}

TEST_CASE("no damage to a document crashes linking") {
  const std::string text = text_of(specs / "accepted/everything.json");
  Diagnostics kernel_diagnostics;
  const auto kernel = link_kernel(kernel_parts(kernel_diagnostics), kernel_diagnostics);
  for (std::size_t at = 0; at < text.size(); at += 17) {
    std::string damaged = text;
    damaged[at] = "_0\"x"[(at / 17) % 4];
    Diagnostics diagnostics;
    std::vector<Unit> drivers{read_unit(parse_json(damaged, "f", diagnostics), true, diagnostics)};
    link(kernel, std::move(drivers), diagnostics);
    for (const Diagnostic& diagnostic : diagnostics.sorted()) CHECK(!to_string(diagnostic).empty());
  }
}
