#include "model/certificate.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "model/json.h"
#include "model/sha256.h"
#include "model/shape.h"

namespace tenure {

namespace {

using Document = nlohmann::ordered_json;

std::string text_of(const Document& document) {
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

std::string content_of(const std::string& file) {
  std::string text;
  const std::string problem = read_file(file, text, largest_document);
  if (!problem.empty()) refuse(whole_file(file), problem);
  return text;
}

Document hashed(const char* key, const std::string& name, const std::string& content) {
  return {{key, name}, {"sha256", sha256(content)}};
}

std::string bit_text(const BitValue& value) {
  return (value.value ? "b" : "not b") + std::to_string(value.bit);
}

/// A driver's name as the name of a directory.
std::string folder_name(const std::string& driver) {
  std::string name;
  for (const char c : driver) {
    const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    name += is_plain ? c : '_';
  }
  return name;
}

/// Writes what is proved of one driver after the other.
class Writer {
 public:
  /// The results of one driver.
  void add(const std::vector<const Result*>& results);
  Document take_drivers() { return std::move(drivers_); }
  CertificateFiles take_files() { return std::move(files_); }

 private:
  Document verdict(const Result& result, const std::string& folder, std::set<const Obligation*>& used);
  std::string fresh_folder(const std::string& driver);

  Document drivers_ = Document::array();
  CertificateFiles files_;
  std::set<std::string> folders_;
};

/// The proof behind a verdict, and the goals of which it is one: null when it is no proof.
struct Proved {
  std::shared_ptr<const Proof> proof;
  std::vector<std::string> goals;
  bool is_claim = false;
};

Proved proved(const Result& result) {
  if (const auto* holds = std::get_if<Holds>(&result.verdict)) {
    return {holds->proof, {std::string(name_of(result.property))}, holds->nothing_to_check || holds->proof};
  }
  const auto* unreachable = std::get_if<Unreachable>(&result.verdict);
  if (unreachable == nullptr || !unreachable->proof) return {};
  Proved claim{unreachable->proof, {}, true};
  for (const std::string& goal : unreachable->goals) claim.goals.push_back(name_of_unreachable(goal));
  return claim;
}

std::vector<const Obligation*> obligations_of(const Proved& claim) {
  std::vector<const Obligation*> obligations;
  if (!claim.proof) return obligations;
  for (const Obligation& obligation : claim.proof->invariant) obligations.push_back(&obligation);
  for (const Obligation& obligation : claim.proof->goals) {
    if (std::find(claim.goals.begin(), claim.goals.end(), obligation.name) != claim.goals.end()) {
      obligations.push_back(&obligation);
    }
  }
  return obligations;
}

std::string Writer::fresh_folder(const std::string& driver) {
  const std::string name = folder_name(driver);
  std::string folder = name;
  for (int i = 2; !folders_.insert(folder).second; ++i) folder = name + "-" + std::to_string(i);
  return folder;
}

std::string file_name(const std::string& folder, const Obligation& obligation) {
  return folder + "/" + obligation.name + ".smt2";
}

Document Writer::verdict(const Result& result, const std::string& folder, std::set<const Obligation*>& used) {
  Document json{{"property", name_of(result.property)}, {"verdict", name_of(result.verdict)}};
  if (const auto* holds = std::get_if<Holds>(&result.verdict)) {
    if (holds->nothing_to_check) json["nothing_to_check"] = true;
    if (!holds->bounds.empty()) json["bounds"] = holds->bounds;
  }
  if (const auto* unreachable = std::get_if<Unreachable>(&result.verdict)) json["unreachable"] = unreachable->goals;
  json["obligations"] = Document::array();
  for (const Obligation* obligation : obligations_of(proved(result))) {
    used.insert(obligation);
    json["obligations"].push_back(file_name(folder, *obligation));
  }
  return json;
}

void Writer::add(const std::vector<const Result*>& results) {
  const Result& first = *results.front();
  const std::string folder = fresh_folder(first.driver);
  Document driver = hashed("spec", first.spec, content_of(first.spec));
  driver["driver"] = first.driver;
  driver["verdicts"] = Document::array();
  driver["answers"] = "";
  driver["invariant"] = Document::array();
  driver["obligations"] = Document::array();
  std::set<const Obligation*> used;
  std::shared_ptr<const Proof> proof;
  for (const Result* result : results) {
    driver["verdicts"].push_back(verdict(*result, folder, used));
    if (!proof) proof = proved(*result).proof;
  }
  if (proof) {
    driver["answers"] = proof->hints.answers;
    if (proof->hints.picks_lowest) driver["picks_lowest"] = true;
    if (proof->hints.one_member) driver["one_member"] = true;
    for (std::size_t i = 0; i < proof->clauses.size(); ++i) {
      Document excludes = Document::array();
      for (const BitValue& value : proof->hints.excluded[i]) excludes.push_back(bit_text(value));
      driver["invariant"].push_back({{"says", proof->clauses[i]}, {"excludes", std::move(excludes)}});
    }
    for (const std::vector<Obligation>* part : {&proof->invariant, &proof->goals}) {
      for (const Obligation& obligation : *part) {
        if (!used.contains(&obligation)) continue;
        const std::string file = file_name(folder, obligation);
        Document entry = hashed("file", file, obligation.script);
        entry["says"] = obligation.says;
        driver["obligations"].push_back(std::move(entry));
        files_[file] = obligation.script;
      }
    }
  }
  drivers_.push_back(std::move(driver));
}

/// Results of one spec that rest on one proof, or on none, stand together.
std::vector<std::vector<const Result*>> by_proof(const std::vector<Result>& results) {
  std::vector<std::vector<const Result*>> groups;
  std::vector<std::shared_ptr<const Proof>> proofs;
  std::size_t first = 0;  // of this spec
  for (const Result& result : results) {
    const Proved what = proved(result);
    const std::shared_ptr<const Proof>& proof = what.proof;
    if (!what.is_claim) continue;
    if (groups.empty() || groups.back().front()->spec != result.spec) first = groups.size();
    std::size_t group = first;
    while (group < groups.size() && proof && proofs[group] && proofs[group] != proof) ++group;
    if (group == groups.size()) {
      groups.emplace_back();
      proofs.emplace_back();
    }
    groups[group].push_back(&result);
    if (proof) proofs[group] = proof;
  }
  return groups;
}

/// A manifest's parts, of the right shape; what strings say inside is still checked.
class ManifestReader {
 public:
  explicit ManifestReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  Manifest manifest(const Json& document);

 private:
  static HashedFile hashed_file(const Json& object, const char* key) {
    const Json& name = *object.find(key);
    return {name.text, object.find("sha256")->text, name.place};
  }
  static std::vector<std::string> texts(const Json* list);
  ClaimedDriver driver(const Json& object);
  BitValue bit_value(const Json& text);

  Diagnostics& diagnostics_;
};

std::vector<std::string> ManifestReader::texts(const Json* list) {
  std::vector<std::string> texts;
  if (list != nullptr) {
    for (const Json& element : list->elements) texts.push_back(element.text);
  }
  return texts;
}

BitValue ManifestReader::bit_value(const Json& text) {
  std::string_view rest = text.text;
  const bool is_negated = rest.starts_with("not ");
  if (is_negated) rest.remove_prefix(4);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool is_bit = rest.starts_with("b") && rest.size() > 1 && rest.size() < 9 &&
                      std::all_of(rest.begin() + 1, rest.end(), is_digit);
  if (!is_bit) {
    diagnostics_.add(text.place, "found '" + text.text + "', expected a bit: b3, or not b3");
    return {};
  }
  return {static_cast<std::uint32_t>(std::stoul(std::string(rest.substr(1)))), !is_negated};
}

ClaimedDriver ManifestReader::driver(const Json& object) {
  ClaimedDriver driver{hashed_file(object, "spec"), {}, {}};
  for (const Json& verdict : object.find("verdicts")->elements) {
    driver.claims.push_back({*property_named(verdict.find("property")->text), texts(verdict.find("unreachable"))});
    const bool says_unreachable = verdict.find("verdict")->text == "unreachable";
    if (says_unreachable == driver.claims.back().unreachable.empty()) {
      diagnostics_.add(verdict.place, says_unreachable ? "missing key 'unreachable' in a verdict that is 'unreachable'"
                                                       : "'unreachable' stands in a verdict that is another one");
    }
  }
  driver.hints.answers = object.find("answers")->text;
  const auto says = [&](const char* key) {
    const Json* flag = object.find(key);
    return flag != nullptr && flag->boolean;
  };
  driver.hints.picks_lowest = says("picks_lowest");
  driver.hints.one_member = says("one_member");
  for (const Json& clause : object.find("invariant")->elements) {
    driver.hints.excluded.emplace_back();
    for (const Json& bit : clause.find("excludes")->elements) driver.hints.excluded.back().push_back(bit_value(bit));
  }
  return driver;
}

Manifest ManifestReader::manifest(const Json& document) {
  Manifest manifest{document.find("tenure")->text, document.find("semantics")->text, {}, {}, {}};
  for (const Json& file : document.find("kernel")->elements) manifest.kernel.push_back(hashed_file(file, "file"));
  if (const Json* next = document.find("next_driver")) manifest.next_driver = hashed_file(*next, "file");
  for (const Json& object : document.find("drivers")->elements) manifest.drivers.push_back(driver(object));
  return manifest;
}

}  // namespace

std::string recheck_document(std::string_view version, const std::string& directory, const std::string& solver,
                             const RecheckedCertificate& checked) {
  Document document{{"tenure", version},
                    {"certificate", directory},
                    {"solver", solver},
                    {"verdict", checked.rejections.empty() ? "accepted" : "rejected"},
                    {"rejections", checked.rejections},
                    {"obligations", Document::array()}};
  for (const auto& [file, answer] : checked.answers) {
    document["obligations"].push_back({{"file", file}, {"answer", answer}});
  }
  return text_of(document);
}

std::string name_in_manifest(const std::string& file, const std::filesystem::path& specs) {
  const std::filesystem::path relative =
      std::filesystem::path(file).lexically_normal().lexically_relative(specs.lexically_normal());
  return relative.empty() || *relative.begin() == ".." ? file : relative.string();
}

CertificateFiles certificate_files(const CertificateInputs& inputs, const std::vector<Result>& results) {
  Document manifest{{"certificate", 1}, {"tenure", inputs.version}, {"semantics", inputs.semantics}};
  manifest["kernel"] = Document::array();
  for (const std::string& file : inputs.kernel) {
    manifest["kernel"].push_back(hashed("file", name_in_manifest(file, inputs.specs), content_of(file)));
  }
  if (!inputs.next_driver.empty()) {
    manifest["next_driver"] = hashed("file", inputs.next_driver, content_of(inputs.next_driver));
  }
  Writer writer;
  for (const auto& group : by_proof(results)) writer.add(group);
  manifest["drivers"] = writer.take_drivers();
  CertificateFiles files = writer.take_files();
  files[manifest_name] = text_of(manifest);
  return files;
}

Manifest read_manifest(const std::filesystem::path& directory) {
  Diagnostics diagnostics;
  const Json document = read_json_file((directory / manifest_name).string(), diagnostics, largest_document);
  diagnostics.throw_if_any();
  check_shape(document, "certificate", diagnostics);
  diagnostics.throw_if_any();
  Manifest manifest = ManifestReader(diagnostics).manifest(document);
  diagnostics.throw_if_any();
  return manifest;
}

}  // namespace tenure
