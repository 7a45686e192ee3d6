// Columns that say the same: equal, spelled otherwise, or recoded one to one.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/cells.h"

namespace bottega {

enum class CopyKind { kSame, kSpelling, kRecoded };

struct ColumnCopy {
  size_t first = 0, second = 0;  // indices into the cells, first < second
  CopyKind kind = CopyKind::kSame;
  int64_t compared = 0;          // rows in which both are filled
  int64_t differ = 0;            // of them, rows that break the rule
  std::vector<int32_t> partner;  // recoded: per code of `first` its code of `second`, -1: none
};

// Every column that copies an earlier one, once (with the earliest it copies). Two columns agree
// when at most `most_differ` (a share) of the rows in which both are filled break the rule, and
// these are at least half of the rows in which either is. A recoding must be borne out by values
// that repeat: rows whose code was seen before, together improbable by 40 bits. Pairs are looked at
// on a sample first and given up early: time columns^2 times a few rows.
std::vector<ColumnCopy> FindColumnCopies(const std::vector<const CellColumn*>& cells,
                                         double most_differ);

// A recoding of numbers to numbers that keeps (or reverses) the order of more than 20 values:
// rather a formula than a code.
bool IsConversion(const CellColumn& first, const CellColumn& second, const ColumnCopy& copy);

}  // namespace bottega
