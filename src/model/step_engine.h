// A faster way to a training step's gradients than Forward, loss and backward through autograd, for
// models that have one. Equal to it in numbers up to float32 rounding.
#pragma once

#include <memory>

#include "base/json.h"
#include "model/module.h"

namespace bottega {

class StepEngine {
 public:
  virtual ~StepEngine() = default;

  // Sets every parameter's gradient to zero.
  virtual void ZeroGradients() = 0;

  // Adds the gradient of sum(w_i l_i) / denominator over the micro-batch to the parameters' grad()
  // and returns sum(w_i l_i), as LossSum in optim/loss.h. `context` holds the batch's rows.
  virtual double ForwardBackward(const Batch& batch, const StepContext& context,
                                 double denominator) = 0;

  // Logits of the last ForwardBackward, [B, outputs]; valid until the next.
  virtual at::Tensor Logits() const = 0;
};

// The engine for this model and loss, or null when it has none: then use autograd. Make it after
// MoveModel and before the optimizer: it may move parameters and gradients into one buffer each,
// which also speeds the optimizer up. Keeps the model alive.
std::unique_ptr<StepEngine> MakeStepEngine(std::shared_ptr<Model> model, const Json& loss);

}  // namespace bottega
