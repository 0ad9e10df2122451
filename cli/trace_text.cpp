#include <algorithm>
#include <utility>

#include "cli/text.h"

// The steps of a trace as lines.
namespace tenure {

namespace {

constexpr std::size_t widest_call = 56;

std::string text_of(const Change& change) {
  switch (change.kind) {
    case Change::Kind::variable:
      return change.name + ": " + std::to_string(change.before) + " -> " + std::to_string(change.after);
    case Change::Kind::deferred:
      return change.list + " gets " + change.name;
    case Change::Kind::taken_back:
      return change.list + " loses " + change.name;
    case Change::Kind::acquired:
      return "acquired " + change.name;
    case Change::Kind::released:
      return "released " + change.name;
    case Change::Kind::lost:
      return "lost " + change.name;
  }
  return "";
}

/// Lists things in lines of at most `width` characters, each line with the margin; no thing is broken.
std::vector<std::string> filled(const std::vector<std::string>& things, std::size_t width, const std::string& margin) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t i = 0; i < things.size(); ++i) {
    const std::string thing = things[i] + (i + 1 < things.size() ? "," : "");
    if (!line.empty() && width_of(line) + 1 + width_of(thing) > width) lines.push_back(std::exchange(line, ""));
    line += (line.empty() ? margin : " ") + thing;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

class StepWriter {
 public:
  StepWriter(const std::vector<TraceStep>& steps, const StepLayout& layout, const Style& style)
      : steps_(steps), layout_(layout), style_(style) {}

  std::vector<std::string> write(std::size_t begin, std::size_t end);

 private:
  static std::string indent(const TraceStep& step) {
    return std::string(2 + 2 * static_cast<std::size_t>(step.depth), ' ');
  }
  static std::string head(const TraceStep& step);
  std::string place(const TraceStep& step) const;
  void open(const TraceStep& step);
  void close(const TraceStep& step);

  const std::vector<TraceStep>& steps_;
  const StepLayout& layout_;
  const Style& style_;
  std::size_t width_ = 0;
  std::string file_;  ///< of the line above
  std::vector<std::string> lines_;
};

std::string StepWriter::head(const TraceStep& step) {
  return indent(step) + (step.list.empty() ? "" : step.list + ": ") + step.call;
}

/// The file is written once, where it changes.
std::string StepWriter::place(const TraceStep& step) const {
  if (!layout_.has_places || step.line == 0) return "";
  return (step.file == file_ ? "" : step.file) + ":" + std::to_string(step.line);
}

std::vector<std::string> StepWriter::write(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) width_ = std::max(width_, width_of(head(steps_[i])));
  width_ = std::min(width_, widest_call);
  std::vector<std::size_t> opened;
  for (std::size_t i = begin; i < end; ++i) {
    for (; !opened.empty() && steps_[opened.back()].depth >= steps_[i].depth; opened.pop_back()) {
      close(steps_[opened.back()]);
    }
    open(steps_[i]);
    opened.push_back(i);
  }
  for (; !opened.empty(); opened.pop_back()) close(steps_[opened.back()]);
  return std::move(lines_);
}

void StepWriter::open(const TraceStep& step) {
  if (step.depth == 0) {
    if (layout_.has_places) lines_.emplace_back();
    lines_.push_back("  " + style_.strong(step.event) + (step.says.empty() ? "" : style_.faint(": " + step.says)) +
                     (step.outcome.empty() ? "" : "; " + step.outcome));
    file_.clear();
    return;
  }
  const std::string where = place(step);
  if (step.line != 0) file_ = step.file;
  std::string line = head(step);
  if (!where.empty() || !step.outcome.empty()) line = padded(line, layout_.has_places ? width_ : 0) + "  ";
  line += style_.faint(where) + (where.empty() || step.outcome.empty() ? "" : "  ") + step.outcome;
  lines_.push_back(line);
}

/// What happened in a step stands below its parts.
void StepWriter::close(const TraceStep& step) {
  const std::string margin = indent(step) + "  ";
  std::vector<std::string> changes;
  for (const Change& change : step.changes) changes.push_back(text_of(change));
  for (std::string& line : filled(changes, layout_.width, margin)) lines_.push_back(std::move(line));
  for (const std::string& remark : step.remarks) {
    const bool is_alarm = remark.starts_with("WARN ") || remark.starts_with("crash ");
    for (const std::string& line :
         wrapped(margin + (is_alarm ? "! " : "* ") + remark, layout_.width, margin.size() + 2)) {
      lines_.push_back(is_alarm ? style_.bad(line) : line);
    }
  }
}

}  // namespace

std::vector<std::string> step_lines(const std::vector<TraceStep>& steps, std::size_t begin, std::size_t end,
                                    const StepLayout& layout, const Style& style) {
  return StepWriter(steps, layout, style).write(begin, end);
}

}  // namespace tenure
