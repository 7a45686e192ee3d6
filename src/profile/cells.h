// Cells: columns as dense codes, the form in which rows are hashed, counted and compared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace bottega {

// One column. Equal cells have equal codes; codes are in order of first appearance.
struct CellColumn {
  int column = 0;
  FeatureType type = FeatureType::kText;
  std::vector<int32_t> code;      // per row, -1 for missing
  std::vector<int64_t> count;     // per code
  std::vector<std::string> text;  // per code; empty for numbers and dates
  std::vector<double> number;     // per code; empty for texts; dates in days
  std::vector<int32_t> rising;    // codes by rising number; see RisingCodes
  int64_t missing = 0;

  bool is_number() const { return text.empty() && !number.empty(); }
  int64_t distinct() const { return static_cast<int64_t>(count.size()); }
};

// Numbers and dates by value (-0 is 0; NaN is missing), everything else by its bytes.
CellColumn CellsOf(const Dataset& data, int column);
// Several columns, in parallel.
std::vector<CellColumn> CellsOf(const Dataset& data, const std::vector<int>& columns);

// The codes of a column of numbers, by rising number: `rising`, or sorted anew where whoever made
// the column left that out.
std::vector<int32_t> RisingCodes(const CellColumn& column);

// The cell of a code as a person reads it: numbers to eight digits, dates as dates.
std::string CellText(const CellColumn& column, int32_t code);

// Columns in which duplicates are looked for: features and time, without identifiers.
std::vector<int> ComparedColumns(const Dataset& data);

// -log2 of the share of rows with that cell (code -1: missing), in bits.
double BitsOf(const CellColumn& column, int32_t code);

// Per row, a hash over its codes. Different rows may collide; verify with SameCells.
std::vector<uint64_t> HashRows(const std::vector<const CellColumn*>& cells, int64_t rows);
bool SameCells(const std::vector<const CellColumn*>& cells, int64_t a, int64_t b);

// Lower case, letters and digits only (Unicode letters kept as they are), single spaces where there
// were spaces or punctuation: two texts that fold to the same differ in spelling alone.
std::string FoldText(std::string_view text);

}  // namespace bottega
