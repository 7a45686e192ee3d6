#include "learn/blend.h"

#include <algorithm>
#include <cmath>

#include "base/threads.h"

namespace bottega {
namespace {

constexpr int64_t kChunk = 1 << 13;
constexpr float kLeast = 1e-7F;

void RaiseRow(const float* p, int64_t classes, float power, float* out) {
  float top = kLeast, sum = 0;
  for (int64_t c = 0; c < classes; ++c) top = std::max(top, p[c]);
  for (int64_t c = 0; c < classes; ++c) {
    out[c] = std::exp(power * std::log(std::max(p[c], kLeast) / top));
    sum += out[c];
  }
  for (int64_t c = 0; c < classes; ++c) out[c] /= sum;
}

double RaisedLogLoss(const std::vector<int32_t>& label, const Matrix& probability, float power) {
  const int64_t step = std::max<int64_t>(1, probability.rows / 20'000);  // one number is fitted
  std::vector<float> row(static_cast<size_t>(probability.columns));
  double loss = 0;
  for (int64_t r = 0; r < probability.rows; r += step) {
    const int32_t y = label[static_cast<size_t>(r)];
    if (y < 0) continue;
    RaiseRow(probability.row(r), probability.columns, power, row.data());
    loss -= std::log(std::max(row[static_cast<size_t>(y)], kLeast));
  }
  return loss;
}

}  // namespace

double MeanLogLoss(const std::vector<int32_t>& label, const Matrix& probability) {
  double loss = 0, n = 0;
  for (int64_t r = 0; r < probability.rows; ++r) {
    const int32_t y = label[static_cast<size_t>(r)];
    if (y < 0) continue;
    loss -= std::log(std::max(probability.at(r, y), kLeast));
    n += 1;
  }
  return n > 0 ? loss / n : 0;
}

void Calibrate(const std::vector<int32_t>& label, Matrix* probability) {
  constexpr double kGolden = 0.6180339887;
  double low = std::log(0.1), high = std::log(10.0);  // of the power
  const auto loss = [&](double at) {
    return RaisedLogLoss(label, *probability, static_cast<float>(std::exp(at)));
  };
  double a = high - kGolden * (high - low), b = low + kGolden * (high - low);
  double at_a = loss(a), at_b = loss(b);
  for (int i = 0; i < 14; ++i) {
    if (at_a < at_b) {
      high = b;
      b = a;
      at_b = at_a;
      at_a = loss(a = high - kGolden * (high - low));
    } else {
      low = a;
      a = b;
      at_a = at_b;
      at_b = loss(b = low + kGolden * (high - low));
    }
  }
  const float power = static_cast<float>(std::exp((low + high) / 2));
  ParallelFor(probability->rows, kChunk, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) {
      RaiseRow(probability->row(r), probability->columns, power, probability->row(r));
    }
  });
}

Matrix Blend(const std::vector<int32_t>& label, const Matrix& a, const Matrix& b) {
  constexpr int kSteps = 10;
  double best = INFINITY;
  float weight = 0;
  for (int step = 0; step <= kSteps; ++step) {
    const float w = static_cast<float>(step) / kSteps;
    double loss = 0;
    for (int64_t r = 0; r < a.rows; ++r) {
      const int32_t y = label[static_cast<size_t>(r)];
      if (y >= 0) loss -= std::log(std::max(a.at(r, y) + w * (b.at(r, y) - a.at(r, y)), kLeast));
    }
    if (loss >= best) continue;
    best = loss;
    weight = w;
  }
  Matrix out = a;
  for (size_t i = 0; i < out.values.size(); ++i) {
    out.values[i] += weight * (b.values[i] - out.values[i]);
  }
  return out;
}

}  // namespace bottega
