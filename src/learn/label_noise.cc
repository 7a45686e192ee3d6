#include "learn/label_noise.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/threads.h"
#include "learn/label_scores.h"
#include "learn/rate_curve.h"

namespace bottega {
namespace {

constexpr size_t kParts = 5;
constexpr size_t kFewestAnchors = 30;
constexpr double kWeightOfAll = 10;  // anchors that the rate of all classes counts as
constexpr double kSameRate = 2;      // deviations within which two parts are of one rate
constexpr double kDeviations = 2;    // by which agreement and rates are taken at their least
// Accuracies between which one leans from the first fifth to all that agree with it.
constexpr double kUnclear = 0.88, kClear = 0.96;

// Labels given to rows of one class; sums over rows are doubles.
struct Anchors {
  std::vector<double> first, all;  // the surest fifth; with those that agree with it
};

double SumOf(const std::vector<double>& count) {
  return std::accumulate(count.begin(), count.end(), 0.0);
}

Anchors AnchorsOf(std::vector<std::pair<float, int32_t>> predicted,
                  const std::vector<int32_t>& label, size_t own, size_t classes) {
  std::ranges::sort(predicted, [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  const size_t n = predicted.size();
  const size_t step =
      std::max({size_t{1}, std::min(kFewestAnchors, n / 3), (n + kParts - 1) / kParts});
  Anchors out{std::vector<double>(classes), std::vector<double>(classes)};
  for (size_t begin = 0; begin < n; begin += step) {
    std::vector<double> here(classes);
    for (size_t i = begin; i < std::min(n, begin + step); ++i) {
      here[static_cast<size_t>(label[static_cast<size_t>(predicted[i].second)])] += 1;
    }
    const double size = SumOf(here), rows = SumOf(out.all);
    if (begin == 0) out.first = here;
    if (begin > 0) {
      const double before = (rows - out.all[own]) / rows, now = (size - here[own]) / size;
      const double both = (before * rows + now * size + 0.5) / (rows + size + 1);
      const double deviation = std::sqrt(both * (1 - both) * (1 / size + 1 / rows));
      if (now > before + kSameRate * deviation) break;
    }
    for (size_t c = 0; c < classes; ++c) out.all[c] += here[c];
  }
  return out;
}

// Accuracy against true labels where `accuracy` is that against labels wrong at the given rates.
double WithoutNoise(double accuracy, const LabelNoise& noise, const std::vector<double>& count) {
  double share = 0;
  for (int32_t c = 0; c < noise.classes; ++c) {
    share += count[static_cast<size_t>(c)] / SumOf(count) * (1 - noise.Rate(c, c));
  }
  const double lucky = share / std::max(1, noise.classes - 1);
  return std::clamp((accuracy - lucky) / std::max(0.05, 1 - share - lucky), 0.0, 1.0);
}

// Rates from counts of labels per class, leaning to the rate of all classes.
LabelNoise RatesOf(const std::vector<std::vector<double>>& count) {
  const size_t k = count.size();
  double rows = 1, wrong = 0.5;
  for (size_t c = 0; c < k; ++c) {
    rows += SumOf(count[c]);
    wrong += SumOf(count[c]) - count[c][c];
  }
  LabelNoise noise{static_cast<int>(k), std::vector<double>(k * k)};
  for (size_t c = 0; c < k; ++c) {
    for (size_t j = 0; j < k; ++j) {
      const double prior = j == c ? 1 - wrong / rows
                                  : wrong / rows / static_cast<double>(std::max<size_t>(1, k - 1));
      noise.rate[c * k + j] =
          (count[c][j] + kWeightOfAll * prior) / (SumOf(count[c]) + kWeightOfAll);
    }
  }
  return noise;
}

// Off-diagonal counts lowered by two deviations of their sum.
void TakeLowerBound(std::vector<double>* count, size_t own) {
  const double wrong = SumOf(*count) - (*count)[own];
  if (wrong <= 0) return;
  const double factor = std::max(0.0, wrong - kDeviations * std::sqrt(wrong)) / wrong;
  for (size_t c = 0; c < count->size(); ++c) {
    if (c == own) continue;
    (*count)[own] += (1 - factor) * (*count)[c];
    (*count)[c] *= factor;
  }
}

// max(0, x) with a soft knee of width `soft`, so that the order of rows below it is kept.
double SoftPositive(double x, double soft) {
  return x > 20 * soft ? x : soft * std::log1p(std::exp(x / soft));
}

}  // namespace

LabelNoise EstimateNoise(const std::vector<int32_t>& label, const Matrix& probability) {
  const size_t k = static_cast<size_t>(probability.columns);
  std::vector<std::vector<std::pair<float, int32_t>>> predicted(k);
  std::vector<double> rows(k, 1e-9);
  for (size_t i = 0; i < label.size(); ++i) {
    if (label[i] < 0) continue;
    const float* p = probability.row(static_cast<int64_t>(i));
    const size_t best = static_cast<size_t>(std::max_element(p, p + k) - p);
    predicted[best].emplace_back(p[best], static_cast<int32_t>(i));
    rows[static_cast<size_t>(label[i])] += 1;
  }
  std::vector<std::vector<double>> least, first, all;
  for (size_t c = 0; c < k; ++c) {
    Anchors anchors = AnchorsOf(std::move(predicted[c]), label, c, k);
    first.push_back(anchors.first);
    TakeLowerBound(&anchors.first, c);
    least.push_back(std::move(anchors.first));
    all.push_back(std::move(anchors.all));
  }
  const LabelNoise unclear = RatesOf(first);
  LabelNoise noise = RatesOf(all);
  const Agreement agreement = AgreementOf(label, probability);
  const double accuracy = agreement.balanced_accuracy - kDeviations * agreement.deviation;
  if (accuracy <= 1 / static_cast<double>(k)) return unclear;  // guessing
  const double lean =
      std::clamp((WithoutNoise(accuracy, noise, rows) - kUnclear) / (kClear - kUnclear), 0.0, 1.0);
  for (size_t i = 0; i < noise.rate.size(); ++i) {
    noise.rate[i] = unclear.rate[i] + lean * (noise.rate[i] - unclear.rate[i]);
  }
  const LabelNoise& sure = lean < 1 ? RatesOf(least) : noise;
  noise.accuracy = WithoutNoise(accuracy, sure, rows);
  return noise;
}

namespace {

// Per label how many rows carry it wrongly at the rates of `noise`, with one deviation of slack; at
// least a deviation of one row, less where the label has few rows.
std::vector<double> ExpectedWrong(const std::vector<int32_t>& label, const Matrix& probability,
                                  const LabelNoise& noise) {
  const size_t k = static_cast<size_t>(noise.classes);
  std::vector<double> rows(k), carry(k), expected(k);
  for (size_t i = 0; i < label.size(); ++i) {
    if (label[i] < 0) continue;
    carry[static_cast<size_t>(label[i])] += 1;
    for (size_t c = 0; c < k; ++c) rows[c] += probability.values[i * k + c];
  }
  for (size_t y = 0; y < k; ++y) {
    for (size_t j = 0; j < k; ++j) {
      if (j != y) expected[y] += rows[j] * noise.rate[j * k + y];
    }
    expected[y] += std::sqrt(expected[y] + std::min(1.0, carry[y] / 100));
  }
  return expected;
}

// A class that the models do not know looks wrong as a whole: no more of it is than noise explains.
void LimitToExpected(const std::vector<int32_t>& label, const std::vector<double>& expected,
                     std::vector<float>* wrong) {
  std::vector<double> sum(expected.size());
  for (size_t i = 0; i < label.size(); ++i) {
    if (label[i] >= 0) sum[static_cast<size_t>(label[i])] += (*wrong)[i];
  }
  for (size_t i = 0; i < label.size(); ++i) {
    if (label[i] < 0) continue;
    const size_t y = static_cast<size_t>(label[i]);
    if (sum[y] > expected[y]) (*wrong)[i] *= static_cast<float>(expected[y] / sum[y]);
  }
}

}  // namespace

std::vector<float> WrongLabelProbability(const std::vector<int32_t>& label,
                                         const Matrix& probability, const LabelNoise& noise) {
  const RateCurve curve(label, probability);
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
      const double q = std::min(
          1.0, SoftPositive(curve.Least(p[y]) - leak, leak / 10) / std::max(0.05, own - leak));
      out[static_cast<size_t>(r)] = static_cast<float>(leak * (1 - q) / (own * q + leak * (1 - q)));
    }
  });
  LimitToExpected(label, ExpectedWrong(label, probability, noise), &out);
  return out;
}

}  // namespace bottega
