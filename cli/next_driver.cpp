#include "cli/next_driver.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "model/next_driver.h"

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

void refuse_incorrect(const std::string& spec, const std::vector<Result>& alone) {
  Diagnostics diagnostics;
  const Place place = whole_file(spec);
  for (const Result& result : alone) {
    if (std::holds_alternative<Violated>(result.verdict))
      diagnostics.add(place, "violates " + std::string(name_of(result.property)) + " by itself under '" +
                                 result.semantics + "', expected a driver that is correct, to be the next one");
  }
  diagnostics.throw_if_any();
}

}  // namespace

void check_next_driver(SeriesResults& results, const std::string& spec, const JobOptions& options) {
  JobOptions jobs = options;
  std::erase_if(jobs.properties, [](Property property) { return contains(not_suffered, property); });
  const NextDriver next(results.series, spec);
  results.next_driver = spec;
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
  refuse_incorrect(spec, check_subjects(alone, jobs));
  std::vector<Result> suffered = check_subjects(after, jobs);
  const std::size_t width = jobs.properties.size();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto first = suffered.begin() + static_cast<std::ptrdiff_t>(i * width);
    results.verdicts[cases[i]].next.assign(std::make_move_iterator(first),
                                           std::make_move_iterator(first + static_cast<std::ptrdiff_t>(width)));
  }
}

}  // namespace tenure
