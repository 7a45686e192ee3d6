#include "audit/cost_weighing.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "audit/groups.h"
#include "base/interrupt.h"
#include "base/threads.h"
#include "learn/folds.h"
#include "learn/label_noise.h"

namespace bottega {
namespace {

constexpr int kInnerFolds = 3;
constexpr size_t kFewestRows = 100;
constexpr double kFewScored = 0.2;  // share of rows without a finding below which labels decide
constexpr double kWrong = 0.5;      // probability from which on a label is left out
constexpr const char* kLabels = "suspicious_labels";

}  // namespace

Weighing::Weighing(const Dataset& data, const Json& section, const AuditResult& audit)
    : data_(data),
      shared_(data),
      context_{.data = data,
               .settings = none_,
               .section = section,
               .recipe = none_,
               .split = nullptr,
               .shared = shared_,
               .level = section.at("level").get<double>(),
               .sample = section.at("sample").get<int64_t>(),
               .seed = section.at("seed").get<uint64_t>()},
      defects_(LocateDefects(data, audit)) {}

std::string Weighing::probe_name() const {
  return CostProbe(features_, classes_, context_.seed).name();
}

std::string Weighing::Prepare() {
  const int target = TargetIndex(data_);
  if (target < 0) return "no column is the target";
  if (defects_.empty()) return "no check names rows or cells";
  const bool classes = IsClassTarget(data_);
  if (!classes && data_.columns[static_cast<size_t>(target)].type != FeatureType::kNumber) {
    return "the target is a date";
  }
  if (classes) {
    classes_ = static_cast<int>(shared_.CodesOfColumn(target).values.size());
    if (classes_ < 2) return "there is only one class";
    if (classes_ > 200) return "there are over 200 classes";
  }
  features_ = MakeLabelFeatures(context_);
  if (features_.positions.size() < kFewestRows) return "fewer than 100 rows";
  const bool usable = classes
                          ? features_.has_table() || features_.has_text() || features_.has_dense()
                          : features_.has_table();
  if (!usable) return "there are no columns to learn from";
  double mean = 0, squares = 0, n = 0;
  for (const int64_t position : features_.positions) {
    const size_t at = static_cast<size_t>(position);
    group_.push_back(shared_.DuplicatesOfData().group[at]);
    label_.push_back(classes ? shared_.CodesOfColumn(target).code[at] : 0);
    if (classes) continue;
    value_.push_back(shared_.NumbersOfColumn(target)[at]);
    const double delta = value_.back() - mean;
    mean += delta / ++n;
    squares += delta * (value_.back() - mean);
  }
  variance_ = squares > 0 ? squares / n : 1;
  return "";
}

void Weighing::MakeTreatments(const CostProbe& probe) {
  std::vector<int32_t> row_of(static_cast<size_t>(data_.size()), -1);
  for (size_t i = 0; i < features_.positions.size(); ++i) {
    row_of[static_cast<size_t>(features_.positions[i])] = static_cast<int32_t>(i);
  }
  const size_t n = label_.size();
  Treatment all{std::vector<uint8_t>(n), {}, false};
  scored_.assign(n, 1);
  std::vector<uint8_t> sound_label(n, 1);
  for (const Defect& defect : defects_) {
    Treatment one{std::vector<uint8_t>(n), {}, classes_ > 0 && defect.check == kLabels};
    for (const int64_t position : defect.rows) {
      const int32_t row = row_of[static_cast<size_t>(position)];
      if (row < 0) continue;
      one.flagged[static_cast<size_t>(row)] = 1;
      all.flagged[static_cast<size_t>(row)] |= !one.labels;
      scored_[static_cast<size_t>(row)] = 0;
      if (defect.theme == "accuracy") sound_label[static_cast<size_t>(row)] = 0;
    }
    for (const auto& [column, position] : defect.cells) {
      const int32_t row = row_of[static_cast<size_t>(position)];
      if (row < 0) continue;
      scored_[static_cast<size_t>(row)] = 0;
      for (size_t c = 0; c < features_.table.columns.size(); ++c) {
        if (features_.table.columns[c].source == column) one.cells.emplace_back(c, row);
      }
    }
    all.labels |= one.labels;
    all.cells.insert(all.cells.end(), one.cells.begin(), one.cells.end());
    treatments_.push_back(std::move(one));
  }
  treatments_.push_back(std::move(all));
  const double clean = static_cast<double>(std::ranges::count(scored_, 1));
  labels_alone_ = clean < std::max(50.0, kFewScored * static_cast<double>(n));
  if (labels_alone_) scored_ = std::move(sound_label);
  if (treatments_.back().labels) LeaveOutWrongLabels(probe);
  for (const Treatment& treatment : treatments_) tables_.push_back(Without(treatment.cells));
}

BinnedMatrix Weighing::Without(const std::vector<std::pair<size_t, int32_t>>& cells) const {
  if (cells.empty()) return {};
  BinnedMatrix table = features_.table;
  const size_t width = table.columns.size();
  for (const auto& [column, row] : cells) table.bins[static_cast<size_t>(row) * width + column] = 0;
  return table;
}

// Labels that the other rows of a training part contradict, judged inside that part alone.
std::vector<uint8_t> Weighing::WrongLabels(const CostProbe& probe,
                                           const std::vector<int32_t>& learn) const {
  std::vector<int32_t> label;
  std::vector<int64_t> group;
  for (const int32_t row : learn) {
    label.push_back(label_[static_cast<size_t>(row)]);
    group.push_back(group_[static_cast<size_t>(row)]);
  }
  const auto rows_of = [&](const std::vector<int32_t>& indices) {
    std::vector<int32_t> rows;
    for (const int32_t i : indices) rows.push_back(learn[static_cast<size_t>(i)]);
    return rows;
  };
  const Matrix p = OutOfFold(
      StratifiedGroupFolds(label, group, kInnerFolds, context_.seed + 1), kInnerFolds, classes_,
      [&](const std::vector<int32_t>& outside, const std::vector<int32_t>& inside) {
        return probe.Classes(features_.table, label_, rows_of(outside), rows_of(inside));
      });
  const std::vector<float> wrong = WrongLabelProbability(label, p, EstimateNoise(label, p));
  std::vector<uint8_t> out(label_.size());
  for (size_t i = 0; i < learn.size(); ++i) out[static_cast<size_t>(learn[i])] = wrong[i] >= kWrong;
  return out;
}

// All labels that are more likely wrong than right, also where the check reports but a few.
void Weighing::LeaveOutWrongLabels(const CostProbe& probe) {
  std::vector<int32_t> every(label_.size());
  std::iota(every.begin(), every.end(), 0);
  const std::vector<uint8_t> wrong = WrongLabels(probe, every);
  for (size_t t = 0; t < defects_.size(); ++t) {
    if (!treatments_[t].labels) continue;
    for (size_t i = 0; i < wrong.size(); ++i) {
      if (!wrong[i]) continue;
      scored_[i] = 0;
      defects_[t].rows.push_back(features_.positions[i]);
    }
    std::ranges::sort(defects_[t].rows);
    defects_[t].rows.erase(std::ranges::unique(defects_[t].rows).begin(), defects_[t].rows.end());
  }
}

std::vector<int32_t> Weighing::Keep(const std::vector<int32_t>& learn, const Treatment& treatment,
                                    const std::vector<uint8_t>& wrong) const {
  std::vector<int32_t> kept;
  for (const int32_t row : learn) {
    const size_t at = static_cast<size_t>(row);
    const bool label_only = treatment.labels && &treatment != &treatments_.back();
    const bool flagged = (!label_only && treatment.flagged[at]) || (treatment.labels && wrong[at]);
    if (!flagged) kept.push_back(row);
  }
  return kept.empty() ? learn : kept;
}

void Weighing::Score(const CostProbe& probe, const BinnedMatrix& table,
                     const std::vector<int32_t>& learn, const std::vector<int32_t>& rows,
                     RowScores* out) const {
  const Matrix p = classes_ > 0 ? probe.Classes(table, label_, learn, rows)
                                : probe.Values(table, value_, learn, rows);
  for (size_t i = 0; i < rows.size(); ++i) {
    const size_t row = static_cast<size_t>(rows[i]);
    const float* says = p.row(static_cast<int64_t>(i));
    if (classes_ == 0) {
      out->score[row] = static_cast<float>(1 - std::pow(says[0] - value_[row], 2) / variance_);
      continue;
    }
    out->score[row] = std::max_element(says, says + classes_) - says == label_[row];
    out->log_loss[row] = -std::log(std::max(says[label_[row]], 1e-7F));
  }
}

void Weighing::WeighFold(const CostProbe& probe, int repeat, int fold) {
  std::vector<int32_t> learn, rows;
  const std::vector<int32_t>& folds = folds_[static_cast<size_t>(repeat)];
  for (size_t i = 0; i < label_.size(); ++i) {
    if (folds[i] != fold) {
      learn.push_back(static_cast<int32_t>(i));
    } else if (scored_[i]) {
      rows.push_back(static_cast<int32_t>(i));
    }
  }
  std::vector<RowScores>& results = results_[static_cast<size_t>(repeat)];
  Score(probe, features_.table, learn, rows, &results[0]);
  std::vector<uint8_t> wrong;
  if (treatments_.back().labels) wrong = WrongLabels(probe, learn);
  for (size_t t = 0; t < treatments_.size(); ++t) {
    ThrowIfInterrupted();
    const Treatment& treatment = treatments_[t];
    const std::vector<int32_t> kept = Keep(learn, treatment, wrong);
    const BinnedMatrix& table = tables_[t].rows > 0 ? tables_[t] : features_.table;
    if (kept.size() == learn.size() && tables_[t].rows == 0) {
      for (const int32_t row : rows) {
        const size_t at = static_cast<size_t>(row);
        results[t + 1].score[at] = results[0].score[at];
        results[t + 1].log_loss[at] = results[0].log_loss[at];
      }
    } else {
      Score(probe, table, kept, rows, &results[t + 1]);
    }
  }
}

void Weighing::Run(int repeats) {
  const size_t n = label_.size();
  const CostProbe probe(features_, classes_, context_.seed);
  MakeTreatments(probe);
  for (int r = 0; r < repeats; ++r) {
    folds_.push_back(
        StratifiedGroupFolds(label_, group_, kCostFolds, context_.seed + static_cast<uint64_t>(r)));
    results_.emplace_back(treatments_.size() + 1,
                          RowScores{std::vector<float>(n), std::vector<float>(n)});
  }
  ParallelFor(repeats * kCostFolds, 1, [&](int64_t i, int64_t) {
    WeighFold(probe, static_cast<int>(i / kCostFolds), static_cast<int>(i % kCostFolds));
  });
}

}  // namespace bottega
