#include "model/verdict.h"

#include <cctype>
#include <utility>

#include "model/plural.h"

namespace tenure {

std::string_view name_of(const Verdict& verdict) {
  if (const auto* holds = std::get_if<Holds>(&verdict)) return holds->bounds.empty() ? "holds" : "holds-bounded";
  if (std::holds_alternative<Violated>(verdict)) return "violated";
  if (std::holds_alternative<Unreachable>(verdict)) return "unreachable";
  return "undecided";
}

void add_sizes(const Program& program, Bounds& bounds) {
  for (const SizeInfo& size : program.sizes) {
    if (!size.cut.empty()) bounds.push_back(size.cut);
  }
}

std::string only_runs_of(std::uint32_t events) {
  return "only runs of at most " + plural(events, "event") + " were searched";
}

std::string name_of_unreachable(const std::string& goal) {
  std::string name = "never-";
  for (const char c : goal) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
  return name;
}

bool is_shorter(const Path& path, const Path& other) {
  return std::pair(path.events.size(), path.steps) < std::pair(other.events.size(), other.steps);
}

}  // namespace tenure
