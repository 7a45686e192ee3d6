#include "profile/number_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "profile/quantiles.h"

namespace bottega {
namespace {

using Values = std::vector<double>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double UnitOf(const Values& values) {
  double unit = 1;
  for (int decimals = 0; decimals <= 9; ++decimals, unit /= 10) {
    size_t odd = 0, n = 0;
    for (const double v : values) {
      if (!std::isfinite(v)) continue;
      ++n;
      const double scaled = v / unit;
      odd += std::abs(scaled - std::round(scaled)) > 1e-6 + 1e-12 * std::abs(scaled);
    }
    if (odd * 100 <= n) return unit;
  }
  return 0;
}

}  // namespace

Values SortedFinite(const Values& values) {
  Values sorted;
  for (const double v : values) {
    if (std::isfinite(v)) sorted.push_back(v);
  }
  std::ranges::sort(sorted);
  return sorted;
}

double SpreadOf(const Values& sorted) {
  if (sorted.empty()) return 0;
  const double range = Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
  if (range > 0) return range;
  double mean = 0, squares = 0, n = 0;
  for (const double v : sorted) {
    n += 1;
    const double d = v - mean;
    mean += d / n;
    squares += d * (v - mean);
  }
  return std::sqrt(squares / n);
}

Values DirectionOf(const Values& values) {
  Values head(values.begin(),
              values.begin() + static_cast<int64_t>(std::min(kLookRows, values.size())));
  const Values sorted = SortedFinite(head);
  const double spread = SpreadOf(sorted);
  if (spread <= 0) return {};
  const double median = Quantile(sorted, 0.5);
  double mean = 0, n = 0;
  for (double& v : head) {
    if (!std::isfinite(v)) continue;
    v = std::clamp((v - median) / spread, -5.0, 5.0);
    mean += v;
    n += 1;
  }
  double squares = 0;
  for (double& v : head) {
    v = std::isfinite(v) ? v - mean / n : 0;
    squares += v * v;
  }
  if (squares <= 0) return {};
  for (double& v : head) v /= std::sqrt(squares);
  return head;
}

NumberColumn NumberColumnOf(const CellColumn& cells, size_t index,
                            const std::vector<int64_t>& rows) {
  NumberColumn out{.index = index};
  for (const int64_t row : rows) {
    const int32_t code = cells.code[static_cast<size_t>(row)];
    out.value.push_back(code < 0 ? kNaN : cells.number[static_cast<size_t>(code)]);
  }
  const Values sorted = SortedFinite(out.value);
  if (sorted.size() < kFewestRows) return out;
  out.unit = UnitOf(out.value);
  out.median = Quantile(sorted, 0.5);
  out.spread = SpreadOf(sorted);
  out.chosen = DirectionOf(out.value);
  const auto positive = static_cast<size_t>(sorted.end() - std::ranges::upper_bound(sorted, 0.0));
  if (positive * 10 < sorted.size() * 8) return out;
  for (const double v : out.value) out.log.push_back(v > 0 ? std::log(v) : kNaN);
  out.log_chosen = DirectionOf(out.log);
  return out;
}

}  // namespace bottega
