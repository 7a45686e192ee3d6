// The run's report: facts gathered first, rendered second (doc/formats/report.md).
#pragma once

#include <string>

#include "base/json.h"
#include "run/run_folder.h"

namespace bottega {

// Everything the report says, as data. Sections of files that the run folder does not have are
// absent. Thumbnails and cells of the worst mistakes are read from the run's source where it still
// is; where it is not, `worst.note` says so. Errors: kData when a file of the run is damaged.
Json GatherFacts(const RunFolder& run);

// report.html: one file that loads nothing. Deterministic in `facts`.
std::string RenderReport(const Json& facts);

// Writes report.html into the run folder, and the hashes of all outputs into its manifest. Returns
// the facts.
Json WriteReport(const RunFolder& run);

// What train, run and demo print at their end: verdict and a table of scores a part with
// intervals, at most 80 columns wide.
std::string SummaryText(const Json& facts);

}  // namespace bottega
