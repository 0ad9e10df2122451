#include <map>
#include <optional>
#include <utility>

#include "model/read_value.h"

namespace tenure {

namespace {

using What = decltype(Statement::what);

What read_call(const Json& json, ValueReader& reader) {
  CallStatement call;
  call.function = reader.function(json, "call");
  call.into = ValueReader::text(json, "into");
  call.on_error = reader.on_error(json.find("on_error"));
  return call;
}

What read_acquire(const Json& json, ValueReader& reader) {
  return AcquireStatement{reader.resource(json.find("acquire")), reader.resources(json.find("needs")),
                          reader.expression(json.find("owed"))};
}

What read_release(const Json& json, ValueReader& reader) {
  static const std::map<std::string, NotHeld> outcomes{{"nothing", NotHeld::nothing},
                                                       {"complains", NotHeld::complains},
                                                       {"warns", NotHeld::warns},
                                                       {"corrupts", NotHeld::corrupts}};
  ReleaseStatement release;
  release.resource = reader.resource(json.find("release"));
  const auto not_held = outcomes.find(ValueReader::text(json, "not_held"));
  if (not_held != outcomes.end()) release.not_held = not_held->second;
  if (ValueReader::text(json, "dependents") == "lost") release.dependents = Dependents::lost;
  return release;
}

What read_use(const Json& json, ValueReader& reader) {
  return UseStatement{reader.resource(json.find("use"))};
}

What read_set(const Json& json, ValueReader& reader) {
  return SetStatement{reader.variable(json.find("set")), reader.expression_or_zero(json.find("to"))};
}

What read_return(const Json& json, ValueReader& reader) {
  return ReturnStatement{reader.expression(json.find("return"))};
}

What read_if(const Json& json, ValueReader& reader) {
  return IfStatement{reader.expression_or_zero(json.find("if")), read_block(json.find("then"), reader),
                     read_block(json.find("else"), reader)};
}

Alternative read_alternative(const Json& json, bool is_first, ValueReader& reader) {
  Alternative alternative;
  alternative.place = json.place;
  alternative.says = ValueReader::text(json, "says");
  const Json* when = json.find("when");
  if (when && is_first)
    reader.diagnostics().add(when->place, "the first alternative is always possible, expected no 'when' in it");
  alternative.when = reader.expression(when);
  alternative.body = read_block(json.find("do"), reader);
  return alternative;
}

What read_choose(const Json& json, ValueReader& reader) {
  ChooseStatement choose;
  choose.name = ValueReader::text(json, "choose");
  if (const Json* from = ValueReader::member(json, "from", Json::Type::array))
    for (const Json& alternative : from->elements)
      choose.alternatives.push_back(read_alternative(alternative, &alternative == &from->elements.front(), reader));
  const Json* between = ValueReader::member(json, "between", Json::Type::array);
  if (between && between->elements.size() == 2) {
    choose.into = ValueReader::text(json, "into");
    choose.low = reader.expression_or_zero(&between->elements[0]);
    choose.high = reader.expression_or_zero(&between->elements[1]);
  }
  return choose;
}

What read_loop(const Json& json, ValueReader& reader) {
  return LoopStatement{ValueReader::text(json, "loop"), reader.expression(json.find("from")),
                       reader.expression_or_zero(json.find("while")), reader.expression(json.find("next")),
                       read_block(json.find("do"), reader)};
}

What read_goto(const Json& json, ValueReader&) {
  return GotoStatement{ValueReader::text(json, "goto")};
}

What read_label(const Json& json, ValueReader&) {
  return LabelStatement{ValueReader::text(json, "label")};
}

What read_defer(const Json& json, ValueReader& reader) {
  return DeferStatement{reader.function(json, "defer"), ValueReader::text(json, "on")};
}

What read_take_back(const Json& json, ValueReader& reader) {
  return TakeBackStatement{reader.function(json, "take_back"), ValueReader::text(json, "on"),
                           ValueReader::text(json, "into")};
}

GroupStatement read_group(GroupChange change, const char* number, const char* list, const Json& json,
                          ValueReader& reader) {
  return {change, reader.expression(json.find(number)), ValueReader::text(json, list), ValueReader::text(json, "into")};
}

What read_run(const Json& json, ValueReader& reader) {
  if (json.find("group")) return read_group(GroupChange::run, "group", "run", json, reader);
  return RunStatement{ValueReader::text(json, "run")};
}

What read_open_group(const Json& json, ValueReader& reader) {
  return OpenGroupStatement{reader.expression_or_zero(json.find("open_group")), ValueReader::text(json, "on")};
}

What read_close_group(const Json& json, ValueReader& reader) {
  return read_group(GroupChange::close, "close_group", "on", json, reader);
}

What read_remove_group(const Json& json, ValueReader& reader) {
  return read_group(GroupChange::remove, "remove_group", "on", json, reader);
}

What read_warn(const Json& json, ValueReader& reader) {
  return WarnStatement{reader.expression_or_zero(json.find("warn"))};
}

What read_crash(const Json& json, ValueReader&) {
  return CrashStatement{ValueReader::text(json, "crash")};
}

using Reading = What (*)(const Json&, ValueReader&);

/// The reading of a statement by the key that tells what it is; null when no key does.
Reading reading_of(const Json& json) {
  static const std::map<std::string, Reading> readings{{"call", read_call},
                                                       {"acquire", read_acquire},
                                                       {"release", read_release},
                                                       {"use", read_use},
                                                       {"set", read_set},
                                                       {"return", read_return},
                                                       {"if", read_if},
                                                       {"choose", read_choose},
                                                       {"loop", read_loop},
                                                       {"goto", read_goto},
                                                       {"label", read_label},
                                                       {"defer", read_defer},
                                                       {"run", read_run},
                                                       {"warn", read_warn},
                                                       {"crash", read_crash},
                                                       {"take_back", read_take_back},
                                                       {"open_group", read_open_group},
                                                       {"close_group", read_close_group},
                                                       {"remove_group", read_remove_group}};
  for (const auto& [key, value, place] : json.members)
    if (const auto found = readings.find(key); found != readings.end()) return found->second;
  return nullptr;
}

std::optional<Statement> read_statement(const Json& json, ValueReader& reader) {
  const Reading reading = reading_of(json);
  if (!reading) return std::nullopt;
  Statement statement{reading(json, reader), ValueReader::number(json, "at"), ValueReader::text(json, "says"),
                      ValueReader::text(json, "concerns"), json.place};
  if (!statement.concerns.empty() && !json.find("says"))
    reader.diagnostics().add(json.find("concerns")->place,
                             "'concerns' without 'says', expected the sentence beside it");
  return statement;
}

}  // namespace

Block read_block(const Json* list, ValueReader& reader) {
  Block block;
  if (!list || list->type != Json::Type::array) return block;
  block.reserve(list->elements.size());
  for (const Json& json : list->elements)
    if (std::optional<Statement> statement = read_statement(json, reader)) block.push_back(std::move(*statement));
  return block;
}

}  // namespace tenure
