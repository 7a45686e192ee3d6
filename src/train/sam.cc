#include "train/sam.h"

namespace bottega {

SamAscent::SamAscent(const Json& settings, const NamedTensors& parameters) {
  const at::NoGradGuard no_grad;
  const bool adaptive = settings.at("adaptive").get<bool>();
  std::vector<at::Tensor> norms;
  for (const auto& [name, parameter] : parameters) {
    if (!parameter.grad().defined()) continue;
    before_.emplace_back(parameter.detach(), parameter.detach().clone());
    const at::Tensor& gradient = parameter.grad();
    norms.push_back((adaptive ? parameter.abs() * gradient : gradient).norm());
  }
  if (before_.empty()) return;
  const double norm = at::stack(norms).norm().item<double>();
  const double scale = settings.at("rho").get<double>() / (norm + 1e-12);
  for (const auto& [name, parameter] : parameters) {
    const at::Tensor& gradient = parameter.grad();
    if (!gradient.defined()) continue;
    parameter.detach().add_(adaptive ? parameter.square() * gradient : gradient, scale);
  }
}

SamAscent::~SamAscent() {
  const at::NoGradGuard no_grad;
  for (auto& [parameter, copy] : before_) parameter.copy_(copy);
}

}  // namespace bottega
