// `bottega review --result` and `--plan`.
#pragma once

#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

// What a sample says, on a page too where --out names one; the label patch, and whether the logs
// are whole. Errors: kUsage for a sample that is not there.
Json ShowReviewResult(Invocation& call, Project& project);

// How many rows to look at, and how many of them may be wrong, for --accept.
Json ShowAcceptancePlans(Invocation& call);

}  // namespace bottega
