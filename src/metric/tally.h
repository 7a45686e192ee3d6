// Tally: the sums that every metric is a function of. A Tallier sorts and bins the predictions
// once; after that each set of row weights (a bootstrap resample, a group) costs one pass.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "metric/predictions.h"

namespace bottega {

struct Tally {
  int classes = 0;                // 0 for regression
  int positive = -1;              // index of the positive class when there are two classes
  double weight = 0;              // sum of the weights
  std::vector<double> confusion;  // classes x classes, [true * classes + predicted]
  std::vector<double> support;    // weight per true class, also of rows without a prediction
  double log_loss = 0;            // sum of -log p(true class), p clipped to float's epsilon
  double brier = 0;               // sum of squared distances of p to the one-hot truth
  // Area under the ROC curve: one value when binary, else one a class (against the rest). NaN
  // where a side has no weight. Empty unless ranks were asked for.
  std::vector<double> auc;
  // Reliability bins of equal width over [0, 1]: of p(positive) when binary, else of the
  // predicted class's probability.
  std::vector<double> bin_weight, bin_predicted, bin_observed;
  // Regression: sums over e = predicted - true and over (true - center).
  double error = 0, absolute = 0, squared = 0, truth = 0, truth_squared = 0;
  double center = 0, predicted_sum = 0;

  double At(int truth_class, int predicted_class) const {
    return confusion[static_cast<size_t>(truth_class * classes + predicted_class)];
  }
  double Support(int c) const { return support[static_cast<size_t>(c)]; }
  double Predicted(int c) const;  // weight of the rows predicted as c
};

inline constexpr int kBins = 10;  // of the reliability diagram, where no recipe says otherwise

struct TallyOptions {
  bool ranks = true;  // prepare ROC AUC: sorts once a class
  int bins = kBins;
};

// Keeps what it needs of the predictions; rows without a known truth are left out. Thread-safe
// after construction. A NaN among the scores makes what depends on it NaN, never better.
class Tallier {
 public:
  explicit Tallier(const Predictions& predictions, TallyOptions options = {});

  int64_t size() const { return static_cast<int64_t>(weight_.size()); }  // rows with known truth
  const std::vector<double>& weights() const { return weight_; }
  // Positions in the Predictions of the rows that are counted, in the order of weights().
  const std::vector<int64_t>& positions() const { return position_; }
  int64_t bad_weights() const { return bad_weights_; }  // NaN, infinite or negative: counted as 0
  int64_t bad_scores() const { return bad_scores_; }    // rows with a NaN or infinite score

  Tally All() const { return Of(weight_); }
  // `weights`: as long as size().
  Tally Of(std::span<const double> weights) const;
  // One tally a group in one pass, without AUC. group[i] in -1 (no group) ... groups - 1.
  std::vector<Tally> OfGroups(std::span<const double> weights, std::span<const int32_t> group,
                              int groups) const;

 private:
  // One row while it is being kept.
  struct ClassRow {
    int64_t position = 0;
    double weight = 0;
    int32_t label = 0, predicted = 0;
    int bin = 0;
    bool observed = false;  // whether the class whose probability is binned is the true one
    double log_loss = 0, brier = 0, stated = 0;
  };
  // Kept rows of equal bin, label and prediction lie together: a tally adds cell by cell.
  struct Cell {
    size_t end = 0;  // one past its last row
    int32_t label = 0, predicted = 0;
    int bin = 0;
    double observed = 0;
  };
  struct Ranking {
    std::vector<int32_t> row;      // by ascending score
    std::vector<float> positive;   // 1 for rows of the class, in that order
    std::vector<int32_t> tie_end;  // one past each run of equal scores
    bool usable = true;            // false when a score is NaN
  };
  double UsableWeight(const Predictions& predictions, size_t row);
  ClassRow ClassRowOf(const Predictions& predictions, size_t row);
  void KeepClassification(const Predictions& predictions, const TallyOptions& options);
  void KeepRegression(const Predictions& predictions);
  void Rank(const Predictions& predictions, int cls);
  double Auc(const Ranking& ranking, std::span<const double> weights) const;
  Tally Empty() const;
  void AddCell(const Cell& cell, double weight, double log_loss, double brier, double stated,
               Tally* tally) const;
  void AddValueRow(size_t row, double weight, Tally* tally) const;

  int classes_ = 0, positive_ = -1, bins_ = kBins;
  bool probabilities_ = false;
  int64_t bad_weights_ = 0, bad_scores_ = 0;
  double center_ = 0;
  std::vector<int64_t> position_;
  std::vector<double> weight_;
  std::vector<Cell> cells_;
  std::vector<int32_t> cell_of_;
  std::vector<double> log_loss_, brier_, stated_;
  std::vector<double> value_, error_;
  std::vector<Ranking> rankings_;
};

// The index of the positive class of a binary task (the second class where none is named), else -1.
int PositiveClass(const Predictions& predictions);

}  // namespace bottega
