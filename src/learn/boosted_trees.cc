#include "learn/boosted_trees.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

#include "base/interrupt.h"
#include "base/random.h"
#include "learn/folds.h"

namespace bottega {

namespace {

constexpr size_t kLanes = 16;
constexpr float kLog2E = 1.44269504F;

// e^x within 2e-7 of itself for |x| <= 80; plain arithmetic, so that loops over it vectorize.
inline float Exp(float x) {
  const float t = std::clamp(x, -80.0F, 80.0F) * kLog2E;
  const float whole = static_cast<float>(static_cast<int32_t>(t + (t < 0 ? -0.5F : 0.5F)));
  const float f = (t - whole) * 0.693147181F;
  float power = 1.0F / 720;
  for (const float c : {1.0F / 120, 1.0F / 24, 1.0F / 6, 0.5F, 1.0F, 1.0F}) power = power * f + c;
  const int32_t exponent = (static_cast<int32_t>(whole) + 127) << 23;
  return power * std::bit_cast<float>(exponent);
}

// p = 1 / (1 + e^-score) of kLanes scores.
__attribute__((target_clones("avx512f", "avx2", "default"))) void Logistic(const float* score,
                                                                           float* p) {
  for (size_t i = 0; i < kLanes; ++i) p[i] = 1 / (1 + Exp(-score[i]));
}

void Softmax(const float* score, int classes, float* p) {
  const float top = *std::max_element(score, score + classes);
  float sum = 0;
  for (int k = 0; k < classes; ++k) sum += p[k] = Exp(score[k] - top);
  for (int k = 0; k < classes; ++k) p[k] /= sum;
}

double LogLoss(float p) { return -std::log(std::max(p, 1e-7F)); }

}  // namespace

BoostOptions OptionsFor(int64_t rows, int64_t columns, int outputs, BoostOptions options) {
  const double cells = static_cast<double>(std::max<int64_t>(1, rows) *
                                           std::max<int64_t>(1, columns) * std::max(1, outputs));
  const int affordable = static_cast<int>(std::clamp(2e9 / cells, 12.0, 1e6));
  if (affordable < options.rounds) {
    options.learning_rate =
        std::min(0.4, options.learning_rate * options.rounds / std::max(1, affordable));
    options.rounds = affordable;
  }
  if (rows < 5000) {
    options.leaves = std::clamp(static_cast<int>(rows / 60), 4, options.leaves);
    options.learning_rate = std::min(options.learning_rate, 0.1);
    options.validation = std::max(options.validation, 0.15);
  }
  return options;
}

// The state of one fit: scores of the rows that are learned from and of those that validate.
class Booster {
 public:
  Booster(const BinnedMatrix& x, const BoostOptions& options, int outputs)
      : x_(x),
        options_(options),
        outputs_(static_cast<size_t>(outputs)),
        grower_(x, {.leaves = options.leaves,
                    .min_hessian = options.min_hessian,
                    .l2 = options.l2,
                    .shrink = options.learning_rate}) {}

  void UseClasses(const std::vector<int32_t>& rows, const std::vector<int32_t>& label,
                  BoostedTrees* model);
  void UseValues(const std::vector<int32_t>& rows, const std::vector<double>& value,
                 BoostedTrees* model);
  void Run(BoostedTrees* model);

 private:
  // Divides the rows for which `usable` holds.
  void Divide(const std::vector<int32_t>& rows, const std::function<bool(int32_t)>& usable);
  void LogisticGradients();
  void SoftmaxProbabilities();
  void SoftmaxGradients(size_t output);
  void SquaredGradients();
  void Pack();
  void GrowTree(size_t output, BoostedTrees* model);
  double ValidationLoss() const;
  float* ScoreOf(int32_t row) { return &scores_[static_cast<size_t>(row) * outputs_]; }
  const float* ScoreOf(int32_t row) const { return &scores_[static_cast<size_t>(row) * outputs_]; }

  const BinnedMatrix& x_;
  const BoostOptions options_;
  const size_t outputs_;
  TreeGrower grower_;
  const std::vector<int32_t>* label_ = nullptr;
  std::vector<float> target_;  // per row of x, scaled
  std::vector<int32_t> learned_, validated_, order_;
  std::vector<float> scores_, probabilities_;  // rows of x x outputs
  std::vector<float> gradient_, hessian_;      // per learned row
  PackedGradients packed_;
  std::vector<LeafRows> leaves_;
};

void Booster::Divide(const std::vector<int32_t>& rows, const std::function<bool(int32_t)>& usable) {
  for (const int32_t row : rows) {
    if (!usable(row)) continue;
    const uint32_t bits = Random(options_.seed, Purpose::kSample, 3, row).Bits();
    const bool validates = bits < options_.validation * 4294967296.0;
    (validates ? validated_ : learned_).push_back(row);
  }
  if (validated_.size() < 10 || learned_.size() < 10) {
    learned_.insert(learned_.end(), validated_.begin(), validated_.end());
    std::ranges::sort(learned_);
    validated_.clear();
  }
  gradient_.resize(learned_.size());
  hessian_.resize(learned_.size());
  scores_.resize(static_cast<size_t>(x_.rows) * outputs_);
  packed_.of_row.resize(static_cast<size_t>(x_.rows));
}

void Booster::UseClasses(const std::vector<int32_t>& rows, const std::vector<int32_t>& label,
                         BoostedTrees* model) {
  label_ = &label;
  const auto label_of = [&](int32_t row) { return label[static_cast<size_t>(row)]; };
  Divide(rows, [&](int32_t row) { return label_of(row) >= 0; });
  std::vector<double> count(static_cast<size_t>(model->classes_), 0.5);
  for (const int32_t row : learned_) count[static_cast<size_t>(label_of(row))] += 1;
  if (outputs_ == 1) {
    model->start_ = {std::log(count[1] / count[0])};
  } else {
    for (const double c : count) {
      model->start_.push_back(std::log(c / static_cast<double>(learned_.size() + 1)));
    }
    probabilities_.resize(scores_.size());
  }
}

void Booster::UseValues(const std::vector<int32_t>& rows, const std::vector<double>& value,
                        BoostedTrees* model) {
  const auto value_of = [&](int32_t row) { return value[static_cast<size_t>(row)]; };
  Divide(rows, [&](int32_t row) { return std::isfinite(value_of(row)); });
  double n = 0, mean = 0, squares = 0;
  for (const int32_t row : learned_) {
    n += 1;
    const double delta = value_of(row) - mean;
    mean += delta / n;
    squares += delta * (value_of(row) - mean);
  }
  model->start_ = {0};
  model->scale_ = n > 1 && squares > 0 ? std::sqrt(squares / n) : 1;
  target_.resize(static_cast<size_t>(x_.rows));
  for (const std::vector<int32_t>* part : {&learned_, &validated_}) {
    for (const int32_t row : *part) {
      target_[static_cast<size_t>(row)] =
          static_cast<float>((value_of(row) - mean) / model->scale_);
    }
  }
  model->start_ = {mean / model->scale_};
}

void Booster::LogisticGradients() {
  float score[kLanes] = {}, p[kLanes];
  for (size_t begin = 0; begin < learned_.size(); begin += kLanes) {
    const size_t n = std::min(kLanes, learned_.size() - begin);
    for (size_t i = 0; i < n; ++i) score[i] = scores_[static_cast<size_t>(learned_[begin + i])];
    Logistic(score, p);
    for (size_t i = 0; i < n; ++i) {
      const size_t row = static_cast<size_t>(learned_[begin + i]);
      gradient_[begin + i] = p[i] - static_cast<float>((*label_)[row]);
      hessian_[begin + i] = p[i] * (1 - p[i]);
    }
  }
}

void Booster::SoftmaxProbabilities() {
  for (const int32_t row : learned_) {
    Softmax(ScoreOf(row), static_cast<int>(outputs_),
            &probabilities_[static_cast<size_t>(row) * outputs_]);
  }
}

void Booster::SoftmaxGradients(size_t output) {
  for (size_t i = 0; i < learned_.size(); ++i) {
    const size_t row = static_cast<size_t>(learned_[i]);
    const float p = probabilities_[row * outputs_ + output];
    gradient_[i] = p - static_cast<float>((*label_)[row] == static_cast<int32_t>(output));
    hessian_[i] = 2 * p * (1 - p);
  }
}

void Booster::SquaredGradients() {
  for (size_t i = 0; i < learned_.size(); ++i) {
    const size_t row = static_cast<size_t>(learned_[i]);
    gradient_[i] = scores_[row] - target_[row];
    hessian_[i] = 1;
  }
}

void Booster::Pack() {
  double gradients = 1e-12, hessians = 1e-12;
  for (size_t i = 0; i < learned_.size(); ++i) {
    gradients += std::abs(gradient_[i]);
    hessians += hessian_[i];
  }
  // Rounding adds at most half a unit a row to either sum.
  const double room = 1073741824.0 - static_cast<double>(learned_.size());
  const double gradient_scale = room / gradients, hessian_scale = room / hessians;
  packed_.gradient_unit = 1 / gradient_scale;
  packed_.hessian_unit = 1 / hessian_scale;
  for (size_t i = 0; i < learned_.size(); ++i) {
    const int64_t g = std::lrint(gradient_[i] * gradient_scale);
    const int64_t h = std::lrint(hessian_[i] * hessian_scale);
    packed_.of_row[static_cast<size_t>(learned_[i])] = g * (int64_t{1} << 32) + h;
  }
}

void Booster::GrowTree(size_t output, BoostedTrees* model) {
  Pack();
  order_ = learned_;
  model->trees_.push_back(grower_.Grow(packed_, &order_, &leaves_));
  for (const LeafRows& leaf : leaves_) {
    for (int64_t i = leaf.begin; i < leaf.end; ++i) {
      ScoreOf(order_[static_cast<size_t>(i)])[output] += leaf.value;
    }
  }
  const Tree& tree = model->trees_.back();
  for (const int32_t row : validated_) ScoreOf(row)[output] += tree.Value(x_.row(row));
}

double Booster::ValidationLoss() const {
  double loss = 0;
  std::vector<float> p(outputs_);
  for (const int32_t row : validated_) {
    const float* score = ScoreOf(row);
    if (label_ == nullptr) {
      const double error = score[0] - target_[static_cast<size_t>(row)];
      loss += error * error;
    } else if (outputs_ == 1) {
      const float sign = (*label_)[static_cast<size_t>(row)] == 1 ? 1 : -1;
      loss += LogLoss(1 / (1 + Exp(-sign * score[0])));
    } else {
      Softmax(score, static_cast<int>(outputs_), p.data());
      loss += LogLoss(p[static_cast<size_t>((*label_)[static_cast<size_t>(row)])]);
    }
  }
  return loss;
}

void Booster::Run(BoostedTrees* model) {
  if (learned_.empty() || x_.columns.empty()) return;
  for (const std::vector<int32_t>* part : {&learned_, &validated_}) {
    for (const int32_t row : *part) {
      for (size_t k = 0; k < outputs_ && label_ != nullptr; ++k) {
        ScoreOf(row)[k] = static_cast<float>(model->start_[k]);
      }
    }
  }
  double best = validated_.empty() ? 0 : ValidationLoss();
  int best_round = 0;
  for (int round = 1; round <= options_.rounds; ++round) {
    ThrowIfInterrupted();
    if (outputs_ > 1) SoftmaxProbabilities();
    for (size_t k = 0; k < outputs_; ++k) {
      if (label_ == nullptr) {
        SquaredGradients();
      } else if (outputs_ == 1) {
        LogisticGradients();
      } else {
        SoftmaxGradients(k);
      }
      GrowTree(k, model);
    }
    const double loss = validated_.empty() ? -round : ValidationLoss();
    if (loss < best) {
      best = loss;
      best_round = round;
    }
    if (round - best_round >= options_.patience) break;
  }
  model->trees_.resize(static_cast<size_t>(best_round) * outputs_);
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
      row[0] = 1 / (1 + Exp(score[0]));
      row[1] = 1 / (1 + Exp(-score[0]));
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
