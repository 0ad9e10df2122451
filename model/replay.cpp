#include "model/replay.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "model/further.h"
#include "model/growth.h"
#include "model/inputs.h"
#include "model/json.h"
#include "model/next_driver.h"
#include "model/results.h"
#include "model/series.h"
#include "model/shape.h"
#include "model/walk.h"

namespace tenure {

namespace {

/// The first thing that differs between what is written and what should be: found, and wanted (null: nothing is).
struct Mismatch {
  const Json* found;
  const Json* wanted;
};

std::optional<Mismatch> first_difference(const Json& found, const Json& wanted) {
  if (found.type != wanted.type || found.elements.size() > wanted.elements.size()) return Mismatch{&found, &wanted};
  for (std::size_t i = 0; i < found.elements.size(); ++i) {
    if (const auto difference = first_difference(found.elements[i], wanted.elements[i])) return difference;
  }
  if (found.elements.size() < wanted.elements.size()) return Mismatch{&found, &wanted};
  for (const auto& [key, member, place] : wanted.members) {
    const Json* same = found.find(key);
    if (same == nullptr) return Mismatch{&found, &wanted};
    if (const auto difference = first_difference(*same, member)) return difference;
  }
  for (const auto& [key, member, place] : found.members) {
    if (wanted.find(key) == nullptr) return Mismatch{&member, nullptr};
  }
  const bool is_same = found.text == wanted.text && found.integer == wanted.integer && found.boolean == wanted.boolean;
  return is_same ? std::nullopt : std::optional(Mismatch{&found, &wanted});
}

std::string shortened(const Json& value) {
  constexpr std::size_t longest = 120;
  const std::string text = to_text(value);
  return text.size() <= longest ? text : text.substr(0, longest) + "...";
}

/// "step 7: the trace says X, the program does Y", with its place.
std::string in_words(const Mismatch& difference) {
  const std::string pointer = difference.found->place.pointer();
  const auto steps = pointer.find("/steps/");
  std::string where;
  if (steps != std::string::npos) where = "step " + std::to_string(std::stoul(pointer.substr(steps + 7)) + 1) + ": ";
  const std::string wanted = difference.wanted == nullptr ? "nothing of the kind" : shortened(*difference.wanted);
  return to_string({difference.found->place,
                    where + "the trace says " + shortened(*difference.found) + ", the program does " + wanted});
}

NamedPath path_of(const Json& trace) {
  const Json& path = *trace.find("path");
  NamedPath names;
  for (const auto& [key, value, place] : path.find("configuration")->members) {
    names.configuration.emplace_back(key, static_cast<std::int32_t>(value.integer));
  }
  for (const Json& event : path.find("events")->elements) {
    names.events.push_back({event.find("event")->text, {}});
    for (const Json& decision : event.find("decisions")->elements) {
      const Json* alternative = decision.find("alternative");
      const Json* picked = decision.find("picked");
      names.events.back().decisions.push_back({decision.find("choice")->text,
                                               alternative != nullptr ? alternative->text : "",
                                               picked != nullptr ? static_cast<std::int32_t>(picked->integer) : 0});
    }
  }
  if (const Json* from = path.find("repeats_from")) names.repeats_from = static_cast<std::size_t>(from->integer);
  return names;
}

bool is_of_lint(const Json& document) {
  return document.find("kernel_mistakes") != nullptr;
}

bool is_of_series(const Json& document) {
  return document.find("series") != nullptr;
}

std::string_view shape_of(const Json& document) {
  return is_of_lint(document) ? "lints" : is_of_series(document) ? "series_results" : "results";
}

/// The drivers of a document of a series at its commits.
class CommitSubjects {
 public:
  CommitSubjects(const Json& document, const std::filesystem::path& specs)
      : series_(load_series(document.find("series")->find("folder")->text, specs_in(document), specs)) {
    if (const Json* next = document.find("next_driver")) next_.emplace(series_, next->text);
  }

  /// The driver alone, or with the next driver after it.
  Subject subject(const Json& result, bool has_next) const {
    const Json& spec = *result.find("spec");
    const Json& semantics = *result.find("semantics");
    Diagnostics diagnostics;
    const auto driver = std::find_if(series_.drivers.begin(), series_.drivers.end(),
                                     [&](const SeriesDriver& each) { return each.file == spec.text; });
    std::size_t commit = 0;
    while (commit < series_.kernels.size() && series_.commit_name(commit) != semantics.text) ++commit;
    if (commit == series_.kernels.size())
      diagnostics.add(semantics.place, "the series has no commit '" + semantics.text + "'");
    if (driver == series_.drivers.end()) diagnostics.add(spec.place, "'" + spec.text + "' is not the spec of a driver");
    if (has_next && !next_) diagnostics.add(result.place, "the document does not say which driver is next");
    diagnostics.throw_if_any();
    if (has_next) return next_->subject(&*driver, commit);
    const auto index = static_cast<std::size_t>(driver - series_.drivers.begin());
    std::optional<Subject> made = subject_at(series_, index, commit, diagnostics, diagnostics);
    diagnostics.throw_if_any();
    return std::move(*made);
  }

 private:
  static std::vector<std::string> specs_in(const Json& document) {
    std::set<std::string> specs;
    for (const char* key : {"results", "next", "drivers"}) {
      const Json* objects = document.find(key);
      if (objects == nullptr) continue;
      for (const Json& object : objects->elements) specs.insert(object.find("spec")->text);
    }
    return {specs.begin(), specs.end()};
  }

  Series series_;
  std::optional<NextDriver> next_;
};

/// Replays the traces of one document.
class Replay {
 public:
  Replay(const Json& document, const std::filesystem::path& specs) : document_(document), specs_(specs) {
    options_.has_points = is_of_lint(document);
    if (is_of_series(document)) commits_.emplace(document, specs);
  }

  std::vector<Replayed> run();

 private:
  Replayed result(const Json& object, bool has_next = false);
  Replayed comparison(const Json& object);
  Replayed point(const Json& object, const Json& result);
  const Subject& subject(const std::string& spec, const std::string& semantics);
  const Subject& subject_of(const Json& result, bool has_next);
  static Violated violated(const Json& trace, const Program& exact, Property property, std::uint32_t steps);
  static Json regenerated(const std::string& text);
  std::string text(const char* key) const {
    const Json* value = document_.find(key);
    return value == nullptr ? "" : value->text;
  }

  const Json& document_;
  const std::filesystem::path& specs_;
  CompileOptions options_;
  std::map<std::string, KernelModel> kernels_;
  std::map<std::pair<std::string, std::string>, Subject> subjects_;
  std::optional<CommitSubjects> commits_;  ///< of the document of a series
  std::optional<Subject> at_commit_;       ///< the last one
  bool at_commit_has_next_ = false;
};

const Subject& Replay::subject(const std::string& spec, const std::string& semantics) {
  auto kernel = kernels_.find(semantics);
  if (kernel == kernels_.end()) kernel = kernels_.emplace(semantics, load_kernel(semantics, specs_)).first;
  auto known = subjects_.find({spec, semantics});
  if (known == subjects_.end()) {
    auto loaded = load_subjects({spec}, {kernel->second}, text("next_driver"), options_);
    known = subjects_.emplace(std::pair(spec, semantics), std::move(loaded.front())).first;
  }
  return known->second;
}

/// The results of a series about one driver at one commit stand together.
const Subject& Replay::subject_of(const Json& result, bool has_next) {
  const std::string& spec = result.find("spec")->text;
  const std::string& semantics = result.find("semantics")->text;
  if (!commits_) return subject(spec, semantics);
  const bool is_last =
      at_commit_ && has_next == at_commit_has_next_ && at_commit_->spec == spec && at_commit_->semantics == semantics;
  if (!is_last) at_commit_ = commits_->subject(result, has_next);
  at_commit_has_next_ = has_next;
  return *at_commit_;
}

Violated Replay::violated(const Json& trace, const Program& exact, Property property, std::uint32_t steps) {
  const NamedPath names = path_of(trace);
  if (property == Property::devres_growth) {
    const Path path = resolved(exact, names, none, steps);
    if (path.repeats_from < path.events.size() && grows_again_and_again(exact, path)) return {path};
    throw PathError("these events do not bring the same state back with a longer list, again and again");
  }
  const std::uint32_t goal = goal_of(exact, property);
  if (goal == none) throw PathError("nothing in the program could violate the property");
  return {resolved(exact, names, goal, steps)};
}

/// The first result of a document that has just been written.
Json Replay::regenerated(const std::string& text) {
  Diagnostics diagnostics;
  const Json document = parse_json(text, "", diagnostics, largest_document);
  diagnostics.throw_if_any();
  return document.find("results")->elements.front();
}

Replayed Replay::result(const Json& object, bool has_next) {
  const auto property = *property_named(object.find("property")->text);
  Replayed replayed{object.find("spec")->text,
                    object.find("driver")->text,
                    object.find("semantics")->text,
                    std::string(name_of(property)),
                    false,
                    has_next,
                    ""};
  const Json* trace = object.find("trace");
  const Json* steps = object.find("steps");
  if (trace == nullptr || steps == nullptr) {
    replayed.refusal = to_string({object.place, "violated, but without a trace"});
    return replayed;
  }
  const Subject& about = subject_of(object, has_next);
  const Json* further = object.find("further");
  try {
    Result again{replayed.spec,
                 about.driver,
                 replayed.semantics,
                 property,
                 {},
                 {},
                 {},
                 about.later_tree,
                 further == nullptr ? "" : further->text};
    std::optional<Program> by_further;
    if (further != nullptr) by_further = with_culprit(about.exact, property, again.further);
    const Program& exact = by_further ? *by_further : about.exact;
    Violated verdict = violated(*trace, exact, property, static_cast<std::uint32_t>(steps->integer));
    verdict.is_shortest = object.find("shortest") == nullptr;  // which no replay shows
    again.verdict = verdict;
    again.trace = tell(exact, verdict.path);
    const Json wanted = regenerated(results_document("", {again}, ""));
    if (const auto difference = first_difference(object, wanted)) replayed.refusal = in_words(*difference);
  } catch (const PathError& error) {
    replayed.refusal = to_string({trace->find("path")->place, error.what()});
  }
  return replayed;
}

Replayed Replay::comparison(const Json& object) {
  const auto property = *property_named(object.find("property")->text);
  const std::string from = text("from");
  const std::string to = text("to");
  Replayed replayed{object.find("spec")->text,
                    object.find("driver")->text,
                    from + ", " + to,
                    std::string(name_of(property)),
                    false,
                    false,
                    ""};
  const Json& runs = *object.find("runs");
  const bool is_before = object.find("after")->text != "violated";
  const Json& trace = *runs.find(is_before ? "before" : "after");
  const Subject& before = subject(replayed.spec, from);
  const Subject& after = subject(replayed.spec, to);
  try {
    const Json* steps = runs.find("steps");
    const Json* further = object.find("further");
    ComparedResult again{replayed.spec,
                         before.driver,
                         property,
                         Holds{},
                         Holds{},
                         Difference::same,
                         further == nullptr ? "" : further->text,
                         {}};
    std::optional<Program> by_further;
    if (!again.further.empty()) by_further = with_culprit(after.exact, property, again.further);
    const Program& exact = by_further ? *by_further : is_before ? before.exact : after.exact;
    (is_before ? again.before : again.after) =
        violated(trace, exact, property, static_cast<std::uint32_t>(steps->integer));
    again.runs = pair_runs(before, after, again);
    const Json wanted = regenerated(comparison_document("", from, to, {again}, ""));
    if (const auto difference = first_difference(runs, *wanted.find("runs"))) replayed.refusal = in_words(*difference);
  } catch (const PathError& error) {
    replayed.refusal = to_string({trace.find("path")->place, error.what()});
  }
  return replayed;
}

/// The point of a program that a document of lint speaks of.
const Point& point_of(const Json& object, const Program& program) {
  const auto found = std::find_if(program.points.begin(), program.points.end(), [&](const Point& point) {
    return point.function == object.find("function")->text && point.says == object.find("point")->text &&
           point.file == object.find("file")->text && point.line == object.find("line")->integer &&
           point.place.pointer() == object.find("pointer")->text;
  });
  if (found == program.points.end()) throw PathError("the spec has no such point");
  return *found;
}

Replayed Replay::point(const Json& object, const Json& result) {
  const std::string what = object.find("function")->text + "(): " + object.find("point")->text;
  Replayed replayed{
      result.find("spec")->text, result.find("driver")->text, result.find("semantics")->text, what, true, false, ""};
  const Json& trace = *object.find("trace");
  const Subject& about = subject(replayed.spec, replayed.semantics);
  try {
    const Json* steps = object.find("steps");
    if (steps == nullptr) throw PathError("a trace without the number of its steps");
    const Point& point = point_of(object, about.exact);
    const Path path = resolved(about.exact, path_of(trace), point.goal, static_cast<std::uint32_t>(steps->integer));
    const PointResult reached{point, PointResult::State::reached, "", tell(about.exact, path), path.steps};
    const LintResult again{replayed.spec, about.driver, about.semantics, {reached}, {}};
    const Json wanted = regenerated(lint_document("", {again}, {}));
    if (const auto difference = first_difference(object, wanted.find("points")->elements.front()))
      replayed.refusal = in_words(*difference);
  } catch (const PathError& error) {
    replayed.refusal = to_string({trace.find("path")->place, error.what()});
  }
  return replayed;
}

std::vector<Replayed> Replay::run() {
  std::vector<Replayed> replayed;
  for (const Json& object : document_.find("results")->elements) {
    if (const Json* points = object.find("points")) {
      for (const Json& each : points->elements) {
        if (each.find("trace") != nullptr) replayed.push_back(point(each, object));
      }
    }
    const Json* verdict = object.find("verdict");
    if (verdict != nullptr && (verdict->text == "violated" || object.find("trace") != nullptr))
      replayed.push_back(result(object));
    if (object.find("runs") != nullptr) replayed.push_back(comparison(object));
  }
  if (const Json* next = document_.find("next")) {
    for (const Json& object : next->elements)
      if (object.find("verdict")->text == "violated" || object.find("trace") != nullptr)
        replayed.push_back(result(object, true));
  }
  return replayed;
}

}  // namespace

std::vector<Replayed> replay(const std::string& file, const std::filesystem::path& specs) {
  Diagnostics diagnostics;
  const Json document = read_json_file(file, diagnostics, largest_document);
  diagnostics.throw_if_any();
  check_shape(document, shape_of(document), diagnostics);
  diagnostics.throw_if_any();
  return Replay(document, specs).run();
}

std::string replay_document(std::string_view version, const std::vector<Replayed>& replayed) {
  nlohmann::ordered_json document{{"tenure", version}, {"replayed", nlohmann::ordered_json::array()}};
  for (const Replayed& each : replayed) {
    nlohmann::ordered_json json{{"spec", each.spec},
                                {"driver", each.driver},
                                {"semantics", each.semantics},
                                {each.is_of_lint ? "point" : "property", each.what},
                                {"verdict", each.refusal.empty() ? "accepted" : "refused"}};
    if (each.is_of_next) json["next"] = true;
    if (!each.refusal.empty()) json["refusal"] = each.refusal;
    document["replayed"].push_back(std::move(json));
  }
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace tenure
