#include "learn/rare_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

#include "base/interrupt.h"
#include "base/threads.h"

namespace bottega {
namespace {

constexpr std::array<double, 9> kWeights = {0.02, 0.1, 0.3, 1, 3, 10, 30, 100, 1000};

struct PairCounts {
  const CoarseCodes& a;
  const CoarseCodes& b;
  std::vector<int32_t> both;  // a.size x b.size
  std::vector<int32_t> of_a, of_b;
  double rows = 0;

  PairCounts(const CoarseCodes& x, const CoarseCodes& y)
      : a(x),
        b(y),
        both(static_cast<size_t>(x.size * y.size)),
        of_a(static_cast<size_t>(x.size)),
        of_b(static_cast<size_t>(y.size)) {
    for (size_t i = 0; i < a.code.size(); ++i) {
      if (a.code[i] < 0 || b.code[i] < 0) continue;
      ++both[static_cast<size_t>(a.code[i] * b.size + b.code[i])];
      ++of_a[static_cast<size_t>(a.code[i])];
      ++of_b[static_cast<size_t>(b.code[i])];
      rows += 1;
    }
  }
  double Share(size_t y) const { return of_b[y] / rows; }
  double Probability(size_t x, size_t y, double weight) const {
    const double n = both[x * static_cast<size_t>(b.size) + y];
    return (n - 1 + weight * Share(y)) / (of_a[x] - 1 + weight);
  }
};

// The weight that predicts each row's value best from the others'; 0 where that is no better than
// the plain shares by `least` nats a row.
double BestWeight(const PairCounts& counts) {
  double best = 0, most = -INFINITY, plain = 0;
  for (size_t y = 0; y < counts.of_b.size(); ++y) {
    if (counts.of_b[y] > 0) plain += counts.of_b[y] * std::log(counts.Share(y));
  }
  for (const double weight : kWeights) {
    double sum = 0;
    for (size_t x = 0; x < counts.of_a.size(); ++x) {
      for (size_t y = 0; y < counts.of_b.size(); ++y) {
        const int32_t n = counts.both[x * counts.of_b.size() + y];
        if (n > 0) sum += n * std::log(counts.Probability(x, y, weight));
      }
    }
    if (sum > most) {
      most = sum;
      best = weight;
    }
  }
  return most > plain + 10 ? best : 0;
}

// The ratio per pair of codes, 1 where nothing can be said.
std::vector<float> RatiosOf(const PairCounts& counts) {
  const double weight = BestWeight(counts);
  if (weight == 0) return {};
  std::vector<float> ratio(counts.both.size(), 1);
  for (size_t x = 0; x < counts.of_a.size(); ++x) {
    for (size_t y = 0; y < counts.of_b.size(); ++y) {
      const size_t at = x * counts.of_b.size() + y;
      if (counts.both[at] == 0 || counts.of_b[y] < 2) continue;
      ratio[at] = static_cast<float>(counts.Probability(x, y, weight) / counts.Share(y));
    }
  }
  return ratio;
}

void Lower(const PairCounts& counts, const std::vector<float>& ratio, int given, int value,
           std::vector<RarePair>* rarest) {
  for (size_t i = 0; i < rarest->size(); ++i) {
    const int32_t x = counts.a.code[i], y = counts.b.code[i];
    if (x < 0 || y < 0) continue;
    const float r = ratio[static_cast<size_t>(x * counts.b.size + y)];
    if (r < (*rarest)[i].ratio) (*rarest)[i] = {r, given, value};
  }
}

}  // namespace

std::vector<RarePair> FindRarePairs(const std::vector<CoarseCodes>& columns) {
  const size_t rows = columns.empty() ? 0 : columns[0].code.size();
  std::vector<RarePair> rarest(rows);
  std::vector<std::vector<RarePair>> per_column(columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t begin, int64_t) {
    ThrowIfInterrupted();
    const size_t a = static_cast<size_t>(begin);
    per_column[a].resize(rows);
    for (size_t b = 0; b < columns.size(); ++b) {
      if (a == b) continue;
      const PairCounts counts(columns[a], columns[b]);
      const std::vector<float> ratio = RatiosOf(counts);
      if (ratio.empty()) continue;
      Lower(counts, ratio, static_cast<int>(a), static_cast<int>(b), &per_column[a]);
    }
  });
  for (const std::vector<RarePair>& column : per_column) {
    for (size_t i = 0; i < rows; ++i) {
      if (column[i].ratio < rarest[i].ratio) rarest[i] = column[i];
    }
  }
  return rarest;
}

}  // namespace bottega
