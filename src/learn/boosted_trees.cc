#include "learn/boosted_trees.h"

#include <algorithm>
#include <cmath>

#include "learn/booster.h"
#include "learn/folds.h"
#include "learn/softmax.h"

namespace bottega {

BoostOptions OptionsFor(int64_t rows, int64_t columns, int outputs, BoostOptions options,
                        double work) {
  if (rows < 5000) {
    options.leaves = std::clamp(static_cast<int>(rows / 60), 4, options.leaves);
    options.learning_rate = std::min(options.learning_rate, 0.1);
    options.validation = std::max(options.validation, 0.15);
  }
  const double bins = static_cast<double>(std::min<int64_t>(rows, 255) * options.leaves);
  const double tree = (static_cast<double>(rows) + bins) * static_cast<double>(columns);
  const double affordable = work / std::max(1.0, tree * outputs);
  if (affordable >= options.rounds) return options;
  const int rounds = static_cast<int>(std::max(12.0, affordable));
  options.learning_rate = std::min(0.4, options.learning_rate * options.rounds / rounds);
  options.rounds = rounds;
  return options;
}

BoostedTrees BoostedTrees::FitClasses(const BinnedMatrix& x, const std::vector<int32_t>& rows,
                                      const std::vector<int32_t>& label, int classes,
                                      const BoostOptions& options) {
  BoostedTrees model;
  model.classes_ = classes;
  Booster booster(x, options, classes == 2 ? 1 : classes);
  booster.UseClasses(rows, label, &model);
  booster.Run(&model);
  return model;
}

BoostedTrees BoostedTrees::FitValues(const BinnedMatrix& x, const std::vector<int32_t>& rows,
                                     const std::vector<double>& value,
                                     const BoostOptions& options) {
  BoostedTrees model;
  model.values_ = true;
  Booster booster(x, options, 1);
  booster.UseValues(rows, value, &model);
  booster.Run(&model);
  return model;
}

int BoostedTrees::rounds() const { return static_cast<int>(trees_.size() / start_.size()); }

Matrix BoostedTrees::Predict(const BinnedMatrix& x, const std::vector<int32_t>& rows) const {
  const size_t outputs = start_.size();
  Matrix out(static_cast<int64_t>(rows.size()), values_ ? 1 : classes_);
  std::vector<float> score(outputs);
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t k = 0; k < outputs; ++k) score[k] = static_cast<float>(start_[k]);
    for (size_t t = 0; t < trees_.size(); ++t)
      score[t % outputs] += trees_[t].Value(x.row(rows[i]));
    float* row = out.row(static_cast<int64_t>(i));
    if (values_) {
      row[0] = static_cast<float>(score[0] * scale_);
    } else if (outputs == 1) {
      row[0] = 1 / (1 + FastExp(score[0]));
      row[1] = 1 / (1 + FastExp(-score[0]));
    } else {
      Softmax(score.data(), classes_, row);
    }
  }
  return out;
}

Matrix OutOfFoldClasses(const BinnedMatrix& x, const std::vector<int32_t>& label, int classes,
                        const std::vector<int32_t>& fold, int folds, const BoostOptions& options) {
  return OutOfFold(
      fold, folds, classes,
      [&](const std::vector<int32_t>& outside, const std::vector<int32_t>& inside) {
        return BoostedTrees::FitClasses(x, outside, label, classes, options).Predict(x, inside);
      });
}

Matrix OutOfFoldValues(const BinnedMatrix& x, const std::vector<double>& value,
                       const std::vector<int32_t>& fold, int folds, const BoostOptions& options) {
  return OutOfFold(fold, folds, 1,
                   [&](const std::vector<int32_t>& outside, const std::vector<int32_t>& inside) {
                     return BoostedTrees::FitValues(x, outside, value, options).Predict(x, inside);
                   });
}

}  // namespace bottega
