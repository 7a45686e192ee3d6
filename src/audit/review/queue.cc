#include "audit/review/queue.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "audit/check.h"
#include "data/values.h"

namespace bottega {

namespace {

using Cell = std::optional<std::string>;

constexpr const char* kSuspicious = "suspicious_labels";
constexpr const char* kConflicting = "conflicting_labels";

int TierOf(const std::string& check) {
  if (check == kSuspicious) return 0;
  return check == kConflicting ? 1 : 2;
}

// Record numbers of the rows that a finding is about; empty where it is about more than them.
std::vector<int64_t> RowsAskedBy(const Finding& finding) {
  if (finding.check == kConflicting && finding.detail.contains("rows")) {
    return finding.detail["rows"].get<std::vector<int64_t>>();
  }
  const bool counted = finding.detail.is_object() &&
                       (finding.detail.contains("count") || finding.detail.contains("cells"));
  if (finding.place.row < 0 || counted) return {};
  return {finding.place.row};
}

Cell LabelFrom(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return NumberText(value.get<double>());
  return std::nullopt;
}

void Suggest(const Finding& finding, ReviewItem* item) {
  if (finding.check != kSuspicious || !finding.detail.is_object()) return;
  item->suggested = LabelFrom(finding.detail.value("suggested", Json()));
  item->label_probability = finding.detail.value("given_probability", -1.0);
  item->suggested_probability = finding.detail.value("suggested_probability", -1.0);
}

class Builder {
 public:
  Builder(const Dataset& data, const Reviews& reviews, const std::vector<int64_t>& group,
          const QueueOptions& options)
      : data_(data), group_(group), finder_position_(PositionsOf(data)) {
    const Column* target = data.TargetColumn();
    if (target != nullptr) labels_ = TextsOf(data, data.Find(target->name));
    for (const Decision& decision : reviews.standing) {
      if (!decision.decides() && decision.reviewer != options.reviewer) continue;
      const auto at = finder_position_.find(decision.row);
      if (at == finder_position_.end()) continue;
      done_.insert(at->second);
      if (decision.decides()) decided_.emplace(GroupOf(at->second), LabelOf(at->second));
    }
  }

  void Add(const Finding& finding) {
    for (const int64_t row : RowsAskedBy(finding)) {
      const auto at = finder_position_.find(row);
      if (at == finder_position_.end() || done_.contains(at->second)) continue;
      const auto [known, fresh] = item_.try_emplace(at->second, items_.size());
      if (fresh) Begin(finding, row, at->second);
      ReviewItem& item = items_[known->second];
      item.why.push_back(finding.message);
      if (!item.suggested) Suggest(finding, &item);
    }
  }

  std::vector<ReviewItem> Finish() {
    std::map<std::pair<int64_t, Cell>, size_t> first;
    std::vector<ReviewItem> asked;
    for (ReviewItem& item : items_) {
      const bool alone = group_.empty();
      const std::pair key(GroupOf(item.position), item.label);
      if (!alone && decided_.contains(key)) continue;
      const auto [at, fresh] = first.try_emplace(key, asked.size());
      if (alone || fresh) {
        asked.push_back(std::move(item));
      } else {
        asked[at->second].copies.push_back(item.position);
      }
    }
    return asked;
  }

 private:
  static std::unordered_map<int64_t, int64_t> PositionsOf(const Dataset& data) {
    std::unordered_map<int64_t, int64_t> positions;
    for (size_t i = 0; i < data.rows.size(); ++i) {
      positions.emplace(data.rows[i], static_cast<int64_t>(i));
    }
    return positions;
  }

  void Begin(const Finding& finding, int64_t row, int64_t position) {
    items_.push_back({.row = row,
                      .position = position,
                      .label = LabelOf(position),
                      .check = finding.check,
                      .finding = finding.id,
                      .doubt = finding.confidence});
  }

  Cell LabelOf(int64_t position) const {
    return labels_.empty() ? std::nullopt : labels_[static_cast<size_t>(position)];
  }
  int64_t GroupOf(int64_t position) const {
    return group_.empty() ? position : group_[static_cast<size_t>(position)];
  }

  const Dataset& data_;
  const std::vector<int64_t>& group_;
  std::unordered_map<int64_t, int64_t> finder_position_;
  std::vector<Cell> labels_;
  std::set<int64_t> done_;                      // positions
  std::set<std::pair<int64_t, Cell>> decided_;  // group and label
  std::vector<ReviewItem> items_;
  std::unordered_map<int64_t, size_t> item_;
};

}  // namespace

bool NamesRows(const std::string& check) {
  static const std::set<std::string_view> themes = {"completeness", "consistency", "accuracy",
                                                    "relevance",    "pictures",    "text"};
  return themes.contains(ThemeOf(check)) && check != "target_missing";
}

std::vector<ReviewItem> DoubtfulRows(const Dataset& data, const AuditResult& audit,
                                     const Reviews& reviews, const std::vector<int64_t>& group,
                                     const QueueOptions& options) {
  std::vector<const Finding*> findings;
  for (const Finding& finding : audit.findings) {
    const bool wanted = options.checks.empty() ? NamesRows(finding.check)
                                               : std::ranges::count(options.checks, finding.check);
    if (wanted && finding.open()) findings.push_back(&finding);
  }
  std::ranges::stable_sort(findings, {}, [](const Finding* finding) {
    return std::tuple(TierOf(finding->check), -static_cast<int>(finding->severity),
                      -finding->confidence);
  });
  Builder builder(data, reviews, group, options);
  for (const Finding* finding : findings) builder.Add(*finding);
  return builder.Finish();
}

}  // namespace bottega
