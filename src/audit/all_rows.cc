#include "audit/all_rows.h"

#include <cmath>

#include "profile/whole_table.h"

namespace bottega {
namespace {

const WholeColumn& WholeColumnOf(const AuditContext& context, int column) {
  return context.whole->columns()[static_cast<size_t>(column)];
}

}  // namespace

int64_t AllRows(const AuditContext& context) {
  return context.whole == nullptr ? context.data.size() : context.whole->rows();
}

int64_t AllMissing(const AuditContext& context, int column) {
  return context.whole == nullptr ? context.shared.CellsOfColumn(column).missing
                                  : WholeColumnOf(context, column).missing;
}

std::string ValueCounts::Text(size_t value) const {
  return cells == nullptr ? texts[value] : CellText(*cells, static_cast<int32_t>(value));
}

ValueCounts AllValues(const AuditContext& context, int column) {
  ValueCounts all;
  if (context.whole == nullptr) {
    all.cells = &context.shared.CellsOfColumn(column);
    all.counts = all.cells->count;
    all.distinct = all.cells->distinct();
    return all;
  }
  const WholeColumn& whole = WholeColumnOf(context, column);
  for (const HeavyHitter& value : whole.top.Values()) {
    all.texts.push_back(value.value);
    all.counts.push_back(value.count);
  }
  all.exact = whole.top.exact();
  all.distinct =
      all.exact ? static_cast<int64_t>(all.texts.size()) : std::llround(whole.distinct.Estimate());
  return all;
}

}  // namespace bottega
