#include "encoders/solver_process.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <spawn.h>
#include <sstream>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

#include "model/diagnostic.h"

namespace tenure {

namespace {

constexpr std::size_t longest_output = 4096;

bool is_program(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

bool is_in_path(const std::string& name) {
  if (name.find('/') != std::string::npos) return is_program(name);
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (is_program((folder.empty() ? "." : folder) + "/" + name)) return true;
  }
  return false;
}

/// Reads all that is written to a pipe and keeps its beginning.
std::string read_all(int pipe) {
  std::string text;
  std::array<char, longest_output> part{};
  for (;;) {
    const ssize_t count = read(pipe, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    if (text.size() < longest_output) text.append(part.data(), static_cast<std::size_t>(count));
  }
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

}  // namespace

SolverProcess::SolverProcess(const std::string& command) {
  std::istringstream words(command);
  for (std::string word; words >> word;) words_.push_back(word);
  if (words_.empty()) {
    for (const char* usual : {"z3", "cvc5"}) {
      if (words_.empty() && is_in_path(usual)) words_ = {usual};
    }
    if (words_.empty()) refuse({}, "no solver: neither z3 nor cvc5 is in PATH; name one with --solver");
  }
  if (!is_in_path(words_.front())) refuse({}, "the solver '" + words_.front() + "' is no program in PATH");
}

std::string SolverProcess::command() const {
  std::string text;
  for (const std::string& word : words_) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// What it prints is read from a pipe; standard error goes there too.
std::string SolverProcess::answer(const std::string& file) const {
  std::vector<std::string> words = words_;
  words.push_back(file);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::string("no pipe: ") + std::strerror(errno);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  pid_t child = 0;
  const int problem = posix_spawnp(&child, words_.front().c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (problem != 0) {
    close(ends[0]);
    return std::string("cannot be started: ") + std::strerror(problem);
  }
  std::string output = read_all(ends[0]);
  close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  while (output.ends_with('\n')) output.pop_back();
  if (WIFSIGNALED(status)) return "killed by signal " + std::to_string(WTERMSIG(status));
  // Z3 fails where the answer is not the status that the file names, after it has said so.
  if (first_line(output) == "sat") return "sat";
  if (WEXITSTATUS(status) != 0) {
    return "exit status " + std::to_string(WEXITSTATUS(status)) + (output.empty() ? "" : ": " + first_line(output));
  }
  return output.empty() ? "nothing" : output.find('\n') == std::string::npos ? output : first_line(output) + " ...";
}

}  // namespace tenure
