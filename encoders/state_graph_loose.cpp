#include <algorithm>

#include "encoders/state_graph.h"

// States between two events of which not all is kept, and events that do more than they do.
namespace tenure {

void StateGraph::loosen(const Loosening& loosening, const Kept& kept) {
  loosening_ = &loosening;
  kept_ = kept;
  executor_.loosen(loosening);
  for (std::uint32_t id = 0; id < locations(); ++id) {
    if (!locations_[id].reached.empty()) wait(id);
  }
}

/// Where each cell is kept.
std::vector<Literal> StateGraph::kept_cells(const Location& location, const Kept& kept) const {
  std::vector<Literal> cells(location.cells.size(), true_literal);
  if (kept.variables.empty()) return cells;
  for (std::size_t i = 0; i < tracked_.size(); ++i) cells[i] = kept.variables[tracked_[i]];
  for (const std::vector<PossibleEntry>& entries : location.lists) {
    for (const PossibleEntry& entry : entries) {
      const auto found = kept.entries.find(entry.procedure);
      if (found == kept.entries.end()) continue;
      cells[entry.present] = found->second;
      for (const std::uint32_t argument : entry.arguments) cells[argument] = found->second;
    }
  }
  return cells;
}

/// What each cell may be when it is not kept; nothing: it is always kept.
std::vector<std::set<std::int32_t>> StateGraph::values_of_cells(const Location& location) const {
  std::vector<std::set<std::int32_t>> values(location.cells.size());
  const auto& seen = loosening_->seen.variables;
  for (std::size_t i = 0; i < tracked_.size(); ++i) values[i] = seen[tracked_[i]];
  for (const std::vector<PossibleEntry>& entries : location.lists) {
    for (const PossibleEntry& entry : entries) {
      if (!kept_.entries.contains(entry.procedure)) continue;
      values[entry.present] = {0, 1};
      const std::vector<VariableId>& parameters = program_.procedures[entry.procedure].parameters;
      for (std::size_t k = 0; k < entry.arguments.size(); ++k) values[entry.arguments[k]] = seen[parameters[k]];
    }
  }
  return values;
}

/// The cells as an event finds them.
std::vector<ValueId> StateGraph::used_cells(const Location& location) const {
  std::vector<ValueId> cells = location.cells;
  if (loosening_ == nullptr) return cells;
  const std::vector<Literal> kept = kept_cells(location, kept_);
  const std::vector<std::set<std::int32_t>> values = values_of_cells(location);
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    if (kept[cell] == true_literal || values[cell].empty()) continue;
    cells[cell] = pool_.choice(kept[cell], cells[cell], pool_.fresh({values[cell].begin(), values[cell].end()}).value);
  }
  return cells;
}

/// Whether cells that are in no bundle are as they always are.
Literal StateGraph::is_usual(const Location& location, const std::vector<ValueId>& cells,
                             const std::vector<Literal>& kept) const {
  const std::vector<bool> is_free = free_cells_of(location);
  Literal all = true_literal;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    if (is_free[cell]) continue;
    const Literal same = pool_.equal(cells[cell], location.cells[cell]);
    all = graph_.conjunction(all, graph_.disjunction(negation(kept[cell]), same));
  }
  return all;
}

/// Whether cells that are not kept have values that they may have.
Literal StateGraph::is_closed(const Location& location, const std::vector<ValueId>& cells,
                              const std::vector<Literal>& kept) const {
  if (loosening_ == nullptr) return true_literal;
  const std::vector<std::set<std::int32_t>> values = values_of_cells(location);
  Literal all = true_literal;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    if (kept[cell] == true_literal || values[cell].empty()) continue;
    for (const Case& each : pool_.cases(cells[cell])) {
      if (!values[cell].contains(each.value)) all = graph_.conjunction(all, negation(each.when));
    }
  }
  return all;
}

}  // namespace tenure
