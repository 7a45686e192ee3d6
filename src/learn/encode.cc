#include "learn/encode.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/threads.h"

namespace bottega {
namespace {

constexpr float kHeight = 0.7F;

struct Block {
  std::vector<std::vector<float>> columns;
};

void Standardize(std::vector<float>* values) {
  double n = 0, mean = 0, squares = 0;
  for (const float value : *values) {
    if (!std::isfinite(value)) continue;
    n += 1;
    const double delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  const double deviation = n > 1 ? std::sqrt(squares / n) : 0;
  for (float& value : *values) {
    value = std::isfinite(value) && deviation > 0
                ? static_cast<float>(std::clamp((value - mean) / deviation, -3.0, 3.0))
                : 0;
  }
}

double Skewness(const std::vector<float>& values) {
  double n = 0, s1 = 0, s2 = 0, s3 = 0;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    n += 1;
    s1 += value;
  }
  const double mean = s1 / std::max(1.0, n);
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    const double d = value - mean;
    s2 += d * d;
    s3 += d * d * d;
  }
  const double deviation = std::sqrt(s2 / std::max(1.0, n));
  return deviation > 0 ? s3 / std::max(1.0, n) / (deviation * deviation * deviation) : 0;
}

Block EncodeNumbers(const CellColumn& cells, const std::vector<int64_t>& positions) {
  Block block;
  std::vector<float> values, missing;
  bool any_missing = false;
  for (const int64_t position : positions) {
    const int32_t code = cells.code[static_cast<size_t>(position)];
    const double value = code < 0 ? std::numeric_limits<double>::quiet_NaN()
                                  : cells.number[static_cast<size_t>(code)];
    values.push_back(static_cast<float>(value));
    missing.push_back(code < 0 ? kHeight : 0);
    any_missing |= code < 0;
  }
  if (Skewness(values) > 2) {
    const float least = *std::ranges::min_element(values, [](float a, float b) {
      return (std::isnan(a) ? INFINITY : a) < (std::isnan(b) ? INFINITY : b);
    });
    std::vector<float> logs(values.size());
    for (size_t i = 0; i < logs.size(); ++i) logs[i] = std::log1p(values[i] - least);
    Standardize(&logs);
    block.columns.push_back(std::move(logs));
  } else {
    Standardize(&values);
    block.columns.push_back(std::move(values));
  }
  if (any_missing) block.columns.push_back(std::move(missing));
  return block;
}

Block EncodeCategories(const CellColumn& cells, const std::vector<int64_t>& positions,
                       int64_t most_values) {
  std::vector<int32_t> order(cells.count.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](int32_t c) { return cells.count[static_cast<size_t>(c)]; });
  std::vector<int32_t> place(order.size(), -1);
  int32_t used = 0;
  const double rows = static_cast<double>(cells.code.size());
  for (const int32_t code : order) {
    const bool frequent =
        static_cast<double>(cells.count[static_cast<size_t>(code)]) >= 0.01 * rows;
    if (used >= most_values || (!frequent && used >= 2)) break;
    place[static_cast<size_t>(code)] = used++;
  }
  Block block;
  block.columns.assign(static_cast<size_t>(used), std::vector<float>(positions.size()));
  for (size_t i = 0; i < positions.size(); ++i) {
    const int32_t code = cells.code[static_cast<size_t>(positions[i])];
    const int32_t column = code < 0 ? -1 : place[static_cast<size_t>(code)];
    if (column >= 0) block.columns[static_cast<size_t>(column)][i] = kHeight;
  }
  return block;
}

}  // namespace

bool IsFreeText(const CellColumn& cells) {
  return cells.type == FeatureType::kText && !cells.is_number() &&
         cells.distinct() * 2 > static_cast<int64_t>(cells.code.size()) - cells.missing;
}

Matrix EncodeCells(const std::vector<const CellColumn*>& columns,
                   const std::vector<int64_t>& positions, int64_t most_values) {
  std::vector<Block> blocks(columns.size());
  ParallelFor(static_cast<int64_t>(columns.size()), 1, [&](int64_t i, int64_t) {
    const CellColumn& cells = *columns[static_cast<size_t>(i)];
    if (cells.distinct() < 2) return;
    blocks[static_cast<size_t>(i)] = cells.is_number()
                                         ? EncodeNumbers(cells, positions)
                                         : EncodeCategories(cells, positions, most_values);
  });
  int64_t width = 0;
  for (const Block& block : blocks) width += static_cast<int64_t>(block.columns.size());
  Matrix out(static_cast<int64_t>(positions.size()), width);
  int64_t at = 0;
  for (const Block& block : blocks) {
    for (const std::vector<float>& column : block.columns) {
      for (size_t i = 0; i < column.size(); ++i) out.row(static_cast<int64_t>(i))[at] = column[i];
      ++at;
    }
  }
  return out;
}

}  // namespace bottega
