#include "feed/targets.h"

#include <ATen/ATen.h>

#include <cmath>

namespace bottega {

int64_t BatchCount(int64_t n, int64_t batch, int64_t smallest) {
  const int64_t rest = n % batch;
  return n / batch + (rest > 0 && rest >= smallest ? 1 : 0);
}

void FillTargets(const FeedColumns& columns, std::span<const int64_t> positions,
                 const std::vector<char>& failed, Batch* batch) {
  const int64_t n = static_cast<int64_t>(positions.size());
  std::vector<float> weights(positions.size(), 1.0f);
  bool weighted = !columns.weights.empty();
  batch->rows.resize(positions.size());
  if (!columns.labels.empty()) batch->labels = at::empty({n}, at::kLong);
  if (!columns.values.empty()) batch->values = at::empty({n}, at::kFloat);
  int64_t* labels = columns.labels.empty() ? nullptr : batch->labels.data_ptr<int64_t>();
  float* values = columns.values.empty() ? nullptr : batch->values.data_ptr<float>();
  for (size_t i = 0; i < positions.size(); ++i) {
    const size_t p = static_cast<size_t>(positions[i]);
    batch->rows[i] = columns.rows[p];
    if (!columns.weights.empty()) weights[i] = columns.weights[p];
    bool unknown = !failed.empty() && failed[i] != 0;
    if (labels != nullptr) {
      unknown |= columns.labels[p] < 0;
      labels[i] = std::max(0, columns.labels[p]);
    }
    if (values != nullptr) {
      unknown |= std::isnan(columns.values[p]);
      values[i] = std::isnan(columns.values[p]) ? 0.0f : columns.values[p];
    }
    if (unknown) weights[i] = 0;
    weighted |= unknown;
  }
  if (weighted) {
    batch->weights = at::empty({n}, at::kFloat);
    std::copy(weights.begin(), weights.end(), batch->weights.data_ptr<float>());
  }
}

}  // namespace bottega
