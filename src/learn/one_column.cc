#include "learn/one_column.h"

#include <algorithm>
#include <cmath>
#include <numeric>

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
  std::vector<size_t> order;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) order.push_back(i);
  }
  std::ranges::sort(order, {}, [&](size_t i) { return values[i]; });
  std::vector<double> ranks(values.size(), std::nan(""));
  for (size_t i = 0; i < order.size();) {
    size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    for (size_t j = i; j < end; ++j) {
      ranks[order[j]] = static_cast<double>(i + end - 1) / 2 / static_cast<double>(order.size());
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

Told ClassToldBy(const CoarseCodes& x, const std::vector<int32_t>& label, int64_t classes,
                 uint64_t seed) {
  const size_t k = static_cast<size_t>(classes);
  const std::vector<char> half = HalvesOf(label.size(), seed);
  std::vector<double> right(k), total(k);
  for (const char fold : {0, 1}) {
    std::vector<int32_t> count(static_cast<size_t>(x.size) * k);
    std::vector<double> of_class(k, 1e-9);
    for (size_t i = 0; i < label.size(); ++i) {
      if (label[i] < 0 || half[i] == fold) continue;
      ++count[static_cast<size_t>(x.code[i]) * k + static_cast<size_t>(label[i])];
      ++of_class[static_cast<size_t>(label[i])];
    }
    std::vector<int32_t> guess(static_cast<size_t>(x.size), -1);
    for (size_t v = 0; v < guess.size(); ++v) {
      double most = 0;
      for (size_t c = 0; c < k; ++c) {
        const double share = count[v * k + c] / of_class[c];
        if (share > most) {
          most = share;
          guess[v] = static_cast<int32_t>(c);
        }
      }
    }
    for (size_t i = 0; i < label.size(); ++i) {
      if (label[i] < 0 || half[i] != fold) continue;
      const size_t c = static_cast<size_t>(label[i]);
      const int32_t guessed = guess[static_cast<size_t>(x.code[i])];
      total[c] += 1;
      right[c] += guessed < 0 ? 1.0 / static_cast<double>(k) : guessed == label[i];
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

Told NumberToldBy(const CoarseCodes& x, const std::vector<double>& target, uint64_t seed) {
  const std::vector<double> rank = RanksOf(target);
  const std::vector<char> half = HalvesOf(target.size(), seed);
  double error = 0, spread = 0, n = 0;
  for (const char fold : {0, 1}) {
    std::vector<double> sum(static_cast<size_t>(x.size)), count(static_cast<size_t>(x.size));
    for (size_t i = 0; i < rank.size(); ++i) {
      if (std::isnan(rank[i]) || half[i] == fold) continue;
      sum[static_cast<size_t>(x.code[i])] += rank[i];
      count[static_cast<size_t>(x.code[i])] += 1;
    }
    for (size_t i = 0; i < rank.size(); ++i) {
      if (std::isnan(rank[i]) || half[i] != fold) continue;
      const size_t v = static_cast<size_t>(x.code[i]);
      const double predicted = count[v] > 0 ? sum[v] / count[v] : 0.5;
      error += (rank[i] - predicted) * (rank[i] - predicted);
      spread += (rank[i] - 0.5) * (rank[i] - 0.5);
      n += 1;
    }
  }
  if (n < 4 || spread <= 0) return {};
  const double score = std::max(0.0, 1 - error / spread);
  return {score, std::max(0.0, score - kOneSided95 * (1 - score) * std::sqrt(2 / n))};
}

}  // namespace bottega
