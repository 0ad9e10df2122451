#include "model/inputs.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "model/driver_spec.h"

namespace tenure {

namespace {

namespace fs = std::filesystem;

/// Collects files, each once, however it is spelled.
class SpecFinder {
 public:
  explicit SpecFinder(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void find(const std::string& path);
  std::vector<std::string> take() { return std::move(found_); }

 private:
  void find_below(const fs::path& directory);
  void add(const fs::path& file);
  void refuse(const std::string& path, const std::string& message);

  Diagnostics& diagnostics_;
  std::vector<std::string> found_;
  std::set<fs::path> known_;
};

void SpecFinder::refuse(const std::string& path, const std::string& message) {
  diagnostics_.add(whole_file(path), message);
}

void SpecFinder::add(const fs::path& file) {
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  if (error) {
    refuse(file.string(), "cannot be read: " + error.message());
  } else if (known_.insert(real).second) {
    found_.push_back(file.string());
  }
}

void SpecFinder::find(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error) {
    refuse(path, "cannot be read: " + error.message());
  } else if (fs::is_directory(status)) {
    find_below(path);
  } else {
    add(path);
  }
}

void SpecFinder::find_below(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(directory, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() != ".json") continue;
    std::error_code unknown;
    if (!entry->is_directory(unknown)) files.push_back(entry->path());
  }
  if (error) refuse(directory.string(), "cannot be read: " + error.message());
  if (files.empty() && !error) refuse(directory.string(), "no driver spec (*.json) is in this directory");
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) add(file);
}

/// Reads a spec; nothing when it is no JSON.
std::optional<DriverSpec> read_driver_file(const std::string& path, Diagnostics& diagnostics) {
  Diagnostics mine;
  const Json document = read_json_file(path, mine);
  for (const Diagnostic& mistake : mine.sorted()) diagnostics.add(mistake.place, mistake.message);
  if (document.place.line == 0) return std::nullopt;
  DriverSpec driver = read_driver(document, diagnostics);
  driver.is_sound = driver.is_sound && mine.empty();
  return driver;
}

bool is_among(const std::vector<Diagnostic>& list, const Diagnostic& wanted) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Diagnostic& each) { return to_string(each) == to_string(wanted); });
}

/// Puts the mistakes that each semantics found together; one that not all of them found says which did.
void merge(const std::vector<Diagnostics>& found, const std::vector<KernelModel>& kernels, Diagnostics& diagnostics) {
  std::vector<std::vector<Diagnostic>> lists;
  for (const Diagnostics& each : found) lists.push_back(each.sorted());
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    for (const Diagnostic& mistake : lists[k]) {
      const bool is_common =
          std::all_of(lists.begin(), lists.end(), [&](const auto& list) { return is_among(list, mistake); });
      diagnostics.add(mistake.place,
                      mistake.message + (is_common ? "" : ", under the semantics '" + kernels[k].semantics + "'"));
    }
  }
}

}  // namespace

std::vector<std::string> find_specs(const std::vector<std::string>& paths, Diagnostics& diagnostics) {
  SpecFinder finder(diagnostics);
  for (const std::string& path : paths) finder.find(path);
  return finder.take();
}

std::vector<Subject> load_subjects(const std::vector<std::string>& paths, const std::vector<KernelModel>& kernels,
                                   const std::string& next_driver, const CompileOptions& options) {
  Diagnostics diagnostics;
  std::vector<Subject> subjects;
  const std::vector<std::string> specs = find_specs(paths, diagnostics);
  std::optional<DriverSpec> next;
  if (!next_driver.empty()) next = read_driver_file(next_driver, diagnostics);
  for (const std::string& path : specs) {
    const std::optional<DriverSpec> driver = read_driver_file(path, diagnostics);
    if (!driver || (!next && !next_driver.empty())) continue;
    std::vector<DriverSpec> drivers{*driver};
    if (next) drivers.push_back(*next);
    std::vector<Diagnostics> found(kernels.size());
    for (std::size_t k = 0; k < kernels.size(); ++k) {
      auto subject = make_subject(path, kernels[k], drivers, options, found[k]);
      if (subject) subjects.push_back(std::move(*subject));
    }
    merge(found, kernels, diagnostics);
  }
  diagnostics.throw_if_any();
  return subjects;
}

}  // namespace tenure
