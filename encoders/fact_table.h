#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "model/grounds.h"
#include "model/program.h"

namespace tenure {

/// The facts about a program's statements. Loops are no facts, so that they end, and neither is what stands for events.
class FactTable {
 public:
  explicit FactTable(const Program& program);

  const std::vector<Fact>& facts() const { return facts_; }
  /// The index of the fact that a site belongs to; none: of none.
  const std::vector<std::uint32_t>& of_site() const { return of_site_; }
  /// By procedure, by node: whether a condition decides there what is done, not what is checked.
  std::vector<std::vector<bool>> loose_nodes() const;

 private:
  void add(SiteId id);
  bool is_loose(const Procedure& procedure, const Node& node) const;
  bool is_check(const Procedure& procedure, const Edge& edge) const;

  const Program& program_;
  std::vector<Fact> facts_;
  std::vector<std::uint32_t> of_site_;
  std::map<std::tuple<std::uint32_t, std::size_t, std::size_t>, std::uint32_t> known_;
  std::set<SiteId> loops_, resources_;
};

}  // namespace tenure
