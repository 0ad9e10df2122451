#include "encoders/rebuild.h"

#include <unordered_map>

#include "encoders/state_graph.h"

namespace tenure {

namespace {

Cube cube_of(const std::vector<BitValue>& values, const TransitionSystem& system) {
  Cube cube;
  for (const auto& [bit, value] : values) {
    if (bit >= system.bits.size()) {
      throw RebuildError("a clause of the invariant is about b" + std::to_string(bit) + ", but there are only " +
                         std::to_string(system.bits.size()) + " bits");
    }
    cube.push_back(value ? system.bits[bit].input : negation(system.bits[bit].input));
  }
  return cube;
}

}  // namespace

RebuiltProof rebuild_proof(const Program& whole, const ProofHints& hints, const std::vector<std::uint32_t>& goals) {
  if (hints.one_member && whole.one_member.empty()) throw RebuildError("no member of a family stands for all");
  Program program = hints.one_member ? whole.one_member.front() : whole;
  program.picks_lowest = hints.picks_lowest;
  RecordedAnswers answers(hints.answers);
  FormulaGraph graph;
  ValuePool pool(graph);
  StateGraph states(program, pool, &answers);
  for (;;) {
    if (!states.explore({})) throw RebuildError(states.reason());
    if (answers.is_used_up()) break;
    bool has_more = false;
    for (ListId list = 0; list < program.lists.size(); ++list) has_more |= answers.next() && states.follow_list(list);
    if (!has_more) throw RebuildError("the answers by which the states are explored do not fit the spec");
  }
  const TransitionSystem system = states.transition_system();
  std::vector<Cube> excluded;
  for (const auto& values : hints.excluded) excluded.push_back(cube_of(values, system));
  RebuiltProof rebuilt;
  rebuilt.proof = written(claims_of(program, system, graph, excluded, goals), program, system, graph);
  rebuilt.proof.hints = hints;
  for (const Cube& cube : excluded) rebuilt.proof.clauses.push_back(in_words(system, cube));
  const std::set<std::string> cuts = states.cuts();
  rebuilt.bounds.assign(cuts.begin(), cuts.end());
  add_sizes(program, rebuilt.bounds);
  rebuilt.is_finite = !states.grows();
  return rebuilt;
}

std::vector<std::vector<BitValue>> bit_values(const TransitionSystem& system, const std::vector<Cube>& cubes) {
  std::unordered_map<std::uint32_t, std::uint32_t> bit_of;  // by node
  for (std::uint32_t bit = 0; bit < system.bits.size(); ++bit) bit_of[node_of(system.bits[bit].input)] = bit;
  std::vector<std::vector<BitValue>> values;
  for (const Cube& cube : cubes) {
    values.emplace_back();
    for (const Literal literal : cube) values.back().push_back({bit_of.at(node_of(literal)), !is_negated(literal)});
  }
  return values;
}

}  // namespace tenure
