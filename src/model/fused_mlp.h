// StepEngine of an Mlp on the CPU in float32: products with bias, activation and dropout done in
// registers (engine/fused_product.h), everything else one vectorized pass, no autograd and no
// operator's overhead. A step of a 14-64-64-2 network on 128 rows costs little more than its
// arithmetic. Engines of different models may run in different threads at the same time.
#pragma once

#include "engine/cache_aligned.h"
#include "engine/fused_product.h"
#include "model/activation_kernel.h"
#include "model/dropout.h"
#include "model/fused_norm.h"
#include "model/mlp.h"
#include "model/row_loss.h"
#include "model/step_engine.h"

namespace bottega {

class FusedMlp : public StepEngine {
 public:
  // Null when the device, the parameters' type or the loss do not allow it.
  static std::unique_ptr<FusedMlp> Make(std::shared_ptr<Mlp> model, const Json& loss);

  void ZeroGradients() override;
  double ForwardBackward(const Batch& batch, const StepContext& context,
                         double denominator) override;
  at::Tensor Logits() const override;

 private:
  // Matrices of a batch have rows of PaddedWidth floats.
  struct Layer {
    int64_t in = 0, out = 0, stride = 0;
    float *weight = nullptr, *bias = nullptr;
    float *weight_gradient = nullptr, *bias_gradient = nullptr;
    AlignedFloats turned;       // the weight as [in, out], padded
    AlignedFloats padded_bias;  // [out]
    AlignedFloats output;       // [B, out]; after activation and dropout, logits in the last layer
    AlignedFloats slope;        // [B, out], d output / d value before the activation; but for ReLU
    AlignedFloats delta;        // [B, out], gradient by the product's result
    AlignedFloats sums;         // [out]
    DropoutBits kept;
    std::optional<FusedNorm> norm;
  };
  struct Table {
    int64_t width = 0, cardinality = 0;
    float *weight = nullptr, *gradient = nullptr;
  };

  FusedMlp(std::shared_ptr<Mlp> model, RowLoss loss);
  void JoinParameters();
  void AttachGradients();
  void AddTables();
  void AddLayers();
  void Reserve(int64_t rows);
  void GatherInput(const Batch& batch);
  void Forward(const StepContext& context);
  void ForwardHidden(Layer& layer, const StepContext& context);
  void Backward(const StepContext& context);
  void BackwardInto(Layer& below, const Layer& layer, const StepContext& context);
  void ScatterEmbeddings(const Batch& batch);
  void Product(const FusedProduct& product) const;
  // ReLU without norm: the product's epilogue does it all, and the output tells the slope.
  bool InRegisters(const Layer& layer) const;

  std::shared_ptr<Mlp> model_;
  RowLoss loss_;
  Activation activation_;
  NamedTensors parameters_;
  at::Tensor values_, gradients_;  // all parameters and their gradients, one after the other
  std::vector<Layer> layers_;
  std::vector<Table> tables_;
  int64_t capacity_ = 0;  // rows that the buffers have room for
  int64_t rows_ = 0;      // of the last batch
  int64_t input_stride_ = 0, embedded_ = 0;
  AlignedFloats input_;        // [B, in] of the first layer
  AlignedFloats input_delta_;  // [B, embedded_]
};

}  // namespace bottega
