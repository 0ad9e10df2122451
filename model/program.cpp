#include "model/program.h"

#include <algorithm>
#include <utility>

namespace tenure {

std::uint32_t goal_of(const Program& program, Property property) {
  const auto found = std::find_if(program.goals.begin(), program.goals.end(),
                                  [&](const Goal& each) { return each.property == property; });
  return found == program.goals.end() ? none : static_cast<std::uint32_t>(found - program.goals.begin());
}

Program with_lowest_picks(Program program) {
  program.picks_lowest = true;
  return program;
}

namespace {

/// Changes what is asked of counters at the ends of their ranges.
class CounterRanges {
 public:
  CounterRanges(Program& program, int less) : program_(program), less_(less) {}

  void narrow() {
    for (Procedure& procedure : program_.procedures) {
      for (Node& node : procedure.nodes) {
        if (!node.abstracts) continue;
        node.saturates = nearer(node.saturates);
        for (const std::uint32_t edge : node.edges) narrow(procedure.edges[edge]);
      }
    }
  }

 private:
  void narrow(Edge& edge) {
    edge.guard = nearer(edge.guard);
    if (auto* assign = std::get_if<Assign>(&edge.action)) assign->value = nearer(assign->value);
  }
  /// With what asks for an end of a range asking for the nearer end.
  TermId nearer(TermId id) {
    if (id == none || program_.terms[id].kind != Term::Kind::operation) return id;
    Term changed = program_.terms[id];
    if (changed.op == Operator::conditional) {
      changed.operands[0] = nearer(changed.operands[0]);
    } else if (changed.op == Operator::equal) {
      for (const int side : {0, 1}) {
        const Term& counter = program_.terms[changed.operands[side]];
        const Term& end = program_.terms[changed.operands[1 - side]];
        if (counter.kind != Term::Kind::variable || end.kind != Term::Kind::constant) continue;
        const auto& compared = program_.variables[counter.variable.first].compared;
        if (!compared || (compared->low <= end.value && end.value <= compared->high)) continue;
        Term nearer_end = end;
        nearer_end.value += end.value > compared->high ? -less_ : less_;
        changed.operands[1 - side] = add(nearer_end);
        break;
      }
    }
    return changed == program_.terms[id] ? id : add(changed);
  }
  TermId add(const Term& term) {
    program_.terms.push_back(term);
    return static_cast<TermId>(program_.terms.size() - 1);
  }

  Program& program_;
  int less_;
};

}  // namespace

Program with_counter_margin(Program program, int margin) {
  CounterRanges(program, program.counter_margin - margin).narrow();
  program.counter_margin = margin;
  for (Program& one_member : program.one_member) one_member = with_counter_margin(std::move(one_member), margin);
  return program;
}

}  // namespace tenure
