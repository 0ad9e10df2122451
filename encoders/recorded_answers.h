#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace tenure {

/// What a solver answered to a row of questions, to be asked the same again without it. Whoever asks must not rely on
/// the answers being true: they may come from anywhere.
class RecordedAnswers {
 public:
  RecordedAnswers() = default;
  /// The text of text(), or of somebody else.
  explicit RecordedAnswers(std::string text) : text_(std::move(text)) {}

  void put(bool answer) { text_ += answer ? '1' : '0'; }
  /// The next one that was put; false past the last one, which leads to no further questions.
  bool next() {
    const std::size_t now = next_++;
    return now < text_.size() && text_[now] == '1';
  }
  /// Whether next() gave all that was put, and no more.
  bool is_used_up() const { return next_ == text_.size(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t next_ = 0;
};

}  // namespace tenure
