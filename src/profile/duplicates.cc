#include "profile/duplicates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/radix_sort.h"
#include "profile/cells.h"
#include "profile/near_rows.h"
#include "profile/near_texts.h"

namespace bottega {
namespace {

struct HashedRow {
  uint64_t hash = 0;
  int64_t row = 0;
};

std::vector<HashedRow> RowsByHash(const std::vector<const CellColumn*>& cells, int64_t rows) {
  const std::vector<uint64_t> hashes = HashRows(cells, rows);
  std::vector<HashedRow> order(hashes.size());
  for (size_t i = 0; i < hashes.size(); ++i) order[i] = {hashes[i], static_cast<int64_t>(i)};
  RadixSort(&order, [](const HashedRow& row) { return row.hash; });
  return order;
}

double RowBits(const std::vector<const CellColumn*>& cells, int64_t row) {
  double bits = 0;
  for (const CellColumn* column : cells) {
    bits += BitsOf(*column, column->code[static_cast<size_t>(row)]);
  }
  return bits;
}

void LinkEqualRows(const std::vector<const CellColumn*>& cells, int64_t rows, Duplicates* out) {
  const std::vector<HashedRow> order = RowsByHash(cells, rows);
  const double enough = std::log2(static_cast<double>(rows)) + 3;
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    const int64_t first = order[begin].row;
    while (end < order.size() && order[end].hash == order[begin].hash) ++end;
    const double bits = end - begin > 1 ? RowBits(cells, first) : 0;
    for (size_t i = begin + 1; i < end; ++i) {
      if (!SameCells(cells, first, order[i].row)) continue;
      if (bits < enough) {
        ++out->by_chance;
      } else {
        out->pairs.push_back({first, order[i].row, 1, true, bits});
      }
    }
    begin = end;
  }
}

// The pairs in order, and the groups that they make.
void Settle(int64_t rows, Duplicates* out) {
  std::ranges::sort(out->pairs, [](const DuplicatePair& a, const DuplicatePair& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  out->group = GroupsOf(rows, out->pairs);
}

Duplicates FindDuplicateRows(const Dataset& data, const DuplicateOptions& options) {
  const std::vector<CellColumn> cells = CellsOf(data, ComparedColumns(data));
  if (HoldsOneText(data)) return FindDuplicateTexts(cells[0], {.near = options.near_rows});
  std::vector<const CellColumn*> compared;
  for (const CellColumn& column : cells) compared.push_back(&column);
  Duplicates equal = FindEqualRows(compared, data.size());
  return options.near_rows ? WithNearRows(std::move(equal), compared, options) : equal;
}

}  // namespace

std::vector<int64_t> GroupsOf(int64_t n, const std::vector<DuplicatePair>& pairs) {
  std::vector<int64_t> parent(static_cast<size_t>(n));
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int64_t i) {
    while (parent[static_cast<size_t>(i)] != i) {
      int64_t& up = parent[static_cast<size_t>(i)];
      up = parent[static_cast<size_t>(up)];
      i = up;
    }
    return i;
  };
  for (const DuplicatePair& pair : pairs) {
    const int64_t a = root(pair.first);
    const int64_t b = root(pair.second);
    parent[static_cast<size_t>(std::max(a, b))] = std::min(a, b);
  }
  for (int64_t i = 0; i < n; ++i) parent[static_cast<size_t>(i)] = root(i);
  return parent;
}

bool HoldsOneText(const Dataset& data) {
  const std::vector<int> compared = ComparedColumns(data);
  return compared.size() == 1 &&
         data.columns[static_cast<size_t>(compared[0])].type == FeatureType::kText;
}

Duplicates FindEqualRows(const std::vector<const CellColumn*>& cells, int64_t rows) {
  Duplicates out;
  if (!cells.empty() && rows > 1) LinkEqualRows(cells, rows, &out);
  Settle(rows, &out);
  return out;
}

Duplicates WithNearRows(Duplicates equal, const std::vector<const CellColumn*>& cells,
                        const DuplicateOptions& options) {
  const auto rows = static_cast<int64_t>(equal.group.size());
  if (cells.empty() || rows < 2) return equal;
  for (DuplicatePair& pair : FindNearRows(cells, equal.group, options.row_difference)) {
    equal.pairs.push_back(pair);
  }
  Settle(rows, &equal);
  return equal;
}

Duplicates FindDuplicates(const Dataset& data, const DuplicateOptions& options) {
  return data.HasPictures() ? FindDuplicatePictures(data, options)
                            : FindDuplicateRows(data, options);
}

Duplicates FindDuplicates(const Dataset& data) { return FindDuplicates(data, {}); }

}  // namespace bottega
