#include "model/diagnostic.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace tenure {

namespace {

std::string joined(const std::vector<Diagnostic>& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics) lines += (lines.empty() ? "" : "\n") + to_string(diagnostic);
  return lines;
}

/// Levenshtein's distance, where two neighbours that changed places count as one edit.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> before(to.size() + 1), previous(to.size() + 1), current(to.size() + 1);
  std::iota(previous.begin(), previous.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      current[j] = std::min({replaced, previous[j] + 1, current[j - 1] + 1});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
        current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[to.size()];
}

}  // namespace

std::string escape_pointer(std::string_view key) {
  std::string escaped;
  for (const char c : key) {
    if (c == '~')
      escaped += "~0";
    else if (c == '/')
      escaped += "~1";
    else
      escaped += c;
  }
  return escaped;
}

std::uint32_t InputFile::add_value(std::uint32_t parent, std::string key) {
  values_.push_back({parent, std::move(key)});
  return static_cast<std::uint32_t>(values_.size() - 1);
}

std::string InputFile::pointer(std::uint32_t value) const {
  std::string pointer;
  for (; value != 0; value = values_[value].parent) pointer.insert(0, "/" + escape_pointer(values_[value].key));
  return pointer;
}

Place whole_file(std::string name) {
  Place place;
  place.file = std::make_shared<const InputFile>(std::move(name));
  return place;
}

const std::string& Place::file_name() const {
  static const std::string none;
  return file ? file->name() : none;
}

Place Place::character(std::size_t offset) const {
  Place place = *this;
  place.columns = nullptr;
  if (columns && !columns->empty())
    place.column = offset < columns->size() ? (*columns)[offset] : columns->back() + 1;
  else
    place.column += static_cast<int>(offset) + 1;
  return place;
}

std::string to_string(const Diagnostic& diagnostic) {
  const Place& place = diagnostic.place;
  std::string line = place.file_name();
  if (place.line > 0) line += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  if (!line.empty()) line += ": ";
  line += "error: " + diagnostic.message;
  if (place.value != 0) line += " (at " + place.pointer() + ")";
  return line;
}

void Diagnostics::add(const Place& place, std::string message) {
  list_.push_back({place, std::move(message)});
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<std::string> files;
  for (const Diagnostic& diagnostic : list_)
    if (std::find(files.begin(), files.end(), diagnostic.place.file_name()) == files.end())
      files.push_back(diagnostic.place.file_name());
  const auto position = [&](const Diagnostic& diagnostic) {
    const auto file = std::find(files.begin(), files.end(), diagnostic.place.file_name()) - files.begin();
    return std::tuple(file, diagnostic.place.line, diagnostic.place.column);
  };
  std::vector<Diagnostic> result = list_;
  std::stable_sort(result.begin(), result.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return position(a) < position(b); });
  const auto same = [&](const Diagnostic& a, const Diagnostic& b) {
    return position(a) == position(b) && a.message == b.message && a.place.pointer() == b.place.pointer();
  };
  result.erase(std::unique(result.begin(), result.end(), same), result.end());
  return result;
}

void Diagnostics::throw_if_any() const {
  if (!empty()) throw InputError(sorted());
}

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(joined(diagnostics)), diagnostics_(std::move(diagnostics)) {}

void refuse(const Place& place, std::string message) {
  throw InputError({{place, std::move(message)}});
}

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
  constexpr std::size_t most_candidates = 2000;  // no spec has more; it keeps thousands of mistakes fast
  if (candidates.size() > most_candidates) return "";
  std::string best;
  std::size_t least = name.size();
  for (const std::string& candidate : candidates) {
    const std::size_t longest = std::max(name.size(), candidate.size());
    const std::size_t shortest = std::min(name.size(), candidate.size());
    if ((longest - shortest) * 3 > longest) continue;
    const std::size_t distance = edit_distance(name, candidate);
    if (distance * 3 > longest || distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

std::string suggestion(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string near = nearest(name, candidates);
  return near.empty() ? "" : ", did you mean '" + near + "'?";
}

}  // namespace tenure
