#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/interpreter.h"
#include "model/program.h"

namespace tenure {

/// The marks of a group: where they stand on the list, oldest entry 0.
struct GroupMarks {
  std::size_t begin = 0;
  std::optional<std::size_t> end;  ///< none while the group is open
};

/// Whether it marks where a group begins or ends, and is no call.
inline bool is_mark(const Program& program, ProcedureId procedure) {
  return procedure == program.group_begins || procedure == program.group_ends;
}

/// The newest group of a number, or the newest that is still open when there is no number. Nothing when there is none.
std::optional<GroupMarks> find_group(const Program& program, const std::vector<ListEntry>& list,
                                     std::optional<std::int32_t> number);

/// Which entries go off the list when a group is run: what lies in it, and the marks of groups that lie in it wholly.
/// Marks of one that lies in it in part stay.
std::vector<bool> taken_with_group(const Program& program, const std::vector<ListEntry>& list, const GroupMarks& group);

/// Takes a group that is to be run off its list: gives the entries, oldest first, without marks.
std::vector<ListEntry> take_group(const Program& program, std::vector<ListEntry>& list, const GroupMarks& group);

/// The entries that are no marks.
std::vector<ListEntry> without_marks(const Program& program, std::vector<ListEntry> entries);

}  // namespace tenure
