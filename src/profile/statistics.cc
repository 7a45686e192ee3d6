#include "profile/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/interrupt.h"
#include "base/threads.h"
#include "profile/cells.h"
#include "profile/quantiles.h"
#include "profile/sorted_values.h"

namespace bottega {
namespace {

constexpr size_t kTop = 20;
constexpr size_t kBins = 20;
constexpr size_t kMostClasses = 50;

Json HistogramOf(const std::vector<double>& sorted) {
  const double low = Quantile(sorted, 0.005), high = Quantile(sorted, 0.995);
  const size_t bins = high > low ? kBins : 1;
  std::vector<double> edges(bins + 1);
  for (size_t i = 0; i <= bins; ++i) {
    edges[i] = low + (high - low) * static_cast<double>(i) / static_cast<double>(bins);
  }
  std::vector<int64_t> counts(bins);
  for (const double value : sorted) {
    const double place = high > low ? (value - low) / (high - low) * static_cast<double>(bins) : 0;
    ++counts[static_cast<size_t>(std::clamp(place, 0.0, static_cast<double>(bins) - 1))];
  }
  return {{"edges", edges}, {"counts", counts}};
}

void DescribeNumbers(const CellColumn& cells, Json* out) {
  const std::vector<double> sorted = SortedNumbers(cells);
  if (sorted.empty()) return;
  const double n = static_cast<double>(sorted.size());
  const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / n;
  double squares = 0;
  for (const double value : sorted) squares += (value - mean) * (value - mean);
  (*out)["mean"] = mean;
  (*out)["deviation"] = sorted.size() > 1 ? std::sqrt(squares / (n - 1)) : 0;
  (*out)["min"] = sorted.front();
  (*out)["max"] = sorted.back();
  Json quantiles = Json::object();
  for (const char* p : {"0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99"}) {
    quantiles[p] = Quantile(sorted, std::stod(p));
  }
  (*out)["quantiles"] = std::move(quantiles);
  (*out)["histogram"] = HistogramOf(sorted);
}

// Codes by falling count, ties by text.
std::vector<size_t> MostFrequent(const CellColumn& cells) {
  std::vector<size_t> order(cells.count.size());
  std::iota(order.begin(), order.end(), 0);
  const auto more = [&](size_t a, size_t b) {
    return std::pair(-cells.count[a], std::string_view(cells.text[a])) <
           std::pair(-cells.count[b], std::string_view(cells.text[b]));
  };
  const size_t kept = std::min(kTop, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<int64_t>(kept), order.end(), more);
  order.resize(kept);
  return order;
}

void DescribeTexts(const CellColumn& cells, Json* out) {
  double length = 0, n = 0;
  for (size_t code = 0; code < cells.text.size(); ++code) {
    length += static_cast<double>(cells.text[code].size()) * static_cast<double>(cells.count[code]);
    n += static_cast<double>(cells.count[code]);
  }
  if (n > 0) (*out)["mean_length"] = length / n;
  if (cells.type == FeatureType::kIdentifier) return;
  Json top = Json::array();
  for (const size_t code : MostFrequent(cells)) {
    if (cells.count[code] == 1) break;  // a value of one row may name a person
    top.push_back({{"value", cells.text[code]}, {"count", cells.count[code]}});
  }
  (*out)["top"] = std::move(top);
}

Json PerClass(const CellColumn& cells, const Codes& classes) {
  const size_t k = classes.values.size();
  std::vector<int64_t> count(k), missing(k);
  std::vector<double> sum(k);
  std::vector<std::vector<int64_t>> value_count(k);
  const bool texts =
      !cells.is_number() && cells.type != FeatureType::kIdentifier && cells.distinct() <= 1000;
  for (auto& counts : value_count) counts.resize(texts ? cells.count.size() : 0);
  for (size_t i = 0; i < cells.code.size(); ++i) {
    if (classes.code[i] < 0) continue;
    const size_t c = static_cast<size_t>(classes.code[i]);
    ++count[c];
    if (cells.code[i] < 0) {
      ++missing[c];
      continue;
    }
    const size_t code = static_cast<size_t>(cells.code[i]);
    if (cells.is_number()) sum[c] += cells.number[code];
    if (texts) ++value_count[c][code];
  }
  Json out = Json::object();
  for (size_t c = 0; c < k; ++c) {
    Json one = {{"count", count[c]}, {"missing", missing[c]}};
    const int64_t filled = count[c] - missing[c];
    if (cells.is_number() && filled > 0) one["mean"] = sum[c] / static_cast<double>(filled);
    if (texts && filled > 0) {
      const auto top = std::ranges::max_element(value_count[c]);
      const size_t code = static_cast<size_t>(top - value_count[c].begin());
      if (cells.count[code] > 1) one["top"] = cells.text[code];
    }
    out[classes.values[c]] = std::move(one);
  }
  return out;
}

Json DescribeColumn(const Dataset& data, int index, const Codes* classes) {
  ThrowIfInterrupted();
  const Column& column = data.columns[static_cast<size_t>(index)];
  const CellColumn cells = CellsOf(data, index);
  Json out = {{"name", column.name},
              {"type", FeatureTypeName(column.type)},
              {"role", RoleName(column.role)},
              {"sensitive", column.sensitive},
              {"count", data.size() - cells.missing},
              {"missing", cells.missing},
              {"distinct", cells.distinct()}};
  if (cells.is_number()) {
    DescribeNumbers(cells, &out);
  } else if (column.type != FeatureType::kPicture) {
    DescribeTexts(cells, &out);
  }
  if (classes != nullptr && column.role != Role::kTarget && column.type != FeatureType::kPicture) {
    out["per_class"] = PerClass(cells, *classes);
  }
  return out;
}

}  // namespace

Json ProfileDataset(const Dataset& data) {
  const Column* target = data.TargetColumn();
  Codes classes;
  if (target != nullptr && target->type != FeatureType::kNumber &&
      target->type != FeatureType::kDate) {
    classes = CodesOf(data, data.RoleIndex(Role::kTarget));
  }
  const bool by_class = !classes.values.empty() && classes.values.size() <= kMostClasses;
  std::vector<Json> columns(data.columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t i, int64_t) {
    columns[static_cast<size_t>(i)] =
        DescribeColumn(data, static_cast<int>(i), by_class ? &classes : nullptr);
  });
  Json counts = Json::object();
  for (size_t c = 0; by_class && c < classes.values.size(); ++c) {
    counts[classes.values[c]] = std::ranges::count(classes.code, static_cast<int32_t>(c));
  }
  return {{"format", "bottega profile 1"},
          {"rows", data.size()},
          {"columns", columns},
          {"classes", counts}};
}

}  // namespace bottega
