#include "model/patch_diff.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tenure {

namespace {

using Cost = std::size_t;

/// Where lists are longer than this, multiplied, elements are compared by their index.
constexpr std::size_t most_pairs = 4'000'000;

Json text_json(const std::string& text) {
  Json json;
  json.type = Json::Type::string;
  json.text = text;
  return json;
}

Json operation(const std::string& op, const std::string& path, const Json* value) {
  Json json;
  json.type = Json::Type::object;
  json.members.push_back({"op", text_json(op), {}});
  json.members.push_back({"path", text_json(path), {}});
  if (value != nullptr) json.members.push_back({"value", *value, {}});
  return json;
}

std::string below(const std::string& path, const std::string& key) {
  return path + "/" + escape_pointer(key);
}

std::string below(const std::string& path, std::size_t index) {
  return path + "/" + std::to_string(index);
}

/// How much it is to write: the values that it consists of.
Cost size_of(const Json& value) {
  Cost size = 1;
  for (const Json& element : value.elements) size += size_of(element);
  for (const Json::Member& member : value.members) size += size_of(member.value);
  return size;
}

/// Whether an object whose order says something comes out in another order when its members are changed one by one.
bool loses_order(const Json& from, const Json& to, const std::string& key) {
  if (key != "params") return false;
  std::vector<std::string> made, wanted;
  for (const Json::Member& member : from.members)
    if (to.find(member.key) != nullptr) made.push_back(member.key);
  for (const Json::Member& member : to.members) {
    if (from.find(member.key) == nullptr) made.push_back(member.key);
    wanted.push_back(member.key);
  }
  return made != wanted;
}

/// Whether there is nothing to change.
bool is_unchanged(const Json& from, const Json& to, const std::string& key) {
  if (!is_same(from, to)) return false;
  for (std::size_t i = 0; i < from.elements.size(); ++i)
    if (!is_unchanged(from.elements[i], to.elements[i], "")) return false;
  for (const Json::Member& member : from.members)
    if (!is_unchanged(member.value, *to.find(member.key), member.key)) return false;
  return !loses_order(from, to, key);
}

Cost cost_of_change(const Json& from, const Json& to, const std::string& key);

/// Which elements of two lists belong together: what is the same at both ends does, and between them a cheapest way
/// of keeping, removing and inserting is looked for.
class Alignment {
 public:
  Alignment(const std::vector<Json>& from, const std::vector<Json>& to) : from_(from), to_(to) {
    const std::size_t shorter = std::min(from.size(), to.size());
    while (begin_ < shorter && is_unchanged(from[begin_], to[begin_], "")) ++begin_;
    while (end_ < shorter - begin_ && is_unchanged(from[from.size() - 1 - end_], to[to.size() - 1 - end_], "")) ++end_;
    rows_ = from.size() - begin_ - end_;
    columns_ = to.size() - begin_ - end_;
    is_by_index_ = count(from_, rows_) * count(to_, columns_) > most_pairs;
    if (!is_by_index_) fill();
  }

  std::size_t begin() const { return begin_; }
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }

  enum class Step { change, remove, insert };
  /// The next step when `i` elements of the one list and `j` of the other are done, both counted from begin().
  Step step(std::size_t i, std::size_t j) const {
    if (i == rows_) return Step::insert;
    if (j == columns_) return Step::remove;
    if (is_by_index_) return Step::change;
    if (at(i, j) == at(i + 1, j) + removed(i)) return Step::remove;
    if (at(i, j) == at(i, j + 1) + inserted(j)) return Step::insert;
    return Step::change;
  }

  Cost cost() const {
    if (!is_by_index_) return at(0, 0);
    Cost cost = 0;
    for (std::size_t i = 0, j = 0; i < rows_ || j < columns_;) {
      const Step next = step(i, j);
      cost += next == Step::change ? changed(i, j) : next == Step::remove ? removed(i) : inserted(j);
      i += next == Step::insert ? 0 : 1;
      j += next == Step::remove ? 0 : 1;
    }
    return cost;
  }

 private:
  std::size_t count(const std::vector<Json>& list, std::size_t length) const {
    std::size_t size = 0;
    for (std::size_t i = begin_; i < begin_ + length; ++i) size += size_of(list[i]);
    return size;
  }

  void fill() {
    costs_.assign((rows_ + 1) * (columns_ + 1), 0);
    for (std::size_t i = rows_ + 1; i-- > 0;) {
      for (std::size_t j = columns_ + 1; j-- > 0;) {
        Cost& best = costs_[i * (columns_ + 1) + j];
        if (i == rows_ && j == columns_) continue;
        best = SIZE_MAX;
        if (i < rows_) best = std::min(best, at(i + 1, j) + removed(i));
        if (j < columns_) best = std::min(best, at(i, j + 1) + inserted(j));
        if (i < rows_ && j < columns_) best = std::min(best, at(i + 1, j + 1) + changed(i, j));
      }
    }
  }

  Cost at(std::size_t i, std::size_t j) const { return costs_[i * (columns_ + 1) + j]; }
  Cost removed(std::size_t i) const { return 1 + size_of(from_[begin_ + i]); }
  Cost inserted(std::size_t j) const { return 1 + size_of(to_[begin_ + j]); }
  Cost changed(std::size_t i, std::size_t j) const { return cost_of_change(from_[begin_ + i], to_[begin_ + j], ""); }

  const std::vector<Json>& from_;
  const std::vector<Json>& to_;
  std::size_t begin_ = 0, end_ = 0, rows_ = 0, columns_ = 0;
  bool is_by_index_ = false;
  std::vector<Cost> costs_;  ///< of what is left, by what is done of both lists
};

Cost cost_of_replacing(const Json& from, const Json& to) {
  return 1 + size_of(from) + size_of(to);
}

/// What it costs to change a value in parts; SIZE_MAX when it has none.
Cost cost_in_parts(const Json& from, const Json& to, const std::string& key) {
  if (from.type != to.type || loses_order(from, to, key)) return SIZE_MAX;
  if (from.type == Json::Type::array) return Alignment(from.elements, to.elements).cost();
  if (from.type != Json::Type::object) return SIZE_MAX;
  Cost cost = 0;
  for (const Json::Member& member : from.members) {
    const Json* other = to.find(member.key);
    cost += other != nullptr ? cost_of_change(member.value, *other, member.key) : 1 + size_of(member.value);
  }
  for (const Json::Member& member : to.members)
    if (from.find(member.key) == nullptr) cost += 1 + size_of(member.value);
  return cost;
}

Cost cost_of_change(const Json& from, const Json& to, const std::string& key) {
  if (is_unchanged(from, to, key)) return 0;
  return std::min(cost_of_replacing(from, to), cost_in_parts(from, to, key));
}

class Differ {
 public:
  void change(const Json& from, const Json& to, const std::string& path, const std::string& key) {
    if (is_unchanged(from, to, key)) return;
    if (cost_in_parts(from, to, key) > cost_of_replacing(from, to)) {
      add("test", path, &from);
      add("replace", path, &to);
    } else if (from.type == Json::Type::array) {
      change_list(from.elements, to.elements, path);
    } else {
      change_object(from, to, path);
    }
  }

  std::vector<Json> take() { return std::move(operations_); }

 private:
  void add(const std::string& op, const std::string& path, const Json* value = nullptr) {
    operations_.push_back(operation(op, path, value));
  }

  void remove(const std::string& path, const Json& value) {
    add("test", path, &value);
    add("remove", path);
  }

  /// Tests what stands at a place by the first thing that it says.
  void recognize(const std::string& path, const Json& value) {
    if (!value.members.empty()) {
      recognize(below(path, value.members.front().key), value.members.front().value);
    } else if (!value.elements.empty()) {
      recognize(below(path, std::size_t{0}), value.elements.front());
    } else {
      add("test", path, &value);
    }
  }

  void change_object(const Json& from, const Json& to, const std::string& path) {
    for (const Json::Member& member : from.members) {
      const Json* other = to.find(member.key);
      if (other != nullptr)
        change(member.value, *other, below(path, member.key), member.key);
      else
        remove(below(path, member.key), member.value);
    }
    bool has_context = false;
    for (const Json::Member& member : to.members) {
      if (from.find(member.key) != nullptr) continue;
      if (!std::exchange(has_context, true)) recognize_object(from, to, path);
      add("add", below(path, member.key), &member.value);
    }
  }

  /// Tests the first member that an object keeps, as it is by now.
  void recognize_object(const Json& from, const Json& to, const std::string& path) {
    for (const Json::Member& member : from.members) {
      const Json* kept = to.find(member.key);
      if (kept != nullptr) return recognize(below(path, member.key), *kept);
    }
  }

  void change_list(const std::vector<Json>& from, const std::vector<Json>& to, const std::string& path) {
    const Alignment alignment(from, to);
    const std::size_t first = alignment.begin();
    bool has_context = false;
    for (std::size_t i = 0, j = 0; i < alignment.rows() || j < alignment.columns();) {
      const std::size_t index = first + j;
      const auto step = alignment.step(i, j);
      if (step == Alignment::Step::change) {
        change(from[first + i++], to[first + j++], below(path, index), "");
      } else if (step == Alignment::Step::remove) {
        remove(below(path, index), from[first + i++]);
      } else {
        if (!has_context && index > 0) recognize(below(path, index - 1), to[index - 1]);
        if (!has_context && first + i < from.size()) recognize(below(path, index), from[first + i]);
        add("add", below(path, index), &to[first + j++]);
      }
      has_context = step == Alignment::Step::insert;
    }
  }

  std::vector<Json> operations_;
};

}  // namespace

Json diff_patch(const Json& from, const Json& to) {
  Differ differ;
  differ.change(from, to, "", "");
  Json patch;
  patch.type = Json::Type::array;
  patch.elements = differ.take();
  return patch;
}

std::string patch_text(const std::string& file, const Json& operations) {
  constexpr std::size_t width = 160, margin = 8;
  std::string lines;
  for (const Json& each : operations.elements)
    lines += (lines.empty() ? "\n" : ",\n") + std::string(margin, ' ') + laid_out(each, width, margin, margin);
  if (!lines.empty()) lines += "\n      ";
  return "{\n  \"changes\": [\n    {\n      \"file\": " + to_text(text_json(file)) + ",\n      \"patch\": [" + lines +
         "]\n    }\n  ]\n}\n";
}

}  // namespace tenure
