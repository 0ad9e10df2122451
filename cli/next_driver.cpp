#include "cli/next_driver.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "model/driver_spec.h"
#include "model/kernel_documents.h"

namespace tenure {

namespace {

/// Properties by which a driver hands the device back in another state than it found it in.
constexpr std::array handed_over = {Property::leak, Property::stale_state, Property::devres_left};
/// What is no harm done to the next driver, but the harm of the one before it seen again.
constexpr std::array not_suffered = {Property::leak, Property::devres_growth, Property::redundant_release};

template <typename List>
bool contains(const List& list, Property property) {
  return std::find(list.begin(), list.end(), property) != list.end();
}

bool hands_over_another_state(const SeriesVerdicts& verdicts) {
  return std::any_of(verdicts.results.begin(), verdicts.results.end(), [](const Result& result) {
    return std::holds_alternative<Violated>(result.verdict) && contains(handed_over, result.property);
  });
}

/// The next driver at each commit of a series.
class NextDriver {
 public:
  NextDriver(const Series& series, std::string spec) : series_(series), spec_(std::move(spec)) {
    const auto known = std::find_if(series.drivers.begin(), series.drivers.end(),
                                    [&](const SeriesDriver& driver) { return is_same_file(driver.file, spec_); });
    if (known != series.drivers.end()) {
      changed_ = &*known;
      return;
    }
    Diagnostics diagnostics;
    document_ = read_json_file(spec_, diagnostics);
    diagnostics.throw_if_any();
  }

  /// It alone, or after another driver; then only what happens to it counts.
  Subject subject(const SeriesDriver* before, std::size_t commit) const {
    Diagnostics diagnostics;
    std::vector<DriverSpec> drivers;
    if (before != nullptr) drivers.push_back(read_driver(*before->specs[commit], diagnostics));
    drivers.push_back(read_driver(changed_ != nullptr ? *changed_->specs[commit] : document_, diagnostics));
    CompileOptions options;
    options.judges_last_alone = true;
    KernelModel kernel = *series_.kernels[commit];
    kernel.semantics = series_.commit_name(commit);
    auto made = make_subject(before != nullptr ? before->file : spec_, kernel, drivers, options, diagnostics);
    diagnostics.throw_if_any();
    return std::move(*made);
  }

  void refuse_incorrect(const std::vector<Result>& alone) const {
    Diagnostics diagnostics;
    const Place spec = whole_file(spec_);
    for (const Result& result : alone) {
      if (std::holds_alternative<Violated>(result.verdict))
        diagnostics.add(spec, "violates " + std::string(name_of(result.property)) + " by itself under '" +
                                  result.semantics + "', expected a driver that is correct, to be the next one");
    }
    diagnostics.throw_if_any();
  }

 private:
  const Series& series_;
  std::string spec_;
  const SeriesDriver* changed_ = nullptr;  ///< the series knows it
  Json document_;
};

}  // namespace

void check_next_driver(SeriesResults& results, const std::string& spec, const JobOptions& options) {
  JobOptions jobs = options;
  std::erase_if(jobs.properties, [](Property property) { return contains(not_suffered, property); });
  const NextDriver next(results.series, spec);
  std::vector<std::size_t> cases;
  std::vector<Subject> alone, after;
  const std::vector<SeriesCase>& all = results.cases.cases;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!hands_over_another_state(results.verdicts[i])) continue;
    cases.push_back(i);
    after.push_back(next.subject(&results.series.drivers[all[i].driver], all[i].commit));
    Subject itself = next.subject(nullptr, all[i].commit);
    const bool is_new =
        std::none_of(alone.begin(), alone.end(), [&](const Subject& known) { return known.program == itself.program; });
    if (is_new) alone.push_back(std::move(itself));
  }
  next.refuse_incorrect(check_subjects(alone, jobs));
  std::vector<Result> suffered = check_subjects(after, jobs);
  const std::size_t width = jobs.properties.size();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto first = suffered.begin() + static_cast<std::ptrdiff_t>(i * width);
    results.verdicts[cases[i]].next.assign(std::make_move_iterator(first),
                                           std::make_move_iterator(first + static_cast<std::ptrdiff_t>(width)));
  }
}

}  // namespace tenure
