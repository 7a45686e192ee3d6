#include "learn/label_noise.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/threads.h"

namespace bottega {
namespace {

constexpr double kAnchorShare = 0.2;
constexpr size_t kFewestAnchors = 30;
constexpr double kWeightOfAll = 20;  // anchors that the rate of all classes counts as

// Labels given to the anchors of one class.
std::vector<double> CountAnchors(std::vector<std::pair<float, int32_t>> predicted,
                                 const std::vector<int32_t>& label, size_t classes) {
  const size_t share = static_cast<size_t>(kAnchorShare * static_cast<double>(predicted.size()));
  const size_t n = std::min(predicted.size(), std::max(kFewestAnchors, share));
  std::ranges::sort(predicted, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<double> count(classes);
  for (size_t i = 0; i < n; ++i) {
    count[static_cast<size_t>(label[static_cast<size_t>(predicted[i].second)])] += 1;
  }
  return count;
}

// max(0, x) with a soft knee of width `soft`, so that the order of rows below it is kept.
double SoftPositive(double x, double soft) {
  return x > 20 * soft ? x : soft * std::log1p(std::exp(x / soft));
}

}  // namespace

LabelNoise EstimateNoise(const std::vector<int32_t>& label, const Matrix& probability) {
  const size_t k = static_cast<size_t>(probability.columns);
  std::vector<std::vector<std::pair<float, int32_t>>> predicted(k);
  for (size_t i = 0; i < label.size(); ++i) {
    if (label[i] < 0) continue;
    const float* p = probability.row(static_cast<int64_t>(i));
    const size_t best = static_cast<size_t>(std::max_element(p, p + k) - p);
    predicted[best].emplace_back(p[best], static_cast<int32_t>(i));
  }
  std::vector<std::vector<double>> count;
  double anchors = 1, wrong = 0.5;
  for (size_t c = 0; c < k; ++c) {
    count.push_back(CountAnchors(std::move(predicted[c]), label, k));
    const double n = std::accumulate(count[c].begin(), count[c].end(), 0.0);
    anchors += n;
    wrong += n - count[c][c];
  }
  const double all = wrong / anchors;
  LabelNoise noise{static_cast<int>(k), std::vector<double>(k * k)};
  for (size_t c = 0; c < k; ++c) {
    const double n = std::accumulate(count[c].begin(), count[c].end(), 0.0);
    for (size_t j = 0; j < k; ++j) {
      const double prior = j == c ? 1 - all : all / static_cast<double>(std::max<size_t>(1, k - 1));
      noise.rate[c * k + j] = (count[c][j] + kWeightOfAll * prior) / (n + kWeightOfAll);
    }
  }
  return noise;
}

std::vector<float> WrongLabelProbability(const std::vector<int32_t>& label,
                                         const Matrix& probability, const LabelNoise& noise) {
  const int32_t k = noise.classes;
  std::vector<float> out(label.size(), std::numeric_limits<float>::quiet_NaN());
  ParallelFor(static_cast<int64_t>(label.size()), 1 << 14, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) {
      const int32_t y = label[static_cast<size_t>(r)];
      if (y < 0) continue;
      const float* p = probability.row(r);
      double others = 1e-12, leak = 0;
      for (int32_t j = 0; j < k; ++j) {
        if (j == y) continue;
        others += p[j];
        leak += p[j] * noise.Rate(j, y);
      }
      leak = std::max(leak / others, 1e-9);
      const double own = noise.Rate(y, y);
      const double q =
          std::min(1.0, SoftPositive(p[y] - leak, leak / 4) / std::max(0.05, own - leak));
      const double sound = own * q, wrong = leak * (1 - q);
      out[static_cast<size_t>(r)] = static_cast<float>(wrong / std::max(1e-12, sound + wrong));
    }
  });
  return out;
}

}  // namespace bottega
