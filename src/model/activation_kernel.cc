#include "model/activation_kernel.h"

#include <cstring>

#include "engine/vectorized.h"

namespace bottega {

namespace {

// 2^n r with x = n log 2 + log r, |log r| <= log(2) / 2: Taylor's polynomial of degree 6 for r.
__attribute__((always_inline)) inline float Exp(float x) {
  x = x > 88.0f ? 88.0f : x < -87.0f ? -87.0f : x;
  constexpr float kRound = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer
  const float n = (x * 1.44269504f + kRound) - kRound;
  const float f = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  const float r =
      1 + f * (1 + f * (0.5f + f * (1 / 6.0f + f * (1 / 24.0f + f * (1 / 120.0f + f / 720)))));
  const int32_t exponent = (static_cast<int32_t>(n) + 127) << 23;
  float power;
  std::memcpy(&power, &exponent, sizeof(power));
  return r * power;
}

BOTTEGA_VECTORIZED void Relu(int64_t n, float* __restrict values, float* __restrict slope) {
  for (int64_t i = 0; i < n; ++i) {
    slope[i] = values[i] > 0 ? 1.0f : 0.0f;
    values[i] = values[i] > 0 ? values[i] : 0.0f;
  }
}

// z Phi(z); Phi(z) = 1 - Q for z >= 0 and Q below, Q = erfc(|z| / sqrt 2) / 2.
BOTTEGA_VECTORIZED void Gelu(int64_t n, float* __restrict values, float* __restrict slope) {
  for (int64_t i = 0; i < n; ++i) {
    const float z = values[i], size = z < 0 ? -z : z;
    const float t = 1 / (1 + 0.3275911f * 0.70710678f * size);
    const float bell = Exp(-0.5f * z * z);
    const float tail =
        0.5f * bell * t *
        (0.254829592f +
         t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
    const float phi = z < 0 ? tail : 1 - tail;
    values[i] = z * phi;
    slope[i] = phi + z * bell * 0.39894228f;
  }
}

BOTTEGA_VECTORIZED void Silu(int64_t n, float* __restrict values, float* __restrict slope) {
  for (int64_t i = 0; i < n; ++i) {
    const float z = values[i];
    const float sigmoid = 1 / (1 + Exp(-z));
    values[i] = z * sigmoid;
    slope[i] = sigmoid * (1 + z * (1 - sigmoid));
  }
}

BOTTEGA_VECTORIZED void Tanh(int64_t n, float* __restrict values, float* __restrict slope) {
  for (int64_t i = 0; i < n; ++i) {
    const float y = 1 - 2 / (1 + Exp(2 * values[i]));
    values[i] = y;
    slope[i] = 1 - y * y;
  }
}

}  // namespace

void Activate(Activation activation, int64_t n, float* values, float* slope) {
  switch (activation) {
    case Activation::kRelu:
      return Relu(n, values, slope);
    case Activation::kGelu:
      return Gelu(n, values, slope);
    case Activation::kSilu:
      return Silu(n, values, slope);
    case Activation::kTanh:
      return Tanh(n, values, slope);
  }
}

}  // namespace bottega
