#include "model/grounds.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace tenure {

namespace {

/// Functions of the kernel that the program has; what stands for events has no file.
std::set<std::uint32_t> kernel_functions(const Program& program) {
  std::set<std::uint32_t> functions;
  for (const Procedure& procedure : program.procedures) {
    const FunctionInfo& info = program.functions[procedure.function];
    if (!info.is_driver && !info.file.empty()) functions.insert(procedure.function);
  }
  return functions;
}

std::string goal_of(const FunctionInfo& function) {
  return function.name + " runs";
}

/// Puts an edge before all others of a procedure.
void reach_at_entry(Procedure& procedure, std::uint32_t goal) {
  for (Edge& edge : procedure.edges) {
    ++edge.from;
    ++edge.to;
  }
  Edge first;
  first.from = 0;
  first.to = 1;
  first.action = Reach{goal};
  procedure.edges.push_back(first);
  procedure.nodes.insert(procedure.nodes.begin(), Node{});
  procedure.nodes.front().edges.push_back(static_cast<std::uint32_t>(procedure.edges.size() - 1));
}

/// The program with a goal for each of some functions: that it runs.
Program with_goals(Program program, const std::set<std::uint32_t>& functions) {
  for (const std::uint32_t function : functions) {
    program.goals.push_back({std::nullopt, goal_of(program.functions[function])});
    for (Procedure& procedure : program.procedures) {
      if (procedure.function == function) {
        reach_at_entry(procedure, static_cast<std::uint32_t>(program.goals.size() - 1));
      }
    }
  }
  return program;
}

/// The functions that are not known to run never.
std::set<std::uint32_t> running(const Program& program, const Program& exact, Property held, const Check& check) {
  std::set<std::uint32_t> functions = kernel_functions(program);
  const auto verdict = check(with_goals(program, functions), with_goals(exact, functions), {held}).front().verdict;
  if (const auto* unreachable = std::get_if<Unreachable>(&verdict)) {
    const auto& goals = unreachable->goals;
    std::erase_if(functions, [&](std::uint32_t function) {
      return std::find(goals.begin(), goals.end(), goal_of(program.functions[function])) != goals.end();
    });
  }
  return functions;
}

Ground ground_of(const Program& program, const Fact& fact) {
  const FunctionInfo& function = program.functions[fact.function];
  if (fact.site == none) return {function.name, "", function.file, function.line};
  const Site& site = program.sites[fact.site];
  return {function.name, site.text, site.file, site.line};
}

Grounds known(const Program& program, const Core& core) {
  Grounds grounds;
  grounds.is_known = true;
  grounds.is_least = core.is_least;
  std::vector<Fact> facts = core.facts;
  const auto place = [&](const Fact& fact) {
    const FunctionInfo& function = program.functions[fact.function];
    const int line = fact.site == none ? 0 : program.sites[fact.site].line;
    const std::string& file = fact.site == none ? function.file : program.sites[fact.site].file;
    return std::tuple(fact.site != none, file, function.line, fact.function, line);
  };
  std::stable_sort(facts.begin(), facts.end(), [&](const Fact& a, const Fact& b) { return place(a) < place(b); });
  for (const Fact& fact : facts) grounds.rests_on.push_back(ground_of(program, fact));
  return grounds;
}

std::vector<std::string> names_of(const Program& program, const std::set<std::uint32_t>& functions) {
  std::vector<std::string> names;
  for (const std::uint32_t function : functions) names.push_back(program.functions[function].name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::vector<std::string> functions_that_run(const Program& program, const Program& exact, Property held,
                                            const Check& check) {
  return names_of(program, running(program, exact, held, check));
}

bool has_grounds(const Verdict& verdict, bool in_one_member) {
  const auto* holds = std::get_if<Holds>(&verdict);
  return holds != nullptr && !holds->nothing_to_check && holds->is_of_one_member == in_one_member;
}

std::vector<Grounds> grounds_of(const Program& program, const Program& exact, const std::vector<Property>& held,
                                const Check& check, const FindCores& find_cores) {
  if (held.empty()) return {};
  const std::vector<std::string> runs = functions_that_run(program, exact, held.front(), check);
  std::vector<Grounds> grounds;
  for (const std::optional<Core>& core : find_cores(program, held)) {
    grounds.push_back(core ? known(program, *core) : Grounds{});
    grounds.back().runs = runs;
  }
  return grounds;
}

}  // namespace tenure
