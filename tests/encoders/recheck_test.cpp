#include "encoders/recheck.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "encoders/engine.h"
#include "encoders/rebuild.h"
#include "model/inputs.h"
#include "tests/support/tiny_kernel.h"

using namespace tenure;
using namespace tenure::testing;

namespace {

namespace fs = std::filesystem;

/// What is kept in `m` says that `a` and `b` are equal: the proof needs a clause that says so too.
const std::string driver = tiny_driver(R"(
    {"if": "a && b", "then": [{"choose": "one", "from": [{"says": "no"}, {"says": "yes", "do": [{"set": "m", "to": 1}]}]}]},
    {"if": "!a && !b", "then": [{"choose": "two", "from": [{"says": "no"}, {"says": "yes", "do": [{"set": "m", "to": 1}]}]}]},
    {"if": "m && a && !b", "then": [{"call": "put"}]},
    {"return": 0})",
                                       "", R"("variables": {
    "a": {"type": "bool", "lifetime": "fixed"}, "b": {"type": "bool", "lifetime": "fixed"},
    "m": {"type": "bool", "lifetime": "module"}})");

/// A folder with a kernel model and a driver, in which certificates are made.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / "tenure-recheck-test") {
    fs::remove_all(path_);
    write("specs/kernel/tiny.json", tiny_kernel());
    write("specs/kernel/semantics.json",
          R"({"trees": {"tiny": ["tiny.json"]}, "semantics": {"tiny": {"tree": "tiny"}}})");
    write("driver.json", driver);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path specs() const { return path_ / "specs"; }
  KernelModel kernel() const { return load_kernel("tiny", specs()); }
  Subject subject() const { return load_subjects({(path_ / "driver.json").string()}, {kernel()}, "").front(); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  /// Writes the certificate of one verdict and has it checked.
  RecheckedCertificate check(const Verdict& verdict) const {
    const Subject about = subject();
    const std::vector<Result> results{
        {about.spec, about.driver, about.semantics, Property::double_free, verdict, {}, {}}};
    fs::remove_all(path_ / "certificate");
    const KernelModel model = kernel();
    for (const auto& [name, text] : certificate_files({"1", specs(), "tiny", model.files, ""}, results)) {
      write("certificate/" + name, text);
    }
    return recheck_certificate(path_ / "certificate", specs(), "1", SolverProcess("z3"));
  }

 private:
  fs::path path_;
};

Holds proved(const Subject& subject) {
  Engine engine;
  const auto verdicts = engine.check(subject.program, subject.exact, {Property::double_free}, {.writes_proofs = true});
  REQUIRE(std::holds_alternative<Holds>(verdicts.front().verdict));
  return std::get<Holds>(verdicts.front().verdict);
}

/// The verdict as it would be with another invariant.
Holds with_hints(const Subject& subject, const ProofHints& hints) {
  std::vector<std::uint32_t> goals;
  for (std::uint32_t goal = 0; goal < subject.program.goals.size(); ++goal) {
    if (subject.program.goals[goal].property == Property::double_free) goals.push_back(goal);
  }
  RebuiltProof rebuilt = rebuild_proof(subject.program, hints, goals);
  const std::vector<std::string> clauses = rebuilt.proof.clauses;
  return {{clauses}, rebuilt.bounds, false, std::make_shared<const Proof>(std::move(rebuilt.proof))};
}

bool is_rejected_for(const RecheckedCertificate& checked, const std::string& file) {
  return std::any_of(checked.rejections.begin(), checked.rejections.end(),
                     [&](const std::string& reason) { return reason.starts_with("d/" + file + ".smt2: is not true"); });
}

}  // namespace

TEST_CASE("the certificate of a proof is accepted") {
  const Folder folder;
  const Holds holds = proved(folder.subject());
  REQUIRE(holds.proof);
  REQUIRE_FALSE(holds.proof->hints.excluded.empty());
  const RecheckedCertificate checked = folder.check(holds);
  CHECK(checked.rejections == std::vector<std::string>{});
  CHECK(checked.answers.size() == holds.proof->invariant.size() + holds.proof->goals.size());
  CHECK(folder.check(with_hints(folder.subject(), holds.proof->hints)).rejections.empty());
}

TEST_CASE("a proof that is not asked for is not written") {
  const Folder folder;
  const Subject subject = folder.subject();
  Engine engine;
  const auto verdicts = engine.check(subject.program, subject.exact, {Property::double_free});
  CHECK_FALSE(std::get<Holds>(verdicts.front().verdict).proof);
}

// All files are consistent here: only the solver can tell.
TEST_CASE("a weakened invariant is rejected by the solver") {
  const Folder folder;
  const Subject subject = folder.subject();
  ProofHints weak = proved(subject).proof->hints;
  weak.excluded.clear();
  CHECK(is_rejected_for(folder.check(with_hints(subject, weak)), "double-free"));
}

TEST_CASE("an invariant that is none is rejected by the solver") {
  const Folder folder;
  const Subject subject = folder.subject();
  const Holds holds = proved(subject);
  // The bits of a and b come first, then one for each state, of which the first is the one at first.
  ProofHints too_strong = holds.proof->hints;
  too_strong.excluded.push_back({{2, true}});
  CHECK(is_rejected_for(folder.check(with_hints(subject, too_strong)), "initially"));
  ProofHints not_kept = holds.proof->hints;
  not_kept.excluded.push_back({{3, true}});
  CHECK(is_rejected_for(folder.check(with_hints(subject, not_kept)), "kept"));
}

TEST_CASE("a clause about a bit that there is not is no clause") {
  const Folder folder;
  const Subject subject = folder.subject();
  ProofHints hints = proved(subject).proof->hints;
  hints.excluded.push_back({{999, true}});
  CHECK_THROWS_AS(with_hints(subject, hints), RebuildError);
}

// Whoever makes a certificate says how the states are told apart. What is left out must not be taken as never reached.
TEST_CASE("with other answers to what was asked while the states were explored, nothing wrong is accepted") {
  const Folder folder;
  const Subject subject = folder.subject();
  const ProofHints right = proved(subject).proof->hints;
  CHECK_THROWS_AS(with_hints(subject, {right.answers + "0", right.excluded}), RebuildError);
  CHECK_THROWS_AS(with_hints(subject, {right.answers.substr(0, right.answers.size() - 1), right.excluded}),
                  RebuildError);
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < right.answers.size(); ++i) {
    ProofHints wrong = right;
    wrong.answers[i] = wrong.answers[i] == '0' ? '1' : '0';
    wrong.excluded.clear();
    try {
      if (folder.check(with_hints(subject, wrong)).rejections.empty()) ++accepted;
    } catch (const RebuildError&) {
    }
  }
  CHECK(accepted == 0);
}
