#include "optim/penalty.h"

#include "optim/penalties.h"

namespace bottega {

namespace {

at::Tensor AddL1(double strength, const at::Tensor& weight, const at::Tensor& gradient) {
  gradient.add_(weight.sign(), strength);
  return weight.abs().sum() * strength;
}

at::Tensor AddL2(double strength, const at::Tensor& weight, const at::Tensor& gradient) {
  gradient.add_(weight, strength);
  return weight.square().sum() * (strength / 2);
}

const PenaltyFunction& FindPenalty(const std::string& name) {
  for (const PenaltyFunction& penalty : PenaltyFunctions()) {
    if (penalty.name == name) return penalty;
  }
  throw Error(ErrorKind::kRecipe, "unknown penalty '" + name + "'", {}, "bottega list penalties");
}

}  // namespace

const std::vector<PenaltyFunction>& PenaltyFunctions() {
  static const std::vector<PenaltyFunction> penalties = {{"l1", AddL1}, {"l2", AddL2}};
  return penalties;
}

double AddPenalties(const Json& penalties, const NamedTensors& parameters) {
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> values;
  for (const Json& settings : penalties) {
    const PenaltyFunction& penalty = FindPenalty(settings.at("name").get<std::string>());
    const double strength = settings.at("strength").get<double>();
    for (const auto& [name, parameter] : parameters) {
      if (parameter.dim() < 2 || !parameter.grad().defined()) continue;
      values.push_back(penalty.add(strength, parameter.detach(), parameter.grad()));
    }
  }
  return values.empty() ? 0 : at::stack(values).sum(at::kDouble).item<double>();
}

double ClipGradients(const NamedTensors& parameters, double max_norm) {
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> gradients;
  for (const auto& [name, parameter] : parameters) {
    if (parameter.grad().defined()) gradients.push_back(parameter.grad());
  }
  if (gradients.empty()) return 0;
  const double norm = at::stack(at::_foreach_norm(gradients, 2)).norm().item<double>();
  const double scale = max_norm / (norm + 1e-6);
  if (scale < 1) at::_foreach_mul_(gradients, scale);
  return norm;
}

}  // namespace bottega
