// Forward passes without gradients over everything that a feed delivers.
#pragma once

#include <ATen/core/Tensor.h>

#include "base/progress.h"
#include "engine/precision.h"
#include "feed/feed.h"
#include "metric/predictions.h"
#include "model/module.h"
#include "train/targets.h"

namespace bottega {

struct ForwardOptions {
  at::Device device = at::kCPU;
  Precision precision = Precision::kFp32;
  Progress* progress = nullptr;  // advanced by rows
  bool embed = false;            // stop before the last layer
  at::Tensor offset;             // [outputs], added to logits (ModelConfig::logit_offset)
};

// Logits [feed.rows(), outputs], or embeddings [feed.rows(), width], as float32 on the CPU, in the
// feed's own order.
at::Tensor ForwardAll(Model& model, Feed& feed, const ForwardOptions& options);

// Softmax of classification logits, in float32: what `probability` holds.
at::Tensor Probabilities(const at::Tensor& logits);

// Logits of the rows at `positions` beside their targets. `part` fills Predictions::part.
Predictions MakePredictions(const at::Tensor& logits, const std::vector<int64_t>& positions,
                            const Targets& targets, const FittedPlan& plan, const Dataset& data,
                            const std::string& part);

// Rows, targets and weights of those positions, without inputs.
Batch TargetBatch(const Targets& targets, const std::vector<int64_t>& positions);

// Weighted mean loss of those rows.
double ValidationLoss(const Json& loss, const at::Tensor& logits, const Targets& targets,
                      const std::vector<int64_t>& positions);

// The batch moved to the device; the same tensors where they are there already.
Batch ToDevice(Batch batch, at::Device device);

}  // namespace bottega
