#include <algorithm>

#include "model/compiler.h"

// Sizes, and families of which one arbitrary member is followed.
namespace tenure {

namespace {

/// How many members stand for any number of them: one below the member that is followed, that one, and one above it.
constexpr std::int32_t classes_of_members = 3;

/// The index of the member that an instance is of; `none` when it is not known.
TermId member_of(const Family& family, const ResourceBinding& binding) {
  return family.is_by_member ? binding.member : binding.index;
}

}  // namespace

/// Index in followed_ of a size; `none` when its families are there with all their members.
std::uint32_t Compiler::followed_by(const std::string& size) const {
  const auto found = std::find_if(followed_.sizes.begin(), followed_.sizes.end(),
                                  [&](const FollowedSize& each) { return each.declared->name == size; });
  return found == followed_.sizes.end() ? none : static_cast<std::uint32_t>(found - followed_.sizes.begin());
}

std::uint32_t Compiler::count_of(int count, const std::string& size) const {
  return static_cast<std::uint32_t>(followed_by(size) == none ? count : classes_of_members);
}

/// Notes what of a size is left out, or what stands for it where one member is followed.
void Compiler::declare_size(const Variable& size, VariableId id) {
  const std::uint32_t index = followed_by(size.name);
  if (index != none) {
    VariableInfo& info = program_.variables[id];
    info.values.clear();
    for (std::int32_t n = std::min(size.low, classes_of_members - 1); n <= std::min(size.high, classes_of_members); ++n)
      info.values.push_back(n);
    VariableInfo member;
    member.name = "the member of " + size.name + " that is followed";
    member.scope = Scope::fixed;
    member.values = {0, 1};
    followed_.sizes[index].size = id;
    followed_.sizes[index].member = new_variable(std::move(member));
  }
  const bool is_cut = index == none && size.high > size.values.back();
  const auto range = [](std::int32_t low, std::int32_t high) {
    return low == high ? std::to_string(low) : std::to_string(low) + " to " + std::to_string(high);
  };
  program_.sizes.push_back({id, is_cut ? size.name + ": of " + range(size.low, size.high) + " only " +
                                             range(size.values.front(), size.values.back())
                                       : ""});
}

/// That an instance is one of the member that is followed; `none` when all are.
TermId Compiler::is_followed(const Family& family, const ResourceBinding& binding) {
  if (family.followed == none) return none;
  const TermId member = member_of(family, binding);
  if (member == none) {
    followed_.objections.push_back({family.followed, family.name + " is passed on, so that its member is not known"});
    return constant(0);
  }
  return operation(Operator::equal, member, variable(followed_.sizes[family.followed].member));
}

TermId Compiler::is_followed(const CompiledVariable& compiled, const Reference& member) {
  const std::uint32_t index = followed_by(compiled.variable->size);
  if (index == none) return none;
  const TermId place =
      member.index != none ? member.index : constant(static_cast<std::int32_t>(member.first - compiled.id));
  return operation(Operator::equal, place, variable(followed_.sizes[index].member));
}

/// What a member needs of another one is not known where one alone is followed.
void Compiler::object_to_other_member(ProcedureId procedure, const ResourceBinding& holder,
                                      const ResourceBinding& needed) {
  const Family& held = families_[holder.family];
  const Family& other = families_[needed.family];
  if (held.followed == none || other.followed == none) return;
  const TermId first = member_of(held, holder);
  const TermId second = member_of(other, needed);
  const Objection objection{held.followed, held.name + " may need another member's " + other.name};
  if (held.followed == other.followed && first != none && second != none)
    followed_.same.push_back({procedure, first, second, objection});
  else
    followed_.objections.push_back(objection);
}

/// A boolean of a member: its value where that is followed, else anything.
TermId Compiler::as_known(TermId is_followed, TermId value) {
  return is_followed == none ? value : operation(Operator::conditional, is_followed, value, variable(unknown()));
}

/// A condition of the life cycle, where there is no choice of what is not known.
TermId Compiler::condition(const Expression& expression, const Environment& environment) {
  unknowns_.clear();
  const TermId term = this->term(expression, environment);
  for (std::uint32_t size = 0; size < followed_.sizes.size() && !unknowns_.empty(); ++size)
    followed_.objections.push_back({size, "a condition of the life cycle asks for '" + expression.text + "'"});
  unknowns_.clear();
  return term;
}

/// A boolean that the environment chooses each time it is read.
VariableId Compiler::unknown() {
  unknowns_.push_back(new_variable("unknown", Scope::local));
  return unknowns_.back();
}

}  // namespace tenure
