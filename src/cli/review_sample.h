// Samples of a project: drawn once for given flags, then the same for every inspector.
#pragma once

#include "audit/review/sample.h"
#include "cli/project.h"
#include "cli/verb.h"

namespace bottega {

// The sample of these data with the flags' size, strata, seed and gold; drawn and written where
// there is none. Gold rows come from --gold-file (a table whose first two columns are the record
// number and the true label, or are called row and label), else from rows that were decided about
// outside of samples. Errors: kUsage, kData.
Sample SampleFor(const Invocation& call, Project& project);

// --accept, or its default.
double AcceptedShare(const Invocation& call);

// The sample that --result is about: of that name, or the newest. Errors: kUsage.
const Sample& NamedSample(const Reviews& reviews, const std::string& name);

}  // namespace bottega
