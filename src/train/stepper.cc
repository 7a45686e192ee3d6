#include "train/stepper.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/autocast.h"
#include "engine/finite.h"
#include "model/step_engine.h"
#include "optim/loss.h"
#include "optim/penalty.h"
#include "train/forward.h"

namespace bottega {

namespace {

// Logits [B, classes] in float32 on the CPU; a tie counts for the first class, as argmax.
int64_t CountCorrect(const at::Tensor& logits, const at::Tensor& labels) {
  const float* row = logits.const_data_ptr<float>();
  const int64_t* label = labels.const_data_ptr<int64_t>();
  const int64_t classes = logits.size(1);
  int64_t correct = 0;
  for (int64_t i = 0; i < labels.numel(); ++i, row += classes) {
    correct += std::max_element(row, row + classes) - row == label[i];
  }
  return correct;
}

StepContext ContextOf(const Batch& batch, int64_t epoch, uint64_t seed) {
  return {.training = true, .seed = seed, .epoch = epoch, .rows = batch.rows};
}

class ModelStepper : public Stepper {
 public:
  ModelStepper(std::shared_ptr<Model> model, std::unique_ptr<StepEngine> engine,
               std::unique_ptr<Optimizer> optimizer, const StepSettings& settings)
      : model_(std::move(model)),
        engine_(std::move(engine)),
        optimizer_(std::move(optimizer)),
        settings_(settings),
        parameters_(model_->Parameters()) {
    if (settings.precision == Precision::kFp16) scale_.emplace();
  }

  StepSums Step(std::span<Batch> micro_batches, int64_t epoch, double lr) override {
    StepSums sums;
    for (const Batch& batch : micro_batches) sums.weight += LossWeight(settings_.loss, batch);
    if (engine_) engine_->ZeroGradients();
    // Without weight there is no gradient; dividing by 1 keeps it 0 rather than NaN.
    const double weight = sums.weight > 0 ? sums.weight : 1;
    const double denominator = weight / (scale_ ? scale_->value() : 1);
    for (Batch& batch : micro_batches) {
      const StepSums part = engine_ ? ThroughEngine(batch, epoch, denominator)
                                    : Accumulate(*model_, batch, epoch, denominator, settings_);
      sums.loss += part.loss;
      sums.correct += part.correct;
      sums.rows += part.rows;
    }
    Finish(&sums, lr);
    return sums;
  }

  Optimizer& optimizer() override { return *optimizer_; }
  LossScale* loss_scale() override { return scale_ ? &*scale_ : nullptr; }

 private:
  StepSums ThroughEngine(const Batch& batch, int64_t epoch, double denominator) {
    const StepContext context = ContextOf(batch, epoch, settings_.seed);
    StepSums sums{.loss = engine_->ForwardBackward(batch, context, denominator),
                  .rows = batch.size()};
    if (batch.labels.defined()) sums.correct = CountCorrect(engine_->Logits(), batch.labels);
    return sums;
  }

  bool GradientsFinite() const {
    return std::ranges::all_of(parameters_,
                               [](const auto& named) { return AllFinite(named.second.grad()); });
  }

  void Finish(StepSums* sums, double lr) {
    const bool gradients = GradientsFinite();
    sums->finite = std::isfinite(sums->loss) && gradients;
    if (!scale_) {
      if (sums->finite) Update(lr);
      return;
    }
    const double inverse = 1 / scale_->value();
    const LossScale::Verdict verdict = scale_->Observe(gradients);
    // An overflow of scaled gradients is what the scale is for.
    sums->finite = std::isfinite(sums->loss) && verdict != LossScale::Verdict::kHopeless;
    if (!sums->finite) return;
    if (verdict == LossScale::Verdict::kSkip) return DropGradients();
    const at::NoGradGuard no_gradients;
    for (auto& [name, parameter] : parameters_) {
      if (parameter.grad().defined()) parameter.mutable_grad().mul_(inverse);
    }
    Update(lr);
  }

  void DropGradients() {
    for (auto& [name, parameter] : parameters_) parameter.mutable_grad() = at::Tensor();
  }

  void Update(double lr) {
    const at::NoGradGuard no_gradients;
    if (!settings_.penalties.empty()) AddPenalties(settings_.penalties, parameters_);
    if (settings_.clip_norm > 0) ClipGradients(parameters_, settings_.clip_norm);
    optimizer_->Step(lr);
    if (!engine_) DropGradients();
  }

  std::shared_ptr<Model> model_;
  std::unique_ptr<StepEngine> engine_;
  std::unique_ptr<Optimizer> optimizer_;
  StepSettings settings_;
  NamedTensors parameters_;
  std::optional<LossScale> scale_;
};

}  // namespace

StepSums Accumulate(Model& model, Batch& batch, int64_t epoch, double denominator,
                    const StepSettings& settings) {
  batch = ToDevice(std::move(batch), settings.device);
  at::Tensor logits;
  {
    const AutocastGuard autocast(settings.device, settings.precision);
    logits = model.Forward(batch, ContextOf(batch, epoch, settings.seed));
  }
  logits = logits.to(at::kFloat);
  const at::Tensor loss = LossSum(settings.loss, logits, batch);
  (loss / denominator).backward();
  StepSums sums{.loss = loss.item<double>(), .rows = batch.size()};
  if (batch.labels.defined()) {
    const at::Tensor plain = logits.detach().to(at::kCPU).contiguous();
    sums.correct = CountCorrect(plain, batch.labels.to(at::kCPU));
  }
  return sums;
}

std::unique_ptr<Stepper> MakeStepper(std::shared_ptr<Model> model, const Json& optimizer,
                                     const StepSettings& settings) {
  // Before the optimizer: an engine may move parameters.
  const bool plain = settings.precision == Precision::kFp32 && !model->Recomputes();
  auto engine = plain ? MakeStepEngine(model, settings.loss) : nullptr;
  auto update = MakeOptimizer(optimizer, model->Parameters());
  return std::make_unique<ModelStepper>(std::move(model), std::move(engine), std::move(update),
                                        settings);
}

}  // namespace bottega
