#include "model/jump_threading.h"

#include <doctest/doctest.h>
#include <utility>

#include "model/compile.h"
#include "tests/support/random_program.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

constexpr TermId holds = 7, holds_not = 8;
const Action something = Assign{{3, 1, none}, 9};

/// Of edges from, to, guard, action, and site.
class Made {
 public:
  explicit Made(std::size_t nodes) { procedure_.nodes.resize(nodes); }
  Made& edge(NodeId from, NodeId to, TermId guard = none, Action action = {}, SiteId site = 0) {
    Edge edge;
    edge.from = from;
    edge.to = to;
    edge.guard = guard;
    edge.action = std::move(action);
    edge.site = site;
    procedure_.nodes[from].edges.push_back(static_cast<std::uint32_t>(procedure_.edges.size()));
    procedure_.edges.push_back(std::move(edge));
    return *this;
  }
  Procedure& procedure() { return procedure_; }
  Procedure threaded() {
    thread_jumps(procedure_);
    return procedure_;
  }

 private:
  Procedure procedure_;
};

}  // namespace

TEST_CASE("a condition and what is done under it are one edge, and nothing leads to an end but what is done") {
  const Procedure threaded = Made(6)
                                 .edge(0, 1)
                                 .edge(1, 2, holds)
                                 .edge(2, 3, none, something)
                                 .edge(1, 4, holds_not)
                                 .edge(3, 5)
                                 .edge(4, 5)
                                 .threaded();
  CHECK(threaded == Made(2).edge(0, 1, holds, something).edge(0, 1, holds_not).procedure());
}

TEST_CASE("what belongs to another statement, has a choice, or is come to in two ways is no part of an edge") {
  const Procedure of_other = Made(3).edge(0, 1, holds).edge(0, 2, holds_not).edge(1, 2, none, something, 1).procedure();
  Made other(3);
  CHECK(other.edge(0, 1, holds).edge(0, 2, holds_not).edge(1, 2, none, something, 1).threaded() == of_other);

  Made chosen(3);
  chosen.edge(0, 1, holds).edge(0, 2, holds_not).edge(1, 2, none, something);
  chosen.procedure().nodes[1].choice = "which";
  const Procedure before = chosen.procedure();
  CHECK(chosen.threaded() == before);

  Made twice(3);
  twice.edge(0, 1, holds).edge(0, 1, holds_not).edge(1, 2, none, something);
  const Procedure both = twice.procedure();
  CHECK(twice.threaded() == both);
}

TEST_CASE("no edge counts as two steps") {
  Made made(4);
  made.edge(0, 1).edge(1, 2).edge(2, 3, none, something);
  made.procedure().edges[0].steps = made.procedure().edges[2].steps = 1;
  Made expected(3);
  expected.edge(0, 1).edge(1, 2, none, something);
  expected.procedure().edges[0].steps = expected.procedure().edges[1].steps = 1;
  CHECK(made.threaded() == expected.procedure());
}

TEST_CASE("loops keep their heads and their back edges") {
  const Procedure threaded = Made(6)
                                 .edge(0, 1)
                                 .edge(1, 2, holds)
                                 .edge(2, 3, none, something)
                                 .edge(3, 1)
                                 .edge(1, 4, holds_not)
                                 .edge(4, 5)
                                 .threaded();
  CHECK(threaded == Made(3).edge(0, 1, holds, something).edge(0, 2, holds_not).edge(1, 0).procedure());
}

TEST_CASE("what is led to from behind the first statement stays") {
  const Procedure threaded =
      Made(4).edge(0, 2).edge(1, 3, none, something).edge(2, 1, holds).edge(2, 3, holds_not).threaded();
  CHECK(threaded.nodes.size() == 4);
  CHECK(threaded.edges.size() == 4);
}

TEST_CASE("in programs as they are compiled, nothing is left to be threaded") {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    const Program program = compile(random_program(seed).spec());
    for (Procedure procedure : program.procedures) {
      const Procedure before = procedure;
      thread_jumps(procedure);
      CHECK(procedure == before);
    }
  }
}
