#include "clean/repair/survivor.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "clean/repair_kind.h"
#include "data/arrow_support.h"
#include "data/values.h"

namespace bottega {

namespace {

// The date column that records age by; -1 where none is asked for and none is clear.
int DateColumn(const Survivorship& rule, const Dataset& data) {
  const bool needed = rule.keep == "newest";
  if (rule.by.is_string()) {
    const int named = data.Find(rule.by.get<std::string>());
    if (named >= 0 && data.columns[static_cast<size_t>(named)].type == FeatureType::kDate) {
      return named;
    }
    throw Error(ErrorKind::kRecipe,
                rule.repair + ".by: '" + rule.by.get<std::string>() + "' is no date column", {},
                "`bottega recipe` shows the types; data.types gives a column another one");
  }
  const int time = data.RoleIndex(Role::kTime);
  if (time >= 0) return time;
  std::vector<int> dates;
  for (size_t c = 0; c < data.columns.size(); ++c) {
    if (data.columns[c].type == FeatureType::kDate) dates.push_back(static_cast<int>(c));
  }
  if (dates.size() == 1) return dates[0];
  if (!needed) return -1;
  throw Error(ErrorKind::kRecipe,
              rule.repair + ": `keep: newest` needs a date column, and there are " +
                  std::to_string(dates.size()),
              {}, "name it, as in {drop_duplicates: {keep: newest, by: COLUMN}}");
}

class Survivors {
 public:
  Survivors(const Survivorship& rule, const Dataset& data)
      : rule_(rule), data_(data), date_column_(DateColumn(rule, data)) {
    for (size_t i = 0; i < data.rows.size(); ++i) position_.emplace(data.rows[i], i);
    if (date_column_ >= 0) dates_ = NumbersOf(data, date_column_);
    filled_.resize(data.rows.size());
    for (const auto& column : data.table->columns()) {
      cells_.push_back(OneChunk(column));
      for (size_t i = 0; i < filled_.size(); ++i) {
        filled_[i] += cells_.back()->IsValid(static_cast<int64_t>(i));
      }
    }
  }

  // Positions, the survivor first, then those to fill its gaps from, best first.
  std::vector<size_t> Order(const std::vector<int64_t>& group) const {
    std::vector<size_t> order;
    for (const int64_t row : group) order.push_back(position_.at(row));
    std::ranges::sort(order);
    if (rule_.keep == "last") std::ranges::reverse(order);
    const auto newer = [&](size_t a, size_t b) { return Date(a) > Date(b); };
    const auto fuller = [&](size_t a, size_t b) { return filled_[a] > filled_[b]; };
    if (rule_.keep == "newest") std::ranges::stable_sort(order, newer);
    if (rule_.keep == "most_complete" || rule_.keep == "merge") {
      if (date_column_ >= 0) std::ranges::stable_sort(order, newer);
      const auto best = std::ranges::min_element(order, fuller);  // the first of the fullest
      std::rotate(order.begin(), best, best + 1);
      if (date_column_ < 0) std::ranges::stable_sort(order, fuller);
    }
    return order;
  }

  void Merge(const std::vector<size_t>& order, std::map<size_t, CellChanges>* changes) const {
    const auto first = static_cast<int64_t>(order[0]);
    for (size_t c = 0; c < cells_.size(); ++c) {
      if (cells_[c]->IsValid(first) || data_.columns[c].role == Role::kTarget) continue;
      const auto other = std::find_if(order.begin() + 1, order.end(), [&](size_t at) {
        return cells_[c]->IsValid(static_cast<int64_t>(at));
      });
      if (other == order.end()) continue;
      changes->try_emplace(c, rule_.repair, data_.columns[c].name)
          .first->second.Add(data_.rows[order[0]], std::nullopt,
                             TextOfCell(*cells_[c], static_cast<int64_t>(*other)),
                             "row " + std::to_string(data_.rows[*other]) + ", which " +
                                 rule_.relation + " it, has it",
                             0.9);
    }
  }

 private:
  double Date(size_t at) const {
    return date_column_ < 0 || std::isnan(dates_[at]) ? -INFINITY : dates_[at];
  }

  const Survivorship& rule_;
  const Dataset& data_;
  const int date_column_;
  std::unordered_map<int64_t, size_t> position_;
  std::vector<double> dates_;
  std::vector<int32_t> filled_;  // cells with a value, per row
  std::vector<std::shared_ptr<arrow::Array>> cells_;
};

}  // namespace

void KeepOne(const Survivorship& rule, const Dataset& data,
             const std::vector<std::vector<int64_t>>& groups, RepairPlan* plan) {
  if (groups.empty()) return;
  const Survivors survivors(rule, data);
  std::map<size_t, CellChanges> merged;
  std::vector<Repair> aside;
  for (const std::vector<int64_t>& group : groups) {
    const std::vector<size_t> order = survivors.Order(group);
    if (rule.keep == "merge") survivors.Merge(order, &merged);
    std::vector<int64_t> rows;
    for (size_t k = 1; k < order.size(); ++k) rows.push_back(data.rows[order[k]]);
    const std::string stays = rule.keep == "first" || rule.keep == "last" ? "which stays"
                              : rule.keep == "newest" ? "the newest, which stays"
                                                      : "the most complete, which stays";
    aside.push_back(
        SetAside(rule.repair, std::move(rows),
                 rule.relation + " row " + std::to_string(data.rows[order[0]]) + ", " + stays));
    aside.back().confidence = rule.confidence;
  }
  for (auto& [column, changes] : merged) changes.Finish(plan);
  std::ranges::move(aside, std::back_inserter(plan->repairs));
}

}  // namespace bottega
