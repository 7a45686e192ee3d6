// The page of `bottega runs compare`: scores side by side, differences with their tests.
#pragma once

#include <string>

#include "base/json.h"

namespace bottega {

// `facts`: as `runs compare --json` gives them (doc/formats/json-output.md). Deterministic in them.
std::string RenderComparison(const Json& facts);

// "no difference shown", "RUN is better": what a test says at the facts' level.
std::string ComparisonVerdict(const Json& facts, const Json& score, const Json& test);

// "p = 0.031", "p < 0.001".
std::string ProbabilityText(double p);

}  // namespace bottega
