#include "optim/update_loops.h"

#include <algorithm>
#include <cmath>

#define BOTTEGA_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))

namespace bottega {

LoopArrays LoopArrays::Part(int64_t begin, int64_t count) const {
  LoopArrays part{.weight = weight + begin, .gradient = gradient + begin, .size = count};
  for (size_t s = 0; s < slot.size(); ++s) part.slot[s] = slot[s] ? slot[s] + begin : nullptr;
  return part;
}

namespace {

// Without momentum, and with it; `nesterov` and `first` do not change within a loop.
BOTTEGA_CLONES void PlainSgd(const SgdScalars s, float* __restrict w, const float* __restrict g,
                             int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    w[i] = s.keep * w[i] - s.lr * gradient;
  }
}

BOTTEGA_CLONES void MomentumSgd(const SgdScalars s, float* __restrict w, const float* __restrict g,
                                float* __restrict b, int64_t n) {
  const float memory = s.first ? 0.0f : s.momentum, gain = s.first ? 1.0f : s.gain;
  const float direct = s.nesterov ? 1.0f : 0.0f, through = s.nesterov ? s.momentum : 1.0f;
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float buffer = memory * b[i] + gain * gradient;
    b[i] = buffer;
    w[i] = s.keep * w[i] - s.lr * (direct * gradient + through * buffer);
  }
}

BOTTEGA_CLONES void Adam(const AdamScalars s, float* __restrict w, const float* __restrict g,
                         float* __restrict m, float* __restrict v, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float mean = m[i] + s.gain1 * (gradient - m[i]);
    const float square = s.beta2 * v[i] + s.gain2 * gradient * gradient;
    m[i] = mean;
    v[i] = square;
    w[i] = s.keep * w[i] -
           (s.by_gradient * gradient + s.by_mean * mean) / (s.root * std::sqrt(square) + s.epsilon);
  }
}

BOTTEGA_CLONES void Amsgrad(const AdamScalars s, float* __restrict w, const float* __restrict g,
                            float* __restrict m, float* __restrict v, float* __restrict largest,
                            int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float mean = m[i] + s.gain1 * (gradient - m[i]);
    const float square = s.beta2 * v[i] + s.gain2 * gradient * gradient;
    const float most = largest[i] > square ? largest[i] : square;
    m[i] = mean;
    v[i] = square;
    largest[i] = most;
    w[i] = s.keep * w[i] -
           (s.by_gradient * gradient + s.by_mean * mean) / (s.root * std::sqrt(most) + s.epsilon);
  }
}

BOTTEGA_CLONES void Adamax(const AdamaxScalars s, float* __restrict w, const float* __restrict g,
                           float* __restrict m, float* __restrict u, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float mean = m[i] + s.gain1 * (gradient - m[i]);
    const float now = std::fabs(gradient) + s.epsilon, before = s.beta2 * u[i];
    const float most = before > now ? before : now;
    m[i] = mean;
    u[i] = most;
    w[i] = s.keep * w[i] - s.rate * mean / most;
  }
}

BOTTEGA_CLONES void Rmsprop(const RmspropScalars s, float* __restrict w, const float* __restrict g,
                            float* __restrict v, float* __restrict b, int64_t n) {
  const float memory = s.momentum;
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float square = s.alpha * v[i] + s.gain * gradient * gradient;
    v[i] = square;
    const float buffer = memory * b[i] + gradient / (std::sqrt(square) + s.epsilon);
    b[i] = buffer;
    w[i] = s.keep * w[i] - s.lr * buffer;
  }
}

BOTTEGA_CLONES void PlainRmsprop(const RmspropScalars s, float* __restrict w,
                                 const float* __restrict g, float* __restrict v, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float square = s.alpha * v[i] + s.gain * gradient * gradient;
    v[i] = square;
    w[i] = s.keep * w[i] - s.lr * gradient / (std::sqrt(square) + s.epsilon);
  }
}

BOTTEGA_CLONES void Centered(const RmspropScalars s, float* __restrict w, const float* __restrict g,
                             float* __restrict v, float* __restrict a, float* __restrict b,
                             int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float square = s.alpha * v[i] + s.gain * gradient * gradient;
    const float mean = a[i] + s.gain * (gradient - a[i]);
    v[i] = square;
    a[i] = mean;
    const float step = gradient / (std::sqrt(square - mean * mean) + s.epsilon);
    const float buffer = b == nullptr ? step : s.momentum * b[i] + step;
    if (b != nullptr) b[i] = buffer;
    w[i] = s.keep * w[i] - s.lr * buffer;
  }
}

BOTTEGA_CLONES void Adagrad(const AdagradScalars s, float* __restrict w, const float* __restrict g,
                            float* __restrict sum, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float total = sum[i] + gradient * gradient;
    sum[i] = total;
    w[i] = s.keep * w[i] - s.rate * gradient / (std::sqrt(total) + s.epsilon);
  }
}

BOTTEGA_CLONES void Lion(const LionScalars s, float* __restrict w, const float* __restrict g,
                         float* __restrict m, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float gradient = g[i] + s.l2 * w[i];
    const float mixed = s.beta1 * m[i] + (1 - s.beta1) * gradient;
    const float sign = (mixed > 0 ? 1.0f : 0.0f) - (mixed < 0 ? 1.0f : 0.0f);
    m[i] = s.beta2 * m[i] + (1 - s.beta2) * gradient;
    w[i] = s.keep * w[i] - s.lr * sign;
  }
}

BOTTEGA_CLONES void Lamb(const LambScalars s, const float* __restrict w, const float* __restrict g,
                         float* __restrict m, float* __restrict v, float* __restrict u, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    const float mean = m[i] + s.gain1 * (g[i] - m[i]);
    const float square = s.beta2 * v[i] + s.gain2 * g[i] * g[i];
    m[i] = mean;
    v[i] = square;
    u[i] = s.from_mean * mean / (s.root * std::sqrt(square) + s.epsilon) + s.decay * w[i];
  }
}

constexpr int64_t kLanes = 8;

}  // namespace

void SgdLoop(const SgdScalars& s, const LoopArrays& a) {
  if (a.slot[0] == nullptr) return PlainSgd(s, a.weight, a.gradient, a.size);
  MomentumSgd(s, a.weight, a.gradient, a.slot[0], a.size);
}

void AdamLoop(const AdamScalars& s, const LoopArrays& a) {
  if (!s.amsgrad) return Adam(s, a.weight, a.gradient, a.slot[0], a.slot[1], a.size);
  Amsgrad(s, a.weight, a.gradient, a.slot[0], a.slot[1], a.slot[2], a.size);
}

void AdamaxLoop(const AdamaxScalars& s, const LoopArrays& a) {
  Adamax(s, a.weight, a.gradient, a.slot[0], a.slot[1], a.size);
}

void RmspropLoop(const RmspropScalars& s, const LoopArrays& a) {
  if (s.centered) {
    return Centered(s, a.weight, a.gradient, a.slot[0], a.slot[1], a.slot[2], a.size);
  }
  if (a.slot[1] == nullptr) return PlainRmsprop(s, a.weight, a.gradient, a.slot[0], a.size);
  Rmsprop(s, a.weight, a.gradient, a.slot[0], a.slot[1], a.size);
}

void AdagradLoop(const AdagradScalars& s, const LoopArrays& a) {
  Adagrad(s, a.weight, a.gradient, a.slot[0], a.size);
}

void LionLoop(const LionScalars& s, const LoopArrays& a) {
  Lion(s, a.weight, a.gradient, a.slot[0], a.size);
}

LambSums LambDirection(const LambScalars& s, const LoopArrays& a, float* direction) {
  Lamb(s, a.weight, a.gradient, a.slot[0], a.slot[1], direction, a.size);
  return {SumOfSquares(a.weight, a.size), SumOfSquares(direction, a.size)};
}

BOTTEGA_CLONES void AddScaled(float keep, float factor, const float* __restrict x,
                              float* __restrict w, int64_t size) {
  for (int64_t i = 0; i < size; ++i) w[i] = keep * w[i] + factor * x[i];
}

// Eight running sums, so that the order of additions is fixed and vectors fit it.
BOTTEGA_CLONES double SumOfSquares(const float* x, int64_t size) {
  double lanes[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= size; i += kLanes) {
    for (int64_t k = 0; k < kLanes; ++k) {
      lanes[k] += static_cast<double>(x[i + k]) * static_cast<double>(x[i + k]);
    }
  }
  double sum = 0;
  for (; i < size; ++i) sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
  for (const double lane : lanes) sum += lane;
  return sum;
}

BOTTEGA_CLONES void MeanSquares(const float* __restrict x, int64_t rows, int64_t columns,
                                float* __restrict of_row, float* __restrict of_column) {
  std::fill_n(of_column, columns, 0.0f);
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < columns; ++j) of_column[j] += x[i * columns + j] * x[i * columns + j];
    of_row[i] =
        static_cast<float>(SumOfSquares(x + i * columns, columns) / static_cast<double>(columns));
  }
  for (int64_t j = 0; j < columns; ++j) of_column[j] /= static_cast<float>(rows);
}

BOTTEGA_CLONES void FactoredDirection(const float* __restrict g, const float* __restrict row,
                                      const float* __restrict column, float scale, float floor,
                                      int64_t rows, int64_t columns, float* __restrict direction) {
  for (int64_t i = 0; i < rows; ++i) {
    for (int64_t j = 0; j < columns; ++j) {
      const float square = row[i] * column[j] * scale;
      direction[i * columns + j] = g[i * columns + j] / std::sqrt(square > floor ? square : floor);
    }
  }
}

BOTTEGA_CLONES void PlainDirection(const float* __restrict g, const float* __restrict v,
                                   float floor, int64_t size, float* __restrict direction) {
  for (int64_t i = 0; i < size; ++i) direction[i] = g[i] / std::sqrt(v[i] > floor ? v[i] : floor);
}

BOTTEGA_CLONES void Blend(float share, const float* __restrict to, float* __restrict x,
                          int64_t size) {
  for (int64_t i = 0; i < size; ++i) x[i] += share * (to[i] - x[i]);
}

BOTTEGA_CLONES void BlendSquares(float share, const float* __restrict g, float* __restrict x,
                                 int64_t size) {
  for (int64_t i = 0; i < size; ++i) x[i] += share * (g[i] * g[i] - x[i]);
}

}  // namespace bottega
