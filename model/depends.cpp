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

/// Notes which of the proofs that are about this program rest on the function.
void find_rests(const std::string& function, const Program& program, const std::vector<PropertyVerdict>& verdicts,
                bool in_one_member, const FindCores& find_cores, std::vector<Dependence>& proofs) {
  std::vector<Property> held;
  std::vector<Dependence*> of_held;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (!has_grounds(verdicts[i].verdict, in_one_member)) continue;
    held.push_back(verdicts[i].property);
    of_held.push_back(&proofs[i]);
  }
  if (held.empty()) return;
  const std::vector<std::optional<Core>> cores = find_cores(program, held);
  for (std::size_t i = 0; i < held.size(); ++i) of_held[i]->rests = is_in(cores[i], function, program);
}

}  // namespace

std::vector<Dependence> dependence_on(const std::string& function, const Subject& subject,
                                      const std::vector<Property>& properties, const Check& check,
                                      const FindCores& find_cores) {
  std::vector<PropertyVerdict> verdicts = check(subject.program, subject.exact, properties);
  std::erase_if(verdicts, [](const PropertyVerdict& each) { return !std::holds_alternative<Holds>(each.verdict); });
  std::vector<Dependence> proofs;
  for (const PropertyVerdict& each : verdicts)
    proofs.push_back({subject.spec, subject.driver, each.property, false, false});
  if (proofs.empty()) return proofs;
  // Of every size the functions run that run of some.
  const auto of_every_size =
      std::find_if(verdicts.begin(), verdicts.end(), [](const auto& each) { return has_grounds(each.verdict, true); });
  const bool is_of_every_size = of_every_size != verdicts.end();
  const Property held = (is_of_every_size ? of_every_size : verdicts.begin())->property;
  const Program& program = is_of_every_size ? subject.program.one_member.front() : subject.program;
  const std::vector<std::string> runs =
      functions_that_run(program, is_of_every_size ? program : subject.exact, held, check);
  if (std::find(runs.begin(), runs.end(), function) == runs.end()) return proofs;
  for (Dependence& proof : proofs) proof.is_reopened = true;
  find_rests(function, subject.program, verdicts, false, find_cores, proofs);
  if (is_of_every_size) find_rests(function, program, verdicts, true, find_cores, proofs);
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
