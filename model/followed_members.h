#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/program.h"

// One arbitrary member of a family in place of all: what is done to the others is left out, what is read of them may be
// anything. Indices are three classes then, those below the member, the member, and those above it, so that a size of 3
// stands for every greater one. That covers all runs when no member's part in a loop has to do with another's, which is
// what is checked here.
namespace tenure {

/// A size of whose families one member is followed.
struct FollowedSize {
  const Variable* declared = nullptr;
  VariableId size = none;    ///< how many members there are
  VariableId member = none;  ///< the index of the one that is followed
};

/// Why the members of a family have to do with each other.
struct Objection {
  std::uint32_t size;  ///< index in FollowedMembers::sizes
  std::string says;
};

/// Two indices that have to be the same wherever a procedure is called.
struct SameMember {
  ProcedureId procedure;
  TermId first, second;
  Objection otherwise;
};

/// What a compiler knows of the members that are followed.
struct FollowedMembers {
  std::vector<FollowedSize> sizes;
  std::set<TermId> made_terms;            ///< about indices, but only where a member is followed
  std::set<ProcedureId> made_procedures;  ///< likewise
  std::vector<Objection> objections;      ///< that show as the program is compiled
  std::vector<SameMember> same;
};

/// Why following one member would not cover all runs; nothing when it does. `program` was compiled with `followed`.
std::vector<Objection> objections_to(const Program& program, const FollowedMembers& followed);

}  // namespace tenure
