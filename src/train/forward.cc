#include "train/forward.h"

#include <c10/core/InferenceMode.h>

#include <cstring>

#include "engine/autocast.h"
#include "optim/loss.h"

namespace bottega {

namespace {

void FillClasses(const at::Tensor& logits, Predictions* out) {
  const at::Tensor p = Probabilities(logits);
  const at::Tensor best = logits.argmax(1);
  const float* values = p.const_data_ptr<float>();
  out->probability.assign(values, values + p.numel());
  const int64_t* classes = best.const_data_ptr<int64_t>();
  out->predicted.assign(classes, classes + best.numel());
}

void FillValues(const at::Tensor& logits, const FittedPlan& plan, Predictions* out) {
  const at::Tensor flat = logits.reshape({-1}).contiguous();
  const float* scaled = flat.const_data_ptr<float>();
  for (int64_t i = 0; i < flat.numel(); ++i) {
    out->predicted_value.push_back(scaled[i] * plan.target_scale + plan.target_mean);
  }
}

}  // namespace

Batch ToDevice(Batch batch, at::Device device) {
  if (device.is_cpu()) return batch;
  for (at::Tensor* tensor :
       {&batch.numbers, &batch.codes, &batch.pictures, &batch.labels, &batch.values, &batch.weights,
        &batch.share, &batch.codes_b, &batch.labels_b, &batch.values_b, &batch.weights_b}) {
    if (tensor->defined()) *tensor = tensor->to(device);
  }
  return batch;
}

at::Tensor ForwardAll(Model& model, Feed& feed, const ForwardOptions& options) {
  const c10::InferenceMode no_gradients;
  const AutocastGuard autocast(options.device, options.precision);
  feed.StartEpoch(0, SequentialOrder(feed.rows()));
  std::vector<at::Tensor> parts;
  Batch batch;
  while (feed.Next(&batch)) {
    const int64_t rows = batch.size();
    const Batch placed = ToDevice(std::move(batch), options.device);
    const StepContext context{.rows = placed.rows};
    const at::Tensor out =
        options.embed ? model.Embed(placed, context) : model.Forward(placed, context);
    parts.push_back(out.to(at::kFloat).to(at::kCPU));
    if (options.offset.defined() && !options.embed) parts.back().add_(options.offset);
    if (options.progress != nullptr) options.progress->Advance(rows);
  }
  return parts.empty() ? at::empty({0, 1}) : at::cat(parts);
}

at::Tensor Probabilities(const at::Tensor& logits) { return at::softmax(logits, 1).contiguous(); }

Predictions MakePredictions(const at::Tensor& logits, const std::vector<int64_t>& positions,
                            const Targets& targets, const FittedPlan& plan, const Dataset& data,
                            const std::string& part) {
  Predictions out;
  out.task = targets.classification ? Task::kClassification : Task::kRegression;
  out.classes = plan.classes;
  out.positive = plan.positive;
  for (const int64_t position : positions) {
    const size_t at = static_cast<size_t>(position);
    out.row.push_back(data.rows[at]);
    out.weight.push_back(targets.weight[at]);
    if (targets.classification) {
      out.label.push_back(targets.labels[at]);
    } else {
      out.value.push_back(targets.values[at] * plan.target_scale + plan.target_mean);
    }
  }
  out.part.assign(positions.size(), part);
  out.fold.assign(positions.size(), -1);
  if (targets.classification) {
    FillClasses(logits, &out);
  } else {
    FillValues(logits, plan, &out);
  }
  return out;
}

Batch TargetBatch(const Targets& targets, const std::vector<int64_t>& positions) {
  const int64_t n = static_cast<int64_t>(positions.size());
  Batch batch;
  batch.weights = at::empty({n}, at::kFloat);
  if (targets.classification) batch.labels = at::empty({n}, at::kLong);
  if (!targets.classification) batch.values = at::empty({n}, at::kFloat);
  for (int64_t i = 0; i < n; ++i) {
    const size_t at = static_cast<size_t>(positions[static_cast<size_t>(i)]);
    batch.rows.push_back(positions[static_cast<size_t>(i)]);
    batch.weights.mutable_data_ptr<float>()[i] = static_cast<float>(targets.weight[at]);
    if (targets.classification) {
      batch.labels.mutable_data_ptr<int64_t>()[i] = targets.labels[at];
    } else {
      batch.values.mutable_data_ptr<float>()[i] = targets.values[at];
    }
  }
  return batch;
}

double ValidationLoss(const Json& loss, const at::Tensor& logits, const Targets& targets,
                      const std::vector<int64_t>& positions) {
  const Batch batch = TargetBatch(targets, positions);
  const at::NoGradGuard no_gradients;
  return LossSum(loss, logits, batch).item<double>() / LossWeight(loss, batch);
}

}  // namespace bottega
