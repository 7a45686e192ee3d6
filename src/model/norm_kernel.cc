#include "model/norm_kernel.h"

#include <algorithm>

#include "engine/vectorized.h"

namespace bottega {

namespace {

constexpr int64_t kLanes = 16;

// Sums in lanes of fixed places, so that they vectorize and give the same bits everywhere.
struct Lanes {
  float at[kLanes] = {};
  float Sum() const {
    float sum = 0;
    for (const float lane : at) sum += lane;
    return sum;
  }
};

}  // namespace

BOTTEGA_VECTORIZED void ColumnMoments(const float* __restrict x, int64_t rows, int64_t width,
                                      int64_t stride, float* __restrict mean,
                                      float* __restrict variance) {
  const float share = 1 / static_cast<float>(rows);
  for (int64_t j = 0; j < width; ++j) mean[j] = variance[j] = 0;
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < width; ++j) mean[j] += x[i * stride + j];
  }
  for (int64_t j = 0; j < width; ++j) mean[j] *= share;
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < width; ++j) {
      const float d = x[i * stride + j] - mean[j];
      variance[j] += d * d;
    }
  }
  for (int64_t j = 0; j < width; ++j) variance[j] *= share;
}

BOTTEGA_VECTORIZED void NormalizeColumns(float* __restrict x, int64_t rows, int64_t width,
                                         int64_t stride, const float* __restrict mean,
                                         const float* __restrict inverse,
                                         const float* __restrict weight,
                                         const float* __restrict bias, float* __restrict normed) {
  for (int64_t i = 0; i < rows; ++i, x += stride, normed += stride) {
    for (int64_t j = 0; j < width; ++j) {
      normed[j] = (x[j] - mean[j]) * inverse[j];
      x[j] = normed[j] * weight[j] + bias[j];
    }
  }
}

BOTTEGA_VECTORIZED void NormalizeColumnsBackward(
    float* __restrict delta, int64_t rows, int64_t width, int64_t stride,
    const float* __restrict inverse, const float* __restrict weight, const float* __restrict normed,
    bool moving, float* __restrict weight_gradient, float* __restrict bias_gradient,
    float* __restrict scratch) {
  float *sum = scratch, *product = scratch + width;
  for (int64_t j = 0; j < 2 * width; ++j) scratch[j] = 0;
  for (int64_t i = 0; i < rows; ++i) {
    const float *d = delta + i * stride, *n = normed + i * stride;
    for (int64_t j = 0; j < width; ++j) sum[j] += d[j];
    for (int64_t j = 0; j < width; ++j) product[j] += d[j] * n[j];
  }
  for (int64_t j = 0; j < width; ++j) bias_gradient[j] += sum[j];
  for (int64_t j = 0; j < width; ++j) weight_gradient[j] += product[j];
  const float share = moving ? 1 / static_cast<float>(rows) : 0;
  for (int64_t i = 0; i < rows; ++i) {
    float* d = delta + i * stride;
    const float* n = normed + i * stride;
    for (int64_t j = 0; j < width; ++j) {
      d[j] = weight[j] * inverse[j] * (d[j] - share * (sum[j] + n[j] * product[j]));
    }
  }
}

BOTTEGA_VECTORIZED void NormalizeRows(float* __restrict x, int64_t rows, int64_t width,
                                      int64_t stride, float epsilon, const float* __restrict weight,
                                      const float* __restrict bias, float* __restrict normed,
                                      float* __restrict inverse) {
  const float share = 1 / static_cast<float>(width);
  for (int64_t i = 0; i < rows; ++i, x += stride, normed += stride) {
    Lanes sum, square;
    for (int64_t j = 0; j < width; ++j) sum.at[j % kLanes] += x[j];
    const float mean = sum.Sum() * share;
    for (int64_t j = 0; j < width; ++j) normed[j] = x[j] - mean;
    for (int64_t j = 0; j < width; ++j) square.at[j % kLanes] += normed[j] * normed[j];
    inverse[i] = 1 / __builtin_sqrtf(square.Sum() * share + epsilon);
    for (int64_t j = 0; j < width; ++j) {
      normed[j] *= inverse[i];
      x[j] = normed[j] * weight[j] + bias[j];
    }
  }
}

BOTTEGA_VECTORIZED void NormalizeRowsBackward(float* __restrict delta, int64_t rows, int64_t width,
                                              int64_t stride, const float* __restrict inverse,
                                              const float* __restrict weight,
                                              const float* __restrict normed,
                                              float* __restrict weight_gradient,
                                              float* __restrict bias_gradient) {
  const float share = 1 / static_cast<float>(width);
  for (int64_t i = 0; i < rows; ++i, delta += stride, normed += stride) {
    Lanes sum, product;
    for (int64_t j = 0; j < width; ++j) bias_gradient[j] += delta[j];
    for (int64_t j = 0; j < width; ++j) {
      weight_gradient[j] += delta[j] * normed[j];
      delta[j] *= weight[j];
    }
    for (int64_t j = 0; j < width; ++j) sum.at[j % kLanes] += delta[j];
    for (int64_t j = 0; j < width; ++j) product.at[j % kLanes] += delta[j] * normed[j];
    const float mean = sum.Sum() * share, along = product.Sum() * share;
    for (int64_t j = 0; j < width; ++j)
      delta[j] = inverse[i] * (delta[j] - mean - normed[j] * along);
  }
}

}  // namespace bottega
