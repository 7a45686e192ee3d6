// Cells as findings: which ones, and what each should hold. What `clean` turns into repairs.
#pragma once

#include <arrow/table.h>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "audit/check.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {

// `detail.cells` of a finding holds at most so many; `detail.count` says how many there are.
inline constexpr size_t kMostListedCells = 5'000;

struct FlaggedCell {
  int64_t position = 0;
  int column = 0;
  std::optional<std::string> before;  // what the dataset holds; nullopt: missing
  std::optional<std::string> after;   // nullopt: make it missing
  bool repair = true;                 // `after` is proposed; false: only the owner knows
  double confidence = 1;              // that the cell is wrong and `after` right
  std::string evidence;               // one clause
  std::string written;                // what the source said, where the dataset lost it

  // What a message shows of the cell.
  std::string Shown() const { return written.empty() ? before.value_or("") : written; }
};

// What is wrong with every cell that holds a value of a column.
struct FlaggedValue {
  std::optional<std::string> after;
  bool repair = true;
  double confidence = 1;
  std::string evidence;
};

// The cells of `column` with the given codes (of AuditShared::CellsOfColumn), by position.
std::vector<FlaggedCell> CellsWith(const AuditContext& context, int column,
                                   const std::unordered_map<int32_t, FlaggedValue>& by_code);

// Cells as read (data/written.h) with what `judge` says of each; those for which it says nothing
// are left out. Rows that were since removed from the data are, too.
template <class Judge>
std::vector<FlaggedCell> WrittenCellsWith(const Dataset& data, int column, Judge judge);

// Places the finding at the first cell and sets its confidence to the cells' highest,
// `detail.cells`
// ([{row, column, before, after, confidence, evidence, written}], those with a repair; `written`
// only where the source said more than the dataset holds), `detail.suspects` (the others, without
// `after`) and `detail.count`. Where one value has one repair wherever it stands and cells had to
// be left out, `detail.values` ([{column, before, after, count, confidence, evidence}], at most
// 1,000) still names them all.
void ListCells(const Dataset& data, const std::vector<FlaggedCell>& cells, Finding* finding);

// Scores for Findings::Score: 1, and 1 - confidence in rows with a flagged cell. `scores` is empty
// at first.
void LowerScores(const Dataset& data, const std::vector<FlaggedCell>& cells,
                 std::vector<float>* scores);

// Positions by record number.
std::unordered_map<int64_t, int64_t> PositionsOfRecords(const Dataset& data);

// A value in a message: quoted and shortened; all but its first letter hidden where the column's
// name says that it holds a person's name, address, phone ...
std::string QuoteCell(const Dataset& data, int column, const std::string& value);
// The value of a code as `before` and `after` write it: numbers with all digits, dates as dates.
std::string ExactText(const CellColumn& cells, int32_t code);

template <class Judge>
std::vector<FlaggedCell> WrittenCellsWith(const Dataset& data, int column, Judge judge) {
  std::vector<FlaggedCell> out;
  const Written* written = WrittenOf(data, column);
  if (written == nullptr || written->cells.empty()) return out;
  const std::unordered_map<int64_t, int64_t> positions = PositionsOfRecords(data);
  const std::shared_ptr<arrow::Array> array = OneChunk(data.table->column(column));
  for (const WrittenCell& cell : written->cells) {
    const auto at = positions.find(cell.row);
    if (at == positions.end()) continue;
    const std::optional<FlaggedValue> value = judge(cell);
    if (!value) continue;
    out.push_back({at->second, column, TextOfCell(*array, at->second), value->after, value->repair,
                   value->confidence, value->evidence, cell.text});
  }
  return out;
}

}  // namespace bottega
