#include "train/first_loss.h"

#include <ATen/ATen.h>

#include <cmath>

#include "base/text.h"
#include "optim/loss.h"

namespace bottega {

namespace {

std::string FormulaOf(const std::string& loss, int64_t outputs) {
  const std::string k = std::to_string(outputs);
  if (loss == "cross_entropy") return "log " + k;
  if (loss == "focal") return "(1 - 1/" + k + ")^gamma log " + k;
  if (loss == "ordinal" || loss == "expected_cost") return "that of probabilities 1/" + k;
  return loss == "mse" ? "the variance of the target" : "that of the target's mean";
}

}  // namespace

bool FirstLoss::AsExpected() const {
  return std::abs(loss - expected) <= kFirstLossTolerance * std::abs(expected);
}

std::string FirstLoss::Text() const {
  std::string text = "note: the first loss is " + FormatNumber(loss, 3) +
                     ", and a model that knows "
                     "nothing has " +
                     FormatNumber(expected, 3) + " (" + formula + "): ";
  text += loss > expected
              ? "the weights start too large or the inputs are not scaled; see train.init"
              : "the model knows something already, or its input holds the target";
  return text;
}

Json FirstLoss::ToJson() const {
  return {{"event", "first_loss"},      {"step", 0},          {"loss", loss},
          {"expected", expected},       {"formula", formula}, {"tolerance", kFirstLossTolerance},
          {"as_expected", AsExpected()}};
}

FirstLoss CompareFirstLoss(const Json& loss, std::span<const Batch> batches, double first,
                           int64_t outputs) {
  const at::NoGradGuard no_gradients;
  double sum = 0, weight = 0;
  for (const Batch& batch : batches) {
    const at::Device device =
        batch.labels.defined() ? batch.labels.device() : batch.values.device();
    const at::Tensor nothing = at::zeros({batch.size(), outputs}, at::device(device));
    sum += LossSum(loss, nothing, batch).item<double>();
    weight += LossWeight(loss, batch);
  }
  return {.loss = first,
          .expected = weight > 0 ? sum / weight : 0,
          .formula = FormulaOf(loss.at("name").get<std::string>(), outputs)};
}

}  // namespace bottega
