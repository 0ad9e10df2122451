#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/results.h"
#include "model/series.h"

namespace tenure {

/// What is known of one case of a series.
struct SeriesVerdicts {
  std::vector<Result> results;           ///< none where driver and kernel do not fit together, or no run changes
  std::vector<ComparedResult> compared;  ///< with the driver before the series
  std::vector<Result> next;              ///< what a driver suffers that is bound after this one; none: not asked
};

/// How a driver fares at a commit, compared with the state before the series. `same` as well where it has the same runs
/// as then, whatever is known of them. `unclear`: something is not decided;
/// `misfit`: driver and kernel do not fit together, as code that does not build.
enum class Fate { same, worse, mended, unclear, misfit };

std::string_view name_of(Fate fate);

/// Commits in a row at which a property is worse than before the series, or mended, or it is not known which, or at
/// which the driver does not fit.
struct SeriesSpan {
  std::optional<Property> property;  ///< none: the driver does not fit
  Difference difference = Difference::worse;
  std::size_t first = 0, last = 0;  ///< indices in SeriesCases::commits, both included
};

/// The commit at which a property is worse for the first time for any driver.
struct FirstBad {
  std::optional<Property> property;  ///< none: a driver does not fit
  std::size_t commit = 0;            ///< index in SeriesCases::commits
  std::vector<std::size_t> drivers;  ///< for which it is worse there, indices in SeriesCases::drivers
};

/// A series with all that was found out about it.
struct SeriesResults {
  const Series& series;
  const SeriesCases& cases;
  std::vector<SeriesVerdicts> verdicts;  ///< by case
  bool counts_remarks = false;           ///< whether a remark makes a driver worse
  std::string next_driver = {};          ///< path of the spec that was bound afterwards; "": none

  Fate fate(std::size_t driver, std::size_t commit) const;
  /// The worst that happens to a driver at any commit.
  Fate fate(std::size_t driver) const;
  std::string driver_name(std::size_t driver) const;
  const std::string& spec(std::size_t driver) const { return series.drivers[cases.drivers[driver]].file; }
  std::string commit_name(std::size_t commit) const { return series.commit_name(cases.commits[commit]); }
};

/// The results of the subjects that were asked for, in order, `width` of each, as they belong to the cases; each
/// compared with the first case of its driver.
std::vector<SeriesVerdicts> verdicts_by_case(const SeriesCases& cases, std::vector<Result> results, std::size_t width,
                                             const std::vector<bool>& asked);

/// Of a driver, in the order of its properties, then of commits.
std::vector<SeriesSpan> spans_of(const SeriesResults& results, std::size_t driver);

/// In the order of the properties; those that never get worse are left out.
std::vector<FirstBad> first_bad_commits(const SeriesResults& results);

/// How many drivers there are of each fate.
std::vector<std::pair<std::string_view, std::size_t>> count_fates(const SeriesResults& results);

/// JSON text as results_document() gives it.
std::string series_document(std::string_view version, const SeriesResults& results);

}  // namespace tenure
