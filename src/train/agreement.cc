#include "train/agreement.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "optim/loss.h"

namespace bottega {

namespace {

constexpr double kSmallestLoss = 0.01;

struct Gradient {
  double loss = 0;
  std::vector<at::Tensor> of;
};

Gradient GradientOf(Model& model, Batch batch, const StepSettings& settings) {
  const double weight = std::max(LossWeight(settings.loss, batch), 1e-12);
  Gradient result{.loss = Accumulate(model, batch, 1, weight, settings).loss / weight};
  for (auto& [name, parameter] : model.Parameters()) {
    result.of.push_back(parameter.grad());
    parameter.mutable_grad() = at::Tensor();
  }
  return result;
}

double SquaredNorm(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.to(at::kDouble).square().sum().item<double>() : 0;
}

double RelativeDistance(const Gradient& lower, const Gradient& reference) {
  const at::NoGradGuard no_gradients;
  double difference = 0, size = 0;
  for (size_t i = 0; i < reference.of.size(); ++i) {
    if (!reference.of[i].defined()) continue;
    difference += SquaredNorm(lower.of[i] - reference.of[i]);
    size += SquaredNorm(reference.of[i]);
  }
  return size > 0 ? std::sqrt(difference / size) : 0;
}

// The larger one, and NaN once one is.
double Worse(double a, double b) { return std::isnan(a) || b <= a ? a : b; }

}  // namespace

bool Agrees(const Deviation& deviation) {
  return deviation.loss <= kLossTolerance && deviation.gradient <= kGradientTolerance;
}

Deviation MeasureDeviation(Model& model, const std::vector<Batch>& batches, StepSettings settings) {
  const Precision lower = settings.precision;
  Deviation worst;
  for (const Batch& batch : batches) {
    settings.precision = Precision::kFp32;
    const Gradient reference = GradientOf(model, batch, settings);
    settings.precision = lower;
    const Gradient other = GradientOf(model, batch, settings);
    const double loss =
        std::abs(other.loss - reference.loss) / std::max(std::abs(reference.loss), kSmallestLoss);
    worst.loss = Worse(worst.loss, loss);
    worst.gradient = Worse(worst.gradient, RelativeDistance(other, reference));
  }
  return worst;
}

Json DeviationToJson(const Deviation& deviation) {
  const auto number = [](double x) { return std::isfinite(x) ? Json(x) : Json(); };
  return {{"loss", number(deviation.loss)},
          {"gradient", number(deviation.gradient)},
          {"loss_tolerance", kLossTolerance},
          {"gradient_tolerance", kGradientTolerance}};
}

}  // namespace bottega
