#include "learn/noise_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "base/random.h"
#include "learn/softmax.h"

namespace bottega {
namespace {

constexpr size_t kGroups = 3;
constexpr std::array<double, kGroups> kEnd = {0.1, 0.4, 1};
constexpr size_t kScales = 30;
constexpr double kLeastScale = 0.03, kLargestScale = 20;
constexpr int kRounds = 15;  // of fitting b to the classes' shares
constexpr int64_t kNumbersDrawn = 40'000, kFewestPoints = 200, kMostPoints = 2000;

struct Agreed {
  std::array<double, kGroups> rows{}, agree{};
};

using Rates = std::array<double, kGroups>;

// Where group g of n rows, the surest first, ends.
size_t EndOf(size_t g, size_t n) {
  return static_cast<size_t>(std::llround(kEnd[g] * static_cast<double>(n)));
}

double LogLikelihood(const Agreed& seen, const Rates& rate) {
  double sum = 0;
  for (size_t g = 0; g < kGroups; ++g) {
    const double p = std::clamp(rate[g], 1e-6, 1 - 1e-6);
    sum += seen.agree[g] * std::log(p) + (seen.rows[g] - seen.agree[g]) * std::log1p(-p);
  }
  return sum;
}

Agreed AgreementOf(const std::vector<int32_t>& label, const Matrix& probability) {
  std::vector<std::pair<float, bool>> rows;
  for (size_t i = 0; i < label.size(); ++i) {
    if (label[i] < 0) continue;
    const float* p = probability.row(static_cast<int64_t>(i));
    const float* best = std::max_element(p, p + probability.columns);
    rows.emplace_back(*best, best - p == label[i]);
  }
  std::ranges::stable_sort(rows, std::greater<>(), &std::pair<float, bool>::first);
  Agreed seen;
  size_t i = 0;
  for (size_t g = 0; g < kGroups; ++g) {
    for (; i < EndOf(g, rows.size()); ++i) {
      seen.rows[g] += 1;
      seen.agree[g] += rows[i].second;
    }
  }
  return seen;
}

std::vector<double> SharesOf(const std::vector<int32_t>& label, int64_t classes) {
  std::vector<double> shares(static_cast<size_t>(classes), 0.5);
  for (const int32_t y : label) {
    if (y >= 0) shares[static_cast<size_t>(y)] += 1;
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

// Rates of agreement where labels are drawn from softmax(b + scale z), b such that the classes have
// these shares.
Rates RatesOfIgnorance(const Matrix& z, float scale, const std::vector<double>& shares) {
  const size_t k = shares.size(), points = static_cast<size_t>(z.rows);
  std::vector<float> b(k), score(k), p(k), sure(points);
  std::ranges::transform(shares, b.begin(), [](double s) { return std::log(s); });
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> mean(k, 1e-9);
    for (size_t i = 0; i < points; ++i) {
      const float* draw = z.row(static_cast<int64_t>(i));
      for (size_t c = 0; c < k; ++c) score[c] = b[c] + scale * draw[c];
      Softmax(score.data(), static_cast<int>(k), p.data());
      for (size_t c = 0; c < k; ++c) mean[c] += p[c] / static_cast<double>(points);
      sure[i] = *std::ranges::max_element(p);
    }
    for (size_t c = 0; c < k; ++c) b[c] += static_cast<float>(std::log(shares[c] / mean[c]));
  }
  std::ranges::sort(sure, std::greater<>());
  Rates rates{};
  size_t i = 0;
  for (size_t g = 0; g < kGroups; ++g) {
    const size_t begin = i;
    for (; i < EndOf(g, points); ++i) rates[g] += sure[i];
    rates[g] /= static_cast<double>(i - begin);
  }
  return rates;
}

double OfIgnorance(const Agreed& seen, const std::vector<double>& shares) {
  const auto k = static_cast<int64_t>(shares.size());
  Matrix normal(std::clamp(kNumbersDrawn / k, kFewestPoints, kMostPoints), k);
  Matrix uniform = normal;
  Random random(1, Purpose::kDiagnosis);
  for (float& x : normal.values) x = static_cast<float>(random.Normal());
  for (float& x : uniform.values) x = static_cast<float>(random.Uniform(-1, 1) * std::sqrt(3.0));
  double best = -std::numeric_limits<double>::infinity();
  const double step = std::pow(kLargestScale / kLeastScale, 1.0 / (kScales - 1));
  double scale = kLeastScale;
  for (size_t i = 0; i < kScales; ++i, scale *= step) {
    for (const Matrix* z : {&normal, &uniform}) {
      const Rates rates = RatesOfIgnorance(*z, static_cast<float>(scale), shares);
      best = std::max(best, LogLikelihood(seen, rates));
    }
  }
  return best;
}

}  // namespace

double EvidenceOfNoise(const std::vector<int32_t>& label, const Matrix& probability) {
  const Agreed seen = AgreementOf(label, probability);
  const double rows = std::accumulate(seen.rows.begin(), seen.rows.end(), 0.0);
  if (rows == 0 || seen.rows[0] == 0) return -std::numeric_limits<double>::infinity();
  const double sure = (seen.agree[0] + seen.agree[1]) / (seen.rows[0] + seen.rows[1]);
  const double noise = LogLikelihood(seen, {sure, sure, seen.agree[2] / seen.rows[2]});
  return noise - OfIgnorance(seen, SharesOf(label, probability.columns)) - std::log(rows) / 2;
}

}  // namespace bottega
