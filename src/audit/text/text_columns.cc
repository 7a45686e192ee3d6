#include "audit/text/text_columns.h"

#include <algorithm>
#include <cmath>

#include "audit/duplicate_findings.h"
#include "audit/groups.h"

namespace bottega {

std::vector<int> TextColumns(const AuditContext& context, Findings& findings) {
  std::vector<int> columns;
  for (const int column : FeatureColumns(context.data)) {
    const FeatureType type = context.data.columns[static_cast<size_t>(column)].type;
    if (type == FeatureType::kText) columns.push_back(column);
  }
  if (columns.empty()) findings.Skip("no column holds texts");
  return columns;
}

void LookAtTexts(const AuditContext& context, LookAtColumn look, const std::string& none,
                 Findings& findings) {
  const std::vector<int> columns = TextColumns(context, findings);
  if (columns.empty()) return;
  TextScores scores(context);
  bool looked = false;
  for (const int column : columns) looked |= look(context, column, &scores, findings);
  if (looked) {
    findings.Score(scores.Take());
  } else {
    findings.Skip(none);
  }
}

std::vector<int64_t> RowsWith(const CellColumn& cells, const std::vector<char>& bad) {
  std::vector<int64_t> rows;
  for (size_t i = 0; i < cells.code.size(); ++i) {
    if (cells.code[i] >= 0 && bad[static_cast<size_t>(cells.code[i])]) {
      rows.push_back(static_cast<int64_t>(i));
    }
  }
  return rows;
}

std::string RowsText(const Dataset& data, const std::vector<int64_t>& positions) {
  return NameRows(data, positions);
}

Json RowsDetail(const Dataset& data, const std::vector<int64_t>& positions) {
  constexpr size_t kMost = 1000;
  const std::vector<int64_t> first(
      positions.begin(),
      positions.begin() + static_cast<ptrdiff_t>(std::min(positions.size(), kMost)));
  return {{"rows", RecordNumbers(data, first)}, {"count", positions.size()}};
}

TextScores::TextScores(const AuditContext& context)
    : rows_(static_cast<size_t>(context.data.size()), std::nanf("")) {}

void TextScores::Add(const CellColumn& cells, const std::vector<float>& of_code) {
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (cells.code[i] < 0) continue;
    const float score = of_code[static_cast<size_t>(cells.code[i])];
    if (!(rows_[i] <= score)) rows_[i] = score;
  }
}

void TextScores::AddMissing(const CellColumn& cells, float score) {
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (cells.code[i] < 0 && !(rows_[i] <= score)) rows_[i] = score;
  }
}

}  // namespace bottega
