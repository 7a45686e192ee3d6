#include "train/class_weights.h"

namespace bottega {

std::vector<double> ClassWeights(std::span<const int32_t> labels, int64_t classes) {
  std::vector<int64_t> counts(static_cast<size_t>(classes), 0);
  int64_t n = 0;
  for (const int32_t label : labels) {
    if (label < 0) continue;
    ++counts[static_cast<size_t>(label)];
    ++n;
  }
  std::vector<double> weights;
  for (const int64_t count : counts) {
    weights.push_back(count == 0 ? 0
                                 : static_cast<double>(n) / static_cast<double>(classes) /
                                       static_cast<double>(count));
  }
  return weights;
}

}  // namespace bottega
