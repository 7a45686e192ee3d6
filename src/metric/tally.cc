#include "metric/tally.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

namespace bottega {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double NegativeLog(double p) {
  constexpr double kEpsilon = std::numeric_limits<float>::epsilon();
  return std::isnan(p) ? kNaN : -std::log(std::clamp(p, kEpsilon, 1 - kEpsilon));
}

}  // namespace

int PositiveClass(const Predictions& predictions) {
  if (predictions.task != Task::kClassification || predictions.classes.size() != 2) return -1;
  return predictions.positive >= 0 ? predictions.positive : 1;
}

double Tally::Predicted(int c) const {
  double sum = 0;
  for (int t = 0; t < classes; ++t) sum += At(t, c);
  return sum;
}

Tallier::Tallier(const Predictions& predictions, TallyOptions options) : bins_(options.bins) {
  if (predictions.task == Task::kClassification) {
    KeepClassification(predictions, options);
  } else {
    KeepRegression(predictions);
  }
}

double Tallier::UsableWeight(const Predictions& p, size_t i) {
  const double weight = p.weight.empty() ? 1 : p.weight[i];
  const bool bad = !std::isfinite(weight) || weight < 0;
  bad_weights_ += bad;
  return bad ? 0 : weight;
}

// What a row adds to the sums, but for its weight.
Tallier::ClassRow Tallier::ClassRowOf(const Predictions& p, size_t i) {
  ClassRow kept{.position = static_cast<int64_t>(i),
                .weight = UsableWeight(p, i),
                .label = p.label[i],
                .predicted = p.predicted[i]};
  if (!probabilities_) return kept;
  const size_t width = p.classes.size();
  const float* row = &p.probability[i * width];
  double distance = 0;
  for (size_t c = 0; c < width; ++c) {
    const double d = row[c] - (static_cast<int32_t>(c) == kept.label ? 1.0 : 0.0);
    distance += d * d;
  }
  const bool bad = !std::isfinite(distance);
  bad_scores_ += bad;
  const int shown = positive_ >= 0 ? positive_ : kept.predicted;
  const double stated = shown < 0 || shown >= classes_ ? kNaN : row[shown];
  const double clipped = std::isnan(stated) ? 0 : std::clamp(stated, 0.0, 1.0);
  kept.bin = std::min(bins_ - 1, static_cast<int>(clipped * bins_));
  kept.observed = kept.label == shown;
  if (kept.weight == 0) return kept;
  kept.brier = positive_ >= 0 ? distance / 2 : distance;
  kept.log_loss = NegativeLog(row[kept.label]);
  kept.stated = stated;
  return kept;
}

void Tallier::KeepClassification(const Predictions& p, const TallyOptions& options) {
  classes_ = static_cast<int>(p.classes.size());
  positive_ = PositiveClass(p);
  probabilities_ = !p.probability.empty();
  std::vector<ClassRow> rows;
  for (size_t i = 0; i < static_cast<size_t>(p.size()); ++i) {
    if (p.label[i] >= 0 && p.label[i] < classes_) rows.push_back(ClassRowOf(p, i));
  }
  const auto cell = [](const ClassRow& row) {
    return std::tuple(row.bin, row.label, row.predicted);
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const ClassRow& a, const ClassRow& b) { return cell(a) < cell(b); });
  for (size_t i = 0; i < rows.size(); ++i) {
    const ClassRow& row = rows[i];
    position_.push_back(row.position);
    weight_.push_back(row.weight);
    log_loss_.push_back(row.log_loss);
    brier_.push_back(row.brier);
    stated_.push_back(row.stated);
    const bool same = i > 0 && cell(rows[i - 1]) == cell(row);
    if (!same) {
      cells_.push_back({.label = row.label,
                        .predicted = row.predicted,
                        .bin = row.bin,
                        .observed = row.observed ? 1.0 : 0.0});
    }
    cells_.back().end = i + 1;
    cell_of_.push_back(static_cast<int32_t>(cells_.size()) - 1);
  }
  if (!options.ranks || !probabilities_) return;
  if (positive_ >= 0) return Rank(p, positive_);
  for (int c = 0; c < classes_; ++c) Rank(p, c);
}

void Tallier::KeepRegression(const Predictions& p) {
  for (size_t i = 0; i < static_cast<size_t>(p.size()); ++i) {
    if (!std::isfinite(p.value[i])) continue;
    position_.push_back(static_cast<int64_t>(i));
    weight_.push_back(UsableWeight(p, i));
    value_.push_back(p.value[i]);
    error_.push_back(p.predicted_value[i] - p.value[i]);
    bad_scores_ += !std::isfinite(p.predicted_value[i]);
  }
  if (value_.empty()) return;
  center_ = std::accumulate(value_.begin(), value_.end(), 0.0) / static_cast<double>(value_.size());
}

void Tallier::Rank(const Predictions& p, int cls) {
  const size_t width = p.classes.size(), n = position_.size();
  std::vector<std::pair<float, int32_t>> sorted(n);
  Ranking ranking;
  for (size_t i = 0; i < n; ++i) {
    const float score =
        p.probability[static_cast<size_t>(position_[i]) * width + static_cast<size_t>(cls)];
    if (std::isnan(score)) ranking.usable = false;
    sorted[i] = {score, static_cast<int32_t>(i)};
  }
  if (ranking.usable) {
    std::sort(sorted.begin(), sorted.end());
    ranking.row.reserve(n);
    ranking.positive.reserve(n);
    for (size_t i = 0; i < n; ++i) {
      const size_t row = static_cast<size_t>(sorted[i].second);
      ranking.row.push_back(sorted[i].second);
      ranking.positive.push_back(cells_[static_cast<size_t>(cell_of_[row])].label == cls ? 1 : 0);
      const bool last = i + 1 == n || sorted[i].first != sorted[i + 1].first;
      if (last) ranking.tie_end.push_back(static_cast<int32_t>(i + 1));
    }
  }
  rankings_.push_back(std::move(ranking));
}

double Tallier::Auc(const Ranking& ranking, std::span<const double> weights) const {
  if (!ranking.usable) return kNaN;
  double pairs = 0, below = 0, positives = 0;
  size_t i = 0;
  for (const int32_t tie_end : ranking.tie_end) {
    const size_t end = static_cast<size_t>(tie_end);
    double positive = 0, negative = 0;
    for (; i < end; ++i) {
      const double w = weights[static_cast<size_t>(ranking.row[i])];
      const double p = w * static_cast<double>(ranking.positive[i]);
      positive += p;
      negative += w - p;
    }
    pairs += positive * (below + negative / 2);
    below += negative;
    positives += positive;
  }
  return positives > 0 && below > 0 ? pairs / (positives * below) : kNaN;
}

Tally Tallier::Empty() const {
  Tally tally{.classes = classes_, .positive = positive_, .center = center_};
  const size_t width = static_cast<size_t>(classes_);
  tally.confusion.assign(width * width, 0);
  tally.support.assign(width, 0);
  if (probabilities_) {
    const size_t bins = static_cast<size_t>(bins_);
    tally.bin_weight.assign(bins, 0);
    tally.bin_predicted.assign(bins, 0);
    tally.bin_observed.assign(bins, 0);
  } else {
    tally.log_loss = tally.brier = kNaN;
  }
  return tally;
}

Tally Tallier::Of(std::span<const double> weights) const {
  Tally tally = Empty();
  size_t i = 0;
  for (const Cell& cell : cells_) {
    double weight = 0, log_loss = 0, brier = 0, stated = 0;
    for (; i < cell.end; ++i) {
      weight += weights[i];
      log_loss += weights[i] * log_loss_[i];
      brier += weights[i] * brier_[i];
      stated += weights[i] * stated_[i];
    }
    AddCell(cell, weight, log_loss, brier, stated, &tally);
  }
  for (i = 0; i < value_.size(); ++i) AddValueRow(i, weights[i], &tally);
  for (const Ranking& ranking : rankings_) tally.auc.push_back(Auc(ranking, weights));
  return tally;
}

std::vector<Tally> Tallier::OfGroups(std::span<const double> weights,
                                     std::span<const int32_t> group, int groups) const {
  std::vector<Tally> tallies(static_cast<size_t>(groups), Empty());
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0 || group[i] < 0) continue;
    Tally* tally = &tallies[static_cast<size_t>(group[i])];
    const double w = weights[i];
    if (classes_ == 0) {
      AddValueRow(i, w, tally);
    } else {
      AddCell(cells_[static_cast<size_t>(cell_of_[i])], w, w * log_loss_[i], w * brier_[i],
              w * stated_[i], tally);
    }
  }
  return tallies;
}

void Tallier::AddCell(const Cell& cell, double weight, double log_loss, double brier, double stated,
                      Tally* tally) const {
  const size_t width = static_cast<size_t>(classes_), truth = static_cast<size_t>(cell.label);
  tally->weight += weight;
  tally->support[truth] += weight;
  if (static_cast<uint32_t>(cell.predicted) < width) {
    tally->confusion[truth * width + static_cast<size_t>(cell.predicted)] += weight;
  }
  if (!probabilities_) return;
  tally->log_loss += log_loss;
  tally->brier += brier;
  const size_t bin = static_cast<size_t>(cell.bin);
  tally->bin_weight[bin] += weight;
  tally->bin_predicted[bin] += stated;
  tally->bin_observed[bin] += weight * cell.observed;
}

void Tallier::AddValueRow(size_t row, double w, Tally* tally) const {
  if (w == 0) return;
  const double y = value_[row] - center_;
  tally->weight += w;
  tally->error += w * error_[row];
  tally->absolute += w * std::abs(error_[row]);
  tally->squared += w * error_[row] * error_[row];
  tally->truth += w * y;
  tally->truth_squared += w * y * y;
  tally->predicted_sum += w * (value_[row] + error_[row]);
}

}  // namespace bottega
