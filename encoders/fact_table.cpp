#include "encoders/fact_table.h"

#include <algorithm>

namespace tenure {

FactTable::FactTable(const Program& program) : program_(program), of_site_(program.sites.size(), none) {
  for (const Procedure& procedure : program.procedures) {
    for (const Edge& edge : procedure.edges) {
      if (edge.to <= edge.from) loops_.insert(edge.site);
      if (edge.effect != Effect::nothing) resources_.insert(edge.site);
    }
  }
  for (SiteId site = 0; site < program.sites.size(); ++site) add(site);
}

/// A statement of a driver function that is compiled several times is one fact.
void FactTable::add(SiteId id) {
  const Site& site = program_.sites[id];
  const bool is_no_fact = site.is_driver ? site.text.empty() : program_.functions[site.function].file.empty();
  if (loops_.contains(id) || is_no_fact) return;
  const auto line = site.is_driver ? static_cast<std::size_t>(site.place.line) : 0;
  const auto column = site.is_driver ? static_cast<std::size_t>(site.place.column) : 0;
  const auto [found, is_new] =
      known_.try_emplace({site.function, line, column}, static_cast<std::uint32_t>(facts_.size()));
  if (is_new) facts_.push_back({site.function, site.is_driver ? id : none});
  of_site_[id] = found->second;
}

std::vector<std::vector<bool>> FactTable::loose_nodes() const {
  std::vector<std::vector<bool>> all;
  for (const Procedure& procedure : program_.procedures) {
    all.emplace_back();
    for (const Node& node : procedure.nodes) all.back().push_back(is_loose(procedure, node));
  }
  return all;
}

bool FactTable::is_loose(const Procedure& procedure, const Node& node) const {
  if (!node.choice.empty() || node.edges.size() != 2) return false;
  return std::none_of(node.edges.begin(), node.edges.end(), [&](std::uint32_t id) {
    const Edge& edge = procedure.edges[id];
    return resources_.contains(edge.site) || loops_.contains(edge.site) || is_check(procedure, edge);
  });
}

/// Whether an edge leads to a goal at once.
bool FactTable::is_check(const Procedure& procedure, const Edge& edge) const {
  if (std::holds_alternative<Reach>(edge.action)) return true;
  const auto& next = procedure.nodes[edge.to].edges;
  return std::any_of(next.begin(), next.end(), [&](std::uint32_t id) {
    const Edge& after = procedure.edges[id];
    if (std::holds_alternative<Reach>(after.action)) return true;
    const bool goes_on = after.site == edge.site && after.guard != none && after.to > after.from;
    return goes_on && is_check(procedure, after);
  });
}

}  // namespace tenure
