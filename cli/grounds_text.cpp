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

/// A line for each of the functions of the kernel; the statements of the driver below their function.
std::string core_text(const std::vector<Ground>& core) {
  std::size_t width = 0;
  for (const Ground& each : core) {
    if (each.statement.empty()) width = std::max(width, each.function.size() + 2);
  }
  std::string text;
  const Ground* before = nullptr;
  for (const Ground& each : core) {
    const std::string line = each.line == 0 ? "" : ":" + std::to_string(each.line);
    if (each.statement.empty()) {
      text += "    " + padded(each.function + "()", width) + "  " + each.file + line + "\n";
      continue;
    }
    const bool is_same = before != nullptr && before->function == each.function && before->file == each.file;
    if (!is_same) text += "    in " + each.function + "()" + (each.file.empty() ? "" : ", " + each.file) + "\n";
    text += "      " + (line.empty() ? "" : padded(line, 6) + " ") + each.statement + "\n";
    before = &each;
  }
  return text;
}

std::string rests_text(const Result& result) {
  const Grounds& grounds = *result.grounds;
  const std::string name(name_of(result.property));
  if (!grounds.is_known) return "  what " + name + " rests on of these is not known\n";
  if (grounds.rests_on.empty()) return "  " + name + " rests on none of this\n";
  return "  " + name + " rests on" + (grounds.is_least ? "" : ", or on less: a limit was reached") + "\n" +
         core_text(grounds.rests_on);
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
    text += rests_text(result);
    before = &result;
  }
  return text;
}

}  // namespace tenure
