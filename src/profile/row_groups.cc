#include "profile/row_groups.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/random.h"

namespace bottega {
namespace {

constexpr size_t kLargeGroup = 64;

// Codes of (a, b) in order of first appearance; returns how many there are.
int64_t Pair(std::vector<int32_t>* a, const std::vector<int32_t>& b, int64_t b_size) {
  std::unordered_map<int64_t, int32_t> seen;
  for (size_t i = 0; i < a->size(); ++i) {
    int32_t& code = (*a)[i];
    if (code < 0 || b[i] < 0) {
      code = -1;
      continue;
    }
    code = seen.emplace(code * b_size + b[i], static_cast<int32_t>(seen.size())).first->second;
  }
  return static_cast<int64_t>(seen.size());
}

RowGroups GroupCodes(const std::vector<int32_t>& code, int64_t distinct) {
  std::vector<int64_t> count(static_cast<size_t>(distinct));
  for (const int32_t c : code) {
    if (c >= 0) ++count[static_cast<size_t>(c)];
  }
  RowGroups groups;
  std::vector<int64_t> next(count.size(), -1);
  int64_t at = 0;
  for (size_t c = 0; c < count.size(); ++c) {
    if (count[c] < 2) continue;
    groups.begin.push_back(at);
    next[c] = at;
    at += count[c];
  }
  groups.begin.push_back(at);
  groups.rows.resize(static_cast<size_t>(at));
  for (size_t i = 0; i < code.size(); ++i) {
    if (code[i] < 0 || next[static_cast<size_t>(code[i])] < 0) continue;
    groups.rows[static_cast<size_t>(next[static_cast<size_t>(code[i])]++)] =
        static_cast<int32_t>(i);
  }
  return groups;
}

}  // namespace

RowGroups GroupRows(const std::vector<const CellColumn*>& columns) {
  if (columns.size() == 1) return GroupCodes(columns[0]->code, columns[0]->distinct());
  std::vector<int32_t> code = columns[0]->code;
  int64_t distinct = columns[0]->distinct();
  for (size_t k = 1; k < columns.size(); ++k) {
    distinct = Pair(&code, columns[k]->code, std::max<int64_t>(1, columns[k]->distinct()));
  }
  return GroupCodes(code, distinct);
}

RowGroups SampleGroups(const RowGroups& groups, int64_t most, uint64_t seed) {
  const auto rows = static_cast<int64_t>(groups.rows.size());
  if (rows <= most) return groups;
  const double share = static_cast<double>(most) / static_cast<double>(rows);
  const auto step = static_cast<size_t>(std::ceil(1 / share));
  RowGroups out;
  out.begin.push_back(0);
  for (int64_t g = 0; g < groups.size(); ++g) {
    const std::span<const int32_t> group = groups.Group(g);
    const bool large = group.size() > kLargeGroup * step;
    if (!large && !Random(seed, Purpose::kSample, 0, g).Chance(share)) continue;
    for (size_t i = 0; i < group.size(); i += large ? step : 1) out.rows.push_back(group[i]);
    out.begin.push_back(static_cast<int64_t>(out.rows.size()));
  }
  return out;
}

}  // namespace bottega
