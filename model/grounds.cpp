#include "model/grounds.h"

#include <algorithm>
#include <set>

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

/// The program in which a function does nothing and gives 0.
Program without_function(Program program, std::uint32_t function) {
  for (Procedure& procedure : program.procedures) {
    if (procedure.function != function) continue;
    Edge only;
    only.to = 1;
    procedure.edges = {only};
    procedure.nodes = {Node{}, Node{}};
    procedure.nodes.front().edges = {0};
  }
  return program;
}

bool is_call_of_driver(const Program& program, const Edge& edge) {
  const Site& site = program.sites[edge.site];
  return site.is_driver && site.is_call && std::holds_alternative<Call>(edge.action);
}

/// The program in which the calls of a statement are not made, as if they gave 0.
Program without_call(Program program, SiteId site) {
  for (Procedure& procedure : program.procedures) {
    for (Edge& edge : procedure.edges) {
      if (edge.site == site && std::holds_alternative<Call>(edge.action)) edge.action = std::monostate{};
    }
  }
  return program;
}

std::set<SiteId> calls_of_driver(const Program& program) {
  std::set<SiteId> sites;
  for (const Procedure& procedure : program.procedures) {
    for (const Edge& edge : procedure.edges) {
      if (is_call_of_driver(program, edge)) sites.insert(edge.site);
    }
  }
  return sites;
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

/// Notes something as needed by the properties that are violated without it.
void note(std::vector<Grounds>& grounds, const Ground& ground, const std::vector<PropertyVerdict>& without) {
  for (std::size_t i = 0; i < without.size(); ++i) {
    if (std::holds_alternative<Violated>(without[i].verdict)) grounds[i].needs.push_back(ground);
  }
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

std::vector<Grounds> grounds_of(const Program& program, const Program& exact, const std::vector<Property>& held,
                                const Check& check) {
  std::vector<Grounds> grounds(held.size());
  if (held.empty()) return grounds;
  const std::set<std::uint32_t> functions = running(program, exact, held.front(), check);
  for (Grounds& each : grounds) each.runs = names_of(program, functions);
  for (const std::uint32_t function : functions) {
    const FunctionInfo& info = program.functions[function];
    note(grounds, {info.name + "()", info.file, info.line, false},
         check(without_function(program, function), without_function(exact, function), held));
  }
  for (const SiteId site : calls_of_driver(program)) {
    const Site& call = program.sites[site];
    note(grounds, {call.text + " in " + program.functions[call.function].name + "()", call.file, call.line, true},
         check(without_call(program, site), without_call(exact, site), held));
  }
  return grounds;
}

}  // namespace tenure
