#include <algorithm>

#include "cli/text.h"

// What proofs rest on.
namespace tenure {

namespace {

constexpr std::size_t most_states = 20;

std::string paragraph(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "    " : ", ") + word;
  std::string lines;
  for (const std::string& line : wrapped(text, 100, 4)) lines += line + "\n";
  return lines;
}

std::string lines_of(const std::vector<std::string>& texts, std::size_t most) {
  std::string lines;
  for (std::size_t i = 0; i < std::min(most, texts.size()); ++i) {
    for (const std::string& line : wrapped("    " + texts[i], 100, 6)) lines += line + "\n";
  }
  if (texts.size() > most) lines += "    ... and " + std::to_string(texts.size() - most) + " more\n";
  return lines;
}

std::string invariant_text(const Invariant& invariant) {
  std::string text;
  if (!invariant.states.empty()) {
    text +=
        "  between two events the device is always in one of these states:\n" + lines_of(invariant.states, most_states);
  }
  if (invariant.clauses.empty()) return text;
  return text + "  and this always holds:\n" + lines_of(invariant.clauses, invariant.clauses.size());
}

std::string needs_text(const Result& result) {
  const std::vector<Ground>& needs = result.grounds->needs;
  const std::string name(name_of(result.property));
  if (needs.empty()) return "  " + name + " needs no single one of them\n";
  std::string text = "  " + name + " needs, and is violated when one of these alone does nothing:\n";
  std::size_t width = 0;
  for (const Ground& each : needs) width = std::max(width, width_of(each.what));
  for (const Ground& each : needs) {
    const std::string place = each.line == 0 ? each.file : each.file + ":" + std::to_string(each.line);
    text += "    " + (place.empty() ? each.what : padded(each.what, std::min<std::size_t>(width, 60)) + "  " + place) +
            "\n";
  }
  return text;
}

}  // namespace

std::string grounds_text(const std::vector<Result>& results, const Style& style) {
  std::string text;
  const Result* before = nullptr;
  for (const Result& result : results) {
    if (!result.grounds) continue;
    if (before == nullptr || before->spec != result.spec) {
      text += "\n" + style.strong(result.driver) + ", what its proofs rest on\n";
      text += invariant_text(std::get<Holds>(result.verdict).invariant);
      text += "  of the kernel these functions run; a change of any other one leaves the proofs as they are:\n";
      text += paragraph(result.grounds->runs);
    }
    text += needs_text(result);
    before = &result;
  }
  return text;
}

}  // namespace tenure
