#include "profile/association.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/radix_sort.h"
#include "base/random.h"
#include "profile/normal.h"

namespace bottega {
namespace {

struct Margins {
  std::vector<double> row, column;
  double total = 0;
  double rows = 0, columns = 0;  // that hold counts
};

Margins MarginsOf(const Contingency& table) {
  Margins m;
  m.row.assign(static_cast<size_t>(table.rows), 0);
  m.column.assign(static_cast<size_t>(table.columns), 0);
  for (int64_t r = 0; r < table.rows; ++r) {
    for (int64_t c = 0; c < table.columns; ++c) {
      m.row[static_cast<size_t>(r)] += table.at(r, c);
      m.column[static_cast<size_t>(c)] += table.at(r, c);
      m.total += table.at(r, c);
    }
  }
  const auto filled = [](double x) { return x > 0; };
  m.rows = static_cast<double>(std::ranges::count_if(m.row, filled));
  m.columns = static_cast<double>(std::ranges::count_if(m.column, filled));
  return m;
}

double Statistic(const Contingency& table, const Margins& m) {
  double sum = 0;
  for (int64_t r = 0; r < table.rows; ++r) {
    for (int64_t c = 0; c < table.columns; ++c) {
      const double expected =
          m.row[static_cast<size_t>(r)] * m.column[static_cast<size_t>(c)] / m.total;
      if (expected > 0) sum += (table.at(r, c) - expected) * (table.at(r, c) - expected) / expected;
    }
  }
  return sum;
}

// Poisson draw: multiplication below 30, rounded normal above.
double Poisson(double mean, Random* random) {
  if (mean <= 0) return 0;
  if (mean > 30) return std::max(0.0, std::round(mean + std::sqrt(mean) * random->Normal()));
  const double limit = std::exp(-mean);
  double product = random->Uniform();
  double k = 0;
  while (product > limit) {
    product *= random->Uniform();
    ++k;
  }
  return k;
}

// Widens so that the value itself is always inside.
Estimate Percentiles(double value, std::vector<double> draws, double level) {
  std::ranges::sort(draws);
  const auto at = [&](double p) {
    const double place = p * static_cast<double>(draws.size() - 1);
    const size_t low = static_cast<size_t>(place);
    const size_t high = std::min(low + 1, draws.size() - 1);
    return draws[low] + (place - static_cast<double>(low)) * (draws[high] - draws[low]);
  };
  return {value, std::min(value, at((1 - level) / 2)), std::max(value, at((1 + level) / 2))};
}

struct GroupMoments {
  std::vector<double> n, mean, squares;  // squares: sum of squared deviations from the mean
};

GroupMoments MomentsOf(const std::vector<int32_t>& group, int64_t groups,
                       const std::vector<double>& value) {
  const size_t k = static_cast<size_t>(groups);
  GroupMoments m{std::vector<double>(k), std::vector<double>(k), std::vector<double>(k)};
  for (size_t i = 0; i < group.size(); ++i) {
    if (group[i] < 0 || !std::isfinite(value[i])) continue;
    const size_t g = static_cast<size_t>(group[i]);
    m.n[g] += 1;
    const double delta = value[i] - m.mean[g];
    m.mean[g] += delta / m.n[g];
    m.squares[g] += delta * (value[i] - m.mean[g]);
  }
  return m;
}

struct SumsOfSquares {
  double between = 0, within = 0, n = 0, groups = 0;
};

SumsOfSquares SumsOf(const GroupMoments& m) {
  SumsOfSquares s;
  double mean = 0;
  for (size_t g = 0; g < m.n.size(); ++g) {
    s.n += m.n[g];
    mean += m.n[g] * m.mean[g];
    s.groups += m.n[g] > 0;
    s.within += m.squares[g];
  }
  mean /= std::max(1.0, s.n);
  for (size_t g = 0; g < m.n.size(); ++g) {
    s.between += m.n[g] * (m.mean[g] - mean) * (m.mean[g] - mean);
  }
  return s;
}

double EtaOf(const SumsOfSquares& s) {
  const double total = s.between + s.within;
  return total > 0 ? std::sqrt(s.between / total) : 0;
}

std::vector<double> Ranks(const std::vector<double>& values) {
  struct Place {
    double value = 0;
    size_t row = 0;
  };
  std::vector<Place> order(values.size());
  for (size_t i = 0; i < values.size(); ++i) order[i] = {values[i] + 0.0, i};
  RadixSort(&order, [](const Place& place) { return OrderedBits(place.value); });
  std::vector<double> ranks(values.size());
  for (size_t i = 0; i < order.size();) {
    size_t end = i;
    while (end < order.size() && order[end].value == order[i].value) ++end;
    for (size_t j = i; j < end; ++j) ranks[order[j].row] = static_cast<double>(i + end - 1) / 2;
    i = end;
  }
  return ranks;
}

double Pearson(const std::vector<double>& a, const std::vector<double>& b) {
  const double n = static_cast<double>(a.size());
  const double ma = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double mb = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

}  // namespace

double Contingency::total() const { return std::accumulate(count.begin(), count.end(), 0.0); }

Contingency CountPairs(const std::vector<int32_t>& a, int64_t a_size, const std::vector<int32_t>& b,
                       int64_t b_size) {
  Contingency table{a_size, b_size, std::vector<double>(static_cast<size_t>(a_size * b_size))};
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] >= 0 && b[i] >= 0) table.count[static_cast<size_t>(a[i] * b_size + b[i])] += 1;
  }
  return table;
}

ChiSquare ChiSquareOf(const Contingency& table) {
  const Margins m = MarginsOf(table);
  ChiSquare out{.freedom = std::max(0.0, (m.rows - 1) * (m.columns - 1))};
  if (m.total <= 0 || out.freedom <= 0) return out;
  out.statistic = Statistic(table, m);
  out.p = ChiSquareTail(out.statistic, out.freedom);
  return out;
}

double EffectUpperEnd(const ChiSquare& test, double rows, double level) {
  if (test.freedom <= 0 || rows <= 0) return 0;
  // P(X <= statistic) falls as the noncentrality grows.
  const auto below = [&](double l) {
    return 1 - NoncentralChiSquareTail(test.statistic, test.freedom, l);
  };
  double low = 0, high = 1;
  if (below(0) <= 1 - level) return 0;
  while (below(high) > 1 - level && high < 1e9) high *= 2;
  for (int step = 0; step < 50; ++step) {
    const double middle = (low + high) / 2;
    (below(middle) > 1 - level ? low : high) = middle;
  }
  return std::sqrt(high / rows);
}

double CramersV(const Contingency& table) {
  const Margins m = MarginsOf(table);
  const double smaller = std::min(m.rows, m.columns) - 1;
  return m.total <= 0 || smaller <= 0 ? 0 : std::sqrt(Statistic(table, m) / (m.total * smaller));
}

double CramersVCorrected(const Contingency& table) {
  const Margins m = MarginsOf(table);
  if (m.total <= 1 || m.rows < 2 || m.columns < 2) return 0;
  const double phi2 = Statistic(table, m) / m.total;
  const double n1 = m.total - 1;
  const double corrected = std::max(0.0, phi2 - (m.rows - 1) * (m.columns - 1) / n1);
  const double rows = m.rows - (m.rows - 1) * (m.rows - 1) / n1;
  const double columns = m.columns - (m.columns - 1) * (m.columns - 1) / n1;
  const double smaller = std::min(rows, columns) - 1;
  return smaller <= 0 ? 0 : std::min(1.0, std::sqrt(corrected / smaller));
}

Estimate CramersVInterval(const Contingency& table, double level, uint64_t seed, int draws) {
  std::vector<double> values;
  Contingency drawn = table;
  for (int d = 0; d < draws; ++d) {
    Random random(seed, Purpose::kBootstrap, 0, d);
    for (size_t i = 0; i < drawn.count.size(); ++i) {
      drawn.count[i] = Poisson(table.count[i], &random);
    }
    values.push_back(CramersVCorrected(drawn));
  }
  return Percentiles(CramersVCorrected(table), std::move(values), level);
}

Estimate CorrelationRatio(const std::vector<int32_t>& group, int64_t groups,
                          const std::vector<double>& value, double level, uint64_t seed,
                          int draws) {
  const GroupMoments moments = MomentsOf(group, groups, value);
  std::vector<double> etas;
  for (int d = 0; d < draws; ++d) {
    Random random(seed, Purpose::kBootstrap, 1, d);
    GroupMoments drawn = moments;
    for (size_t g = 0; g < drawn.n.size(); ++g) {
      const double freedom = drawn.n[g] - 1;
      if (freedom < 1) continue;
      const double variance = moments.squares[g] / freedom;
      drawn.mean[g] += random.Normal() * std::sqrt(variance / drawn.n[g]);
      // A chi-square draw by Wilson and Hilferty's cube.
      const double cube = 1 - 2 / (9 * freedom) + random.Normal() * std::sqrt(2 / (9 * freedom));
      drawn.squares[g] = variance * freedom * std::max(0.0, cube * cube * cube);
    }
    etas.push_back(EtaOf(SumsOf(drawn)));
  }
  return Percentiles(EtaOf(SumsOf(moments)), std::move(etas), level);
}

Estimate RankCorrelation(const std::vector<double>& a, const std::vector<double>& b, double level) {
  std::vector<double> x, y;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) continue;
    x.push_back(a[i]);
    y.push_back(b[i]);
  }
  if (x.size() < 4) return {0, -1, 1};
  return CorrelationInterval(Pearson(Ranks(x), Ranks(y)), static_cast<double>(x.size()), level);
}

Estimate CorrelationInterval(double r, double n, double level) {
  const double half =
      NormalQuantile((1 + level) / 2) * std::sqrt((1 + r * r / 2) / std::max(1.0, n - 3));
  const double z = std::atanh(std::clamp(r, -1 + 1e-12, 1 - 1e-12));
  return {r, std::tanh(z - half), std::tanh(z + half)};
}

Estimate ShareOf(double k, double n, double level) {
  if (n <= 0) return {0, 0, 1};
  const double z = NormalQuantile((1 + level) / 2);
  const double p = k / n;
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {p, std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

int64_t RowsForMargin(double margin, double level) {
  const double z = NormalQuantile((1 + level) / 2);
  return std::max<int64_t>(1,
                           static_cast<int64_t>(std::ceil(z * z / (4 * margin * margin) - z * z)));
}

double AnovaP(const std::vector<int32_t>& group, int64_t groups, const std::vector<double>& value) {
  const SumsOfSquares s = SumsOf(MomentsOf(group, groups, value));
  const double freedom1 = s.groups - 1, freedom2 = s.n - s.groups;
  if (freedom1 <= 0 || freedom2 <= 0) return 1;
  if (s.within <= 0) return s.between > 0 ? 0 : 1;
  return FTail(s.between / freedom1 / (s.within / freedom2), freedom1, freedom2);
}

}  // namespace bottega
