#pragma once

#include <string>
#include <vector>

namespace tenure {

/// A solver that is a program of its own and reads SMT-LIB files.
class SolverProcess {
 public:
  /// `command` is a program, looked for in PATH, and arguments between spaces; "": z3 or, where there is none, cvc5.
  /// Throws InputError when there is no such program.
  explicit SolverProcess(const std::string& command);

  /// The command as it is run, without the file.
  std::string command() const;
  /// What the solver says to a file: "sat", "unsat", "unknown"... What goes wrong is told in words.
  std::string answer(const std::string& file) const;

 private:
  std::vector<std::string> words_;
};

}  // namespace tenure
