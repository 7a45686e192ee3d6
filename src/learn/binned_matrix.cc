#include "learn/binned_matrix.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/threads.h"

namespace bottega {
namespace {

constexpr int kMostBins = 255;  // bin 0 among them
constexpr int64_t kRowChunk = 1 << 14;

// Bin of each code, 1 ..., and how many bins there are then.
struct CodeBins {
  std::vector<uint8_t> bin;
  int bins = 1;
};

CodeBins BinNumbers(const CellColumn& column) {
  const std::vector<int64_t>& count = column.count;
  const std::vector<int32_t> order = RisingCodes(column);
  CodeBins out{std::vector<uint8_t>(order.size())};
  int64_t left = std::accumulate(count.begin(), count.end(), int64_t{0});
  int64_t in_bin = 0;
  const bool each = order.size() < kMostBins;
  for (const int32_t code : order) {
    const int64_t bins_left = kMostBins - out.bins;
    // A new bin once the present one holds its share of the rows that are left.
    if (in_bin > 0 && bins_left > 1 && (each || in_bin * bins_left >= left)) {
      left -= in_bin;
      in_bin = 0;
      ++out.bins;
    }
    out.bin[static_cast<size_t>(code)] = static_cast<uint8_t>(out.bins);
    in_bin += count[static_cast<size_t>(code)];
  }
  ++out.bins;
  return out;
}

CodeBins BinCategories(const std::vector<int64_t>& count) {
  std::vector<int32_t> order(count.size());
  std::iota(order.begin(), order.end(), 0);
  const auto more = [&](int32_t a, int32_t b) {
    const int64_t x = count[static_cast<size_t>(a)], y = count[static_cast<size_t>(b)];
    return x != y ? x > y : a < b;
  };
  const size_t own = std::min(order.size(), static_cast<size_t>(kMostBins - 2));
  std::ranges::partial_sort(order, order.begin() + static_cast<int64_t>(own), more);
  CodeBins out{std::vector<uint8_t>(count.size(), kMostBins - 1)};
  for (size_t i = 0; i < own; ++i)
    out.bin[static_cast<size_t>(order[i])] = static_cast<uint8_t>(i + 1);
  out.bins = static_cast<int>(own + 1 + (order.size() > own));
  return out;
}

// Fills bins row by row; bin_of(column, row) is the bin of one cell.
template <class BinOf>
void FillBins(BinnedMatrix* out, BinOf bin_of) {
  const size_t width = out->columns.size();
  out->bins.resize(static_cast<size_t>(out->rows) * width);
  ParallelFor(out->rows, kRowChunk, [&](int64_t begin, int64_t end) {
    for (size_t c = 0; c < width; ++c) {
      for (int64_t r = begin; r < end; ++r) {
        out->bins[static_cast<size_t>(r) * width + c] = bin_of(c, r);
      }
    }
  });
}

// One column of a matrix as codes of its distinct values.
CellColumn CodesOfColumn(const Matrix& matrix, int64_t column) {
  CellColumn out{.column = static_cast<int>(column), .type = FeatureType::kNumber};
  std::vector<std::pair<float, int32_t>> sorted;
  for (int64_t r = 0; r < matrix.rows; ++r) {
    if (!std::isnan(matrix.at(r, column))) {
      sorted.emplace_back(matrix.at(r, column), static_cast<int32_t>(r));
    }
  }
  std::ranges::sort(sorted);
  out.code.assign(static_cast<size_t>(matrix.rows), -1);
  for (const auto& [value, row] : sorted) {
    if (out.number.empty() || out.number.back() != value) {
      out.number.push_back(value);
      out.count.push_back(0);
    }
    ++out.count.back();
    out.code[static_cast<size_t>(row)] = static_cast<int32_t>(out.number.size() - 1);
  }
  return out;
}

}  // namespace

BinnedMatrix BinColumns(const std::vector<const CellColumn*>& cells,
                        const std::vector<int64_t>& positions) {
  std::vector<const CellColumn*> used;
  for (const CellColumn* column : cells) {
    if (column->distinct() + (column->missing > 0) >= 2) used.push_back(column);
  }
  std::vector<CodeBins> codes(used.size());
  ParallelFor(static_cast<int64_t>(used.size()), 1, [&](int64_t i, int64_t) {
    const CellColumn& column = *used[static_cast<size_t>(i)];
    codes[static_cast<size_t>(i)] =
        column.is_number() ? BinNumbers(column) : BinCategories(column.count);
  });
  BinnedMatrix out{.rows = static_cast<int64_t>(positions.size())};
  for (size_t c = 0; c < used.size(); ++c) {
    out.columns.push_back({used[c]->column, !used[c]->is_number(), codes[c].bins});
  }
  FillBins(&out, [&](size_t c, int64_t r) {
    const int32_t code = used[c]->code[static_cast<size_t>(positions[static_cast<size_t>(r)])];
    return code < 0 ? uint8_t{0} : codes[c].bin[static_cast<size_t>(code)];
  });
  return out;
}

BinnedMatrix BinMatrix(const Matrix& matrix) {
  std::vector<CellColumn> cells(static_cast<size_t>(matrix.columns));
  ParallelFor(matrix.columns, 1, [&](int64_t c, int64_t) {
    cells[static_cast<size_t>(c)] = CodesOfColumn(matrix, c);
  });
  std::vector<const CellColumn*> pointers;
  for (const CellColumn& column : cells) pointers.push_back(&column);
  std::vector<int64_t> all(static_cast<size_t>(matrix.rows));
  std::iota(all.begin(), all.end(), 0);
  return BinColumns(pointers, all);
}

}  // namespace bottega
