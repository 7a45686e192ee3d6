#include "optim/penalty.h"

#include "optim/penalties.h"

namespace bottega {

namespace {

double StrengthOf(const Json& settings) { return settings.at("strength").get<double>(); }

at::Tensor L1(double strength, const at::Tensor& weight, const at::Tensor& gradient) {
  gradient.add_(weight.sign(), strength);
  return weight.abs().sum() * strength;
}

at::Tensor L2(double strength, const at::Tensor& weight, const at::Tensor& gradient) {
  gradient.add_(weight, strength);
  return weight.square().sum() * (strength / 2);
}

at::Tensor AddL1(const Json& settings, const at::Tensor& weight, const at::Tensor& gradient) {
  return L1(StrengthOf(settings), weight, gradient);
}

at::Tensor AddL2(const Json& settings, const at::Tensor& weight, const at::Tensor& gradient) {
  return L2(StrengthOf(settings), weight, gradient);
}

at::Tensor AddElasticNet(const Json& settings, const at::Tensor& weight,
                         const at::Tensor& gradient) {
  const double strength = StrengthOf(settings), ratio = settings.at("ratio").get<double>();
  return L1(strength * ratio, weight, gradient) + L2(strength * (1 - ratio), weight, gradient);
}

void LimitNorms(const Json& settings, at::Tensor weight) {
  const double limit = settings.at("limit").get<double>();
  const at::Tensor norm = weight.flatten(1).norm(2, {1}, true);
  const at::Tensor factor = (limit / norm.clamp_min(1e-12)).clamp_max(1);
  std::vector<int64_t> shape(static_cast<size_t>(weight.dim()), 1);
  shape[0] = weight.size(0);
  weight.mul_(factor.view(shape));
}

const PenaltyFunction& FindPenalty(const std::string& name) {
  for (const PenaltyFunction& penalty : PenaltyFunctions()) {
    if (penalty.name == name) return penalty;
  }
  throw Error(ErrorKind::kRecipe, "unknown penalty '" + name + "'", {}, "bottega list penalties");
}

}  // namespace

const std::vector<PenaltyFunction>& PenaltyFunctions() {
  static const std::vector<PenaltyFunction> penalties = {{"l1", AddL1, nullptr},
                                                         {"l2", AddL2, nullptr},
                                                         {"elastic_net", AddElasticNet, nullptr},
                                                         {"max_norm", nullptr, LimitNorms}};
  return penalties;
}

double AddPenalties(const Json& penalties, const NamedTensors& parameters) {
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> values;
  for (const Json& settings : penalties) {
    const PenaltyFunction& penalty = FindPenalty(settings.at("name").get<std::string>());
    if (penalty.add == nullptr) continue;
    for (const auto& [name, parameter] : parameters) {
      if (parameter.dim() < 2 || !parameter.grad().defined()) continue;
      values.push_back(penalty.add(settings, parameter.detach(), parameter.grad()));
    }
  }
  return values.empty() ? 0 : at::stack(values).sum(at::kDouble).item<double>();
}

void ApplyConstraints(const Json& penalties, const NamedTensors& parameters) {
  const at::NoGradGuard no_grad;
  for (const Json& settings : penalties) {
    const PenaltyFunction& penalty = FindPenalty(settings.at("name").get<std::string>());
    if (penalty.constrain == nullptr) continue;
    for (const auto& [name, parameter] : parameters) {
      if (parameter.dim() >= 2 && parameter.requires_grad()) {
        penalty.constrain(settings, parameter.detach());
      }
    }
  }
}

void ClipValues(const NamedTensors& parameters, double limit) {
  const at::NoGradGuard no_grad;
  for (const auto& [name, parameter] : parameters) {
    if (parameter.grad().defined()) parameter.grad().clamp_(-limit, limit);
  }
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
