#pragma once

#include <string>

#include "cli/jobs.h"
#include "model/series_results.h"

namespace tenure {

/// Binds another driver after each case that hands the device back in another state, and notes what it suffers. It is
/// taken as it is at the commit of the case, and has to be correct by itself there. Throws InputError.
void check_next_driver(SeriesResults& results, const std::string& spec, const JobOptions& options);

}  // namespace tenure
