#include "audit/cost_probe.h"

#include <algorithm>

#include "learn/boosted_trees.h"
#include "learn/label_scores.h"
#include "learn/linear_probe.h"
#include "learn/sparse_logistic.h"

namespace bottega {

namespace {
constexpr double kWork = 1e8;  // of one fit among many (OptionsFor)
}  // namespace

CostProbe::CostProbe(const LabelFeatures& features, int classes, uint64_t seed)
    : features_(features), classes_(classes), seed_(seed) {}

std::string CostProbe::name() const {
  if (features_.has_table()) {
    return features_.has_text() && classes_ > 0 ? "boosted trees and a linear model of the words"
                                                : "boosted trees";
  }
  return features_.has_text() ? "a linear model of the words" : "a linear probe";
}

Matrix CostProbe::DenseClasses(const std::vector<int32_t>& label, const std::vector<int32_t>& learn,
                               const std::vector<int32_t>& rows) const {
  std::vector<int32_t> learned(label.size(), -1), fold(label.size(), 0);
  for (const int32_t row : learn) {
    learned[static_cast<size_t>(row)] = label[static_cast<size_t>(row)];
    fold[static_cast<size_t>(row)] = 1;
  }
  const Matrix scores = RidgeScores(features_.dense, learned, classes_, fold, 2);
  Matrix out(static_cast<int64_t>(rows.size()), classes_);
  for (size_t i = 0; i < rows.size(); ++i) {
    float* to = out.row(static_cast<int64_t>(i));
    std::copy_n(scores.row(rows[i]), classes_, to);
    ScoresToShares(to, classes_);
  }
  return out;
}

Matrix CostProbe::Classes(const BinnedMatrix& table, const std::vector<int32_t>& label,
                          const std::vector<int32_t>& learn,
                          const std::vector<int32_t>& rows) const {
  Matrix out;
  if (features_.has_table()) {
    const BoostOptions options =
        OptionsFor(static_cast<int64_t>(learn.size()), static_cast<int64_t>(table.columns.size()),
                   classes_ == 2 ? 1 : classes_, {.seed = seed_}, kWork);
    out = BoostedTrees::FitClasses(table, learn, label, classes_, options).Predict(table, rows);
  }
  if (features_.has_text()) {
    const Matrix words =
        SparseLogistic::Fit(features_.text, learn, label, classes_, {.seed = seed_})
            .Predict(features_.text, rows);
    if (out.rows == 0) return words;
    for (size_t i = 0; i < out.values.size(); ++i) {
      out.values[i] = (out.values[i] + words.values[i]) / 2;
    }
  }
  return out.rows == 0 ? DenseClasses(label, learn, rows) : out;
}

Matrix CostProbe::Values(const BinnedMatrix& table, const std::vector<double>& value,
                         const std::vector<int32_t>& learn,
                         const std::vector<int32_t>& rows) const {
  const BoostOptions options =
      OptionsFor(static_cast<int64_t>(learn.size()), static_cast<int64_t>(table.columns.size()), 1,
                 {.seed = seed_}, kWork);
  return BoostedTrees::FitValues(table, learn, value, options).Predict(table, rows);
}

}  // namespace bottega
