#include "model/verdict.h"

namespace tenure {

std::string_view name_of(const Verdict& verdict) {
  if (const auto* holds = std::get_if<Holds>(&verdict)) return holds->bounds.empty() ? "holds" : "holds-bounded";
  if (std::holds_alternative<Violated>(verdict)) return "violated";
  if (std::holds_alternative<Unreachable>(verdict)) return "unreachable";
  return "undecided";
}

}  // namespace tenure
