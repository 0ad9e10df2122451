#pragma once

#include <filesystem>
#include <string>

#include "cli/terminal.h"
#include "model/series_results.h"

namespace tenure {

/// What a series does: a table of before and after, or the matrix of drivers and commits, with what breaks where, and
/// what was not checked. `specs` is where awaited specs would be.
std::string series_text(const SeriesResults& results, bool each_commit, const std::filesystem::path& specs,
                        const Style& style);

/// Each property that is worse or mended, where that begins, told beside the run before the series; then what the next
/// driver suffers.
std::string series_runs_text(const SeriesResults& results, const Style& style);

/// One HTML page that needs no other file: the matrix, and the traces behind its cells.
std::string series_page(const SeriesResults& results, const std::filesystem::path& specs);

/// Specs that patches await, with what is to be said of them: {number, file, whether it is there now}.
struct AwaitedSpec {
  int number;
  std::string file;
  bool is_there;
};
std::vector<AwaitedSpec> awaited_specs(const Series& series, const std::filesystem::path& specs);

/// "4", "4 to 36": commits as the series numbers them; the state before it is "before".
std::string commits_text(const SeriesResults& results, std::size_t first, std::size_t last);

/// One character for a fate.
char mark_of(Fate fate);

/// "leak", or, without property, "misfit".
std::string name_of_kind(const std::optional<Property>& property);

}  // namespace tenure
