#include "profile/symmetric_scale.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "profile/normal.h"
#include "profile/quantiles.h"

namespace bottega {
namespace {

constexpr size_t kFewest = 20;
constexpr double kNormalQuartiles = 1.349;

// The value of the longest run and its length.
std::pair<double, size_t> LongestRun(const std::vector<double>& sorted) {
  std::pair<double, size_t> best{0, 0};
  for (size_t i = 0; i < sorted.size();) {
    size_t end = i + 1;
    while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
    if (end - i > best.second) best = {sorted[i], end - i};
    i = end;
  }
  return best;
}

// Of the widths on which quantiles of a normal distribution lie, the narrowest that is not 0.
double Deviation(const std::vector<double>& sorted) {
  for (const auto& [share, width] : {std::pair(0.25, kNormalQuartiles), std::pair(0.1, 2.5631)}) {
    const double spread = Quantile(sorted, 1 - share) - Quantile(sorted, share);
    if (spread > 0) return spread / width;
  }
  return 0;
}

}  // namespace

SymmetricScale::SymmetricScale(std::vector<double> values, double mode_share)
    : sorted_(std::move(values)) {
  if (!std::ranges::is_sorted(sorted_)) std::ranges::sort(sorted_);
  const auto [mode, run] = LongestRun(sorted_);
  if (static_cast<double>(run) > mode_share * static_cast<double>(sorted_.size())) {
    has_mode_ = true;
    mode_ = mode;
    std::erase(sorted_, mode);
  }
  if (sorted_.size() < kFewest) return;
  // A few zeros among positive numbers would be infinitely far on a logarithm.
  const auto positive = std::ranges::upper_bound(sorted_, 0.0);
  const double others = static_cast<double>(positive - sorted_.begin()) / count();
  const bool bends = QuantileOf(0.01) >= 0 && QuantileOf(0.5) > 0;
  shift_ = others > 0.001 ? 0.1 * QuantileOf(0.5) : 0;
  if (bends) {
    double least = Asymmetry(Form::kPlain) - 0.03;  // plain, unless another is clearly better
    for (const Form form : {Form::kRoot, Form::kLog}) {
      if (const double asymmetry = Asymmetry(form); asymmetry < least) {
        least = asymmetry;
        form_ = form;
      }
    }
  }
  std::vector<double> bent(sorted_.size());
  for (size_t i = 0; i < bent.size(); ++i) bent[i] = Bend(form_, sorted_[i]);
  median_ = Quantile(bent, 0.5);
  deviation_ = Deviation(bent);
  if (deviation_ <= 0 || !std::isfinite(deviation_)) {
    deviation_ = 0;
    return;
  }
  for (double& value : bent) value = (value - median_) / deviation_;
  upper_ = TailOf(bent);
  std::ranges::reverse(bent);
  for (double& value : bent) value = -value;
  lower_ = TailOf(bent);
}

double SymmetricScale::At(double value) const {
  if (!spread() || std::isnan(value) || is_mode(value)) return 0;
  return (Bend(form_, value) - median_) / deviation_;
}

double SymmetricScale::NormalAt(double value) const {
  const double at = At(value);
  const Tail& tail = at > 0 ? upper_ : lower_;
  const double size = std::abs(at);
  if (size <= tail.far || tail.far <= 0) return at;
  const double beyond = std::max(tail.Beyond(size), 1e-300);
  const double place = tail.far * NormalQuantile(beyond) / NormalQuantile(0.05);
  return at > 0 ? place : -place;
}

double SymmetricScale::Beyond(double value) const {
  const double at = At(value);
  return at > 0 ? upper_.Beyond(at) : lower_.Beyond(-at);
}

double SymmetricScale::QuantileOf(double share) const {
  return sorted_.empty() ? mode_ : Quantile(sorted_, share);
}

double SymmetricScale::Bend(Form form, double value) const {
  if (form == Form::kPlain) return value;
  if (form == Form::kRoot) return value < 0 ? -std::sqrt(-value) : std::sqrt(value);
  const double shifted = value + shift_;
  return shifted > 0 ? std::log(shifted) : -std::numeric_limits<double>::infinity();
}

double SymmetricScale::Asymmetry(Form form) const {
  const double median = Bend(form, QuantileOf(0.5));
  double sum = 0;
  for (const double share : {0.05, 0.1, 0.25}) {
    const double low = Bend(form, QuantileOf(share)), high = Bend(form, QuantileOf(1 - share));
    if (high > low) sum += (high - 2 * median + low) / (high - low);
  }
  return std::abs(sum) / 3;
}

}  // namespace bottega
