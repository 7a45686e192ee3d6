// Counts over all rows: of the data, or of the whole table that the data are a sample of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"

namespace bottega {

int64_t AllRows(const AuditContext& context);
int64_t AllMissing(const AuditContext& context, int column);

// The different values of a column; the most frequent ones of a large source.
struct ValueCounts {
  const CellColumn* cells = nullptr;  // whose codes they are; nullptr: of `texts`
  std::vector<std::string> texts;
  std::vector<int64_t> counts;
  int64_t distinct = 0;  // estimated where `exact` is false
  bool exact = true;

  std::string Text(size_t value) const;
};
ValueCounts AllValues(const AuditContext& context, int column);

}  // namespace bottega
