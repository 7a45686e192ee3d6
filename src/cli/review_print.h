// What reviews came to, on a terminal.
#pragma once

#include <ostream>

#include "audit/review/sample_result.h"
#include "cli/review_sitting.h"

namespace bottega {

void PrintSitting(std::ostream& out, const ReviewTask& task, const SittingOutcome& sat);
// The label patch in a few lines: what holds, what is in dispute, what was lost.
void PrintRulings(std::ostream& out, const Reviews& reviews);
void PrintLogs(std::ostream& out, const Reviews& reviews);
void PrintSample(std::ostream& out, const SampleResult& result);
void PrintPlans(std::ostream& out, const std::vector<AcceptancePlan>& plans, double limit,
                double risk);

}  // namespace bottega
