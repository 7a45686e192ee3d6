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

constexpr double kFewestByChance = 8;  // rows that a pair of unrelated values would have

struct PairCounts {
  const PairColumn& a;
  const PairColumn& b;
  int64_t width = 0;          // of a row of `both`
  std::vector<int32_t> both;  // a's codes x b's codes
  std::vector<int32_t> of_a, of_b;
  double rows = 0;

  PairCounts(const PairColumn& x, const PairColumn& y)
      : a(x),
        b(y),
        width(y.codes.size),
        both(static_cast<size_t>(x.codes.size * y.codes.size)),
        of_a(static_cast<size_t>(x.codes.size)),
        of_b(static_cast<size_t>(y.codes.size)) {
    for (size_t i = 0; i < a.codes.code.size(); ++i) {
      const int32_t p = a.codes.code[i], q = b.codes.code[i];
      if (p < 0 || q < 0) continue;
      ++both[static_cast<size_t>(p * width + q)];
      ++of_a[static_cast<size_t>(p)];
      ++of_b[static_cast<size_t>(q)];
      rows += 1;
    }
  }
  double Share(size_t y) const { return of_b[y] / rows; }
  double Probability(size_t x, size_t y, double weight) const {
    const double n = both[x * of_b.size() + y];
    return (n - 1 + weight * Share(y)) / (of_a[x] - 1 + weight);
  }
  // Adds to each part of an ordered column its neighbours.
  void Blur();
};

// Each of `n` values `step` apart, with the one before and the one behind.
void AddNeighbors(int32_t* first, size_t n, size_t step) {
  int32_t before = 0;
  for (size_t i = 0; i < n; ++i) {
    int32_t& value = first[i * step];
    const int32_t own = value;
    value += before + (i + 1 < n ? first[(i + 1) * step] : 0);
    before = own;
  }
}

void PairCounts::Blur() {
  const size_t rows_of = of_a.size(), columns_of = of_b.size();
  if (a.ordered) {
    for (size_t y = 0; y < columns_of; ++y) AddNeighbors(&both[y], rows_of, columns_of);
    AddNeighbors(of_a.data(), rows_of, 1);
  }
  if (b.ordered) {
    for (size_t x = 0; x < rows_of; ++x) AddNeighbors(&both[x * columns_of], columns_of, 1);
    AddNeighbors(of_b.data(), columns_of, 1);
  }
}

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

// The ratio per pair of codes, 1 where nothing can be said. `counts` are blurred.
std::vector<float> RatiosOf(const PairCounts& counts, double weight) {
  std::vector<float> ratio(counts.both.size(), 1);
  for (size_t x = 0; x < counts.of_a.size(); ++x) {
    for (size_t y = 0; y < counts.of_b.size(); ++y) {
      const size_t at = x * counts.of_b.size() + y;
      // Of two rare values it is no wonder that they hardly meet.
      const double by_chance = counts.of_a[x] * counts.Share(y);
      if (counts.both[at] == 0 || by_chance < kFewestByChance) continue;
      ratio[at] = static_cast<float>(counts.Probability(x, y, weight) / counts.Share(y));
    }
  }
  return ratio;
}

void Lower(const PairCounts& counts, const std::vector<float>& ratio, int given, int value,
           std::vector<RarePair>* rarest) {
  for (size_t i = 0; i < rarest->size(); ++i) {
    const int32_t x = counts.a.codes.code[i], y = counts.b.codes.code[i];
    if (x < 0 || y < 0) continue;
    const size_t at = static_cast<size_t>(x * counts.width + y);
    if (ratio[at] < (*rarest)[i].ratio) {
      (*rarest)[i] = {ratio[at], given, value, counts.both[at]};
    }
  }
}

}  // namespace

std::vector<RarePair> FindRarePairs(const std::vector<PairColumn>& columns) {
  const size_t rows = columns.empty() ? 0 : columns[0].codes.code.size();
  std::vector<RarePair> rarest(rows);
  std::vector<std::vector<RarePair>> per_column(columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t begin, int64_t) {
    ThrowIfInterrupted();
    const size_t a = static_cast<size_t>(begin);
    per_column[a].resize(rows);
    for (size_t b = 0; b < columns.size(); ++b) {
      if (a == b) continue;
      PairCounts counts(columns[a], columns[b]);
      const double weight = BestWeight(counts);
      if (weight == 0) continue;
      counts.Blur();
      Lower(counts, RatiosOf(counts, weight), static_cast<int>(a), static_cast<int>(b),
            &per_column[a]);
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
