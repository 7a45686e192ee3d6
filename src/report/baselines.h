// What baselines.json and candidates.json say, in words and tables.
#pragma once

#include <string>

#include "base/json.h"
#include "report/verdict.h"

namespace bottega {

// Whether facts have baselines to speak of.
bool HasBaselines(const Json& facts);
// "Is it worth it?": against the baseline that is best on validation.
Remark AboutBaselines(const Json& facts);
// A table for the terminal, at most 80 columns wide; "" without baselines.
std::string BaselinesText(const Json& facts);
// Chapters of report.html.
std::string BaselinesHtml(const Json& facts);
std::string CandidatesHtml(const Json& facts);

}  // namespace bottega
