#include "model/depends.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace tenure {

std::vector<Dependence> dependence_on(const std::string& function, const Subject& subject,
                                      const std::vector<Property>& properties, const Check& check) {
  std::vector<Dependence> proofs;
  std::optional<Property> held;
  for (const PropertyVerdict& each : check(subject.program, subject.exact, properties)) {
    const auto* holds = std::get_if<Holds>(&each.verdict);
    if (holds == nullptr) continue;
    proofs.push_back({subject.spec, subject.driver, each.property, false});
    if (!holds->nothing_to_check) held = each.property;
  }
  if (proofs.empty()) return proofs;
  const std::vector<std::string> runs =
      functions_that_run(subject.program, subject.exact, held.value_or(proofs.front().property), check);
  const bool is_run = std::find(runs.begin(), runs.end(), function) != runs.end();
  for (Dependence& proof : proofs) proof.is_reopened = is_run;
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
  Diagnostic diagnostic;
  diagnostic.message =
      "the kernel model '" + kernel.semantics + "' has no function '" + function + "'" + suggestion(function, names);
  throw InputError({diagnostic});
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
    document[proof.is_reopened ? "reopened" : "untouched"].push_back(
        {{"spec", proof.spec}, {"driver", proof.driver}, {"property", name_of(proof.property)}});
  }
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

}  // namespace tenure
