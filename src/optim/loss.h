// Losses over one micro-batch. `settings` is a resolved {name: cross_entropy, ...} that
// knows its classes (BindLoss of optim/loss_classes_spec.h).
//
// l_i below is the loss of sample i; w_i its weight: batch.weights (1 where undefined) times the
// class weight of its label where the loss has class weights.
//
// A mixed batch (batch.share, feed/mixing.h) counts as two: the rows with their own targets and
// weights w_i s_i, and again with their partners' targets and weights w_j (1 - s_i). For
// cross-entropy that is the loss of the mixed label.
#pragma once

#include <ATen/core/Tensor.h>

#include "base/json.h"
#include "feed/batch.h"

namespace bottega {

// sum(w_i l_i) / sum(w_i), a scalar with gradient: PyTorch's reduction="mean".
at::Tensor Loss(const Json& settings, const at::Tensor& logits, const Batch& batch);

// sum(w_i l_i). The gradient of an effective batch cut into micro-batches is the sum over them of
// LossSum(...).backward(), divided once by the sum of their LossWeight: the same whatever the cut.
at::Tensor LossSum(const Json& settings, const at::Tensor& logits, const Batch& batch);

// sum(w_i).
double LossWeight(const Json& settings, const Batch& batch);

}  // namespace bottega
