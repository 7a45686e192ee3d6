#include "audit/probe.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "learn/encode.h"
#include "learn/ridge.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

constexpr int kFolds = 5;
constexpr int64_t kMostBent = 40;   // columns that are bent at their quartiles
constexpr size_t kFewDistinct = 8;  // with fewer values a column is an indicator or nearly one

std::vector<int64_t> SampleOf(const AuditContext& context, const ProbeTarget& known, int64_t most) {
  const int64_t n = context.data.size();
  std::vector<int64_t> order(static_cast<size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  if (n > most) order = Permutation(n, context.seed, Purpose::kSample, 3);
  std::vector<int64_t> out;
  for (const int64_t position : order) {
    if (std::isnan(known[static_cast<size_t>(position)])) continue;
    out.push_back(position);
    if (static_cast<int64_t>(out.size()) == most) break;
  }
  std::ranges::sort(out);
  return out;
}

// The columns, and for those with many values max(0, x - quartile) beside them.
Matrix Bend(const Matrix& x) {
  std::vector<std::pair<int64_t, float>> bends;
  for (int64_t c = 0; c < x.columns && bends.size() < 3 * kMostBent; ++c) {
    std::vector<double> sorted;
    for (int64_t r = 0; r < x.rows; ++r) sorted.push_back(x.at(r, c));
    std::ranges::sort(sorted);
    std::vector<double> distinct = sorted;
    const auto end = std::ranges::unique(distinct).begin();
    if (static_cast<size_t>(end - distinct.begin()) < kFewDistinct) continue;
    double before = sorted.front();
    for (const double share : {0.25, 0.5, 0.75}) {
      const double at = Quantile(sorted, share);
      if (at > before && at < sorted.back()) bends.emplace_back(c, static_cast<float>(at));
      before = std::max(before, at);
    }
  }
  Matrix out(x.rows, x.columns + static_cast<int64_t>(bends.size()));
  for (int64_t r = 0; r < x.rows; ++r) {
    float* row = std::copy(x.row(r), x.row(r) + x.columns, out.row(r));
    for (const auto& [c, at] : bends) *row++ = std::max(0.0F, x.at(r, c) - at);
  }
  return out;
}

}  // namespace

Residuals ProbeResiduals(const AuditContext& context, const std::vector<ProbeTarget>& targets,
                         const std::vector<int>& leave_out, int64_t most) {
  Residuals out{.positions = SampleOf(context, targets[0], most)};
  const int64_t n = static_cast<int64_t>(out.positions.size());
  const int64_t width = static_cast<int64_t>(targets.size());
  out.left = Matrix(n, width);
  out.variance.resize(targets.size());
  if (n < 2 * kFolds) return out;
  std::vector<const CellColumn*> columns;
  for (const int column : ComparedColumns(context.data)) {
    if (std::ranges::find(leave_out, column) != leave_out.end()) continue;
    const CellColumn& cells = context.shared.CellsOfColumn(column);
    if (!IsFreeText(cells)) columns.push_back(&cells);
  }
  const Matrix x = Bend(EncodeCells(columns, out.positions));
  out.features = x.columns;
  if (x.columns == 0) return out;
  Matrix y(n, width);
  for (int64_t r = 0; r < n; ++r) {
    for (int64_t t = 0; t < width; ++t) {
      const float value = targets[static_cast<size_t>(t)]
                                 [static_cast<size_t>(out.positions[static_cast<size_t>(r)])];
      y.row(r)[t] = std::isnan(value) ? 0 : value;
      out.left.row(r)[t] = value;
    }
  }
  std::vector<int32_t> fold(static_cast<size_t>(n));
  const std::vector<int64_t> order = Permutation(n, context.seed, Purpose::kSample, 4);
  for (int64_t i = 0; i < n; ++i) {
    fold[static_cast<size_t>(order[static_cast<size_t>(i)])] = static_cast<int32_t>(i % kFolds);
  }
  const Matrix predicted = RidgePredictions(x, y, fold, kFolds, 1e-3);
  for (int64_t t = 0; t < width; ++t) {
    double sum = 0, squares = 0;
    for (int64_t r = 0; r < n; ++r) {
      sum += y.at(r, t);
      squares += static_cast<double>(y.at(r, t)) * y.at(r, t);
      out.left.row(r)[t] -= predicted.at(r, t);
    }
    const double mean = sum / static_cast<double>(n);
    out.variance[static_cast<size_t>(t)] = squares / static_cast<double>(n) - mean * mean;
  }
  return out;
}

}  // namespace bottega
