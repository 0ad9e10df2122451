#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/diagnostic.h"
#include "model/results.h"
#include "model/semantics.h"

// A certificate is a directory: proofs as SMT-LIB files, and a manifest that says what they are about.
namespace tenure {

/// What the proofs of a certificate are about.
struct CertificateInputs {
  std::string version;              ///< of tenure
  std::filesystem::path specs;      ///< directory of the kernel models
  std::string semantics;            ///< name, or path of the file
  std::vector<std::string> kernel;  ///< KernelModel::files
  std::string next_driver;          ///< path of its spec, or ""
};

inline constexpr const char* manifest_name = "certificate.json";

/// The content of each file of a certificate, by its path in the directory; the manifest among them. Only results that
/// are proved are in it. Throws InputError when a file that is to be hashed cannot be read.
using CertificateFiles = std::map<std::string, std::string>;
CertificateFiles certificate_files(const CertificateInputs& inputs, const std::vector<Result>& results);

/// A file as a manifest names it.
struct HashedFile {
  std::string file;
  std::string sha256;
  Place place;
};

/// What a certificate claims of a driver.
struct ClaimedDriver {
  struct Claim {
    Property property = Property::leak;
    std::vector<std::string> unreachable;  ///< goals; empty: the property holds
  };
  HashedFile spec;
  std::vector<Claim> claims;
  ProofHints hints;
};

/// A manifest as read.
struct Manifest {
  std::string version;
  std::string semantics;
  std::vector<HashedFile> kernel;
  std::optional<HashedFile> next_driver;
  std::vector<ClaimedDriver> drivers;
};

/// Reads the manifest in the directory of a certificate. Throws InputError.
Manifest read_manifest(const std::filesystem::path& directory);

/// What came out of the check of a certificate.
struct RecheckedCertificate {
  struct Answer {
    std::string file;
    std::string answer;  ///< the solver's; "unsat" is what is expected
  };
  std::vector<std::string> rejections;  ///< why it is not accepted, a line for each reason; none: it is
  std::vector<Answer> answers;          ///< of the solver, by file; none when it was not asked
};

/// JSON text of what came out, as specs/schema/results.schema.json describes it.
std::string recheck_document(std::string_view version, const std::string& directory, const std::string& solver,
                             const RecheckedCertificate& checked);

/// The name of a kernel file in a manifest: relative to the specs when it is below them.
std::string name_in_manifest(const std::string& file, const std::filesystem::path& specs);

}  // namespace tenure
