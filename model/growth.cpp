#include "model/growth.h"

#include <algorithm>
#include <vector>

#include "model/walk.h"

namespace tenure {

namespace {

constexpr std::size_t least_rounds = 4;
constexpr std::size_t most_rounds = 32;

bool is_subsequence(const std::vector<ListEntry>& part, const std::vector<ListEntry>& whole) {
  auto next = part.begin();
  for (const ListEntry& entry : whole) {
    if (next != part.end() && *next == entry) ++next;
  }
  return next == part.end();
}

bool matters(const VariableInfo& variable) {
  return variable.is_read && variable.scope != Scope::local;
}

/// A lasso that goes round as often as it is followed at most.
Path repeated(const Path& lasso) {
  Path path = lasso;
  const auto begin = lasso.events.begin() + static_cast<std::ptrdiff_t>(lasso.repeats_from);
  for (std::size_t round = 1; round < most_rounds; ++round)
    path.events.insert(path.events.end(), begin, lasso.events.end());
  return path;
}

/// Follows the rounds of a lasso, until each counter that moves is beyond all that it is compared with: from then on no
/// comparison changes, so that what happened in one round happens in all.
class Rounds {
 public:
  /// `walk` is at the beginning of the repeated() lasso.
  Rounds(const Program& program, const Path& lasso, Walk& walk)
      : program_(program), walk_(walk), first_(lasso.repeats_from), length_(lasso.events.size() - lasso.repeats_from) {}

  /// Whether it goes on for ever.
  bool grow() {
    for (std::size_t events = 0; events < first_; ++events) follow_event({});
    std::vector<Moved> moving;  // in the round before
    for (std::size_t round = 1; round <= most_rounds; ++round) {
      const State before = walk_.machine().state;
      is_beyond_ = true;
      for (std::size_t events = 0; events < length_; ++events) follow_event(moving);
      if (!growing_list(program_, before, walk_.machine().state)) return false;
      const std::vector<Moved> moved = moved_since(before);
      if (round >= least_rounds && is_beyond_ && moving == moved) return true;
      moving = moved;
    }
    return false;
  }

 private:
  struct Moved {
    VariableId counter;
    std::int32_t by;
    friend bool operator==(const Moved&, const Moved&) = default;
  };

  /// The counters that are not what they were.
  std::vector<Moved> moved_since(const State& before) const {
    const State& after = walk_.machine().state;
    std::vector<Moved> counters;
    for (VariableId v = 0; v < program_.variables.size(); ++v) {
      const VariableInfo& variable = program_.variables[v];
      const std::int32_t by = after.values[v] - before.values[v];
      if (variable.compared && matters(variable) && by != 0) counters.push_back({v, by});
    }
    return counters;
  }

  /// Notes whether all the while these counters are beyond what they are compared with, on the side that they move to.
  void follow_event(const std::vector<Moved>& moving) {
    if (!walk_.next_event()) throw PathError("the path has no event");
    walk_.begin();
    while (const auto option = walk_.next()) {
      walk_.take(*option);
      for (const Moved& each : moving) is_beyond_ = is_beyond_ && is_beyond(each);
    }
  }

  bool is_beyond(const Moved& moved) const {
    const ComparedRange& range = *program_.variables[moved.counter].compared;
    const std::int32_t value = walk_.machine().state.values[moved.counter];
    return moved.by > 0 ? value > range.high : value < range.low;
  }

  const Program& program_;
  Walk& walk_;
  std::size_t first_, length_;
  bool is_beyond_ = true;
};

}  // namespace

std::optional<ListId> growing_list(const Program& program, const State& before, const State& after) {
  std::optional<ListId> longer;
  for (ListId list = 0; list < before.lists.size(); ++list) {
    if (before.lists[list] == after.lists[list]) continue;
    if (longer || before.lists[list].size() >= after.lists[list].size()) return std::nullopt;
    if (!is_subsequence(before.lists[list], after.lists[list])) return std::nullopt;
    longer = list;
  }
  for (VariableId v = 0; longer && v < program.variables.size(); ++v) {
    const VariableInfo& variable = program.variables[v];
    if (matters(variable) && !variable.compared && before.values[v] != after.values[v]) return std::nullopt;
  }
  return longer;
}

bool grows_again_and_again(const Program& program, const Path& path) {
  try {
    const Path longer = repeated(path);
    Walk walk(program, longer);
    return Rounds(program, path, walk).grow();
  } catch (const PathError&) {
    return false;
  }
}

}  // namespace tenure
