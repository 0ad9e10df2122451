#pragma once

#include <filesystem>
#include <string>

#include "encoders/solver_process.h"
#include "model/certificate.h"

namespace tenure {

/// Checks a certificate. All its files have to be what this program makes of the spec, the kernel model and the
/// invariant that the manifest names, byte by byte: only whether that is an invariant, and whether it proves what is
/// claimed, is not known before the solver has been asked about each file. `version` is that of this program. Throws
/// InputError when the manifest, a spec or the kernel model cannot be read.
RecheckedCertificate recheck_certificate(const std::filesystem::path& directory, const std::filesystem::path& specs,
                                         const std::string& version, const SolverProcess& solver);

}  // namespace tenure
