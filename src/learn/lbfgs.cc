#include "learn/lbfgs.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bottega {

namespace {

constexpr size_t kPairs = 10;
constexpr int kTrials = 40;
constexpr double kDecrease = 1e-4, kFlatter = 0.9;

double Dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void AddTo(std::vector<double>* to, double factor, const std::vector<double>& from) {
  for (size_t i = 0; i < to->size(); ++i) (*to)[i] += factor * from[i];
}

double Largest(const std::vector<double>& values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

}  // namespace

Lbfgs::Lbfgs(Objective objective, std::vector<double> start)
    : objective_(std::move(objective)), x_(std::move(start)), gradient_(x_.size()) {
  value_ = objective_(x_, &gradient_);
}

std::vector<double> Lbfgs::Direction() const {
  std::vector<double> d = gradient_, factor(pairs_.size());
  for (size_t i = pairs_.size(); i-- > 0;) {
    factor[i] = Dot(pairs_[i].moved, d) / pairs_[i].curvature;
    AddTo(&d, -factor[i], pairs_[i].turned);
  }
  if (!pairs_.empty()) {
    const Pair& last = pairs_.back();
    const double scale = last.curvature / Dot(last.turned, last.turned);
    for (double& value : d) value *= scale;
  }
  for (size_t i = 0; i < pairs_.size(); ++i) {
    AddTo(&d, factor[i] - Dot(pairs_[i].turned, d) / pairs_[i].curvature, pairs_[i].moved);
  }
  for (double& value : d) value = -value;
  return d;
}

bool Lbfgs::Search(const std::vector<double>& direction, double slope, double step) {
  double low = 0, high = std::numeric_limits<double>::infinity();
  std::vector<double> x(x_.size()), gradient(x_.size());
  for (int trial = 0; trial < kTrials; ++trial) {
    x = x_;
    AddTo(&x, step, direction);
    const double value = objective_(x, &gradient);
    const bool lower = value <= value_ + kDecrease * step * slope && value < value_;
    if (lower && Dot(gradient, direction) >= kFlatter * slope) {
      Pair pair{x, gradient};
      AddTo(&pair.moved, -1, x_);
      AddTo(&pair.turned, -1, gradient_);
      pair.curvature = Dot(pair.moved, pair.turned);
      if (pair.curvature > 0) pairs_.push_back(std::move(pair));
      if (pairs_.size() > kPairs) pairs_.pop_front();
      x_ = std::move(x);
      gradient_ = std::move(gradient);
      value_ = value;
      return true;
    }
    (lower ? low : high) = step;
    step = std::isfinite(high) ? (low + high) / 2 : 2 * low;
  }
  return false;
}

bool Lbfgs::Step(double tolerance) {
  if (Largest(gradient_) <= tolerance) return false;
  std::vector<double> direction = Direction();
  double slope = Dot(direction, gradient_);
  if (!(slope < 0)) {
    pairs_.clear();
    direction = Direction();
    slope = Dot(direction, gradient_);
  }
  const double first = pairs_.empty() ? std::min(1.0, 1 / std::sqrt(-slope)) : 1.0;
  return Search(direction, slope, first);
}

std::vector<double> Lbfgs::State() const {
  std::vector<double> state = {value_};
  const auto append = [&](const std::vector<double>& v) {
    state.insert(state.end(), v.begin(), v.end());
  };
  append(x_);
  append(gradient_);
  for (const Pair& pair : pairs_) {
    append(pair.moved);
    append(pair.turned);
  }
  return state;
}

void Lbfgs::LoadState(const std::vector<double>& state) {
  const size_t n = x_.size();
  auto at = state.begin();
  value_ = *at++;
  const auto take = [&](std::vector<double>* v) {
    v->assign(at, at + static_cast<int64_t>(n));
    at += static_cast<int64_t>(n);
  };
  take(&x_);
  take(&gradient_);
  pairs_.clear();
  while (at != state.end()) {
    Pair pair;
    take(&pair.moved);
    take(&pair.turned);
    pair.curvature = Dot(pair.moved, pair.turned);
    pairs_.push_back(std::move(pair));
  }
}

}  // namespace bottega
