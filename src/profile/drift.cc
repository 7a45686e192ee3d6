#include "profile/drift.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/threads.h"
#include "profile/association.h"
#include "profile/cells.h"
#include "profile/quantiles.h"
#include "profile/share_tests.h"

namespace bottega {
namespace {

constexpr int64_t kMostValues = 5'000;
constexpr size_t kMostNewValues = 20;

std::vector<double> Sorted(std::vector<double> values) {
  std::erase_if(values, [](double x) { return std::isnan(x); });
  std::ranges::sort(values);
  return values;
}

// P(K > x) of the Kolmogorov distribution.
double KolmogorovTail(double x) {
  if (x < 0.2) return 1;
  double sum = 0;
  for (int k = 1; k <= 100; ++k) {
    const double term = std::exp(-2.0 * k * k * x * x);
    sum += k % 2 == 1 ? term : -term;
    if (term < 1e-18) break;
  }
  return std::clamp(2 * sum, 0.0, 1.0);
}

// sum (b - a) ln(b / a) over bins, each count raised by a half so that empty ones count.
double Psi(const std::vector<double>& a, const std::vector<double>& b) {
  double total_a = 0, total_b = 0, psi = 0;
  for (size_t i = 0; i < a.size(); ++i) total_a += a[i] + 0.5, total_b += b[i] + 0.5;
  for (size_t i = 0; i < a.size(); ++i) {
    const double share_a = (a[i] + 0.5) / total_a, share_b = (b[i] + 0.5) / total_b;
    psi += (share_b - share_a) * std::log(share_b / share_a);
  }
  return psi;
}

std::vector<double> CountBins(const std::vector<double>& sorted, const std::vector<double>& edges) {
  std::vector<double> counts;
  auto from = sorted.begin();
  for (const double edge : edges) {
    const auto to = std::upper_bound(from, sorted.end(), edge);
    counts.push_back(static_cast<double>(to - from));
    from = to;
  }
  counts.push_back(static_cast<double>(sorted.end() - from));
  return counts;
}

void CompareNumbers(const CellColumn& a, const CellColumn& b, ColumnDrift* drift) {
  const auto values = [](const CellColumn& cells) {
    std::vector<double> out;
    for (const int32_t code : cells.code) {
      if (code >= 0) out.push_back(cells.number[static_cast<size_t>(code)]);
    }
    return Sorted(std::move(out));
  };
  const std::vector<double> x = values(a), y = values(b);
  if (x.empty() || y.empty()) return;
  const KolmogorovSmirnov ks = TwoSampleKs(x, y);
  drift->test = "kolmogorov_smirnov";
  drift->effect = "D";
  drift->size = ks.distance;
  drift->p = ks.p;
  std::vector<double> edges;
  for (int i = 1; i < 10; ++i) edges.push_back(Quantile(x, i / 10.0));
  const auto repeated = std::ranges::unique(edges);
  edges.erase(repeated.begin(), repeated.end());
  drift->psi = Psi(CountBins(x, edges), CountBins(y, edges));
}

void CompareValues(const CellColumn& a, const CellColumn& b, ColumnDrift* drift) {
  std::unordered_map<std::string, size_t> index;
  Contingency table{.rows = 2};
  std::vector<std::pair<double, double>> counts;
  const auto count = [&](const CellColumn& cells, bool after) {
    for (size_t i = 0; i < cells.count.size(); ++i) {
      const std::string text = CellText(cells, static_cast<int32_t>(i));
      const auto [at, added] = index.emplace(text, counts.size());
      if (added) counts.emplace_back(0, 0);
      (after ? counts[at->second].second : counts[at->second].first) +=
          static_cast<double>(cells.count[i]);
      if (after && added) {
        drift->rows_with_new_values += cells.count[i];
        drift->new_values.push_back(text);
      }
    }
  };
  count(a, false);
  count(b, true);
  std::ranges::sort(drift->new_values, [&](const std::string& x, const std::string& y) {
    const double of_x = counts[index[x]].second, of_y = counts[index[y]].second;
    return of_x != of_y ? of_x > of_y : x < y;
  });
  if (drift->new_values.size() > kMostNewValues) drift->new_values.resize(kMostNewValues);
  table.columns = static_cast<int64_t>(counts.size());
  std::vector<double> before, after;
  for (const auto& [x, y] : counts) before.push_back(x), after.push_back(y);
  table.count = before;
  table.count.insert(table.count.end(), after.begin(), after.end());
  drift->test = "chi_square";
  drift->effect = "V";
  drift->p = ChiSquareOf(table).p;
  drift->size = CramersVCorrected(table);
  drift->psi = Psi(before, after);
}

bool MayDrift(const Column& column, const CellColumn& a, const CellColumn& b) {
  if (column.type == FeatureType::kIdentifier || column.type == FeatureType::kPicture) return false;
  if (a.is_number() && b.is_number()) return true;
  return column.type != FeatureType::kText && a.distinct() <= kMostValues &&
         b.distinct() <= kMostValues;
}

ColumnDrift Compare(const Column& column, const CellColumn& a, const CellColumn& b) {
  ColumnDrift drift{.column = column.name};
  if (!MayDrift(column, a, b)) return drift;
  if (a.is_number() && b.is_number()) {
    CompareNumbers(a, b, &drift);
  } else {
    CompareValues(a, b, &drift);
  }
  return drift;
}

}  // namespace

KolmogorovSmirnov TwoSampleKs(std::vector<double> a, std::vector<double> b) {
  a = Sorted(std::move(a));
  b = Sorted(std::move(b));
  if (a.empty() || b.empty()) return {};
  const auto n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
  double distance = 0;
  for (size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    const double at = std::min(a[i], b[k]);
    while (i < a.size() && a[i] == at) ++i;
    while (k < b.size() && b[k] == at) ++k;
    distance =
        std::max(distance, std::abs(static_cast<double>(i) / n - static_cast<double>(k) / m));
  }
  return {distance, KolmogorovTail(std::sqrt(n * m / (n + m)) * distance)};
}

std::vector<ColumnDrift> FindDrift(const Dataset& before, const Dataset& after,
                                   const DriftOptions& options) {
  std::vector<int> shared;
  for (int i = 0; i < static_cast<int>(before.columns.size()); ++i) {
    if (after.Find(before.columns[static_cast<size_t>(i)].name) >= 0) shared.push_back(i);
  }
  std::vector<ColumnDrift> drifts(shared.size());
  std::vector<double> p(2 * shared.size(), 1);
  ParallelFor(static_cast<int64_t>(shared.size()), 1, [&](int64_t begin, int64_t) {
    const auto i = static_cast<size_t>(begin);
    const Column& column = before.columns[static_cast<size_t>(shared[i])];
    const CellColumn a = CellsOf(before, shared[i]), b = CellsOf(after, after.Find(column.name));
    drifts[i] = Compare(column, a, b);
    const auto n = static_cast<double>(before.size()), m = static_cast<double>(after.size());
    drifts[i].missing_before = n > 0 ? static_cast<double>(a.missing) / n : 0;
    drifts[i].missing_after = m > 0 ? static_cast<double>(b.missing) / m : 0;
    p[2 * i] = drifts[i].p;
    p[2 * i + 1] =
        SharesDifferP(static_cast<double>(a.missing), n, static_cast<double>(b.missing), m);
  });
  const std::vector<double> adjusted = AdjustForDiscoveries(p);
  for (size_t i = 0; i < drifts.size(); ++i) {
    ColumnDrift& drift = drifts[i];
    drift.adjusted = adjusted[2 * i];
    drift.missing_adjusted = adjusted[2 * i + 1];
    drift.drifted = drift.adjusted < options.q && drift.size >= options.least_size;
    drift.missing_drifted =
        drift.missing_adjusted < options.q &&
        std::abs(CohenH(drift.missing_before, drift.missing_after)) >= options.least_missing_h;
  }
  std::erase_if(drifts, [](const ColumnDrift& drift) {
    return drift.test.empty() && !drift.missing_drifted;
  });
  return drifts;
}

}  // namespace bottega
