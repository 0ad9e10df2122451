#include "model/group.h"

#include <algorithm>

namespace tenure {

namespace {

using Entries = std::vector<ListEntry>;

/// Where the group that begins at `begin` ends. A group is ended as the newest of its number, so that no other one of
/// that number begins in it.
std::optional<std::size_t> end_of(const Program& program, const Entries& list, std::size_t begin) {
  for (std::size_t i = begin + 1; i < list.size(); ++i) {
    if (!is_mark(program, list[i].procedure) || list[i].arguments != list[begin].arguments) continue;
    if (list[i].procedure == program.group_begins) return std::nullopt;
    return i;
  }
  return std::nullopt;
}

}  // namespace

std::optional<GroupMarks> find_group(const Program& program, const Entries& list, std::optional<std::int32_t> number) {
  for (std::size_t i = list.size(); i-- > 0;) {
    if (list[i].procedure != program.group_begins) continue;
    const auto end = end_of(program, list, i);
    if (number ? list[i].arguments.front() == *number : !end) return GroupMarks{i, end};
  }
  return std::nullopt;
}

std::vector<bool> taken_with_group(const Program& program, const Entries& list, const GroupMarks& group) {
  const std::size_t end = group.end.value_or(list.size() - 1);
  std::vector<bool> is_taken(list.size(), false);
  for (std::size_t i = group.begin; i <= end; ++i) {
    if (!is_mark(program, list[i].procedure)) is_taken[i] = true;
    if (list[i].procedure != program.group_begins) continue;
    const auto end_of_inner = end_of(program, list, i);
    if (end_of_inner && *end_of_inner > end) continue;
    is_taken[i] = true;
    if (end_of_inner) is_taken[*end_of_inner] = true;
  }
  return is_taken;
}

Entries take_group(const Program& program, Entries& list, const GroupMarks& group) {
  const std::vector<bool> is_taken = taken_with_group(program, list, group);
  Entries taken;
  Entries left;
  for (std::size_t i = 0; i < list.size(); ++i) (is_taken[i] ? taken : left).push_back(std::move(list[i]));
  list = std::move(left);
  return without_marks(program, std::move(taken));
}

Entries without_marks(const Program& program, Entries entries) {
  std::erase_if(entries, [&](const ListEntry& entry) { return is_mark(program, entry.procedure); });
  return entries;
}

}  // namespace tenure
