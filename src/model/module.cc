#include "model/module.h"

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

}  // namespace bottega
