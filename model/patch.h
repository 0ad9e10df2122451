#pragma once

#include "model/diagnostic.h"
#include "model/json.h"

namespace tenure {

/// Applies a JSON Patch (RFC 6902) of the right shape to a document, operation by operation. The first one that fails
/// goes to `diagnostics`, with its place in the patch file, and ends it: the document is then half patched and of no
/// use. Values that are inserted keep their places in the patch file. Gives whether all went well.
bool apply_patch(Json& document, const Json& patch, Diagnostics& diagnostics);

}  // namespace tenure
