#pragma once

#include <string>

#include "model/json.h"

namespace tenure {

/// A JSON Patch (RFC 6902) that turns `from` into a value that is the same as `to`: as little as possible is written.
/// Each operation stands behind a `test` of what it changes, or, where something is added, of what is beside it, so
/// that apply_patch() refuses another document. An object keeps the order of its members; where that says
/// something (`params`) and would not be that of `to`, it is replaced.
Json diff_patch(const Json& from, const Json& to);

/// The text of a patch (`tenure schema patch`) that changes one file: an operation a line.
std::string patch_text(const std::string& file, const Json& operations);

}  // namespace tenure
