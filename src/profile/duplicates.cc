#include "profile/duplicates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "profile/cells.h"
#include "profile/near_rows.h"
#include "profile/near_texts.h"

namespace bottega {
namespace {

// Positions ordered by (hash, position).
std::vector<int64_t> OrderByHash(const std::vector<uint64_t>& hashes) {
  std::vector<std::pair<uint64_t, int64_t>> keyed(hashes.size());
  for (size_t i = 0; i < hashes.size(); ++i) keyed[i] = {hashes[i], static_cast<int64_t>(i)};
  std::sort(keyed.begin(), keyed.end());
  std::vector<int64_t> order(hashes.size());
  for (size_t i = 0; i < keyed.size(); ++i) order[i] = keyed[i].second;
  return order;
}

double RowBits(const std::vector<CellColumn>& cells, int64_t row) {
  double bits = 0;
  for (const CellColumn& column : cells) {
    bits += BitsOf(column, column.code[static_cast<size_t>(row)]);
  }
  return bits;
}

void LinkEqualRows(const std::vector<CellColumn>& cells, int64_t rows, Duplicates* out) {
  std::vector<size_t> all(cells.size());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<uint64_t> hashes = HashRows(cells, all, rows);
  const std::vector<int64_t> order = OrderByHash(hashes);
  const double enough = std::log2(static_cast<double>(rows)) + 3;
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    const int64_t first = order[begin];
    while (end < order.size() &&
           hashes[static_cast<size_t>(order[end])] == hashes[static_cast<size_t>(first)]) {
      ++end;
    }
    const double bits = end - begin > 1 ? RowBits(cells, first) : 0;
    for (size_t i = begin + 1; i < end; ++i) {
      if (!SameCells(cells, first, order[i])) continue;
      if (bits < enough) {
        ++out->by_chance;
      } else {
        out->pairs.push_back({first, order[i], 1, true, bits});
      }
    }
    begin = end;
  }
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

Duplicates FindDuplicateRows(const Dataset& data, const DuplicateOptions& options) {
  Duplicates out;
  const std::vector<CellColumn> cells = CellsOf(data, ComparedColumns(data));
  if (HoldsOneText(data)) return FindDuplicateTexts(cells[0], {.near = options.near_rows});
  if (!cells.empty() && data.size() > 1) {
    LinkEqualRows(cells, data.size(), &out);
    if (options.near_rows) {
      const std::vector<int64_t> same = GroupsOf(data.size(), out.pairs);
      for (DuplicatePair& pair : FindNearRows(cells, same, options.row_difference)) {
        out.pairs.push_back(pair);
      }
    }
  }
  std::ranges::sort(out.pairs, [](const DuplicatePair& a, const DuplicatePair& b) {
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  out.group = GroupsOf(data.size(), out.pairs);
  return out;
}

Duplicates FindDuplicates(const Dataset& data, const DuplicateOptions& options) {
  return data.HasPictures() ? FindDuplicatePictures(data, options)
                            : FindDuplicateRows(data, options);
}

Duplicates FindDuplicates(const Dataset& data) { return FindDuplicates(data, {}); }

}  // namespace bottega
