#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/text.h"

namespace tenure {

namespace {

constexpr std::size_t label_width = 28, column_width = 11;
constexpr std::size_t most_drivers = 5;

struct Row {
  const char* label;
  Work work;
};

constexpr std::array rows{
    Row{"verdicts: states", Work::states},
    Row{"verdicts: proofs", Work::proofs},
    Row{"verdicts: random runs", Work::random_runs},
    Row{"traces: shortest runs", Work::searches},
    Row{"re-checks", Work::checks},
};
static_assert(rows.size() == works);

std::string number(double seconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", seconds);
  return text.data();
}

std::string cell(const std::string& text) {
  return std::string(text.size() < column_width ? column_width - text.size() : 1, ' ') + text;
}

double seconds_of_process() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// The drivers that took longest, with the commits or semantics of each together.
std::string longest(const std::vector<Spent>& spent) {
  std::map<std::string, double> of_driver;
  for (const Spent& each : spent) of_driver[each.driver] += each.times.sum();
  std::vector<std::pair<double, std::string>> order;
  for (const auto& [driver, seconds] : of_driver) order.emplace_back(-seconds, driver);
  std::sort(order.begin(), order.end());
  std::string text;
  for (std::size_t i = 0; i < std::min(order.size(), most_drivers); ++i)
    text += (i == 0 ? "most of it: " : ", ") + order[i].second + " " + number(-order[i].first);
  return text + "\n";
}

}  // namespace

std::string times_text(const std::vector<Spent>& spent) {
  std::vector<std::string> stages;
  std::map<std::string, Times> of_stage;
  double asked = 0;
  for (const Spent& each : spent) {
    if (!of_stage.contains(each.stage)) stages.push_back(each.stage);
    of_stage[each.stage] += each.times;
    asked += each.times.sum();
  }
  std::string text = padded("seconds of processor time", label_width);
  for (const std::string& stage : stages) text += cell(stage);
  text += "\n";
  for (const Row& row : rows) {
    text += padded(row.label, label_width);
    for (const std::string& stage : stages) text += cell(number(of_stage[stage][row.work]));
    text += "\n";
  }
  const double all = seconds_of_process();
  text += padded("reading, telling, writing", label_width) + cell(number(all - asked)) + "\n";
  text += padded("in all", label_width) + cell(number(all)) + "\n";
  return spent.empty() ? text : text + longest(spent);
}

}  // namespace tenure
