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
#include "clean/lawful_rows.h"
#include "clean/repairs.h"
#include "data/arrow_support.h"
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
  void ChangeCells(const Repair& repair);
  void ChangeRole(const Repair& repair);
  std::shared_ptr<arrow::Array> Rebuild(int column, const std::map<int64_t, Cell>& cells) const;

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
              "the data were changed since: `bottega clean` plans again");
}

int64_t Applied::PositionOf(const Repair& repair, int64_t row) const {
  const auto found = position_.find(row);
  if (found == position_.end()) Differs(repair, row, "no such row");
  return found->second;
}

void Applied::ChangeCells(const Repair& repair) {
  const int column = data_.Find(repair.column);
  if (column < 0) Differs(repair, -1, "no such column");
  const auto array = OneChunk(data_.table->column(column));
  std::map<int64_t, Cell>& changed = cells_[column];
  for (int64_t row : repair.rows) {
    const int64_t position = PositionOf(repair, row);
    const auto already = changed.find(position);
    const Cell now = already != changed.end() ? already->second : TextOfCell(*array, position);
    if (now != repair.before) Differs(repair, row, now ? "'" + *now + "'" : "a missing value");
    changed[position] = repair.after;
  }
}

void Applied::ChangeRole(const Repair& repair) {
  const int column = data_.Find(repair.column);
  if (column < 0) Differs(repair, -1, "no such column");
  Column& described = data_.columns[static_cast<size_t>(column)];
  if (RoleName(described.role) != repair.before) {
    Differs(repair, -1, "'" + std::string(RoleName(described.role)) + "'");
  }
  described.role = ParseRole(repair.after.value_or(""));
}

void Applied::Apply(const Repair& repair) {
  if (repair.action == RepairAction::kCell) {
    ChangeCells(repair);
  } else if (repair.action == RepairAction::kRole) {
    ChangeRole(repair);
  } else {
    for (int64_t row : repair.rows) out_.insert(PositionOf(repair, row));
  }
}

std::shared_ptr<arrow::Array> Applied::Rebuild(int column,
                                               const std::map<int64_t, Cell>& cells) const {
  const auto array = OneChunk(data_.table->column(column));
  const FeatureType type = data_.columns[static_cast<size_t>(column)].type;
  if (type == FeatureType::kNumber) {
    const auto& numbers = static_cast<const arrow::DoubleArray&>(*array);
    arrow::DoubleBuilder builder;
    CheckArrow(builder.Reserve(array->length()));
    auto next = cells.begin();
    for (int64_t i = 0; i < array->length(); ++i) {
      const bool changed = next != cells.end() && next->first == i;
      const std::optional<double> value =
          changed             ? (next->second ? ParseNumber(*next->second) : std::nullopt)
          : numbers.IsNull(i) ? std::nullopt
                              : std::optional<double>(numbers.Value(i));
      if (changed) ++next;
      if (value.has_value()) {
        builder.UnsafeAppend(value.value());
      } else {
        builder.UnsafeAppendNull();
      }
    }
    return ArrowValue(builder.Finish());
  }
  if (type == FeatureType::kDate) {
    throw Error(ErrorKind::kData, "a cell repair of a date column is not possible",
                {.column = data_.columns[static_cast<size_t>(column)].name});
  }
  std::vector<Cell> texts(static_cast<size_t>(array->length()));
  for (int64_t i = 0; i < array->length(); ++i)
    texts[static_cast<size_t>(i)] = TextOfCell(*array, i);
  for (const auto& [position, cell] : cells) texts[static_cast<size_t>(position)] = cell;
  return TextArray(texts);
}

Dataset Applied::Finish() {
  for (const auto& [column, cells] : cells_) {
    data_ = WithColumn(data_, column, Rebuild(column, cells));
  }
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
  for (const Repair& repair : plan.repairs) applied.Apply(repair);
  return applied.Finish();
}

RepairPlan WithoutRepairs(const RepairPlan& plan, const std::vector<int64_t>& indices) {
  RepairPlan rest{.refused = plan.refused};
  std::set<std::pair<std::string, int64_t>> undone;  // cells that are as they were read
  for (size_t k = 0; k < plan.repairs.size(); ++k) {
    Repair repair = plan.repairs[k];
    const bool named = std::ranges::find(indices, static_cast<int64_t>(k)) != indices.end();
    const bool drop = named && repair.repair != kLawfulUse;
    if (repair.action == RepairAction::kCell) {
      for (int64_t row : repair.rows) {
        if (drop) undone.emplace(repair.column, row);
      }
      std::erase_if(repair.rows,
                    [&](int64_t row) { return undone.contains({repair.column, row}); });
    }
    const bool empty = repair.rows.empty() && repair.action != RepairAction::kRole;
    if (!drop && !empty) rest.repairs.push_back(std::move(repair));
  }
  return rest;
}

Dataset UndoRepairs(const Dataset& original, const RepairPlan& plan,
                    const std::vector<int64_t>& indices) {
  if (indices.empty()) {
    std::vector<int64_t> all(plan.repairs.size());
    std::iota(all.begin(), all.end(), 0);
    return ApplyRepairs(original, WithoutRepairs(plan, all));
  }
  return ApplyRepairs(original, WithoutRepairs(plan, indices));
}

}  // namespace bottega
