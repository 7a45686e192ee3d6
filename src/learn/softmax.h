// Scores to probabilities, quickly.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace bottega {

// e^x within 2e-7 of itself for |x| <= 80; plain arithmetic, so that loops over it vectorize.
inline float FastExp(float x) {
  const float t = std::clamp(x, -80.0F, 80.0F) * 1.44269504F;
  const float whole = static_cast<float>(static_cast<int32_t>(t + (t < 0 ? -0.5F : 0.5F)));
  const float f = (t - whole) * 0.693147181F;
  float power = 1.0F / 720;
  for (const float c : {1.0F / 120, 1.0F / 24, 1.0F / 6, 0.5F, 1.0F, 1.0F}) power = power * f + c;
  const int32_t exponent = (static_cast<int32_t>(whole) + 127) << 23;
  return power * std::bit_cast<float>(exponent);
}

inline void Softmax(const float* score, int classes, float* p) {
  const float top = *std::max_element(score, score + classes);
  float sum = 0;
  for (int k = 0; k < classes; ++k) sum += p[k] = FastExp(score[k] - top);
  for (int k = 0; k < classes; ++k) p[k] /= sum;
}

}  // namespace bottega
