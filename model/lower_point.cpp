#include "model/compiler.h"

// Goals for the points of a driver: whether a run comes to each of them.
namespace tenure {

namespace {

/// After a jump nothing leads to the next statement, and to a label more than the statement before it does.
bool leads_on(const Statement& statement) {
  return !std::holds_alternative<ReturnStatement>(statement.what) &&
         !std::holds_alternative<GotoStatement>(statement.what) &&
         !std::holds_alternative<LabelStatement>(statement.what) &&
         !std::holds_alternative<CrashStatement>(statement.what);
}

}  // namespace

/// The point of a statement, or of a side of it; gives its index. A function that is compiled several times has each of
/// its points once. A label is no point: what stands behind it is.
std::uint32_t Lowering::point(const Statement& statement, const std::string& side, const Block& block) {
  const bool is_label = std::holds_alternative<LabelStatement>(statement.what);
  if (!compiler_.options_.has_points || environment_.driver < 0 || is_label) return none;
  Program& program = compiler_.program_;
  const Site& site = program.sites[site_];
  const std::string says = site.text + (side.empty() ? "" : ": " + side);
  const Place& place = statement.place;
  const std::string key = std::to_string(environment_.driver) + ":" + std::to_string(place.line) + ":" +
                          std::to_string(place.column) + ": " + says;
  const auto [found, is_new] = compiler_.points_.try_emplace(key, static_cast<std::uint32_t>(program.points.size()));
  if (is_new) {
    Point point;
    point.goal = compiler_.goal(key);
    point.leader = leader_;
    point.function = program.functions[site.function].name;
    const Unit& driver = *compiler_.spec_.drivers[static_cast<std::size_t>(environment_.driver)];
    point.file = site.file.empty() ? driver.source_file : site.file;
    point.line = site.line;
    point.says = says;
    if (statement.at != 0) point.lines.push_back(statement.at);
    for (const Statement& inner : block) {
      if (inner.at != 0) point.lines.push_back(inner.at);
    }
    point.place = place;
    program.points.push_back(std::move(point));
  }
  step(Reach{program.points[found->second].goal});
  return leads_on(statement) ? found->second : none;
}

/// One way out of a statement, and the block there.
void Lowering::side(const Statement& statement, const std::string& which, const Block& block) {
  const std::uint32_t before = leader_;
  leader_ = point(statement, which, block);
  body(block);
  leader_ = before;
}

}  // namespace tenure
