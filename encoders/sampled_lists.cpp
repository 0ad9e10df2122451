#include "encoders/sampled_lists.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "encoders/random_run.h"

namespace tenure {

namespace {

constexpr std::size_t most_events = 2000;
/// So many events in a row bring nothing new: the rest would not either.
constexpr std::size_t most_in_vain = 400;
/// One event in so many is the first of a device whose configuration is drawn.
constexpr std::size_t between_first_events = 16;
/// A list with more copies of an entry grows, and says how long the runs were.
constexpr std::ptrdiff_t most_copies = 2;

bool grows(const State& state) {
  return std::any_of(state.lists.begin(), state.lists.end(), [](const std::vector<ListEntry>& list) {
    return std::any_of(list.begin(), list.end(), [&](const ListEntry& entry) {
      return std::count(list.begin(), list.end(), entry) > most_copies;
    });
  });
}

std::vector<std::vector<ProcedureId>> calls_of(const State& state) {
  std::vector<std::vector<ProcedureId>> calls;
  for (const std::vector<ListEntry>& list : state.lists) {
    calls.emplace_back();
    for (const ListEntry& entry : list) calls.back().push_back(entry.procedure);
  }
  return calls;
}

}  // namespace

SampledLists::SampledLists(const Program& program, const std::vector<VariableId>& control) : control_(control) {
  RandomRuns runs(program);
  std::set<State> seen;
  std::map<std::vector<std::int32_t>, std::vector<State>> known;  // the same, by control
  std::set<std::pair<std::vector<std::int32_t>, std::vector<std::vector<ProcedureId>>>> noted;
  std::size_t in_vain = 0;
  for (std::size_t event = 0; event < most_events && in_vain < most_in_vain; ++event, ++in_vain) {
    State before;
    if (event % between_first_events == 0 || known.empty()) {
      before = runs.first_state();
    } else {
      const auto& [values, states] = *std::next(known.begin(), static_cast<std::ptrdiff_t>(runs.below(known.size())));
      before = states[runs.below(states.size())];
    }
    Path::Event decided;
    std::optional<State> after = runs.after_any_event(std::move(before), decided);
    if (!after || grows(*after)) continue;
    const std::vector<std::int32_t> values = control_of(*after);
    if (noted.emplace(values, calls_of(*after)).second) {
      lists_[values].push_back(after->lists);
      in_vain = 0;
    }
    if (seen.insert(*after).second) known[values].push_back(std::move(*after));
  }
}

std::vector<std::int32_t> SampledLists::control_of(const State& state) const {
  std::vector<std::int32_t> values;
  for (const VariableId v : control_) values.push_back(state.values[v]);
  return values;
}

const std::vector<SampledLists::Lists>& SampledLists::at(const std::vector<std::int32_t>& control) const {
  static const std::vector<Lists> nothing;
  const auto found = lists_.find(control);
  return found == lists_.end() ? nothing : found->second;
}

}  // namespace tenure
