#include "split/units.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace bottega {

namespace {

class Sets {
 public:
  explicit Sets(int64_t n) : parent_(static_cast<size_t>(n)) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }
  int64_t Find(int64_t i) {
    int64_t& parent = parent_[static_cast<size_t>(i)];
    while (parent != parent_[static_cast<size_t>(parent)]) {
      parent = parent_[static_cast<size_t>(parent)];
    }
    return parent;
  }
  void Join(int64_t a, int64_t b) {
    a = Find(a);
    b = Find(b);
    parent_[static_cast<size_t>(std::max(a, b))] = std::min(a, b);
  }

 private:
  std::vector<int64_t> parent_;
};

void JoinGroups(const Dataset& data, int column, Sets* sets) {
  const Codes codes = CodesOf(data, column);
  std::vector<int64_t> first(codes.values.size(), -1);
  for (int64_t i = 0; i < data.size(); ++i) {
    const int32_t code = codes.code[static_cast<size_t>(i)];
    if (code < 0) continue;
    int64_t& seen = first[static_cast<size_t>(code)];
    if (seen < 0) {
      seen = i;
    } else {
      sets->Join(seen, i);
    }
  }
}

}  // namespace

Units JoinRows(const Dataset& data, const Duplicates* duplicates, int group_column) {
  Sets sets(data.size());
  if (duplicates != nullptr) {
    for (int64_t i = 0; i < data.size(); ++i)
      sets.Join(i, duplicates->group[static_cast<size_t>(i)]);
  }
  if (group_column >= 0) JoinGroups(data, group_column, &sets);
  std::vector<int64_t> by_row(static_cast<size_t>(data.size()));
  std::iota(by_row.begin(), by_row.end(), 0);
  std::ranges::sort(by_row, {}, [&](int64_t i) { return data.rows[static_cast<size_t>(i)]; });
  Units units;
  units.of.resize(by_row.size());
  std::vector<int64_t> unit_of_root(by_row.size(), -1);
  for (int64_t i : by_row) {
    int64_t& unit = unit_of_root[static_cast<size_t>(sets.Find(i))];
    if (unit < 0) {
      unit = static_cast<int64_t>(units.members.size());
      units.members.emplace_back();
      units.key.push_back(data.rows[static_cast<size_t>(i)]);
    }
    units.members[static_cast<size_t>(unit)].push_back(i);
    units.of[static_cast<size_t>(i)] = unit;
  }
  return units;
}

}  // namespace bottega
