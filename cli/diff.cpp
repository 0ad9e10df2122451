#include <memory>
#include <string>
#include <system_error>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "model/diagnostic.h"
#include "model/json.h"
#include "model/patch_diff.h"
#include "model/shape.h"

namespace tenure {

namespace {

namespace fs = std::filesystem;

struct DiffOptions {
  std::string from, to;
  std::string file;
  std::string specs;
};

/// Which kind of document it is: a driver spec, unless it says that it is a part of a kernel model.
std::string_view kind_of(const Json& document) {
  return document.find("kernel") != nullptr ? "kernel" : "driver";
}

void refuse_other_kind(const Json& from, const Json& to, Diagnostics& diagnostics) {
  if (kind_of(from) == kind_of(to)) return;
  diagnostics.add(to.place, "found " + std::string(type_called(kind_of(to)).called) + ", expected " +
                                std::string(type_called(kind_of(from)).called) + " as '" + from.place.file_name() +
                                "' is");
}

/// How a patch names a file: relative to the specs where it is one of them, else as one in the folder of the patch.
std::string name_in_patch(const std::string& file, const fs::path& specs) {
  std::error_code error;
  const fs::path inside = fs::canonical(file, error).lexically_relative(fs::canonical(specs, error));
  if (!error && !inside.empty() && *inside.begin() != "..") return inside.generic_string();
  return "./" + fs::path(file).filename().generic_string();
}

ExitStatus diff(const DiffOptions& options) {
  Diagnostics diagnostics;
  const Json from = read_json_file(options.from, diagnostics);
  const Json to = read_json_file(options.to, diagnostics);
  diagnostics.throw_if_any();
  check_shape(from, kind_of(from), diagnostics);
  check_shape(to, kind_of(to), diagnostics);
  refuse_other_kind(from, to, diagnostics);
  diagnostics.throw_if_any();
  const std::string file =
      options.file.empty() ? name_in_patch(options.from, specs_directory(options.specs)) : options.file;
  write_output(patch_text(file, diff_patch(from, to)));
  return ExitStatus::holds;
}

}  // namespace

void add_diff(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("diff", "the patch that turns one spec or kernel model into another");
  const auto options = std::make_shared<DiffOptions>();
  command.add_option("A", options->from, "a driver spec or a part of a kernel model")->required()->option_text("FILE");
  command.add_option("B", options->to, "the same after the change")->required()->option_text("FILE");
  command
      .add_option("--file", options->file,
                  "what the patch calls the file (default: A relative to the specs, or ./A where it is none of them)")
      ->option_text("NAME");
  add_specs_option(command, options->specs);
  command.footer(
      "Examples:\n"
      "  tenure diff specs/kernel/msi.json msi.json > 01-kernel.json    a patch of a series of one's own\n"
      "\nExit status: 0 the patch was printed, one without operations when nothing differs; 2 the input is wrong.");
  command.callback([options, &chosen] { chosen = [options] { return diff(*options); }; });
}

}  // namespace tenure
