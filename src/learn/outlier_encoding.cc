#include "learn/outlier_encoding.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/threads.h"
#include "profile/sorted_values.h"
#include "profile/symmetric_scale.h"

namespace bottega {
namespace {

constexpr double kFarthest = 12;     // deviations at which numbers are cut
constexpr int64_t kMostValues = 12;  // 0/1 columns of a category
constexpr int64_t kFewSteps = 20;

using FloatColumn = std::vector<float>;

std::vector<FloatColumn> NumberOf(const CellColumn& cells, std::vector<float>* beyond) {
  const SymmetricScale scale(SortedNumbers(cells));
  if (!scale.spread()) return {};
  std::vector<float> place, mode, share;
  bool any_mode = false;
  for (const double value : cells.number) {
    place.push_back(static_cast<float>(std::clamp(scale.NormalAt(value), -kFarthest, kFarthest)));
    mode.push_back(scale.is_mode(value));
    share.push_back(static_cast<float>(scale.Beyond(value)));
    any_mode = any_mode || scale.is_mode(value);
  }
  std::vector<FloatColumn> out(any_mode ? 2 : 1, FloatColumn(cells.code.size()));
  beyond->assign(cells.code.size(), std::nanf(""));
  for (size_t i = 0; i < cells.code.size(); ++i) {
    if (cells.code[i] < 0) continue;
    out[0][i] = place[static_cast<size_t>(cells.code[i])];
    if (any_mode) out[1][i] = mode[static_cast<size_t>(cells.code[i])];
    if (mode[static_cast<size_t>(cells.code[i])] == 0 && cells.distinct() > kFewSteps) {
      (*beyond)[i] = share[static_cast<size_t>(cells.code[i])];
    }
  }
  return out;
}

std::vector<FloatColumn> CategoryOf(const CellColumn& cells) {
  std::vector<int32_t> order(cells.count.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater<>(),
                           [&](int32_t c) { return cells.count[static_cast<size_t>(c)]; });
  std::vector<int32_t> place(order.size(), -1);
  int32_t used = 0;
  for (const int32_t code : order) {
    const bool frequent =
        cells.count[static_cast<size_t>(code)] * 100 >= static_cast<int64_t>(cells.code.size());
    if (used == kMostValues || !frequent) break;
    place[static_cast<size_t>(code)] = used++;
  }
  std::vector<FloatColumn> out(static_cast<size_t>(used), FloatColumn(cells.code.size()));
  for (size_t i = 0; i < cells.code.size(); ++i) {
    const int32_t at = cells.code[i] < 0 ? -1 : place[static_cast<size_t>(cells.code[i])];
    if (at >= 0) out[static_cast<size_t>(at)][i] = 1;
  }
  return out;
}

}  // namespace

EncodedRows EncodeForOutliers(const std::vector<const CellColumn*>& cells) {
  std::vector<std::vector<FloatColumn>> blocks(cells.size());
  std::vector<std::vector<float>> beyond(cells.size());
  ParallelFor(static_cast<int64_t>(cells.size()), 1, [&](int64_t i, int64_t) {
    const CellColumn& column = *cells[static_cast<size_t>(i)];
    if (column.distinct() < 2) return;
    const size_t at = static_cast<size_t>(i);
    blocks[at] = column.is_number() ? NumberOf(column, &beyond[at]) : CategoryOf(column);
  });
  EncodedRows out;
  int64_t width = 0;
  for (size_t c = 0; c < blocks.size(); ++c) {
    if (!blocks[c].empty() && cells[c]->is_number()) {
      out.number.push_back(width);
      out.beyond.push_back(std::move(beyond[c]));
    }
    width += static_cast<int64_t>(blocks[c].size());
    out.owner.insert(out.owner.end(), blocks[c].size(), static_cast<int>(c));
  }
  const int64_t rows = static_cast<int64_t>(cells[0]->code.size());
  out.x = Matrix(rows, width);
  int64_t at = 0;
  for (const std::vector<FloatColumn>& block : blocks) {
    for (const FloatColumn& column : block) {
      for (int64_t i = 0; i < rows; ++i) out.x.row(i)[at] = column[static_cast<size_t>(i)];
      ++at;
    }
  }
  return out;
}

}  // namespace bottega
