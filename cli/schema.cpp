#include <fstream>
#include <iterator>
#include <memory>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "model/diagnostic.h"
#include "model/shape.h"

namespace tenure {

namespace {

struct SchemaOptions {
  std::string which;
  std::string specs;
};

/// The schema of results is written by hand: it is no input, whose shape would be checked.
std::string results_schema(const std::filesystem::path& specs) {
  const std::filesystem::path path = specs / "schema/results.schema.json";
  std::ifstream file(path);
  if (!file) refuse(whole_file(path.string()), "cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

ExitStatus schema(const SchemaOptions& options) {
  write_output(options.which == "results" ? results_schema(specs_directory(options.specs))
                                          : json_schema(options.which));
  return ExitStatus::holds;
}

}  // namespace

void add_schema(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("schema", "the JSON Schema of a kind of document");
  const auto options = std::make_shared<SchemaOptions>();
  std::vector<std::string> names(schema_names().begin(), schema_names().end());
  names.emplace_back("results");
  std::string words;
  for (const std::string& name : names) words += (words.empty() ? "" : "|") + name;
  command.add_option("WHICH", options->which, "the kind of document")
      ->required()
      ->check(CLI::IsMember(names))
      ->option_text(words);
  add_specs_option(command, options->specs);
  command.footer("Example:\n  tenure schema driver > driver.schema.json    for an editor that completes and checks");
  command.callback([options, &chosen] { chosen = [options] { return schema(*options); }; });
}

}  // namespace tenure
