// What the checks of texts share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/check.h"

namespace bottega {

// Columns of texts that something is learned from. Empty, with the reason told to `findings`, where
// there are none.
std::vector<int> TextColumns(const AuditContext& context, Findings& findings);

class TextScores;

// Judges one column: adds scores and findings. False where it cannot be judged.
using LookAtColumn = bool (*)(const AuditContext& context, int column, TextScores* scores,
                              Findings& findings);
// Runs `look` over TextColumns; a skip for the reason `none` where no column can be judged.
void LookAtTexts(const AuditContext& context, LookAtColumn look, const std::string& none,
                 Findings& findings);

// Positions of the rows whose code `bad` holds, ascending.
std::vector<int64_t> RowsWith(const CellColumn& cells, const std::vector<char>& bad);

// "rows 3, 40 and 10 more"; and {"rows": [...]} of at most 1,000 record numbers.
std::string RowsText(const Dataset& data, const std::vector<int64_t>& positions);
Json RowsDetail(const Dataset& data, const std::vector<int64_t>& positions);

// Per row the lowest of the columns' scores by code; NaN for rows without a text.
class TextScores {
 public:
  explicit TextScores(const AuditContext& context);
  void Add(const CellColumn& cells, const std::vector<float>& of_code);
  void AddMissing(const CellColumn& cells, float score);
  std::vector<float> Take() { return std::move(rows_); }

 private:
  std::vector<float> rows_;
};

}  // namespace bottega
