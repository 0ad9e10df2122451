#include "encoders/solver_process.h"

#include <doctest/doctest.h>
#include <string>

#include "model/diagnostic.h"

using namespace tenure;

namespace {

std::string refusal_of(const std::string& command) {
  try {
    const SolverProcess solver(command);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a solver's answer is what it prints") {
  CHECK(SolverProcess("echo -n unsat").command() == "echo -n unsat");
  CHECK(SolverProcess("echo unsat").answer("file") == "unsat file");
  CHECK(SolverProcess("sh -c true").answer("file") == "nothing");
  CHECK(SolverProcess("cat").answer("no/such/file").starts_with("exit status 1: cat: no/such/file"));
  CHECK(SolverProcess("false").answer("file") == "exit status 1");
}

TEST_CASE("a solver that is not there is refused") {
  CHECK(refusal_of("no-such-solver --fast") == "error: the solver 'no-such-solver' is no program in PATH");
  CHECK(refusal_of("/no/such/solver") == "error: the solver '/no/such/solver' is no program in PATH");
  CHECK(refusal_of("echo").empty());
}
