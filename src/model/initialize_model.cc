#include "model/initialize_model.h"

#include <cmath>

#include "engine/initialize.h"

namespace bottega {

namespace {

bool IsWeight(const std::string& name, const at::Tensor& tensor) {
  return tensor.dim() >= 2 && name.find("embed") == std::string::npos;
}

std::string Owner(const std::string& name) { return name.substr(0, name.rfind('.') + 1); }

at::Tensor Draw(const Json& settings, const at::Tensor& weight, Initializer& initializer) {
  const std::string scheme = settings.at("name").get<std::string>();
  const std::vector<int64_t> shape = weight.sizes().vec();
  const Fans fans = FansOf(weight);
  if (scheme.starts_with("xavier")) {
    const double deviation =
        settings.at("gain").get<double>() * std::sqrt(2 / (fans.in + fans.out));
    return scheme == "xavier_normal" ? initializer.Normal(shape, deviation)
                                     : initializer.Uniform(shape, deviation * std::sqrt(3.0));
  }
  if (scheme.starts_with("kaiming")) {
    const double deviation = std::sqrt(2 / (settings.at("mode") == "fan_in" ? fans.in : fans.out));
    return scheme == "kaiming_normal" ? initializer.Normal(shape, deviation)
                                      : initializer.Uniform(shape, deviation * std::sqrt(3.0));
  }
  if (scheme == "orthogonal") {
    return initializer.Orthogonal(shape) * settings.at("gain").get<double>();
  }
  if (scheme == "truncated_normal") {
    return initializer.TruncatedNormal(shape, settings.at("std").get<double>());
  }
  throw Error(ErrorKind::kRecipe, "unknown initializer '" + scheme + "'", {},
              "bottega list initializers");
}

}  // namespace

Fans FansOf(const at::Tensor& weight) {
  const double kernel =
      static_cast<double>(weight.numel()) / static_cast<double>(weight.size(0) * weight.size(1));
  return {static_cast<double>(weight.size(1)) * kernel,
          static_cast<double>(weight.size(0)) * kernel};
}

void InitializeModel(const Json& settings, Module& model, uint64_t seed) {
  const at::NoGradGuard no_grad;
  const NamedTensors parameters = model.Parameters();
  std::string drawn, last;  // owners of the weight drawn last, and of the last weight of all
  Initializer initializer(seed, /*stream=*/1);
  const bool named = settings.at("name") != "default";
  for (const auto& [name, tensor] : parameters) {
    if (IsWeight(name, tensor)) last = Owner(name);
    if (!named) continue;
    if (IsWeight(name, tensor)) {
      tensor.detach().copy_(Draw(settings, tensor, initializer));
      drawn = Owner(name);
    } else if (name == drawn + "bias") {
      tensor.detach().zero_();
    }
  }
  if (!settings.at("zero_last").get<bool>()) return;
  for (const auto& [name, tensor] : parameters) {
    if (Owner(name) == last) tensor.detach().zero_();
  }
}

}  // namespace bottega
