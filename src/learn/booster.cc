#include "learn/booster.h"

#include <algorithm>
#include <cmath>

#include "base/interrupt.h"
#include "base/random.h"
#include "learn/softmax.h"

namespace bottega {
namespace {

constexpr size_t kLanes = 16;

// p = 1 / (1 + e^-score) of kLanes scores.
__attribute__((target_clones("avx512f", "avx2", "default"))) void Logistic(const float* score,
                                                                           float* p) {
  for (size_t i = 0; i < kLanes; ++i) p[i] = 1 / (1 + FastExp(-score[i]));
}

double LogLoss(float p) { return -std::log(std::max(p, 1e-7F)); }

}  // namespace

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
      loss += LogLoss(1 / (1 + FastExp(-sign * score[0])));
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

}  // namespace bottega
