#include "model/results.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "model/diagnostic.h"
#include "model/plural.h"
#include "model/results_json.h"

namespace tenure {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> verdict_names = {"holds", "holds-bounded", "unreachable", "undecided",
                                                           "violated"};

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

struct VerdictNote {
  std::string operator()(const Holds& holds) const {
    return holds.nothing_to_check ? "nothing to check" : joined(holds.bounds);
  }
  std::string operator()(const Violated& violated) const {
    return plural(violated.path.events.size(), "event") + ", " + plural(violated.path.steps, "step") +
           (violated.is_shortest ? "" : "; perhaps there is a shorter run");
  }
  std::string operator()(const Unreachable& unreachable) const { return "never: " + joined(unreachable.goals); }
  std::string operator()(const Undecided& undecided) const { return undecided.reason; }
};

Json json_of(const Change& change) {
  switch (change.kind) {
    case Change::Kind::variable:
      return {{"variable", change.name}, {"before", change.before}, {"after", change.after}};
    case Change::Kind::deferred:
      return {{"list", change.list}, {"added", change.name}};
    case Change::Kind::taken_back:
      return {{"list", change.list}, {"taken_back", change.name}};
    case Change::Kind::acquired:
      return {{"resource", change.name}, {"now", "acquired"}};
    case Change::Kind::released:
      return {{"resource", change.name}, {"now", "released"}};
    case Change::Kind::lost:
      return {{"resource", change.name}, {"now", "lost"}};
  }
  throw InternalError("unknown kind of change");
}

Json json_of(const TraceStep& step) {
  Json json{{"event", step.event}, {"depth", step.depth}, {"function", step.function}, {"call", step.call}};
  if (!step.list.empty()) json["list"] = step.list;
  if (!step.says.empty()) json["says"] = step.says;
  json["file"] = step.file;
  json["line"] = step.line;
  json["outcome"] = step.outcome;
  json["state"] = Json::array();
  for (const Change& change : step.changes) json["state"].push_back(json_of(change));
  json["remarks"] = step.remarks;
  return json;
}

Json json_of(const NamedPath& path) {
  Json json{{"configuration", Json::object()}, {"events", Json::array()}};
  for (const auto& [name, value] : path.configuration) json["configuration"][name] = value;
  for (const NamedPath::Event& event : path.events) {
    Json decisions = Json::array();
    for (const auto& [choice, alternative, picked] : event.decisions) {
      Json decision{{"choice", choice}};
      if (alternative.empty()) {
        decision["picked"] = picked;
      } else {
        decision["alternative"] = alternative;
      }
      decisions.push_back(std::move(decision));
    }
    json["events"].push_back({{"event", event.event}, {"decisions", std::move(decisions)}});
  }
  if (path.repeats_from != Path::never) json["repeats_from"] = path.repeats_from;
  return json;
}

Json json_of(const Trace& trace) {
  Json json;
  json["configuration"] = Json::object();
  for (const auto& [name, value] : trace.configuration) json["configuration"][name] = value;
  json["steps"] = Json::array();
  for (const TraceStep& step : trace.steps) json["steps"].push_back(json_of(step));
  json["subject"] = trace.subject;
  json["explanation"] = trace.explanation;
  json["path"] = json_of(trace.path);
  return json;
}

/// Adds what a verdict says besides its name.
struct Witness {
  Json& json;
  void operator()(const Holds& holds) const {
    if (holds.nothing_to_check) json["nothing_to_check"] = true;
    if (!holds.bounds.empty()) json["bounds"] = holds.bounds;
    json["invariant"] = holds.invariant.clauses;
  }
  void operator()(const Violated& violated) const {
    json["events"] = violated.path.events.size();
    json["steps"] = violated.path.steps;
    if (!violated.is_shortest) json["shortest"] = false;
  }
  void operator()(const Unreachable& unreachable) const { json["unreachable"] = unreachable.goals; }
  void operator()(const Undecided& undecided) const { json["reason"] = undecided.reason; }
};

Json json_of(const Grounds& grounds) {
  Json json{{"runs", grounds.runs}};
  if (!grounds.is_known) return json;
  json["rests_on"] = Json::array();
  for (const Ground& each : grounds.rests_on) {
    Json entry{{"function", each.function}};
    if (!each.statement.empty()) entry["statement"] = each.statement;
    entry["file"] = each.file;
    entry["line"] = each.line;
    json["rests_on"].push_back(std::move(entry));
  }
  json["is_least"] = grounds.is_least;
  return json;
}

Json json_of(const Result& result) {
  Json json{{"spec", result.spec},
            {"driver", result.driver},
            {"semantics", result.semantics},
            {"property", name_of(result.property)},
            {"verdict", name_of(result.verdict)}};
  if (!result.later_tree.empty()) json["later_tree"] = result.later_tree;
  if (!result.further.empty()) json["further"] = result.further;
  std::visit(Witness{json}, result.verdict);
  if (result.grounds) json["grounds"] = json_of(*result.grounds);
  if (result.trace) json["trace"] = json_of(*result.trace);
  return json;
}

Json json_of(const ComparedResult& result) {
  Json json{{"spec", result.spec},
            {"driver", result.driver},
            {"property", name_of(result.property)},
            {"before", name_of(result.before)},
            {"after", name_of(result.after)},
            {"difference", name_of(result.difference)}};
  if (!result.further.empty()) json["further"] = result.further;
  if (result.runs) {
    const auto* violated = std::get_if<Violated>(&result.after);
    if (violated == nullptr) violated = std::get_if<Violated>(&result.before);
    json["runs"] = {{"before", json_of(result.runs->before)},
                    {"after", json_of(result.runs->after)},
                    {"steps", violated == nullptr ? 0 : violated->path.steps},
                    {"parting", result.runs->parting}};
  }
  return json;
}

Json json_of(const Diagnostic& diagnostic) {
  const Place& place = diagnostic.place;
  return {{"spec", place.file_name()},
          {"line", place.line},
          {"column", place.column},
          {"pointer", place.pointer()},
          {"message", diagnostic.message}};
}

Json json_of(const std::vector<Diagnostic>& diagnostics) {
  Json json = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) json.push_back(json_of(diagnostic));
  return json;
}

Json json_of(const PointResult& result) {
  const Point& point = result.point;
  Json json{
      {"function", point.function},       {"point", point.says},           {"file", point.file}, {"line", point.line},
      {"pointer", point.place.pointer()}, {"state", name_of(result.state)}};
  if (!result.why.empty()) json["why"] = result.why;
  if (result.trace) {
    json["steps"] = result.steps;
    json["trace"] = json_of(*result.trace);
  }
  return json;
}

Json json_of(const LintResult& result) {
  Json json{{"spec", result.spec}, {"driver", result.driver}, {"semantics", result.semantics}};
  json["points"] = Json::array();
  for (const PointResult& point : result.points) json["points"].push_back(json_of(point));
  json["mistakes"] = json_of(result.source.mistakes);
  if (!result.source.not_compared.empty()) json["not_compared"] = result.source.not_compared;
  return json;
}

std::string text_of(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

template <typename Counts>
Json summary_of(const Counts& counts) {
  Json json = Json::object();
  for (const auto& [name, number] : counts) json[std::string(name)] = number;
  return json;
}

}  // namespace

ComparedResult compared(const Result& before, const Result& after) {
  return {before.spec,
          before.driver,
          before.property,
          before.verdict,
          after.verdict,
          compare(before.verdict, after.verdict),
          "",
          {}};
}

std::string note_on(const Verdict& verdict) {
  return std::visit(VerdictNote{}, verdict);
}

std::vector<std::pair<std::string_view, std::size_t>> count_verdicts(const std::vector<Result>& results) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  for (const std::string_view name : verdict_names) {
    const auto number = std::count_if(results.begin(), results.end(),
                                      [&](const Result& each) { return name_of(each.verdict) == name; });
    counts.emplace_back(name, static_cast<std::size_t>(number));
  }
  return counts;
}

std::vector<std::pair<std::string_view, std::size_t>> count_differences(const std::vector<ComparedResult>& results) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  for (const auto difference : {Difference::same, Difference::worse, Difference::mended, Difference::unclear}) {
    const auto number = std::count_if(results.begin(), results.end(),
                                      [&](const ComparedResult& each) { return each.difference == difference; });
    counts.emplace_back(name_of(difference), static_cast<std::size_t>(number));
  }
  return counts;
}

std::string results_document(std::string_view version, const std::vector<Result>& results,
                             const std::string& next_driver) {
  Json document{{"tenure", version}};
  if (!next_driver.empty()) document["next_driver"] = next_driver;
  document["results"] = Json::array();
  for (const Result& result : results) document["results"].push_back(json_of(result));
  document["summary"] = summary_of(count_verdicts(results));
  return text_of(document);
}

std::string comparison_document(std::string_view version, const std::string& from, const std::string& to,
                                const std::vector<ComparedResult>& results, const std::string& next_driver) {
  Json document{{"tenure", version}, {"from", from}, {"to", to}};
  if (!next_driver.empty()) document["next_driver"] = next_driver;
  document["results"] = Json::array();
  for (const ComparedResult& result : results) document["results"].push_back(json_of(result));
  document["summary"] = summary_of(count_differences(results));
  return text_of(document);
}

std::string lint_document(std::string_view version, const std::vector<LintResult>& results,
                          const SourceReport& kernel) {
  Json document{{"tenure", version}, {"results", Json::array()}};
  std::vector<PointResult> points;
  std::size_t mistakes = kernel.mistakes.size();
  for (const LintResult& result : results) {
    document["results"].push_back(json_of(result));
    points.insert(points.end(), result.points.begin(), result.points.end());
    mistakes += result.source.mistakes.size();
  }
  document["kernel_mistakes"] = json_of(kernel.mistakes);
  if (!kernel.not_compared.empty()) document["kernel_not_compared"] = kernel.not_compared;
  document["summary"] = summary_of(count_points(points));
  document["summary"]["mistakes"] = mistakes;
  return text_of(document);
}

nlohmann::ordered_json json_of_result(const Result& result) {
  return json_of(result);
}

nlohmann::ordered_json json_of_mistakes(const std::vector<Diagnostic>& mistakes) {
  return json_of(mistakes);
}

std::string text_of_document(const nlohmann::ordered_json& document) {
  return text_of(document);
}

}  // namespace tenure
