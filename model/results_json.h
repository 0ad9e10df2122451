#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "model/diagnostic.h"
#include "model/results.h"

// The parts of which documents of results are made; for files that write such documents.
namespace tenure {

nlohmann::ordered_json json_of_result(const Result& result);
nlohmann::ordered_json json_of_mistakes(const std::vector<Diagnostic>& mistakes);

/// The text of a whole document, with a newline at its end.
std::string text_of_document(const nlohmann::ordered_json& document);

}  // namespace tenure
