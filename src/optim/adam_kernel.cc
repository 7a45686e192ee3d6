#include "optim/adam_kernel.h"

#include "engine/vectorized.h"

namespace bottega {

namespace {

BOTTEGA_VECTORIZED void Update(const AdamConstants c, int64_t n, float* __restrict weight,
                               const float* __restrict gradient, float* __restrict mean,
                               float* __restrict square) {
  for (int64_t i = 0; i < n; ++i) {
    const float w = weight[i] * c.shrink;
    const float g = gradient[i] + c.l2 * w;
    const float m = mean[i] + c.take1 * (g - mean[i]);
    const float v = c.beta2 * square[i] + c.take2 * g * g;
    mean[i] = m;
    square[i] = v;
    weight[i] = w - c.step * m / (__builtin_sqrtf(v) * c.root + c.eps);
  }
}

BOTTEGA_VECTORIZED void UpdateByLargest(const AdamConstants c, int64_t n, float* __restrict weight,
                                        const float* __restrict gradient, float* __restrict mean,
                                        float* __restrict square, float* __restrict largest) {
  for (int64_t i = 0; i < n; ++i) {
    const float w = weight[i] * c.shrink;
    const float g = gradient[i] + c.l2 * w;
    const float m = mean[i] + c.take1 * (g - mean[i]);
    const float v = c.beta2 * square[i] + c.take2 * g * g;
    const float top = largest[i] > v ? largest[i] : v;
    mean[i] = m;
    square[i] = v;
    largest[i] = top;
    weight[i] = w - c.step * m / (__builtin_sqrtf(top) * c.root + c.eps);
  }
}

}  // namespace

void AdamUpdate(const AdamConstants& constants, int64_t n, float* weight, const float* gradient,
                float* mean, float* square, float* largest) {
  if (largest == nullptr) {
    Update(constants, n, weight, gradient, mean, square);
  } else {
    UpdateByLargest(constants, n, weight, gradient, mean, square, largest);
  }
}

}  // namespace bottega
