#include "learn/sparse_logistic.h"

#include <algorithm>
#include <cmath>

#include "base/interrupt.h"
#include "base/random.h"
#include "learn/folds.h"

namespace bottega {
namespace {

// Scores to probabilities: one score is the logit of class 1, more are softmax's.
void ToProbabilities(const float* score, size_t outputs, float* p) {
  if (outputs == 1) {
    p[0] = 1 / (1 + std::exp(score[0]));
    p[1] = 1 / (1 + std::exp(-score[0]));
    return;
  }
  const float top = *std::max_element(score, score + outputs);
  float sum = 0;
  for (size_t k = 0; k < outputs; ++k) sum += p[k] = std::exp(score[k] - top);
  for (size_t k = 0; k < outputs; ++k) p[k] /= sum;
}

// score = W' x + intercept of one row.
void Score(const SparseRows& x, int32_t row, const std::vector<float>& weights, size_t outputs,
           float* score) {
  std::copy_n(&weights[x.width * outputs], outputs, score);
  for (int64_t i = x.start[static_cast<size_t>(row)]; i < x.start[static_cast<size_t>(row) + 1];
       ++i) {
    const float* w = &weights[x.feature[static_cast<size_t>(i)] * outputs];
    for (size_t k = 0; k < outputs; ++k) score[k] += x.value[static_cast<size_t>(i)] * w[k];
  }
}

class Descent {
 public:
  Descent(const SparseRows& x, size_t outputs, const SparseLogisticOptions& options)
      : x_(x),
        outputs_(outputs),
        options_(options),
        weights_((x.width + size_t{1}) * outputs),
        squares_(weights_.size(), 1e-3F) {}

  // One step; `gradient` is that of the scores.
  void Step(int32_t row, const float* gradient) {
    for (int64_t i = x_.start[static_cast<size_t>(row)]; i < x_.start[static_cast<size_t>(row) + 1];
         ++i) {
      Update(x_.feature[static_cast<size_t>(i)] * outputs_, x_.value[static_cast<size_t>(i)],
             gradient);
    }
    Update(x_.width * outputs_, 1, gradient);
  }
  std::vector<float>& weights() { return weights_; }

 private:
  void Update(size_t at, float value, const float* gradient) {
    const float rate = static_cast<float>(options_.rate), l2 = static_cast<float>(options_.l2);
    for (size_t k = 0; k < outputs_; ++k) {
      const float g = gradient[k] * value + l2 * weights_[at + k];
      squares_[at + k] += g * g;
      weights_[at + k] -= rate * g / std::sqrt(squares_[at + k]);
    }
  }

  const SparseRows& x_;
  const size_t outputs_;
  const SparseLogisticOptions options_;
  std::vector<float> weights_, squares_;
};

}  // namespace

SparseLogistic SparseLogistic::Fit(const SparseRows& x, const std::vector<int32_t>& rows,
                                   const std::vector<int32_t>& label, int classes,
                                   const SparseLogisticOptions& options) {
  const size_t outputs = classes == 2 ? 1 : static_cast<size_t>(classes);
  Descent descent(x, outputs, options);
  std::vector<int32_t> used;
  for (const int32_t row : rows) {
    if (label[static_cast<size_t>(row)] >= 0) used.push_back(row);
  }
  std::vector<float> score(outputs), p(static_cast<size_t>(classes)), gradient(outputs);
  SparseLogistic model;
  model.classes_ = classes;
  model.weights_.assign(descent.weights().size(), 0);
  int averaged = 0;
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    ThrowIfInterrupted();
    for (const int64_t at : Permutation(static_cast<int64_t>(used.size()), options.seed,
                                        Purpose::kSample, 16 + epoch)) {
      const int32_t row = used[static_cast<size_t>(at)];
      Score(x, row, descent.weights(), outputs, score.data());
      ToProbabilities(score.data(), outputs, p.data());
      const int32_t y = label[static_cast<size_t>(row)];
      for (size_t k = 0; k < outputs; ++k) {
        const size_t c = outputs == 1 ? 1 : k;
        gradient[k] = p[c] - static_cast<float>(y == static_cast<int32_t>(c));
      }
      descent.Step(row, gradient.data());
    }
    if (2 * (epoch + 1) <= options.epochs) continue;
    ++averaged;
    for (size_t i = 0; i < model.weights_.size(); ++i) {
      model.weights_[i] +=
          (descent.weights()[i] - model.weights_[i]) / static_cast<float>(averaged);
    }
  }
  return model;
}

Matrix SparseLogistic::Predict(const SparseRows& x, const std::vector<int32_t>& rows) const {
  const size_t outputs = classes_ == 2 ? 1 : static_cast<size_t>(classes_);
  Matrix out(static_cast<int64_t>(rows.size()), classes_);
  std::vector<float> score(outputs);
  for (size_t i = 0; i < rows.size(); ++i) {
    Score(x, rows[i], weights_, outputs, score.data());
    ToProbabilities(score.data(), outputs, out.row(static_cast<int64_t>(i)));
  }
  return out;
}

Matrix SparseOutOfFold(const SparseRows& x, const std::vector<int32_t>& label, int classes,
                       const std::vector<int32_t>& fold, int folds,
                       const SparseLogisticOptions& options) {
  return OutOfFold(
      fold, folds, classes,
      [&](const std::vector<int32_t>& outside, const std::vector<int32_t>& inside) {
        return SparseLogistic::Fit(x, outside, label, classes, options).Predict(x, inside);
      });
}

}  // namespace bottega
