// Modules: trees of named parameters and buffers, and the Model interface on top. Names follow
// PyTorch's state_dict ("layer1.0.conv1.weight"), so that weights move both ways.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
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

// A block of a forward pass: a function of x, the context and parameters alone, that leaves x as it
// is.
using BlockBody = std::function<at::Tensor(const at::Tensor& x, const StepContext& context)>;

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

  // The parts of Embed that can be recomputed (model/recompute.h), in its order, as "layer1.0".
  virtual std::vector<std::string> Blocks() const { return {}; }
  // From now on these of Blocks() are, and no others: same gradients, less memory, more time.
  void RecomputeBlocks(const std::vector<std::string>& names);
  bool Recomputes() const;

 protected:
  // body(x, context) for block `index` of Blocks(), whose parameters are those of `modules` (some
  // of which may be null).
  at::Tensor RunBlock(size_t index, std::initializer_list<const Module*> modules,
                      const at::Tensor& x, const StepContext& context, const BlockBody& body) const;
  // The same for a module whose Forward(x, context) is the body.
  template <typename Block>
  at::Tensor RunBlock(size_t index, const Block& block, const at::Tensor& x,
                      const StepContext& context) const {
    return RunBlock(
        index, {&block}, x, context,
        [&block](const at::Tensor& in, const StepContext& c) { return block.Forward(in, c); });
  }
  // "NAME.0", "NAME.1" ...
  static std::vector<std::string> NumberedBlocks(const std::string& name, size_t count);

 private:
  std::vector<bool> recomputed_;  // by block; short or empty: no
};

}  // namespace bottega
