#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/inputs.h"
#include "model/json.h"
#include "model/semantics.h"
#include "model/spec.h"

// A series of patches on the kernel model and on driver specs. Its commits are counted from 0, which is the state
// before the first patch; commit k has the first k patches.
namespace tenure {

/// One patch of a series.
struct SeriesPatch {
  int number = 0;  ///< what it is called; need not be its place
  std::string subject;
  std::string date;                 ///< "" when not said
  std::vector<std::string> awaits;  ///< specs that it would change and that are not there
};

/// A driver spec at each commit.
struct SeriesDriver {
  std::string file;                          ///< path of the spec
  std::vector<std::shared_ptr<Json>> specs;  ///< by commit; the same pointer as long as nothing changes it
  bool is_checked = true;                    ///< false: it was not asked for
  std::string name;                          ///< of one that was not: as the patch names it
  std::filesystem::path real = {};           ///< real_path() of the spec
};

struct Series {
  std::string folder;  ///< as it was given
  std::string name;
  std::string subject;
  std::string base;  ///< the semantics before it
  std::vector<SeriesPatch> patches;
  std::vector<std::shared_ptr<const KernelModel>> kernels;  ///< by commit, as in SeriesDriver
  std::vector<SeriesDriver> drivers;  ///< those asked for in order, then those that the series changes besides

  /// What a commit is called: the base, or "NAME@NUMBER".
  std::string commit_name(std::size_t commit) const;
  /// The kernel model at a commit, as semantics that are called as the commit is.
  KernelModel kernel_at(std::size_t commit) const;
};

/// Reads `folder`/series.json, applies its patches one by one, and reads the kernel model at each commit. `paths` are
/// the drivers to be checked, as find_specs() takes them. A patch that does not fit is a mistake, also where its driver
/// is not checked. Throws InputError.
Series load_series(const std::string& folder, const std::vector<std::string>& paths,
                   const std::filesystem::path& specs);

/// A driver at commits of a series at which neither its runs nor the spec's own mistakes differ: their normal_form() is
/// the same.
struct SeriesCase {
  std::size_t driver = 0;              ///< index in Series::drivers
  std::size_t commit = 0;              ///< the first one
  std::optional<std::size_t> subject;  ///< index in SeriesCases::subjects
  std::vector<Diagnostic> mistakes;    ///< without subject: why driver and kernel do not fit together
};

/// Every driver at some commits of a series.
struct SeriesCases {
  std::vector<std::size_t> commits;               ///< in order, the first one is 0
  std::vector<std::size_t> drivers;               ///< indices in Series::drivers of those that are checked
  std::vector<SeriesCase> cases;                  ///< distinct ones, those of a driver together
  std::vector<Subject> subjects;                  ///< in the order of the cases that have one
  std::vector<std::vector<std::size_t>> case_at;  ///< for each of `drivers` and `commits`: index in `cases`

  /// For each subject, whether some run of its driver changes at any commit: of the others there is nothing to compare.
  std::vector<bool> changes() const;
};

/// A driver (index in Series::drivers) linked with the kernel at a commit and compiled; nothing where they do not fit
/// together, with the `misfits`. The spec's own `mistakes` are told apart.
std::optional<Subject> subject_at(const Series& series, std::size_t driver, std::size_t commit, Diagnostics& mistakes,
                                  Diagnostics& misfits);

/// Links and compiles the checked drivers at these commits. A driver that does not fit its kernel before the series is
/// a mistake, one that does not fit later is a case without subject. Throws InputError.
SeriesCases series_cases(const Series& series, const std::vector<std::size_t>& commits);

}  // namespace tenure
