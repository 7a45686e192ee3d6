// The update of adam.h over plain arrays: one pass, vectorized, no operator's overhead.
#pragma once

#include <cstdint>

namespace bottega {

struct AdamConstants {
  float l2 = 0;        // added to the gradient, times the weight (adam)
  float shrink = 1;    // 1 - lr weight_decay (adamw)
  float take1 = 0.1f;  // 1 - beta1
  float beta2 = 0.999f;
  float take2 = 0.001f;  // 1 - beta2
  float step = 0;        // lr / (1 - beta1^t)
  float root = 1;        // 1 / sqrt(1 - beta2^t)
  float eps = 1e-8f;
};

// `largest` is null without amsgrad. The arrays, of n elements each, do not overlap. Elements do
// not depend on each other: any cut gives the same bits.
void AdamUpdate(const AdamConstants& constants, int64_t n, float* weight, const float* gradient,
                float* mean, float* square, float* largest);

}  // namespace bottega
