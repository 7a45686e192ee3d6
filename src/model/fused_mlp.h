// StepEngine of an Mlp with ReLU and without batch norm, on the CPU in float32: matrix products by
// BLAS, everything between two of them in one pass, no autograd. A step of a 14-64-64-2 network on
// 128 rows costs little more than its arithmetic.
#pragma once

#include "model/mlp.h"
#include "model/row_loss.h"
#include "model/step_engine.h"

namespace bottega {

class FusedMlp : public StepEngine {
 public:
  // Null when the settings, the device or this libtorch do not allow it.
  static std::unique_ptr<FusedMlp> Make(std::shared_ptr<Mlp> model, const Json& loss);

  void ZeroGradients() override;
  double ForwardBackward(const Batch& batch, const StepContext& context,
                         double denominator) override;
  at::Tensor Logits() const override;

 private:
  struct Layer {
    int64_t in = 0, out = 0;
    float *weight = nullptr, *bias = nullptr;
    float *weight_gradient = nullptr, *bias_gradient = nullptr;
    std::vector<float> output;  // [B, out]; after ReLU and dropout, logits in the last layer
    std::vector<float> delta;   // [B, out], gradient by the value before ReLU
  };
  struct Table {
    int64_t width = 0, cardinality = 0;
    float *weight = nullptr, *gradient = nullptr;
  };

  FusedMlp(std::shared_ptr<Mlp> model, RowLoss loss);
  void JoinParameters();
  void AttachGradients();
  void Reserve(int64_t rows);
  void GatherInput(const Batch& batch);
  void Forward(const Batch& batch, const StepContext& context);
  void Backward(const Batch& batch, const StepContext& context);
  void ScatterEmbeddings(const Batch& batch);
  int Threads(int64_t rows) const;

  std::shared_ptr<Mlp> model_;
  RowLoss loss_;
  NamedTensors parameters_;
  at::Tensor values_, gradients_;  // all parameters and their gradients, one after the other
  std::vector<Layer> layers_;
  std::vector<Table> tables_;
  int64_t rows_ = 0;                // that the buffers have room for
  int64_t logits_rows_ = 0;         // of the last batch
  std::vector<float> input_;        // [B, in] of the first layer
  std::vector<float> input_delta_;  // [B, widths of the embeddings]
  std::vector<float> mask_;
};

}  // namespace bottega
