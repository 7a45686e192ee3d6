// What a feed gives beside its inputs; free of libtorch types.
#pragma once

#include <cstdint>
#include <vector>

namespace bottega {

// What stands beside the inputs, for all rows of the dataset (by position). Empty: absent.
struct FeedColumns {
  std::vector<int64_t> rows;    // record numbers; never empty
  std::vector<int32_t> labels;  // LabelsOf(plan, data); a row with -1 is fed with weight 0
  std::vector<float> values;    // ValuesOf(plan, data); a row with NaN is fed as 0 with weight 0
  std::vector<float> weights;
};

}  // namespace bottega
