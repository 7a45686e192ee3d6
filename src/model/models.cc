#include "model/models.h"

#include <unordered_map>

#include "model/builders.h"
#include "model/ft_transformer.h"
#include "model/mlp.h"
#include "model/models_specs.h"
#include "model/resmlp.h"
#include "model/resnet.h"

namespace bottega {

const std::vector<ModelBuilder>& ModelBuilders() {
  static const std::vector<ModelBuilder> builders = {
      {"mlp", MakeMlp},
      {"resmlp", MakeResmlp},
      {"ft_transformer", MakeFtTransformer},
      {"resnet_small", MakeResnetSmall},
      {"resnet18", MakeResnet18},
      {"resnet34", MakeResnet34},
      {"resnet50", MakeResnet50},
  };
  return builders;
}

std::shared_ptr<Model> MakeModel(const Json& settings, const ModelInput& input) {
  const Json resolved = ResolveModel(settings, input);
  const std::string name = resolved.at("name").get<std::string>();
  for (const ModelBuilder& builder : ModelBuilders()) {
    if (builder.name == name) return builder.make(resolved, input);
  }
  throw Error(ErrorKind::kRecipe, "unknown model '" + name + "'", {}, "bottega list models");
}

void MoveModel(Module& model, at::Device device, bool channels_last) {
  const at::NoGradGuard no_grad;
  for (auto [name, tensor] : AllTensors(model)) {
    const bool reorder = channels_last && tensor.dim() == 4;
    if (tensor.device() == device && !reorder) continue;
    at::Tensor moved = tensor.detach().to(device);
    if (reorder) moved = moved.contiguous(at::MemoryFormat::ChannelsLast);
    tensor.set_data(moved);
  }
}

void LoadTensors(Module& model, const NamedTensors& values) {
  const at::NoGradGuard no_grad;
  std::unordered_map<std::string, at::Tensor> given(values.begin(), values.end());
  for (auto [name, tensor] : AllTensors(model)) {
    const auto found = given.find(name);
    if (found == given.end()) {
      throw Error(ErrorKind::kData, "the weights lack the tensor '" + name + "'");
    }
    if (found->second.sizes() != tensor.sizes()) {
      throw Error(ErrorKind::kData, "the tensor '" + name + "' has another shape in the weights");
    }
    tensor.copy_(found->second);
    given.erase(found);
  }
  if (!given.empty()) {
    throw Error(ErrorKind::kData,
                "the weights hold a tensor '" + given.begin()->first + "' that the model has not");
  }
}

NamedTensors AllTensors(const Module& model) {
  NamedTensors all = model.Parameters();
  const NamedTensors buffers = model.Buffers();
  all.insert(all.end(), buffers.begin(), buffers.end());
  return all;
}

}  // namespace bottega
