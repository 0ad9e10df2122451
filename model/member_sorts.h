#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "model/followed_members.h"

namespace tenure {

/// A loop over the members of a size: `for (i = 0; i < bound; ++i)`, or `for (i = bound - 1; i >= 0; --i)`.
struct MemberLoop {
  std::uint32_t size = none;  ///< index in FollowedMembers::sizes
  VariableId variable = none;
  VariableId bound = none;
  NodeId head = 0;
  std::vector<bool> nodes;              ///< of the procedure: whether an iteration that is completed goes through it
  std::vector<std::uint32_t> counting;  ///< edges that count: they give the variable its first and its next value
};

/// Which variables are indices of members, or how many there are: their sort is the size. Nothing else is known of such
/// a value than in which class of members it is.
class MemberSorts {
 public:
  /// Both must outlive it.
  MemberSorts(const Program& program, const FollowedMembers& followed);

  std::uint32_t operator[](VariableId variable) const { return sorts_[variable]; }
  /// The index in "index == followed member" (or in each part of a conjunction of these): what guards whatever is done
  /// to a member. None when a term is nothing of the kind.
  std::optional<std::vector<TermId>> indices_followed(TermId term) const;
  /// The variable that a term is, without an index; `none` when it is none.
  VariableId variable_of(TermId term) const;
  /// Whether a term is a variable that is an index of members, or how many there are.
  bool is_sorted(TermId term) const;
  /// The variable V and D = 1 or -1 of a term V + D.
  std::optional<std::pair<VariableId, int>> stepped(TermId term) const;
  bool is_constant(TermId term, std::int32_t value) const;

 private:
  void infer(const Procedure& procedure);
  void infer_from_term(TermId term);
  void unify(VariableId a, VariableId b);
  void unify(const std::vector<TermId>& arguments, ProcedureId callee);
  void give(VariableId variable, std::uint32_t size);

  const Program& program_;
  const FollowedMembers& followed_;
  std::vector<std::uint32_t> sorts_;
  bool changed_ = false;
};

/// The loops over members in a procedure, the inner ones after the outer ones.
std::vector<MemberLoop> member_loops(const Program& program, const Procedure& procedure, const MemberSorts& sorts);

/// Whether some run from a node of a procedure reads a local before it is assigned to.
bool is_live(const Program& program, const Procedure& procedure, NodeId node, VariableId local);

/// Calls `visit` for each term that an edge evaluates: its guard, and those of its action.
void for_each_term(const Edge& edge, const std::function<void(TermId)>& visit);

}  // namespace tenure
