#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "model/link_body.h"
#include "model/link_symbols.h"
#include "model/link_walk.h"

namespace tenure {

namespace {

/// Where a statement stands: how many come before it, and the blocks around it.
struct Position {
  std::size_t order = 0;
  std::vector<const Block*> blocks;
};

class LabelCheck {
 public:
  explicit LabelCheck(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void collect(const Block& block) {
    here_.blocks.push_back(&block);
    for (const Statement& statement : block) {
      ++here_.order;
      if (const auto* label = std::get_if<LabelStatement>(&statement.what)) define(label->label, statement.place);
      if (const auto* jump = std::get_if<GotoStatement>(&statement.what))
        gotos_.push_back({jump->label, statement.place, here_});
      if (const auto* call = std::get_if<CallStatement>(&statement.what))
        if (call->on_error && !call->on_error->label.empty())
          gotos_.push_back({call->on_error->label, call->on_error->place, here_});
      for_each_block(statement, [&](const Block& inner) { collect(inner); });
    }
    here_.blocks.pop_back();
  }

  void check() {
    for (const Goto& jump : gotos_) check(jump);
    for (const auto& [name, label] : labels_)
      if (!label.is_used) diagnostics_.add(label.place, "label '" + name + "' is never used, expected a goto to it");
  }

 private:
  struct Label {
    Place place;
    Position position;
    bool is_used = false;
  };
  struct Goto {
    std::string label;
    Place place;
    Position position;
  };

  void define(const std::string& name, const Place& place) {
    if (name.empty()) return;
    const auto [found, is_new] = labels_.insert({name, Label{place, here_, false}});
    if (!is_new)
      diagnostics_.add(place, "label '" + name + "' is defined already on line " +
                                  std::to_string(found->second.place.line) + ", expected another name");
  }

  void check(const Goto& jump) {
    if (jump.label.empty()) return;
    const auto found = labels_.find(jump.label);
    if (found == labels_.end()) {
      std::vector<std::string> known;
      for (const auto& [name, label] : labels_) known.push_back(name);
      diagnostics_.add(jump.place, unknown_name("label", jump.label, known));
      return;
    }
    Label& label = found->second;
    label.is_used = true;
    const auto& around = jump.position.blocks;
    const std::string what = "goto '" + jump.label + "' ";
    if (label.position.order < jump.position.order)
      diagnostics_.add(jump.place,
                       what + "leads back to line " + std::to_string(label.place.line) + ", expected a loop");
    else if (std::find(around.begin(), around.end(), label.position.blocks.back()) == around.end())
      diagnostics_.add(jump.place, what + "enters a block, expected the label in this block or one around it");
  }

  Diagnostics& diagnostics_;
  Position here_;
  std::map<std::string, Label> labels_;
  std::vector<Goto> gotos_;
};

}  // namespace

void check_labels(const Block& body, Diagnostics& diagnostics) {
  LabelCheck labels(diagnostics);
  labels.collect(body);
  labels.check();
}

}  // namespace tenure
