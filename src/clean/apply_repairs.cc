#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/table.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "clean/redact.h"
#include "clean/repairs.h"
#include "data/arrow_support.h"
#include "data/assemble.h"
#include "data/infer/dates.h"
#include "data/values.h"

namespace bottega {

namespace {

using Cell = std::optional<std::string>;

class Applied {
 public:
  explicit Applied(const Dataset& data) : data_(data) {
    for (size_t i = 0; i < data.rows.size(); ++i) {
      position_.emplace(data.rows[i], static_cast<int64_t>(i));
    }
  }

  void Apply(const Repair& repair);
  Dataset Finish();

 private:
  [[noreturn]] void Differs(const Repair& repair, int64_t row, const std::string& found) const;
  int64_t PositionOf(const Repair& repair, int64_t row) const;
  int ColumnOf(const Repair& repair) const;
  void ChangeCells(const Repair& repair);
  void ChangeRole(const Repair& repair);
  void ChangeType(const Repair& repair);
  void Redact(const Repair& repair);
  void Flush(int column);

  Dataset data_;
  std::unordered_map<int64_t, int64_t> position_;
  std::map<int, std::map<int64_t, Cell>> cells_;  // column -> position -> what stands there now
  std::set<int64_t> out_;
};

void Applied::Differs(const Repair& repair, int64_t row, const std::string& found) const {
  throw Error(ErrorKind::kData,
              "the repairs do not fit these data: " + repair.repair + " expects " +
                  (repair.before ? "'" + *repair.before + "'" : "a missing value") + " but finds " +
                  found,
              {.file = data_.source.string(), .row = row, .column = repair.column},
              "the data were changed since: `bottega clean --plan` plans again");
}

int64_t Applied::PositionOf(const Repair& repair, int64_t row) const {
  const auto found = position_.find(row);
  if (found == position_.end()) Differs(repair, row, "no such row");
  return found->second;
}

int Applied::ColumnOf(const Repair& repair) const {
  const int column = data_.Find(repair.column);
  if (column < 0) Differs(repair, -1, "no such column");
  return column;
}

void Applied::ChangeCells(const Repair& repair) {
  const int column = ColumnOf(repair);
  const auto array = OneChunk(data_.table->column(column));
  const bool writing = repair.before == repair.after;  // of the source: the value stays
  std::map<int64_t, Cell>& changed = cells_[column];
  for (int64_t row : repair.rows) {
    const int64_t position = PositionOf(repair, row);
    const auto already = changed.find(position);
    const Cell now = already != changed.end() ? already->second : TextOfCell(*array, position);
    if (now != repair.before) Differs(repair, row, now ? "'" + *now + "'" : "a missing value");
    if (!writing) changed[position] = repair.after;
  }
}

void Applied::ChangeRole(const Repair& repair) {
  Column& described = data_.columns[static_cast<size_t>(ColumnOf(repair))];
  if (RoleName(described.role) != repair.before) {
    Differs(repair, -1, "'" + std::string(RoleName(described.role)) + "'");
  }
  described.role = ParseRole(repair.after.value_or(""));
}

void Applied::ChangeType(const Repair& repair) {
  const int column = ColumnOf(repair);
  const FeatureType now = data_.columns[static_cast<size_t>(column)].type;
  if (FeatureTypeName(now) != repair.before) {
    Differs(repair, -1, "'" + std::string(FeatureTypeName(now)) + "'");
  }
  Flush(column);
  Retype(column, ParseFeatureType(repair.after.value_or("")), repair.reason, &data_);
}

void Applied::Redact(const Repair& repair) {
  const int column = ColumnOf(repair);
  Flush(column);
  std::vector<int64_t> positions;
  for (int64_t row : repair.rows) positions.push_back(PositionOf(repair, row));
  RedactColumn(column, positions, repair.before.value_or(""), repair.after.value_or(""), &data_);
}

void Applied::Apply(const Repair& repair) {
  switch (repair.action) {
    case RepairAction::kCell:
      return ChangeCells(repair);
    case RepairAction::kRole:
      return ChangeRole(repair);
    case RepairAction::kType:
      return ChangeType(repair);
    case RepairAction::kRedact:
      return Redact(repair);
    case RepairAction::kSetAside:
      for (int64_t row : repair.rows) out_.insert(PositionOf(repair, row));
  }
}

std::shared_ptr<arrow::Array> WithNumbers(const arrow::DoubleArray& numbers,
                                          const std::map<int64_t, Cell>& cells) {
  std::vector<double> values(static_cast<size_t>(numbers.length()));
  constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
  for (int64_t i = 0; i < numbers.length(); ++i) {
    values[static_cast<size_t>(i)] = numbers.IsNull(i) ? kMissing : numbers.Value(i);
  }
  for (const auto& [position, cell] : cells) {
    const auto number = cell ? ParseNumber(*cell) : std::nullopt;
    values[static_cast<size_t>(position)] = number.value_or(kMissing);
  }
  return NumberArray(values);
}

std::shared_ptr<arrow::Array> WithDates(const arrow::TimestampArray& dates,
                                        const std::map<int64_t, Cell>& cells) {
  std::vector<std::optional<int64_t>> values(static_cast<size_t>(dates.length()));
  for (int64_t i = 0; i < dates.length(); ++i) {
    if (dates.IsValid(i)) values[static_cast<size_t>(i)] = dates.Value(i);
  }
  for (const auto& [position, cell] : cells) {
    values[static_cast<size_t>(position)] = cell ? ParseIsoDate(*cell) : std::nullopt;
  }
  return DateArray(values);
}

std::shared_ptr<arrow::Array> WithTexts(const arrow::Array& array,
                                        const std::map<int64_t, Cell>& cells) {
  std::vector<Cell> texts(static_cast<size_t>(array.length()));
  for (int64_t i = 0; i < array.length(); ++i) {
    texts[static_cast<size_t>(i)] = TextOfCell(array, i);
  }
  for (const auto& [position, cell] : cells) texts[static_cast<size_t>(position)] = cell;
  return TextArray(texts);
}

void Applied::Flush(int column) {
  const auto found = cells_.find(column);
  if (found == cells_.end()) return;
  const std::map<int64_t, Cell> cells = std::move(found->second);
  cells_.erase(found);
  if (cells.empty()) return;
  const auto array = OneChunk(data_.table->column(column));
  const FeatureType type = data_.columns[static_cast<size_t>(column)].type;
  const auto changed = type == FeatureType::kNumber
                           ? WithNumbers(static_cast<const arrow::DoubleArray&>(*array), cells)
                       : type == FeatureType::kDate
                           ? WithDates(static_cast<const arrow::TimestampArray&>(*array), cells)
                           : WithTexts(*array, cells);
  data_ = WithColumn(data_, column, changed);
}

Dataset Applied::Finish() {
  while (!cells_.empty()) Flush(cells_.begin()->first);
  if (out_.empty()) return std::move(data_);
  std::vector<int64_t> kept;
  for (int64_t i = 0; i < data_.size(); ++i) {
    if (!out_.contains(i)) kept.push_back(i);
  }
  return TakeRows(data_, kept);
}

}  // namespace

Dataset ApplyRepairs(const Dataset& data, const RepairPlan& plan) {
  Applied applied(data);
  for (const Repair& repair : Chosen(plan).repairs) applied.Apply(repair);
  return applied.Finish();
}

}  // namespace bottega
