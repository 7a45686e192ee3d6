// Updates of optimizers over plain float32 arrays, vectorized; free of tensors. Each optimizer's
// header gives the formula. In all of them, before anything else,
//   g = gradient + l2 w,   w = keep w          (keep = 1 - lr weight_decay)
// Results do not depend on how an array is cut, but for the sums.
#pragma once

#include <array>
#include <cstdint>

namespace bottega {

struct LoopArrays {
  float* weight = nullptr;
  const float* gradient = nullptr;
  std::array<float*, 3> slot{};  // what the optimizer remembers, in the order of its slots
  int64_t size = 0;

  LoopArrays Part(int64_t begin, int64_t count) const;
};

struct SgdScalars {
  float l2, keep, lr, momentum, gain;  // gain: 1 - dampening
  bool nesterov, first;
};
void SgdLoop(const SgdScalars& scalars, const LoopArrays& arrays);  // slot: buffer if momentum > 0

// m += gain1 (g - m),  v = beta2 v + gain2 g^2,  w -= (by_gradient g + by_mean m) / (root sqrt(v) +
// epsilon); amsgrad: the largest v so far below the root.
struct AdamScalars {
  float l2, keep, gain1, beta2, gain2, root, epsilon, by_gradient, by_mean;
  bool amsgrad;
};
void AdamLoop(const AdamScalars& scalars, const LoopArrays& arrays);

struct AdamaxScalars {
  float l2, keep, gain1, beta2, epsilon, rate;
};
void AdamaxLoop(const AdamaxScalars& scalars, const LoopArrays& arrays);

struct RmspropScalars {
  float l2, keep, lr, alpha, gain, epsilon, momentum;
  bool centered;
};
// Slots: square, then mean if centered, then buffer if momentum > 0.
void RmspropLoop(const RmspropScalars& scalars, const LoopArrays& arrays);

struct AdagradScalars {
  float l2, keep, rate, epsilon;
};
void AdagradLoop(const AdagradScalars& scalars, const LoopArrays& arrays);

struct LionScalars {
  float l2, keep, lr, beta1, beta2;
};
void LionLoop(const LionScalars& scalars, const LoopArrays& arrays);

// The direction u = m / (correction1 (sqrt(v / correction2) + epsilon)) + decay w of LAMB, into
// `direction`, and the sums of squares of w and u.
struct LambScalars {
  float gain1, beta2, gain2, from_mean, root, epsilon, decay;
};
struct LambSums {
  double weight = 0, direction = 0;
};
LambSums LambDirection(const LambScalars& scalars, const LoopArrays& arrays, float* direction);

// w = keep w + factor x.
void AddScaled(float keep, float factor, const float* x, float* w, int64_t size);

double SumOfSquares(const float* x, int64_t size);

// Of `rows` x `columns` numbers, row by row: mean squares of each row and each column.
void MeanSquares(const float* x, int64_t rows, int64_t columns, float* of_row, float* of_column);

// direction = g / sqrt(max(row[i] column[j] scale, floor)) over rows x columns.
void FactoredDirection(const float* g, const float* row, const float* column, float scale,
                       float floor, int64_t rows, int64_t columns, float* direction);

// direction = g / sqrt(max(v, floor)).
void PlainDirection(const float* g, const float* v, float floor, int64_t size, float* direction);

// x += share (to - x).
void Blend(float share, const float* to, float* x, int64_t size);
// x += share (g^2 - x).
void BlendSquares(float share, const float* g, float* x, int64_t size);

}  // namespace bottega
