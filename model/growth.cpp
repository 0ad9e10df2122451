#include "model/growth.h"

#include <algorithm>
#include <vector>

#include "model/walk.h"

namespace tenure {

namespace {

constexpr std::size_t rounds = 4;

bool is_subsequence(const std::vector<ListEntry>& part, const std::vector<ListEntry>& whole) {
  auto next = part.begin();
  for (const ListEntry& entry : whole) {
    if (next != part.end() && *next == entry) ++next;
  }
  return next == part.end();
}

}  // namespace

std::optional<ListId> growing_list(const Program& program, const State& before, const State& after) {
  for (VariableId v = 0; v < program.variables.size(); ++v) {
    const VariableInfo& variable = program.variables[v];
    const bool matters = variable.is_read && variable.scope != Scope::local;
    if (matters && before.values[v] != after.values[v]) return std::nullopt;
  }
  std::optional<ListId> longer;
  for (ListId list = 0; list < before.lists.size(); ++list) {
    if (before.lists[list] == after.lists[list]) continue;
    if (longer || before.lists[list].size() >= after.lists[list].size()) return std::nullopt;
    if (!is_subsequence(before.lists[list], after.lists[list])) return std::nullopt;
    longer = list;
  }
  return longer;
}

bool grows_again_and_again(const Program& program, const Path& path) {
  Path longer = path;
  const auto begin = path.events.begin() + static_cast<std::ptrdiff_t>(path.repeats_from);
  for (std::size_t round = 1; round < rounds; ++round) {
    longer.events.insert(longer.events.end(), begin, path.events.end());
  }
  const std::size_t length = path.events.size() - path.repeats_from;
  try {
    Walk walk(program, longer);
    std::optional<State> before;
    for (std::size_t events = 0;; ++events) {
      if (events >= path.repeats_from && (events - path.repeats_from) % length == 0) {
        if (before && !growing_list(program, *before, walk.machine().state)) return false;
        before = walk.machine().state;
      }
      if (!walk.next_event()) return true;
      walk.begin();
      while (const auto option = walk.next()) walk.take(*option);
    }
  } catch (const PathError&) {
    return false;
  }
}

}  // namespace tenure
