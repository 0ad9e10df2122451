#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/property.h"

namespace tenure {

/// What became of one trace of a document of results.
struct Replayed {
  std::string spec;
  std::string driver;
  std::string semantics;  ///< of a comparison both: "old, new"
  std::string what;       ///< the property, or what a run of lint comes to
  bool is_of_lint = false;
  bool is_of_next = false;  ///< of what the next driver suffers
  std::string refusal;  ///< where the program does not do what the trace says, with its place in the document; ""
};

/// Steps every trace of a document of results (of verify, trace, compare, series or lint) through the interpreter, and compares
/// with what the document says of it. The paths of the specs are relative to the working directory. Throws InputError
/// when the document, a spec or a kernel model cannot be read.
std::vector<Replayed> replay(const std::string& document, const std::filesystem::path& specs);

/// JSON text of what came out, as specs/schema/results.schema.json describes it.
std::string replay_document(std::string_view version, const std::vector<Replayed>& replayed);

}  // namespace tenure
