#include "model/depends.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace tenure {

namespace {

bool is_in(const std::optional<Core>& core, const std::string& function, const Program& program) {
  return !core || std::any_of(core->facts.begin(), core->facts.end(), [&](const Fact& fact) {
    return fact.site == none && program.functions[fact.function].name == function;
  });
}

}  // namespace

std::vector<Dependence> dependence_on(const std::string& function, const Subject& subject,
                                      const std::vector<Property>& properties, const Check& check,
                                      const FindCores& find_cores) {
  std::vector<Dependence> proofs;
  std::vector<Property> held;
  for (const PropertyVerdict& each : check(subject.program, subject.exact, properties)) {
    const auto* holds = std::get_if<Holds>(&each.verdict);
    if (holds == nullptr) continue;
    proofs.push_back({subject.spec, subject.driver, each.property, false, false});
    if (!holds->nothing_to_check) held.push_back(each.property);
  }
  if (proofs.empty()) return proofs;
  const std::vector<std::string> runs =
      functions_that_run(subject.program, subject.exact, held.empty() ? proofs.front().property : held.front(), check);
  if (std::find(runs.begin(), runs.end(), function) == runs.end()) return proofs;
  for (Dependence& proof : proofs) proof.is_reopened = true;
  const std::vector<std::optional<Core>> cores = find_cores(subject.program, held);
  auto core = cores.begin();
  for (Dependence& proof : proofs) {
    const bool has_core = std::find(held.begin(), held.end(), proof.property) != held.end();
    if (has_core) proof.rests = is_in(*core++, function, subject.program);
  }
  return proofs;
}

void expect_function(const std::string& function, const KernelModel& kernel, const std::vector<Subject>& subjects) {
  std::set<std::string> known;
  const auto add = [&](const std::vector<std::shared_ptr<const Unit>>& parts) {
    for (const auto& part : parts) {
      for (const Function& each : part->functions) known.insert(each.name);
    }
  };
  add(kernel.parts);
  for (const Subject& subject : subjects) add(subject.kernel);
  const std::vector<std::string> names(known.begin(), known.end());
  if (std::find(names.begin(), names.end(), function) != names.end()) return;
  refuse({}, "the kernel model '" + kernel.semantics + "' has no function '" + function + "'" +
                 suggestion(function, names));
}

std::string depends_document(std::string_view version, const std::string& function, const std::string& semantics,
                             const std::vector<Dependence>& proofs) {
  using Document = nlohmann::ordered_json;
  Document document{{"tenure", version},
                    {"function", function},
                    {"semantics", semantics},
                    {"reopened", Document::array()},
                    {"untouched", Document::array()}};
  for (const Dependence& proof : proofs) {
    Document entry{{"spec", proof.spec}, {"driver", proof.driver}, {"property", name_of(proof.property)}};
    if (proof.is_reopened) entry["rests"] = proof.rests;
    document[proof.is_reopened ? "reopened" : "untouched"].push_back(std::move(entry));
  }
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace tenure
