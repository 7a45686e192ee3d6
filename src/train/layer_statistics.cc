#include "train/layer_statistics.h"

#include <set>

#include "base/random.h"
#include "optim/loss.h"
#include "train/forward.h"

namespace bottega {

namespace {

constexpr double kNothing = 1e-7;
constexpr std::string_view kWeight = ".weight";

// One number a logit and row, the same whatever batch the row comes in.
at::Tensor Multiples(const Batch& batch, int64_t outputs, at::Device device) {
  at::Tensor values = at::empty({batch.size(), outputs}, at::kFloat);
  float* out = values.mutable_data_ptr<float>();
  for (const int64_t row : batch.rows) {
    Random random(0, Purpose::kDiagnosis, 0, row);
    for (int64_t k = 0; k < outputs; ++k) *out++ = static_cast<float>(random.Normal());
  }
  return values.to(device);
}

std::vector<at::Tensor> Gradients(const at::Tensor& of, const std::vector<at::Tensor>& by,
                                  bool keep_graph) {
  return torch::autograd::grad({of}, by, {}, keep_graph, /*create_graph=*/false,
                               /*allow_unused=*/true);
}

// The largest gradient of each unit.
at::Tensor Reach(const at::Tensor& gradient) { return gradient.flatten(1).abs().amax(1); }

int64_t CountDead(const at::Tensor& reach) {
  const double most = reach.max().item<double>();
  return most > 0 ? (reach <= kNothing * most).sum().item<int64_t>() : reach.numel();
}

// Sums over the batches of a feed.
struct Sums {
  std::vector<at::Tensor> gradient, reach;
  double weight = 0;
};

void AddBatch(Model& model, const Batch& batch, const Json& loss, at::Device device,
              const std::vector<at::Tensor>& weights, Sums* sums) {
  const at::Tensor logits = model.Forward(batch, {.rows = batch.rows}).to(at::kFloat);
  sums->weight += LossWeight(loss, batch);
  std::vector<at::Tensor> of = Gradients(LossSum(loss, logits, batch), weights, true);
  for (size_t i = 0; i < weights.size(); ++i) {
    if (of[i].defined()) sums->gradient[i] += of[i];
  }
  of.clear();  // as large as the weights
  of = Gradients((logits * Multiples(batch, logits.size(1), device)).sum(), weights, false);
  for (size_t i = 0; i < weights.size(); ++i) {
    if (of[i].defined()) sums->reach[i] = at::maximum(sums->reach[i], Reach(of[i]));
  }
}

}  // namespace

NamedTensors Layers(const Model& model) {
  const NamedTensors all = model.Parameters();
  std::map<std::string, at::Tensor> by_name(all.begin(), all.end());
  NamedTensors layers;
  for (const auto& [name, tensor] : all) {
    if (!tensor.requires_grad() || !name.ends_with(kWeight)) continue;
    const std::string layer = name.substr(0, name.size() - kWeight.size());
    const auto bias = by_name.find(layer + ".bias");
    const bool linear = tensor.dim() == 2 && bias != by_name.end() && bias->second.dim() == 1 &&
                        bias->second.size(0) == tensor.size(0);
    if (linear || tensor.dim() == 4) layers.emplace_back(layer, tensor);
  }
  return layers;
}

std::vector<LayerFacts> MeasureLayers(Model& model, Feed& feed, const Json& loss,
                                      at::Device device) {
  const at::AutoGradMode gradients(true);
  const NamedTensors layers = Layers(model);
  if (layers.empty()) return {};
  std::vector<at::Tensor> weights;
  Sums sums;
  for (const auto& [name, weight] : layers) {
    weights.push_back(weight);
    sums.gradient.push_back(at::zeros_like(weight, weight.options().requires_grad(false)));
    sums.reach.push_back(at::zeros({weight.size(0)}, at::TensorOptions(device)));
  }
  feed.StartEpoch(0, SequentialOrder(feed.rows()));
  Batch batch;
  while (feed.Next(&batch)) {
    AddBatch(model, ToDevice(std::move(batch), device), loss, device, weights, &sums);
  }
  std::vector<LayerFacts> facts;
  for (size_t i = 0; i < layers.size(); ++i) {
    const double weight = sums.weight > 0 ? sums.weight : 1;
    facts.push_back({.name = layers[i].first,
                     .units = weights[i].size(0),
                     .dead = i + 1 < layers.size() ? CountDead(sums.reach[i]) : -1,
                     .weight = weights[i].detach().norm().item<double>(),
                     .gradient = sums.gradient[i].norm().item<double>() / weight});
  }
  return facts;
}

std::vector<double> UpdateRatios(const NamedTensors& layers,
                                 const std::vector<at::Tensor>& before) {
  const at::NoGradGuard no_gradients;
  std::vector<double> ratios;
  for (size_t i = 0; i < layers.size(); ++i) {
    const double size = layers[i].second.norm().item<double>();
    const double change = (layers[i].second - before[i]).norm().item<double>();
    ratios.push_back(size > 0 ? change / size : 0);
  }
  return ratios;
}

Json LayersToJson(const std::vector<LayerFacts>& layers) {
  Json list = Json::array();
  for (const LayerFacts& layer : layers) {
    list.push_back({{"name", layer.name},
                    {"units", layer.units},
                    {"dead", layer.dead},
                    {"weight_norm", layer.weight},
                    {"gradient_norm", layer.gradient},
                    {"update_ratios", layer.update}});
  }
  return list;
}

std::vector<LayerFacts> LayersFromJson(const Json& json) {
  std::vector<LayerFacts> layers;
  for (const Json& layer : json) {
    layers.push_back({.name = layer.at("name").get<std::string>(),
                      .units = layer.at("units").get<int64_t>(),
                      .dead = layer.at("dead").get<int64_t>(),
                      .weight = layer.at("weight_norm").get<double>(),
                      .gradient = layer.at("gradient_norm").get<double>(),
                      .update = layer.at("update_ratios").get<std::vector<double>>()});
  }
  return layers;
}

}  // namespace bottega
