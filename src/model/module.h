// Modules: trees of named parameters and buffers, and the Model interface on top. Names follow
// PyTorch's state_dict ("layer1.0.conv1.weight"), so that weights move both ways.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "feed/batch.h"
#include "model/model_input.h"

namespace bottega {

// What a forward pass depends on beside its input. Dropout and other noise of a row depend on
// (seed, epoch, row) only, never on the batch it came in.
struct StepContext {
  bool training = false;
  uint64_t seed = 0;
  int64_t epoch = 0;
  std::span<const int64_t> rows;
  // Batch norms in training: use the running statistics instead of the micro-batch's and leave
  // them.
  bool freeze_norm = false;
  // Batch norms in training: how far running statistics move towards the micro-batch's; 0 leaves
  // them, below 0 takes the layer's own momentum.
  double norm_momentum = -1;
};

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

class Module {
 public:
  virtual ~Module() = default;
  // Depth-first in order of registration, names joined with '.'.
  NamedTensors Parameters() const;
  NamedTensors Buffers() const;

 protected:
  at::Tensor& AddParameter(std::string name, at::Tensor value);
  at::Tensor& AddBuffer(std::string name, at::Tensor value);
  template <typename M>
  std::shared_ptr<M> Add(std::string name, std::shared_ptr<M> child) {
    children_.emplace_back(std::move(name), child);
    return child;
  }

 private:
  void Collect(const std::string& prefix, bool parameters, NamedTensors* out) const;
  // unique_ptr keeps references from AddParameter valid.
  std::vector<std::pair<std::string, std::unique_ptr<at::Tensor>>> parameters_;
  std::vector<std::pair<std::string, std::unique_ptr<at::Tensor>>> buffers_;
  std::vector<std::pair<std::string, std::shared_ptr<Module>>> children_;
};

class Model : public Module {
 public:
  // Logits [B, classes], or [B, 1] for regression.
  at::Tensor Forward(const Batch& batch, const StepContext& context) {
    return Head(Embed(batch, context));
  }
  // What the last linear layer gets, [B, width].
  virtual at::Tensor Embed(const Batch& batch, const StepContext& context) = 0;
  virtual at::Tensor Head(const at::Tensor& embedding) = 0;
  // Whether Embed mixes the vectors of batch.codes and batch.codes_b (model/mixed_codes.h), so that
  // rows with categories may be mixed.
  virtual bool MixesCodes() const { return false; }
};

}  // namespace bottega
