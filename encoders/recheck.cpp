#include "encoders/recheck.h"

#include <algorithm>
#include <set>
#include <utility>

#include "encoders/rebuild.h"
#include "model/certificate.h"
#include "model/inputs.h"
#include "model/json.h"
#include "model/sha256.h"

namespace tenure {

namespace {

namespace fs = std::filesystem;

class Recheck {
 public:
  Recheck(const fs::path& directory, const fs::path& specs, const std::string& version)
      : directory_(directory),
        specs_(specs),
        version_(version),
        manifest_(read_manifest(directory)),
        kernel_(load_kernel(manifest_.semantics, specs)) {}

  RecheckedCertificate run(const SolverProcess& solver);

 private:
  void reject(const std::string& reason) { checked_.rejections.push_back(reason); }
  bool has_failed() const { return !checked_.rejections.empty(); }
  void compare_inputs();
  void compare_hash(const HashedFile& file, const std::string& path);
  void rebuild(const ClaimedDriver& driver);
  std::vector<std::uint32_t> goals_of(const ClaimedDriver& driver, const Program& program);
  void compare_files();
  void compare_file(const std::string& name, const std::string& expected);
  void ask(const SolverProcess& solver);

  const fs::path& directory_;
  const fs::path& specs_;
  const std::string& version_;
  Manifest manifest_;
  KernelModel kernel_;
  std::vector<Result> results_;  ///< as claimed, with the proofs as rebuilt
  CertificateFiles files_;       ///< as they have to be
  RecheckedCertificate checked_;
};

RecheckedCertificate Recheck::run(const SolverProcess& solver) {
  compare_inputs();
  if (!has_failed()) {
    for (const ClaimedDriver& driver : manifest_.drivers) rebuild(driver);
  }
  if (!has_failed()) {
    const std::string next = manifest_.next_driver ? manifest_.next_driver->file : "";
    files_ = certificate_files({version_, specs_, manifest_.semantics, kernel_.files, next}, results_);
    compare_files();
  }
  if (!has_failed()) ask(solver);
  return std::move(checked_);
}

void Recheck::compare_hash(const HashedFile& file, const std::string& path) {
  std::string content;
  const std::string problem = read_file(path, content, largest_document);
  if (!problem.empty()) refuse(file.place, path + ": " + problem);
  if (sha256(content) != file.sha256)
    reject(path + " is not the file that the certificate is about: its SHA-256 differs");
}

void Recheck::compare_inputs() {
  if (manifest_.version != version_) {
    reject("it was made by tenure " + manifest_.version + "; this is " + version_ + ", which may state it otherwise");
  }
  const auto name = [&](std::size_t i) { return name_in_manifest(kernel_.files[i], specs_); };
  bool is_same = manifest_.kernel.size() == kernel_.files.size();
  for (std::size_t i = 0; is_same && i < kernel_.files.size(); ++i) is_same = manifest_.kernel[i].file == name(i);
  if (!is_same)
    reject("the semantics '" + manifest_.semantics + "' is not made of the files that the certificate names");
  for (std::size_t i = 0; is_same && i < kernel_.files.size(); ++i) compare_hash(manifest_.kernel[i], kernel_.files[i]);
  if (manifest_.next_driver) compare_hash(*manifest_.next_driver, manifest_.next_driver->file);
  for (const ClaimedDriver& driver : manifest_.drivers) compare_hash(driver.spec, driver.spec.file);
}

/// The goals that the claims are about, in the order in which a proof is written.
std::vector<std::uint32_t> Recheck::goals_of(const ClaimedDriver& driver, const Program& program) {
  std::set<std::string> unreachable;
  std::set<Property> held;
  for (const ClaimedDriver::Claim& claim : driver.claims) {
    unreachable.insert(claim.unreachable.begin(), claim.unreachable.end());
    if (claim.unreachable.empty()) held.insert(claim.property);
  }
  std::vector<std::uint32_t> goals;
  for (std::uint32_t goal = 0; goal < program.goals.size(); ++goal) {
    const auto& [property, says] = program.goals[goal];
    const bool is_claimed =
        property ? *property == Property::index_range || held.contains(*property) : unreachable.erase(says) != 0;
    if (is_claimed) goals.push_back(goal);
  }
  for (const std::string& says : unreachable) {
    reject(driver.spec.file + ": nothing of the driver is called '" + says + "', which is said to be unreachable");
  }
  return goals;
}

/// Makes the results that the certificate claims, with what their proofs have to state.
void Recheck::rebuild(const ClaimedDriver& driver) {
  const std::string next = manifest_.next_driver ? manifest_.next_driver->file : "";
  const std::vector<Subject> subjects = load_subjects({driver.spec.file}, {kernel_}, next);
  const Subject& subject = subjects.front();
  const bool is_one_member = driver.hints.one_member && !subject.program.one_member.empty();
  const Program& program = is_one_member ? subject.program.one_member.front() : subject.program;
  const std::vector<std::uint32_t> goals = goals_of(driver, program);
  try {
    RebuiltProof rebuilt = rebuild_proof(subject.program, driver.hints, goals);
    const auto proof = std::make_shared<const Proof>(std::move(rebuilt.proof));
    for (const auto& [property, unreachable] : driver.claims) {
      const bool has_goal = std::any_of(program.goals.begin(), program.goals.end(),
                                        [&, p = property](const Goal& goal) { return goal.property == p; });
      if (property == Property::devres_growth && unreachable.empty() && !rebuilt.is_finite) {
        reject(driver.spec.file + ": a list may grow without end");
      }
      const bool is_empty = !has_goal && property != Property::devres_growth;
      Verdict verdict = is_empty ? Holds{{}, {}, true} : Holds{{proof->clauses}, rebuilt.bounds, false, proof};
      if (!unreachable.empty()) verdict = Unreachable{unreachable, proof};
      results_.push_back({subject.spec, subject.driver, subject.semantics, property, std::move(verdict), {}, {}});
    }
  } catch (const RebuildError& error) {
    reject(driver.spec.file + ": " + error.what());
  }
}

void Recheck::compare_file(const std::string& name, const std::string& expected) {
  std::string found;
  const std::string problem = read_file((directory_ / name).string(), found, largest_document);
  if (!problem.empty()) return reject(name + ": " + problem);
  if (found == expected) return;
  const auto [there, here] = std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
  const auto line = 1 + std::count(found.begin(), there, '\n');
  reject(name + ":" + std::to_string(line) + ": is not what the spec and the invariant make of it");
}

void Recheck::compare_files() {
  for (const auto& [name, expected] : files_) compare_file(name, expected);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory_)) {
    if (entry.is_directory() && !entry.is_symlink()) continue;
    const std::string name = entry.path().lexically_relative(directory_).string();
    if (!files_.contains(name)) reject(name + ": is no part of the certificate");
  }
}

void Recheck::ask(const SolverProcess& solver) {
  for (const auto& [name, script] : files_) {
    if (name == manifest_name) continue;
    const std::string answer = solver.answer((directory_ / name).string());
    checked_.answers.push_back({name, answer});
    if (answer == "sat") {
      reject(name + ": is not true: the solver found values that satisfy the contrary");
    } else if (answer != "unsat") {
      reject(name + ": was not shown: " + solver.command() + " answered: " + answer);
    }
  }
}

}  // namespace

RecheckedCertificate recheck_certificate(const fs::path& directory, const fs::path& specs, const std::string& version,
                                         const SolverProcess& solver) {
  return Recheck(directory, specs, version).run(solver);
}

}  // namespace tenure
