// Groups of duplicates as findings, and the words that duplicate checks share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"

namespace bottega {

// Rows that are the same as one another; `rows` are positions, ascending, at least two.
struct DuplicateGroup {
  std::vector<int64_t> rows;
  double similarity = 1;  // the lowest of its pairs
  double bits = 0;        // the highest of its pairs
};

// Groups by the pairs of one kind alone: exact ones, or near ones.
std::vector<DuplicateGroup> GroupsOfKind(const Duplicates& duplicates, bool exact);

// "12 and 40", "12, 40 and 3 more": record numbers or, with pictures, file names.
std::string NameRows(const Dataset& data, const std::vector<int64_t>& positions, size_t most = 3);
// "row 12", or the file's name.
std::string NameRow(const Dataset& data, int64_t position);
// {"rows": [...]}: record numbers.
Json RecordNumbers(const Dataset& data, const std::vector<int64_t>& positions);
// "row" or "picture", plural when n is not 1: "1 row", "1,200 pictures".
std::string CountOf(const Dataset& data, int64_t n);

}  // namespace bottega
