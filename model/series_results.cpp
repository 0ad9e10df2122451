#include "model/series_results.h"

#include <algorithm>
#include <array>

#include "model/results_json.h"

namespace tenure {

namespace {

using Document = nlohmann::ordered_json;

constexpr std::array<Fate, 5> all_fates = {Fate::worse, Fate::misfit, Fate::mended, Fate::unclear, Fate::same};

/// Of two fates the one that a reader has to know first.
Fate worst(Fate a, Fate b) {
  const auto rank = [](Fate fate) {
    switch (fate) {
      case Fate::worse:
        return 4;
      case Fate::misfit:
        return 3;
      case Fate::unclear:
        return 2;
      case Fate::mended:
        return 1;
      case Fate::same:
        break;
    }
    return 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

Fate fate_of(Difference difference) {
  switch (difference) {
    case Difference::worse:
      return Fate::worse;
    case Difference::mended:
      return Fate::mended;
    case Difference::unclear:
      return Fate::unclear;
    case Difference::same:
      break;
  }
  return Fate::same;
}

/// What happens to a property at a commit, or, without one, whether the driver fits.
Difference difference_at(const SeriesResults& results, std::size_t driver, std::size_t commit,
                         std::optional<Property> property) {
  const std::size_t index = results.cases.case_at[driver][commit];
  const bool fits = results.cases.cases[index].subject.has_value();
  if (!property) return fits ? Difference::same : Difference::worse;
  if (index == results.cases.case_at[driver].front()) return Difference::same;
  for (const ComparedResult& each : results.verdicts[index].compared)
    if (each.property == *property) return each.difference;
  return Difference::same;
}

std::vector<std::optional<Property>> kinds_of_span() {
  std::vector<std::optional<Property>> kinds{std::nullopt};
  kinds.insert(kinds.end(), all_properties.begin(), all_properties.end());
  return kinds;
}

}  // namespace

std::string_view name_of(Fate fate) {
  switch (fate) {
    case Fate::same:
      return "same";
    case Fate::worse:
      return "worse";
    case Fate::mended:
      return "mended";
    case Fate::unclear:
      return "unclear";
    case Fate::misfit:
      return "misfit";
  }
  throw InternalError("unknown fate");
}

Fate SeriesResults::fate(std::size_t driver, std::size_t commit) const {
  const std::size_t index = cases.case_at[driver][commit];
  if (!cases.cases[index].subject) return Fate::misfit;
  if (index == cases.case_at[driver].front()) return Fate::same;
  Fate all = Fate::same;
  for (const ComparedResult& each : verdicts[index].compared)
    if (counts_remarks || !is_remark(each.property)) all = worst(all, fate_of(each.difference));
  return all;
}

Fate SeriesResults::fate(std::size_t driver) const {
  Fate all = Fate::same;
  for (std::size_t commit = 0; commit < cases.commits.size(); ++commit) all = worst(all, fate(driver, commit));
  return all;
}

std::string SeriesResults::driver_name(std::size_t driver) const {
  return cases.subjects[*cases.cases[cases.case_at[driver].front()].subject].driver;
}

std::vector<SeriesVerdicts> verdicts_by_case(const SeriesCases& cases, std::vector<Result> results, std::size_t width,
                                             const std::vector<bool>& asked) {
  std::vector<SeriesVerdicts> verdicts;
  std::size_t first = 0;
  auto next = results.begin();
  for (std::size_t i = 0; i < cases.cases.size(); ++i) {
    if (cases.cases[i].driver != cases.cases[first].driver) first = i;
    SeriesVerdicts& of_case = verdicts.emplace_back();
    if (!cases.cases[i].subject || !asked[*cases.cases[i].subject]) continue;
    const auto end = next + static_cast<std::ptrdiff_t>(width);
    of_case.results.assign(std::make_move_iterator(next), std::make_move_iterator(end));
    next = end;
    for (std::size_t p = 0; p < width; ++p)
      of_case.compared.push_back(compared(verdicts[first].results[p], of_case.results[p]));
  }
  return verdicts;
}

std::vector<SeriesSpan> spans_of(const SeriesResults& results, std::size_t driver) {
  std::vector<SeriesSpan> spans;
  for (const std::optional<Property> property : kinds_of_span()) {
    Difference last = Difference::same;
    for (std::size_t commit = 0; commit < results.cases.commits.size(); ++commit) {
      const Difference now = difference_at(results, driver, commit, property);
      if (now != Difference::same && now == last)
        spans.back().last = commit;
      else if (now != Difference::same)
        spans.push_back({property, now, commit, commit});
      last = now;
    }
  }
  return spans;
}

std::vector<FirstBad> first_bad_commits(const SeriesResults& results) {
  std::vector<FirstBad> all;
  for (const std::optional<Property> property : kinds_of_span()) {
    FirstBad bad{property, 0, {}};
    for (std::size_t commit = 0; commit < results.cases.commits.size() && bad.drivers.empty(); ++commit) {
      bad.commit = commit;
      for (std::size_t driver = 0; driver < results.cases.drivers.size(); ++driver)
        if (difference_at(results, driver, commit, property) == Difference::worse) bad.drivers.push_back(driver);
    }
    if (!bad.drivers.empty()) all.push_back(std::move(bad));
  }
  return all;
}

std::vector<std::pair<std::string_view, std::size_t>> count_fates(const SeriesResults& results) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  for (const Fate fate : all_fates) {
    std::size_t number = 0;
    for (std::size_t driver = 0; driver < results.cases.drivers.size(); ++driver)
      number += results.fate(driver) == fate ? 1 : 0;
    counts.emplace_back(name_of(fate), number);
  }
  return counts;
}

namespace {

Document json_of_series(const Series& series) {
  Document json{{"folder", series.folder}, {"name", series.name}, {"subject", series.subject}, {"base", series.base}};
  json["patches"] = Document::array();
  for (const SeriesPatch& patch : series.patches) {
    Document each{{"number", patch.number}, {"subject", patch.subject}};
    if (!patch.date.empty()) each["date"] = patch.date;
    if (!patch.awaits.empty()) each["awaits"] = patch.awaits;
    json["patches"].push_back(std::move(each));
  }
  json["not_checked"] = Document::array();
  for (const SeriesDriver& driver : series.drivers)
    if (!driver.is_checked) json["not_checked"].push_back(driver.name);
  return json;
}

Document json_of_driver(const SeriesResults& results, std::size_t driver) {
  Document json{{"spec", results.spec(driver)}, {"driver", results.driver_name(driver)}};
  json["commits"] = Document::array();
  for (std::size_t commit = 0; commit < results.cases.commits.size(); ++commit) {
    const SeriesCase& now = results.cases.cases[results.cases.case_at[driver][commit]];
    json["commits"].push_back({{"commit", results.commit_name(commit)},
                               {"fate", name_of(results.fate(driver, commit))},
                               {"semantics", results.series.commit_name(now.commit)}});
    if (!now.subject) json["commits"].back()["mistakes"] = json_of_mistakes(now.mistakes);
  }
  json["spans"] = Document::array();
  for (const SeriesSpan& span : spans_of(results, driver)) {
    Document each = Document::object();
    if (span.property) each["property"] = name_of(*span.property);
    each.update({{"difference", name_of(span.difference)},
                 {"first", results.commit_name(span.first)},
                 {"last", results.commit_name(span.last)}});
    json["spans"].push_back(std::move(each));
  }
  return json;
}

}  // namespace

std::string series_document(std::string_view version, const SeriesResults& results) {
  Document document{{"tenure", version}, {"series", json_of_series(results.series)}, {"results", Document::array()}};
  Document next = Document::array();
  for (const SeriesVerdicts& verdicts : results.verdicts) {
    for (const Result& result : verdicts.results) document["results"].push_back(json_of_result(result));
    for (const Result& result : verdicts.next) next.push_back(json_of_result(result));
  }
  document["drivers"] = Document::array();
  for (std::size_t driver = 0; driver < results.cases.drivers.size(); ++driver)
    document["drivers"].push_back(json_of_driver(results, driver));
  if (!results.next_driver.empty()) document["next_driver"] = results.next_driver;
  if (!next.empty()) document["next"] = std::move(next);
  document["summary"] = Document::object();
  for (const auto& [name, number] : count_fates(results)) document["summary"][std::string(name)] = number;
  return text_of_document(document);
}

}  // namespace tenure
