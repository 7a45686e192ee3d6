#include "learn/one_column.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/radix_sort.h"
#include "base/random.h"

namespace bottega {
namespace {

constexpr int64_t kFewValues = 100;
constexpr double kOneSided95 = 1.645;

std::vector<char> HalvesOf(size_t rows, uint64_t seed) {
  const std::vector<int64_t> order =
      Permutation(static_cast<int64_t>(rows), seed, Purpose::kSample, 21);
  std::vector<char> half(rows);
  for (size_t i = 0; i < rows; ++i) half[static_cast<size_t>(order[i])] = static_cast<char>(i % 2);
  return half;
}

// Middle ranks scaled to 0 .. 1; NaN stays.
std::vector<double> RanksOf(const std::vector<double>& values) {
  struct Place {
    double value = 0;
    size_t row = 0;
  };
  std::vector<Place> order;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) order.push_back({values[i] + 0.0, i});
  }
  RadixSort(&order, [](const Place& place) { return OrderedBits(place.value); });
  std::vector<double> ranks(values.size(), std::nan(""));
  for (size_t i = 0; i < order.size();) {
    size_t end = i;
    while (end < order.size() && order[end].value == order[i].value) ++end;
    for (size_t j = i; j < end; ++j) {
      ranks[order[j].row] =
          static_cast<double>(i + end - 1) / 2 / static_cast<double>(order.size());
    }
    i = end;
  }
  return ranks;
}

}  // namespace

CoarseCodes LookUpOf(const CellColumn& cells, int64_t parts) {
  return WithMissing(
      CoarseCodesOf(cells, parts, kFewValues, std::max<int64_t>(1, cells.distinct())));
}

TellingOf::TellingOf(std::vector<int32_t> label, int64_t classes, uint64_t seed)
    : half_(HalvesOf(label.size(), seed)), label_(std::move(label)), classes_(classes) {}

TellingOf::TellingOf(const std::vector<double>& target, uint64_t seed)
    : half_(HalvesOf(target.size(), seed)), rank_(RanksOf(target)) {}

Told TellingOf::By(const CoarseCodes& x) const { return classes_ > 0 ? ClassBy(x) : NumberBy(x); }

Told TellingOf::ClassBy(const CoarseCodes& x) const {
  const auto k = static_cast<size_t>(classes_), values = static_cast<size_t>(x.size);
  std::vector<int32_t> counts[2];  // of a half: values x classes
  std::vector<double> of_class[2];
  for (const size_t half : {0, 1}) {
    counts[half].resize(values * k);
    of_class[half].assign(k, 1e-9);
  }
  for (size_t i = 0; i < label_.size(); ++i) {
    if (label_[i] < 0) continue;
    const auto half = static_cast<size_t>(half_[i]), c = static_cast<size_t>(label_[i]);
    ++counts[half][static_cast<size_t>(x.code[i]) * k + c];
    ++of_class[half][c];
  }
  std::vector<double> right(k), total(k);
  for (const size_t half : {0, 1}) {
    const std::vector<int32_t>& here = counts[half];
    const std::vector<int32_t>& there = counts[1 - half];
    for (size_t v = 0; v < values; ++v) {
      double most = 0;
      size_t guess = k;
      for (size_t c = 0; c < k; ++c) {
        const double share = there[v * k + c] / of_class[1 - half][c];
        if (share > most) {
          most = share;
          guess = c;
        }
      }
      for (size_t c = 0; c < k; ++c) {
        total[c] += here[v * k + c];
        right[c] += here[v * k + c] * (guess == k ? 1.0 / static_cast<double>(k) : guess == c);
      }
    }
  }
  double balanced = 0, variance = 0, seen = 0;
  for (size_t c = 0; c < k; ++c) {
    if (total[c] == 0) continue;
    const double share = right[c] / total[c];
    seen += 1;
    balanced += share;
    variance += (share * (1 - share) + 0.25 / total[c]) / total[c];
  }
  if (seen < 2) return {};
  const double chance = 1 / seen;
  const auto scaled = [&](double b) { return std::max(0.0, (b - chance) / (1 - chance)); };
  return {scaled(balanced / seen), scaled((balanced - kOneSided95 * std::sqrt(variance)) / seen)};
}

Told TellingOf::NumberBy(const CoarseCodes& x) const {
  const auto values = static_cast<size_t>(x.size);
  std::vector<double> sum[2], count[2];
  for (const size_t half : {0, 1}) {
    sum[half].resize(values);
    count[half].resize(values);
  }
  for (size_t i = 0; i < rank_.size(); ++i) {
    if (std::isnan(rank_[i])) continue;
    const auto half = static_cast<size_t>(half_[i]), v = static_cast<size_t>(x.code[i]);
    sum[half][v] += rank_[i];
    count[half][v] += 1;
  }
  double error = 0, spread = 0, n = 0;
  for (size_t i = 0; i < rank_.size(); ++i) {
    if (std::isnan(rank_[i])) continue;
    const auto other = static_cast<size_t>(1 - half_[i]), v = static_cast<size_t>(x.code[i]);
    const double predicted = count[other][v] > 0 ? sum[other][v] / count[other][v] : 0.5;
    error += (rank_[i] - predicted) * (rank_[i] - predicted);
    spread += (rank_[i] - 0.5) * (rank_[i] - 0.5);
    n += 1;
  }
  if (n < 4 || spread <= 0) return {};
  const double score = std::max(0.0, 1 - error / spread);
  return {score, std::max(0.0, score - kOneSided95 * (1 - score) * std::sqrt(2 / n))};
}

}  // namespace bottega
