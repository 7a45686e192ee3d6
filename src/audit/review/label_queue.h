// Rows that have no label yet, in the order in which their labels teach most.
#pragma once

#include <string>
#include <vector>

#include "audit/review/queue.h"
#include "base/json.h"

namespace bottega {

struct LabelQueueOptions {
  std::string reviewer;
  double twice = 0;  // share of the rows that a second reviewer labels as well
  uint64_t seed = 7;
};

// With at least 50 labelled rows of two classes: the least sure first, by the margin between the
// two likeliest classes that models of the labelled rows give (Scheffer et al., "Active hidden
// Markov models for information extraction", IDA 2001). Else, and for numbers, at random. Nothing
// is suggested: the labels shall be people's own. Near-duplicates (`group`) are one question.
// `section` is the resolved audit section.
std::vector<ReviewItem> UnlabelledRows(const Dataset& data, const Json& section,
                                       const Reviews& reviews, const std::vector<int64_t>& group,
                                       const LabelQueueOptions& options);

}  // namespace bottega
