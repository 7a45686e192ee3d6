#include "learn/search/parzen.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bottega {

namespace {

constexpr int kTriesWithin = 64;  // to draw within [0, 1]

double Phi(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

size_t ChoiceAt(double u, size_t choices) {
  return std::min(choices - 1, static_cast<size_t>(u * static_cast<double>(choices)));
}

}  // namespace

ParzenEstimator::ParzenEstimator(std::vector<double> coordinates, size_t choices)
    : choices_(choices) {
  if (choices_ > 0) {
    share_.assign(choices_, 1.0);
    for (const double u : coordinates) share_[ChoiceAt(u, choices_)] += 1;
    const double total = static_cast<double>(coordinates.size() + choices_);
    for (double& share : share_) share /= total;
    return;
  }
  coordinates.push_back(0.5);  // the prior
  std::ranges::sort(coordinates);
  const size_t n = coordinates.size();
  const double least = 1.0 / static_cast<double>(n + 1);
  for (size_t i = 0; i < n; ++i) {
    const double before = coordinates[i] - (i > 0 ? coordinates[i - 1] : 0.0);
    const double after = (i + 1 < n ? coordinates[i + 1] : 1.0) - coordinates[i];
    mean_.push_back(coordinates[i]);
    width_.push_back(std::clamp(std::max(before, after), least, 1.0));
  }
  const auto prior = std::ranges::find(mean_, 0.5) - mean_.begin();
  width_[static_cast<size_t>(prior)] = 1.0;
}

double ParzenEstimator::Draw(Random& random) const {
  if (choices_ > 0) {
    double rest = random.Uniform();
    size_t choice = 0;
    while (choice + 1 < choices_ && rest >= share_[choice]) rest -= share_[choice++];
    return (static_cast<double>(choice) + 0.5) / static_cast<double>(choices_);
  }
  const auto i = static_cast<size_t>(random.Below(static_cast<int64_t>(mean_.size())));
  for (int t = 0; t < kTriesWithin; ++t) {
    const double u = mean_[i] + width_[i] * random.Normal();
    if (u >= 0 && u < 1) return u;
  }
  return mean_[i];
}

double ParzenEstimator::LogDensity(double u) const {
  if (choices_ > 0) return std::log(share_[ChoiceAt(u, choices_)]);
  double density = 0;
  for (size_t i = 0; i < mean_.size(); ++i) {
    const double z = (u - mean_[i]) / width_[i];
    const double inside = Phi((1 - mean_[i]) / width_[i]) - Phi(-mean_[i] / width_[i]);
    density += std::exp(-0.5 * z * z) / (width_[i] * inside);
  }
  return std::log(
      std::max(density / static_cast<double>(mean_.size()), std::numeric_limits<double>::min()));
}

}  // namespace bottega
