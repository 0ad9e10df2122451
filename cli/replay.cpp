#include "model/replay.h"

#include <memory>

#include "cli/commands.h"
#include "cli/options.h"

namespace tenure {

namespace {

struct ReplayOptions {
  std::string document;
  std::string specs;
  Format format = Format::text;
  ColorChoice color = ColorChoice::automatic;
};

std::string text_of(const std::vector<Replayed>& replayed, const Style& style) {
  std::string text;
  std::size_t refused = 0;
  for (const Replayed& each : replayed) {
    const bool is_refused = !each.refusal.empty();
    refused += is_refused ? 1 : 0;
    text += each.driver + (each.is_of_next ? ", next driver" : "") + "  " + each.what + "  " + each.semantics + "  " +
            (is_refused ? style.bad("refused") + "\n  " + each.refusal : style.good("as the trace says")) + "\n";
  }
  return text + (text.empty() ? "" : "\n") + std::to_string(replayed.size()) +
         (replayed.size() == 1 ? " trace, " : " traces, ") + std::to_string(refused) + " refused\n";
}

ExitStatus replay_traces(const ReplayOptions& options) {
  const std::vector<Replayed> replayed = replay(options.document, specs_directory(options.specs));
  write_output(options.format == Format::json ? replay_document(TENURE_VERSION, replayed)
                                              : text_of(replayed, style_of_output(options.color)));
  for (const Replayed& each : replayed) {
    if (!each.refusal.empty()) return ExitStatus::violated;
  }
  return ExitStatus::holds;
}

}  // namespace

void add_replay(CLI::App& program, Command& chosen) {
  CLI::App& command = *program.add_subcommand("replay", "whether the traces of a JSON result are what happens");
  const auto options = std::make_shared<ReplayOptions>();
  command
      .add_option("RESULTS", options->document, "what verify, trace, compare, series or lint wrote with --format json")
      ->required()
      ->option_text("FILE");
  add_output_options(command, options->format, options->color);
  add_specs_option(command, options->specs);
  command.footer(
      "Each trace is stepped through the interpreter, without a solver, and compared with what comes out. Run it "
      "where\n"
      "the results were made, so that the paths of the specs are right.\n"
      "Example:\n"
      "  tenure verify --format json specs/drivers > results.json; tenure replay results.json\n"
      "\nExit status: 0 every trace is what happens; 1 a trace is refused; 2 the input is wrong.");
  command.callback([options, &chosen] { chosen = [options] { return replay_traces(*options); }; });
}

}  // namespace tenure
