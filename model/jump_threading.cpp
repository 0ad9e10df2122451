#include "model/jump_threading.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace tenure {

namespace {

/// Whether an edge changes and notes nothing of the state.
bool does_nothing(const Edge& edge) {
  return std::holds_alternative<std::monostate>(edge.action) && edge.effect == Effect::nothing && edge.list == none;
}

}  // namespace

bool is_silent(const Edge& edge) {
  return does_nothing(edge) && edge.guard == none && edge.steps == 0 && edge.says.empty();
}

namespace {

/// The edge that is taken from a node in any case; `none` where that is not known.
std::uint32_t only_edge(const Procedure& procedure, NodeId node) {
  const Node& here = procedure.nodes[node];
  const bool is_certain =
      here.edges.size() == 1 && here.choice.empty() && procedure.edges[here.edges.front()].guard == none;
  return is_certain ? here.edges.front() : none;
}

/// Puts edges of the same statement into one, where all that the first does is to come to the second. By node, whether
/// it is in between now.
std::vector<bool> join(Procedure& procedure) {
  std::vector<std::size_t> ways(procedure.nodes.size(), 0);
  for (const Edge& edge : procedure.edges) ++ways[edge.to];
  std::vector<bool> is_between(procedure.nodes.size(), false);
  for (Edge& edge : procedure.edges) {
    // The edge that took this one's place may not go on as far.
    while (!is_between[edge.from] && edge.to > edge.from && ways[edge.to] == 1 && does_nothing(edge)) {
      const std::uint32_t id = only_edge(procedure, edge.to);
      if (id == none) break;
      const Edge& next = procedure.edges[id];
      if (next.to <= next.from || next.site != edge.site || !next.says.empty()) break;
      if (edge.steps != 0 && next.steps != 0) break;
      is_between[edge.to] = true;
      edge.to = next.to;
      edge.action = next.action;
      edge.steps += next.steps;
      edge.effect = next.effect;
      edge.instance = next.instance;
      edge.list = next.list;
    }
  }
  return is_between;
}

/// By node: where a run is that has come there and has gone on as long as it does nothing.
std::vector<NodeId> past_nothing(const Procedure& procedure) {
  std::vector<NodeId> past(procedure.nodes.size());
  for (auto node = static_cast<NodeId>(past.size()); node-- > 0;) {
    past[node] = node;
    const std::uint32_t id = only_edge(procedure, node);
    if (id == none) continue;
    const Edge& edge = procedure.edges[id];
    if (is_silent(edge) && edge.to > node) past[node] = past[edge.to];
  }
  return past;
}

/// What a procedure begins at: where it comes to first, if nothing else leads to what is before that.
NodeId entry_of(const Procedure& procedure, const std::vector<NodeId>& past) {
  const NodeId first = past.front();
  const bool is_behind = std::any_of(procedure.edges.begin(), procedure.edges.end(),
                                     [&](const Edge& edge) { return edge.from >= first && past[edge.to] < first; });
  return is_behind ? 0 : first;
}

/// Leads edges past what is at their ends, and leaves out nodes that are passed, and those before `entry`.
void redirect(Procedure& procedure, const std::vector<NodeId>& past, NodeId entry) {
  std::vector<NodeId> number(past.size(), none);
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  for (NodeId node = entry; node < past.size(); ++node) {
    if (past[node] != node && node != entry) continue;
    number[node] = static_cast<NodeId>(nodes.size());
    nodes.push_back(std::move(procedure.nodes[node]));
  }
  for (Node& node : nodes) {
    for (std::uint32_t& id : node.edges) {
      edges.push_back(std::move(procedure.edges[id]));
      id = static_cast<std::uint32_t>(edges.size() - 1);
      edges.back().from = number[edges.back().from];
      edges.back().to = number[past[edges.back().to]];
    }
  }
  procedure.nodes = std::move(nodes);
  procedure.edges = std::move(edges);
}

}  // namespace

void thread_jumps(Procedure& procedure) {
  if (procedure.nodes.empty()) return;
  const std::vector<bool> is_between = join(procedure);
  std::vector<NodeId> past = past_nothing(procedure);
  for (NodeId node = 0; node < past.size(); ++node)
    if (is_between[node]) past[node] = 0;
  redirect(procedure, past, entry_of(procedure, past));
}

void thread_jumps(Program& program) {
  for (Procedure& procedure : program.procedures) thread_jumps(procedure);
  for (Program& one_member : program.one_member) thread_jumps(one_member);
}

}  // namespace tenure
