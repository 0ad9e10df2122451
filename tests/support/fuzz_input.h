#pragma once

#include <functional>
#include <map>
#include <string>

namespace tenure::testing {

/// What is done with arbitrary bytes, by the name of what they are taken for: "driver", "kernel", "series",
/// "expression", "json". Mistakes of the input are expected; any other exception is a finding.
const std::map<std::string, std::function<void(const std::string&)>>& fuzz_targets();

}  // namespace tenure::testing
