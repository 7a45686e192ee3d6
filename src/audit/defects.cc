#include "audit/defects.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "audit/check.h"
#include "audit/groups.h"
#include "profile/cells.h"

namespace bottega {
namespace {

bool IsFlawOfRecords(std::string_view theme) {
  static const std::set<std::string_view> other = {
      "privacy", "balance", "diversity", "bias", "governance", "freshness", "leakage", "upkeep"};
  return !theme.empty() && !other.contains(theme);
}

class Locator {
 public:
  explicit Locator(const Dataset& data) : data_(data) {
    for (size_t i = 0; i < data.rows.size(); ++i) {
      position_[data.rows[i]] = static_cast<int64_t>(i);
    }
  }

  void Add(const Finding& finding, Defect* defect) const {
    const int column = finding.place.column.empty() ? -1 : data_.Find(finding.place.column);
    std::vector<int64_t> rows = RowsOf(finding, defect->theme == "redundancy");
    if (column >= 0 && column != TargetIndex(data_)) {
      if (finding.detail.is_object() && finding.detail.contains("value")) {
        AddRowsWith(column, finding.detail["value"], &rows);
      }
      for (const int64_t row : rows) defect->cells.emplace_back(column, row);
    } else {
      defect->rows.insert(defect->rows.end(), rows.begin(), rows.end());
    }
  }

 private:
  std::vector<int64_t> RowsOf(const Finding& finding, bool copies) const {
    std::vector<int64_t> rows;
    const auto add = [&](int64_t record) {
      const auto at = position_.find(record);
      if (at != position_.end()) rows.push_back(at->second);
    };
    bool listed = false;
    if (finding.detail.is_object() && finding.detail.contains("rows") &&
        finding.detail["rows"].is_array()) {
      for (const Json& record : finding.detail["rows"]) {
        if (!record.is_number_integer()) continue;
        if (listed || !copies) add(record.get<int64_t>());
        listed = true;
      }
    }
    if (!listed && finding.place.row >= 0) add(finding.place.row);
    return rows;
  }

  // Rows whose cell in `column` is `value`; a value that many rows share is found by one pass.
  void AddRowsWith(int column, const Json& value, std::vector<int64_t>* rows) const {
    if (!value.is_string() && !value.is_number()) return;
    auto [at, added] = cells_.try_emplace(column);
    if (added) at->second = CellsOf(data_, column);
    const CellColumn& cells = at->second;
    for (size_t code = 0; code < cells.count.size(); ++code) {
      const bool same = cells.is_number()
                            ? value.is_number() && cells.number[code] == value.get<double>()
                            : value.is_string() && cells.text[code] == value.get<std::string>();
      if (!same) continue;
      for (size_t i = 0; i < cells.code.size(); ++i) {
        if (cells.code[i] == static_cast<int32_t>(code)) rows->push_back(static_cast<int64_t>(i));
      }
    }
  }

  const Dataset& data_;
  std::unordered_map<int64_t, int64_t> position_;
  mutable std::map<int, CellColumn> cells_;
};

template <class T>
void SortUnique(std::vector<T>* values) {
  std::ranges::sort(*values);
  const auto repeated = std::ranges::unique(*values);
  values->erase(repeated.begin(), repeated.end());
}

}  // namespace

std::vector<Defect> LocateDefects(const Dataset& data, const AuditResult& audit) {
  const Locator locator(data);
  std::vector<Defect> defects;
  for (const Finding& finding : audit.findings) {
    const std::string theme(ThemeOf(finding.check));
    if (!IsFlawOfRecords(theme)) continue;
    if (defects.empty() || defects.back().check != finding.check) {
      defects.push_back({.check = finding.check, .theme = theme});
    }
    locator.Add(finding, &defects.back());
  }
  for (Defect& defect : defects) {
    SortUnique(&defect.rows);
    SortUnique(&defect.cells);
  }
  std::erase_if(defects, [](const Defect& d) { return d.rows.empty() && d.cells.empty(); });
  return defects;
}

}  // namespace bottega
