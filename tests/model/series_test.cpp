#include "model/series.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <numeric>

#include "model/series_results.h"

using namespace tenure;

namespace {

const std::filesystem::path specs = std::filesystem::path(TENURE_SOURCE_DIR) / "specs";

Series posted(const std::string& driver) {
  return load_series((specs / "series/pcim-msi-v1").string(), {(specs / "drivers" / driver).string()}, specs);
}

std::vector<std::size_t> all_commits(const Series& series) {
  std::vector<std::size_t> commits(series.patches.size() + 1);
  std::iota(commits.begin(), commits.end(), 0);
  return commits;
}

/// Verdicts as an engine would give them: one property, violated where the text has an x and undecided where a ?.
std::vector<Result> results_of(const std::string& text) {
  std::vector<Result> results;
  for (const char c : text) {
    Result& result = results.emplace_back();
    if (c == 'x') result.verdict = Violated{};
    if (c == '?') result.verdict = Undecided{"time"};
  }
  return results;
}

}  // namespace

TEST_CASE("a series keeps kernel and driver where a patch leaves them alone") {
  const Series series = posted("gpio/gpio-merrifield.json");
  REQUIRE(series.patches.size() == 37);
  REQUIRE(series.kernels.size() == 38);
  const SeriesDriver& driver = series.drivers.front();
  CHECK(driver.is_checked);
  for (std::size_t commit = 1; commit <= 37; ++commit) {
    const bool changes_kernel = series.kernels[commit] != series.kernels[commit - 1];
    CHECK(changes_kernel == (commit == 1 || commit == 37));
    CHECK((driver.specs[commit] != driver.specs[commit - 1]) == (commit == 4));
  }
  CHECK(series.commit_name(0) == "old");
  CHECK(series.commit_name(4) == "pcim-msi-v1@4");
}

TEST_CASE("what makes no difference to a driver makes no case of its own") {
  const Series series = posted("gpio/gpio-merrifield.json");
  const SeriesCases cases = series_cases(series, all_commits(series));
  REQUIRE(cases.cases.size() == 3);
  CHECK(cases.cases[1].commit == 4);
  CHECK(cases.cases[2].commit == 37);
  const std::vector<std::size_t>& at = cases.case_at.front();
  CHECK(at[0] == at[3]);
  CHECK(at[4] == at[36]);
  CHECK(at[36] != at[37]);
}

TEST_CASE("a driver that was never managed runs alike at all commits") {
  const Series series = posted("minimal/explicit.json");
  const SeriesCases cases = series_cases(series, all_commits(series));
  CHECK(series.kernels[37] != series.kernels[0]);
  CHECK(cases.cases.size() == 1);
}

TEST_CASE("spans, first bad commits and fates come from the verdicts") {
  const Series series = posted("gpio/gpio-merrifield.json");
  const SeriesCases cases = series_cases(series, all_commits(series));
  const auto results = [&](const std::string& text) {
    return SeriesResults{series, cases,
                         verdicts_by_case(cases, results_of(text), 1, std::vector<bool>(cases.subjects.size(), true)),
                         false};
  };
  const SeriesResults worse = results(".x.");
  const std::vector<SeriesSpan> spans = spans_of(worse, 0);
  REQUIRE(spans.size() == 1);
  CHECK(spans[0].difference == Difference::worse);
  CHECK(spans[0].first == 4);
  CHECK(spans[0].last == 36);
  REQUIRE(first_bad_commits(worse).size() == 1);
  CHECK(first_bad_commits(worse)[0].commit == 4);
  CHECK(worse.fate(0, 3) == Fate::same);
  CHECK(worse.fate(0, 4) == Fate::worse);
  CHECK(worse.fate(0, 37) == Fate::same);
  CHECK(worse.fate(0) == Fate::worse);

  CHECK(results("x.x").fate(0) == Fate::mended);
  CHECK(first_bad_commits(results("x.x")).empty());
  CHECK(results("?x.").fate(0) == Fate::unclear);
  CHECK(results("?x.").fate(0, 3) == Fate::same);  // it runs as before the series
  CHECK(results("?x.").fate(0, 4) == Fate::unclear);
  CHECK(results("...").fate(0) == Fate::same);

  const std::vector<SeriesSpan> unclear = spans_of(results("?x."), 0);
  REQUIRE(unclear.size() == 1);
  CHECK(unclear[0].difference == Difference::unclear);
  CHECK(unclear[0].first == 4);
  CHECK(unclear[0].last == 37);
  const std::vector<SeriesSpan> in_turn = spans_of(results(".?x"), 0);
  REQUIRE(in_turn.size() == 2);
  CHECK(in_turn[0].difference == Difference::unclear);
  CHECK(in_turn[0].last == 36);
  CHECK(in_turn[1].difference == Difference::worse);
  CHECK(in_turn[1].first == 37);
}
