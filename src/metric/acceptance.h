// Acceptance sampling by attributes: whether a lot whose rate of defects must stay below a limit is
// taken, from the k defects in a sample of n.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "metric/bootstrap.h"

namespace bottega {

enum class Acceptance { kAccept, kReject, kUndecided };
std::string_view AcceptanceName(Acceptance decision);  // "accept", "reject", "undecided"

// Accept when the whole interval lies below the limit, reject when it lies above it.
Acceptance JudgeAcceptance(const Interval& interval, double limit);

// How many rows a sample needs in all for Clopper and Pearson's interval to leave the limit, if the
// rate that was seen stays; -1 beyond ten million (the rate is the limit, or nearly).
int64_t RowsToDecide(double rate, double limit, double level);

// Look at `rows`, take the lot when at most `allowed` are defective. Of lots at the limit, a share
// of `consumer` is taken all the same (the consumer's risk), of lots at `passes` a share of
// `producer` is refused (the producer's risk).
struct AcceptancePlan {
  int64_t rows = 0, allowed = 0;
  double passes = 0;
};

// For each number allowed from 0 to `most`, the fewest rows that keep the consumer's risk
// (binomial; Dodge & Romig, "A method of sampling inspection", Bell System Technical Journal 1929;
// as ISO 2859-2 for a limiting quality). 0 < limit < 1.
std::vector<AcceptancePlan> AcceptancePlans(double limit, double consumer, double producer,
                                            int64_t most);

}  // namespace bottega
