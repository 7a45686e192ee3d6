// Batch and layer normalization over plain arrays, for step engines; the formulas of BatchNorm and
// LayerNorm in model/layers.h. Matrices are [rows, width] with rows of `stride` floats.
#pragma once

#include <cstdint>

namespace bottega {

// Mean and biased variance of each column; two passes. [width] each.
void ColumnMoments(const float* x, int64_t rows, int64_t width, int64_t stride, float* mean,
                   float* variance);

// normed = (x - mean) inverse, x = normed weight + bias, by column.
void NormalizeColumns(float* x, int64_t rows, int64_t width, int64_t stride, const float* mean,
                      const float* inverse, const float* weight, const float* bias, float* normed);

// Turns `delta`, the gradient by the result, into that by x, and adds to the gradients of weight
// and bias. `moving`: mean and variance were the batch's own, else constants.
// scratch: 2 width floats.
void NormalizeColumnsBackward(float* delta, int64_t rows, int64_t width, int64_t stride,
                              const float* inverse, const float* weight, const float* normed,
                              bool moving, float* weight_gradient, float* bias_gradient,
                              float* scratch);

// The same for each row by its own mean and variance; inverse: [rows], written.
void NormalizeRows(float* x, int64_t rows, int64_t width, int64_t stride, float epsilon,
                   const float* weight, const float* bias, float* normed, float* inverse);
void NormalizeRowsBackward(float* delta, int64_t rows, int64_t width, int64_t stride,
                           const float* inverse, const float* weight, const float* normed,
                           float* weight_gradient, float* bias_gradient);

}  // namespace bottega
