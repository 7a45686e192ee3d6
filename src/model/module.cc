#include "model/module.h"

#include "model/recompute.h"

namespace bottega {

NamedTensors Module::Parameters() const {
  NamedTensors all;
  Collect("", true, &all);
  return all;
}

NamedTensors Module::Buffers() const {
  NamedTensors all;
  Collect("", false, &all);
  return all;
}

at::Tensor& Module::AddParameter(std::string name, at::Tensor value) {
  value.set_requires_grad(true);
  parameters_.emplace_back(std::move(name), std::make_unique<at::Tensor>(std::move(value)));
  return *parameters_.back().second;
}

at::Tensor& Module::AddBuffer(std::string name, at::Tensor value) {
  buffers_.emplace_back(std::move(name), std::make_unique<at::Tensor>(std::move(value)));
  return *buffers_.back().second;
}

void Module::Collect(const std::string& prefix, bool parameters, NamedTensors* out) const {
  for (const auto& [name, tensor] : parameters ? parameters_ : buffers_) {
    out->emplace_back(prefix + name, *tensor);
  }
  for (const auto& [name, child] : children_) {
    child->Collect(prefix + name + ".", parameters, out);
  }
}

void Model::RecomputeBlocks(const std::vector<std::string>& names) {
  const std::vector<std::string> blocks = Blocks();
  recomputed_.assign(blocks.size(), false);
  for (size_t i = 0; i < blocks.size(); ++i) {
    recomputed_[i] = std::find(names.begin(), names.end(), blocks[i]) != names.end();
  }
}

std::vector<std::string> Model::NumberedBlocks(const std::string& name, size_t count) {
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) names.push_back(name + "." + std::to_string(i));
  return names;
}

bool Model::Recomputes() const {
  return std::find(recomputed_.begin(), recomputed_.end(), true) != recomputed_.end();
}

at::Tensor Model::RunBlock(size_t index, std::initializer_list<const Module*> modules,
                           const at::Tensor& x, const StepContext& context,
                           const BlockBody& body) const {
  if (index >= recomputed_.size() || !recomputed_[index]) return body(x, context);
  std::vector<at::Tensor> parameters;
  for (const Module* module : modules) {
    if (module == nullptr) continue;
    for (auto& [name, parameter] : module->Parameters()) parameters.push_back(parameter);
  }
  return Recomputed(x, context, std::move(parameters), body);
}

}  // namespace bottega
