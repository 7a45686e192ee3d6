// One micro-batch of training or inference input. Undefined tensors are absent parts.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace bottega {

struct Batch {
  std::vector<int64_t> rows;  // record numbers: the key of all per-row randomness
  at::Tensor numbers;         // float32 [B, numbers]
  at::Tensor codes;           // int64 [B, code columns]
  at::Tensor pictures;        // float32 [B, 3, H, W], normalized; channels-last when chosen
  at::Tensor labels;          // int64 [B] (classification)
  at::Tensor values;          // float32 [B] (regression, scaled)
  at::Tensor weights;         // float32 [B]; undefined: all 1

  // Of mixed rows (feed/mixing.h), else undefined. `numbers` and `pictures` are mixed already;
  // categories and targets are not: the loss is share l(labels) + (1 - share) l(labels_b).
  at::Tensor share;      // float32 [B], of the row's own
  at::Tensor codes_b;    // as codes, of the partner
  at::Tensor labels_b;   // as labels
  at::Tensor values_b;   // as values
  at::Tensor weights_b;  // as weights

  int64_t size() const { return static_cast<int64_t>(rows.size()); }
};

}  // namespace bottega
