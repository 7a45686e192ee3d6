#include <re2/re2.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/text.h"
#include "data/values.h"
#include "data/written.h"
#include "profile/cells.h"
#include "profile/expectations.h"

namespace bottega {
namespace {

constexpr size_t kMostRows = 100;
constexpr size_t kMostShown = 5;

std::string Percent(double share) { return FormatPercent(share, share < 0.001 ? 3 : 1); }

std::string Cells(int64_t n) { return FormatCount(n) + (n == 1 ? " cell" : " cells"); }

// Checks one column; every rule adds at most one violation.
class ColumnCheck {
 public:
  ColumnCheck(const ColumnExpectation& expected, const Dataset& data, int index,
              std::vector<Violation>* out)
      : expected_(expected), data_(data), index_(index), cells_(CellsOf(data, index)), out_(out) {}

  void Run() {
    CheckType();
    CheckMissing();
    CheckUnique();
    CheckRange();
    const std::set<std::string> allowed(expected_.values.begin(), expected_.values.end());
    if (!allowed.empty()) {
      FlagTexts("values", "none of the values that are allowed",
                [&](const std::string& text) { return allowed.contains(text); });
    }
    if (!expected_.pattern.empty()) {
      const re2::RE2 pattern(expected_.pattern);
      FlagTexts("pattern", "not of the pattern " + expected_.pattern,
                [&](const std::string& text) { return re2::RE2::FullMatch(text, pattern); });
    }
    if (expected_.length) {
      FlagTexts("length",
                "not of " + std::to_string(expected_.length->first) + " to " +
                    std::to_string(expected_.length->second) + " characters",
                [&](const std::string& text) {
                  const int64_t n =
                      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
                  return n >= expected_.length->first && n <= expected_.length->second;
                });
    }
  }

 private:
  Violation Begin(const std::string& rule) const {
    return {.column = expected_.name, .rule = rule};
  }

  // Cells whose text could not be read as the type, and columns of another type.
  void CheckType() {
    if (!expected_.type) return;
    const FeatureType type = data_.columns[static_cast<size_t>(index_)].type;
    Violation violation = Begin("type");
    if (type != *expected_.type) {
      violation.message = "is " + std::string(FeatureTypeName(type)) + ", not " +
                          std::string(FeatureTypeName(*expected_.type));
      out_->push_back(violation);
      return;
    }
    const Written* written = WrittenOf(data_, index_);
    if (written == nullptr) return;
    for (const WrittenCell& cell : written->cells) {
      if (!cell.read) AddCell(cell.row, cell.text, &violation);
    }
    if (violation.count == 0) return;
    violation.message = Cells(violation.count) + " cannot be read as " +
                        std::string(FeatureTypeName(*expected_.type));
    out_->push_back(violation);
  }

  void CheckMissing() {
    if (data_.size() == 0) return;
    const double share = static_cast<double>(cells_.missing) / static_cast<double>(data_.size());
    if (share <= expected_.missing) return;
    Violation violation = Begin("missing");
    violation.count = cells_.missing;
    for (size_t i = 0; i < cells_.code.size() && violation.rows.size() < kMostRows; ++i) {
      if (cells_.code[i] < 0) violation.rows.push_back(data_.rows[i]);
    }
    violation.message = Percent(share) + " of the cells are empty, at most " +
                        Percent(expected_.missing) + " may be";
    out_->push_back(violation);
  }

  void CheckUnique() {
    if (!expected_.unique) return;
    Violation violation = Begin("unique");
    std::vector<bool> seen(cells_.count.size());
    for (size_t i = 0; i < cells_.code.size(); ++i) {
      if (cells_.code[i] < 0) continue;
      const auto code = static_cast<size_t>(cells_.code[i]);
      if (seen[code]) AddCell(data_.rows[i], CellText(cells_, cells_.code[i]), &violation);
      seen[code] = true;
    }
    if (violation.count == 0) return;
    violation.message =
        Cells(violation.count) + " repeat an earlier one, each value may stand once";
    out_->push_back(violation);
  }

  void CheckRange() {
    if (!cells_.is_number()) return;
    if (expected_.min) {
      FlagCodes("min", "below " + Bound(*expected_.min),
                [&](size_t code) { return cells_.number[code] >= *expected_.min; });
    }
    if (expected_.max) {
      FlagCodes("max", "above " + Bound(*expected_.max),
                [&](size_t code) { return cells_.number[code] <= *expected_.max; });
    }
  }

  std::string Bound(double bound) const {
    return cells_.type == FeatureType::kDate ? DayText(bound) : NumberText(bound);
  }

  void FlagTexts(const std::string& rule, const std::string& what,
                 const std::function<bool(const std::string&)>& holds) {
    FlagCodes(rule, what, [&](size_t code) {
      return holds(cells_.is_number() ? NumberText(cells_.number[code]) : cells_.text[code]);
    });
  }

  void FlagCodes(const std::string& rule, const std::string& what,
                 const std::function<bool(size_t)>& holds) {
    std::vector<bool> bad(cells_.count.size());
    for (size_t code = 0; code < bad.size(); ++code) bad[code] = !holds(code);
    Violation violation = Begin(rule);
    for (size_t i = 0; i < cells_.code.size(); ++i) {
      if (cells_.code[i] < 0 || !bad[static_cast<size_t>(cells_.code[i])]) continue;
      AddCell(data_.rows[i], CellText(cells_, cells_.code[i]), &violation);
    }
    if (violation.count == 0) return;
    violation.message = Cells(violation.count) + (violation.count == 1 ? " is " : " are ") + what;
    out_->push_back(violation);
  }

  static void AddCell(int64_t row, const std::string& text, Violation* violation) {
    ++violation->count;
    if (violation->rows.size() < kMostRows) violation->rows.push_back(row);
    const bool known = std::ranges::find(violation->values, text) != violation->values.end();
    if (!known && violation->values.size() < kMostShown) violation->values.push_back(text);
  }

  const ColumnExpectation& expected_;
  const Dataset& data_;
  const int index_;
  const CellColumn cells_;
  std::vector<Violation>* out_;
};

void CheckTable(const Expectations& expectations, const Dataset& data,
                std::vector<Violation>* out) {
  const int64_t rows = data.size();
  if (rows < expectations.least_rows) {
    out->push_back({.rule = "rows",
                    .message = "there are " + FormatCount(rows) + " rows, at least " +
                               FormatCount(expectations.least_rows) + " must be"});
  }
  if (rows > expectations.most_rows) {
    out->push_back({.rule = "rows",
                    .message = "there are " + FormatCount(rows) + " rows, at most " +
                               FormatCount(expectations.most_rows) + " may be"});
  }
  if (expectations.extra_columns) return;
  for (const Column& column : data.columns) {
    if (std::ranges::find(expectations.columns, column.name, &ColumnExpectation::name) ==
        expectations.columns.end()) {
      out->push_back(
          {.column = column.name, .rule = "extra_columns", .message = "is not expected"});
    }
  }
}

}  // namespace

std::vector<Violation> CheckExpectations(const Expectations& expectations, const Dataset& data) {
  std::vector<Violation> violations;
  CheckTable(expectations, data, &violations);
  for (const ColumnExpectation& column : expectations.columns) {
    const int index = data.Find(column.name);
    if (index >= 0) {
      ColumnCheck(column, data, index, &violations).Run();
    } else if (column.required) {
      violations.push_back({.column = column.name, .rule = "required", .message = "is not there"});
    }
  }
  return violations;
}

}  // namespace bottega
