#include "model/read.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

using namespace tenure;

namespace {

const std::filesystem::path root = TENURE_SOURCE_DIR;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

Unit read(const std::string& text, bool is_driver) {
  Diagnostics diagnostics;
  Unit unit = read_unit(parse_json(text, "f", diagnostics), is_driver, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.sorted()) MESSAGE(to_string(diagnostic));
  CHECK(diagnostics.empty());
  return unit;
}

const Unit& everything() {
  static const Unit unit = read(text_of(root / "tests/specs/accepted/everything.json"), true);
  return unit;
}

template <typename What>
const What& statement(std::size_t index) {
  return std::get<What>(everything().functions.at(0).body.at(index).what);
}

}  // namespace

TEST_CASE("declarations of a driver") {
  const Unit& unit = everything();
  CHECK(unit.is_driver);
  CHECK(unit.name == "every key of the language");
  CHECK(unit.tree == "tiny");
  CHECK(unit.source_file == "drivers/everything.c");
  CHECK(unit.notes[0].at == 7);
  CHECK(unit.notes[0].file == "drivers/everything.c");
  CHECK(unit.notes[1].at == 0);
  CHECK(unit.notes[2].file == "lib/other.c");
  CHECK(unit.constants[1].value == -2147483648);
  CHECK(unit.variables[0].type == VariableType::counter);
  CHECK(unit.variables[0].lifetime == Lifetime::driver);
  CHECK(unit.variables[1].lifetime == Lifetime::module);
  CHECK(unit.variables[1].initial == 3);
  CHECK(unit.variables[2].values == std::vector<std::int32_t>{0, 1});
  CHECK_FALSE(unit.resources[0].is_family);
  CHECK(unit.resources[1].is_family);
  CHECK(unit.resources[1].count == 2);
  CHECK(unit.keeps[0].reason == "left on for the console");
  CHECK(unit.callbacks[1].role == "remove");
  CHECK(unit.callbacks[1].function == "every_remove");
  CHECK(unit.events[0].when->text == "opened < 3");
  CHECK_FALSE(unit.events[1].when);
  const Function& probe = unit.functions[0];
  CHECK(probe.file == "drivers/everything.c");
  CHECK(probe.at == 10);
  CHECK(probe.locals.size() == 2);
  CHECK(probe.place.line == 16);
  CHECK(probe.place.pointer() == "/functions/every_probe");
}

TEST_CASE("statements") {
  const auto& call = statement<CallStatement>(0);
  CHECK(call.function.name == "get_buffer");
  CHECK(call.into == "err");
  CHECK(call.on_error->value->text.empty());
  CHECK(call.on_error->value->name == "err");
  CHECK_FALSE(statement<CallStatement>(1).on_error->value);
  CHECK(statement<CallStatement>(5).on_error->label == "undo");
  CHECK(everything().functions[0].body[2].concerns == "priv");
  CHECK(statement<AcquireStatement>(2).owed->op == Operator::equal);
  CHECK(statement<CallStatement>(4).function.with[1].text == "1");
  const auto& closure = statement<CallStatement>(6).function.with[0].closure;
  REQUIRE(closure);
  CHECK(closure->name == "every_release");
  CHECK(closure->with[0].text == "err + 1");
  const auto& range = statement<ChooseStatement>(9);
  CHECK(range.into == "speed");
  CHECK(range.low->value == 1);
  CHECK(range.high->name == "COUNT");
  const auto& choose = statement<ChooseStatement>(10);
  REQUIRE(choose.alternatives.size() == 3);
  CHECK(choose.alternatives[1].when->op == Operator::logical_or);
  CHECK(choose.alternatives[2].body.empty());
  const auto& loop = statement<LoopStatement>(11);
  CHECK(loop.variable == "i");
  CHECK_FALSE(loop.from);
  CHECK(loop.body.size() == 2);
  CHECK(statement<DeferStatement>(12).list == "cleanup");
  CHECK(statement<TakeBackStatement>(13).into == "found");
  CHECK(statement<ReleaseStatement>(19).not_held == NotHeld::corrupts);
  CHECK(statement<WarnStatement>(20).condition.text == "err * 2 > 0x10");
  CHECK_FALSE(std::get<ReturnStatement>(everything().functions[2].body[3].what).value);
}

TEST_CASE("places in a string with escapes are those in the file") {
  const auto& conditional = statement<IfStatement>(16);
  CHECK(conditional.condition.text == "opened != 0 && mode == 2");
  CHECK(conditional.condition.place.column == 29);
  CHECK(conditional.condition.operands[1].operands[0].place.column == 42);
}

TEST_CASE("a part of a kernel model") {
  const Unit unit = read(text_of(root / "tests/specs/kernel/buffers.json"), false);
  CHECK_FALSE(unit.is_driver);
  CHECK(unit.name == "buffers");
  CHECK(unit.resources[2].per == "data");
  CHECK(unit.functions[0].file == "buffers.c");
  const Function& take = unit.functions[2];
  CHECK(take.parameters[0].kind == ParameterKind::resource);
  CHECK(take.parameters[1].has_default);
  CHECK(take.parameters[1].default_text == "1");
  const Unit core = read(text_of(root / "tests/specs/kernel/core.json"), false);
  CHECK(core.roles[0].required);
  CHECK(core.events[0].remembers);
  CHECK(core.quiescent->text == "!bound");
  CHECK(core.final->value == 0);
  CHECK(core.lists[0].says == "what is done when the driver is gone");
}

TEST_CASE("nothing is said of a document that could not be parsed") {
  Diagnostics diagnostics;
  const Json document = parse_json("{", "f", diagnostics);
  read_unit(document, true, diagnostics);
  CHECK(diagnostics.sorted().size() == 1);
}

TEST_CASE("no damage to a document crashes the reader") {
  const std::string text = text_of(root / "tests/specs/accepted/everything.json");
  const std::string bytes = "\"{}[],:0a-\\ \n\xff";
  for (std::size_t at = 0; at < text.size(); at += 11) {
    std::string damaged = text;
    damaged[at] = bytes[(at / 11) % bytes.size()];
    Diagnostics diagnostics;
    read_unit(parse_json(damaged, "f", diagnostics), at % 2 == 0, diagnostics);
    for (const Diagnostic& diagnostic : diagnostics.sorted()) CHECK(!to_string(diagnostic).empty());
  }
}
