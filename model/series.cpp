#include "model/series.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/driver_spec.h"
#include "model/kernel_documents.h"
#include "model/normal_form.h"
#include "model/patch.h"
#include "model/shape.h"

namespace tenure {

namespace {

namespace fs = std::filesystem;

/// A series while its patches are applied.
class SeriesReader {
 public:
  SeriesReader(const std::string& folder, const fs::path& specs)
      : folder_(folder), specs_(specs), index_(read_checked(folder_ / "series.json", "series")) {
    series_.folder = folder;
    series_.name = index_.find("series")->text;
    series_.subject = index_.find("subject")->text;
    series_.base = index_.find("base")->text;
  }

  Series read(const std::vector<std::string>& paths) {
    for (const std::string& path : find_specs(paths, diagnostics_)) add_driver(path, true, "");
    diagnostics_.throw_if_any();
    KernelDocuments kernel(series_.base, specs_);
    note_commit(kernel, true);
    for (const Json& patch : index_.find("patches")->elements) {
      add_patch(patch);
      const bool changes_kernel = apply(patch, kernel);
      diagnostics_.throw_if_any();
      note_commit(kernel, changes_kernel);
    }
    return std::move(series_);
  }

 private:
  static std::string text_in(const Json& object, const char* key) {
    const Json* value = object.find(key);
    return value != nullptr ? value->text : "";
  }

  /// Gives null when the file cannot be read.
  SeriesDriver* add_driver(const std::string& file, bool is_checked, const std::string& name) {
    Json spec = read_json_file(file, diagnostics_);
    if (spec.place.line == 0) return nullptr;
    // The commits before this one had the same spec.
    const auto kept = std::make_shared<Json>(std::move(spec));
    series_.drivers.push_back(
        {file, {std::max<std::size_t>(series_.kernels.size(), 1), kept}, is_checked, name, real_path(file)});
    return &series_.drivers.back();
  }

  void add_patch(const Json& patch) {
    const Json& number = *patch.find("number");
    if (!numbers_.insert(number.integer).second)
      diagnostics_.add(number.place, "another patch of the series has the number " + std::to_string(number.integer));
    series_.patches.push_back(
        {static_cast<int>(number.integer), patch.find("subject")->text, text_in(patch, "date"), {}});
    if (const Json* awaits = patch.find("awaits"))
      for (const Json& file : awaits->elements) series_.patches.back().awaits.push_back(file.text);
  }

  /// Gives whether the patch changes the kernel model.
  bool apply(const Json& patch, KernelDocuments& kernel) {
    bool changes_kernel = false;
    for (SeriesDriver& driver : series_.drivers) driver.specs.push_back(driver.specs.back());
    const Json* files = patch.find("files");
    if (files == nullptr) return false;
    for (const Json& file : files->elements) {
      const Json changes = read_checked(folder_ / file.text, "patch");
      for (const Json& change : changes.find("changes")->elements) {
        const bool is_kernel = kernel.has(changed_file(*change.find("file"), specs_));
        if (is_kernel)
          kernel.apply(change, diagnostics_);
        else
          apply_to_driver(change);
        changes_kernel = changes_kernel || is_kernel;
      }
    }
    return changes_kernel;
  }

  void apply_to_driver(const Json& change) {
    const Json& name = *change.find("file");
    const fs::path file = changed_file(name, specs_).lexically_normal();
    const auto known = std::find_if(series_.drivers.begin(), series_.drivers.end(),
                                    [real = real_path(file)](const SeriesDriver& each) { return each.real == real; });
    SeriesDriver* driver = known != series_.drivers.end() ? &*known : add_changed_driver(name, file);
    if (driver == nullptr) return;
    const auto patched = std::make_shared<Json>(*driver->specs.back());
    apply_patch(*patched, *change.find("patch"), diagnostics_);
    driver->specs.back() = patched;
  }

  SeriesDriver* add_changed_driver(const Json& name, const fs::path& file) {
    std::error_code error;
    if (!fs::exists(file, error)) {
      diagnostics_.add(name.place, "'" + name.text + "' is neither a file of the kernel model nor a driver spec");
      return nullptr;
    }
    SeriesDriver* driver = add_driver(file.string(), false, name.text);
    if (driver != nullptr) driver->specs.push_back(driver->specs.back());
    return driver;
  }

  void note_commit(const KernelDocuments& kernel, bool is_new) {
    const std::string name = series_.commit_name(series_.patches.size());
    series_.kernels.push_back(is_new ? std::make_shared<const KernelModel>(kernel.link(name)) : series_.kernels.back());
  }

  fs::path folder_, specs_;
  Json index_;
  Series series_;
  std::set<std::int64_t> numbers_;
  Diagnostics diagnostics_;
};

/// Puts drivers and kernels together.
class CaseMaker {
 public:
  CaseMaker(const Series& series, const std::vector<std::size_t>& commits) : series_(series) {
    made_.commits = commits;
  }

  SeriesCases make() {
    for (std::size_t d = 0; d < series_.drivers.size(); ++d) {
      if (!series_.drivers[d].is_checked) continue;
      made_.drivers.push_back(d);
      made_.case_at.emplace_back();
      first_case_ = made_.cases.size();
      std::map<std::pair<const Json*, const KernelModel*>, std::size_t> known;
      for (const std::size_t commit : made_.commits) {
        const auto pair = std::pair(series_.drivers[d].specs[commit].get(), series_.kernels[commit].get());
        const auto found = known.find(pair);
        const std::size_t index = found != known.end() ? found->second : case_of(d, commit);
        known[pair] = index;
        made_.case_at.back().push_back(index);
      }
    }
    diagnostics_.throw_if_any();
    return std::move(made_);
  }

 private:
  /// The case of a driver at a commit, made when none of the driver's is the same.
  std::size_t case_of(std::size_t driver, std::size_t commit) {
    Diagnostics misfits;
    std::optional<Subject> subject = subject_at(series_, driver, commit, diagnostics_, misfits);
    SeriesCase made{driver, commit, std::nullopt, misfits.sorted()};
    if (commit == made_.commits.front())
      for (const Diagnostic& mistake : made.mistakes) diagnostics_.add(mistake.place, mistake.message);
    if (subject) {
      Program form = normal_form(subject->program);
      for (std::size_t i = first_case_; i < made_.cases.size(); ++i)
        if (made_.cases[i].subject && runs_alike(*subject, form, *made_.cases[i].subject)) return i;
      made.subject = made_.subjects.size();
      made_.subjects.push_back(std::move(*subject));
      forms_.push_back(std::move(form));
    }
    made_.cases.push_back(std::move(made));
    return made_.cases.size() - 1;
  }

  /// The form of programs with exact counters is only asked for where all else is the same.
  bool runs_alike(const Subject& subject, const Program& form, std::size_t known) const {
    return forms_[known] == form && have_same_runs(subject.exact, made_.subjects[known].exact);
  }

  const Series& series_;
  SeriesCases made_;
  std::vector<Program> forms_;  ///< normal forms of the subjects' programs
  std::size_t first_case_ = 0;
  Diagnostics diagnostics_;
};

}  // namespace

std::string Series::commit_name(std::size_t commit) const {
  return commit == 0 ? base : name + "@" + std::to_string(patches[commit - 1].number);
}

KernelModel Series::kernel_at(std::size_t commit) const {
  KernelModel kernel = *kernels[commit];
  kernel.semantics = commit_name(commit);
  return kernel;
}

Series load_series(const std::string& folder, const std::vector<std::string>& paths, const fs::path& specs) {
  return SeriesReader(folder, specs).read(paths);
}

std::optional<Subject> subject_at(const Series& series, std::size_t driver, std::size_t commit, Diagnostics& mistakes,
                                  Diagnostics& misfits) {
  const SeriesDriver& file = series.drivers[driver];
  const std::vector<DriverSpec> drivers{read_driver(*file.specs[commit], mistakes)};
  return make_subject(file.file, series.kernel_at(commit), drivers, {}, misfits);
}

std::vector<bool> SeriesCases::changes() const {
  std::vector<bool> changes(subjects.size());
  for (const SeriesCase& each : cases) {
    const auto cases_of_driver =
        std::count_if(cases.begin(), cases.end(), [&](const SeriesCase& other) { return other.driver == each.driver; });
    if (each.subject) changes[*each.subject] = cases_of_driver > 1;
  }
  return changes;
}

SeriesCases series_cases(const Series& series, const std::vector<std::size_t>& commits) {
  return CaseMaker(series, commits).make();
}

}  // namespace tenure
