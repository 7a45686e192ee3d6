#include "train/stepper.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/autocast.h"
#include "engine/finite.h"
#include "feed/mixing.h"
#include "model/step_engine.h"
#include "optim/gradient_noise.h"
#include "optim/loss.h"
#include "optim/penalty.h"
#include "train/forward.h"
#include "train/sam.h"

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

// The label that accuracy counts: of a mixed row the one with the larger share.
at::Tensor MainLabels(const Batch& batch) {
  if (!batch.share.defined()) return batch.labels;
  return at::where(batch.share >= 0.5, batch.labels, batch.labels_b);
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
    MixRows(settings_.mix, settings_.seed, epoch, micro_batches);
    StepSums sums = Gradients(micro_batches, epoch, settings_);
    if (settings_.sam.is_object() && GradientsFinite()) {
      const SamAscent ascent(settings_.sam, parameters_);
      StepSettings second = settings_;
      second.norm_momentum = 0;
      const double there = Gradients(micro_batches, epoch, second).loss;
      if (!std::isfinite(there)) sums.loss = there;
    }
    if (!MayUpdate(&sums)) {
      if (!engine_) ClearGradients();
      return sums;
    }
    const double penalty = Finish();
    if (!optimizer_->NeedsObjective()) {
      Update(lr, nullptr);
      return sums;
    }
    const double denominator = sums.weight > 0 ? sums.weight : 1;
    const Objective objective = {.value = sums.loss / denominator + penalty, .again = [&] {
                                   ++sums.evaluations;
                                   const double loss =
                                       Gradients(micro_batches, epoch, settings_).loss;
                                   Unscale();
                                   return loss / denominator + Finish();
                                 }};
    Update(lr, &objective);
    return sums;
  }

  Optimizer& optimizer() override { return *optimizer_; }
  LossScale* loss_scale() override { return scale_ ? &*scale_ : nullptr; }
  void CountFrom(int64_t step) override { step_ = step; }

 private:
  // Sets the gradients of the step anew.
  StepSums Gradients(std::span<Batch> micro_batches, int64_t epoch, const StepSettings& settings) {
    StepSums sums;
    for (const Batch& batch : micro_batches) sums.weight += LossWeight(settings.loss, batch);
    ClearGradients();
    // Without weight there is no gradient; dividing by 1 keeps it 0 rather than NaN.
    const double weight = sums.weight > 0 ? sums.weight : 1;
    const double denominator = weight / (scale_ ? scale_->value() : 1);
    for (Batch& batch : micro_batches) {
      const StepSums part = engine_ ? ThroughEngine(batch, epoch, denominator, settings)
                                    : Accumulate(*model_, batch, epoch, denominator, settings);
      sums.loss += part.loss;
      sums.correct += part.correct;
      sums.rows += part.rows;
    }
    return sums;
  }

  StepSums ThroughEngine(const Batch& batch, int64_t epoch, double denominator,
                         const StepSettings& settings) {
    const StepContext context = TrainingContext(batch, epoch, settings);
    StepSums sums{.loss = engine_->ForwardBackward(batch, context, denominator),
                  .rows = batch.size()};
    if (batch.labels.defined()) sums.correct = CountCorrect(engine_->Logits(), batch.labels);
    return sums;
  }

  bool GradientsFinite() const {
    return std::ranges::all_of(parameters_,
                               [](const auto& named) { return AllFinite(named.second.grad()); });
  }

  // Whether these gradients are to be stepped along; takes the loss scale out of them.
  bool MayUpdate(StepSums* sums) {
    const bool gradients = GradientsFinite();
    const LossScale::Verdict verdict = scale_      ? JudgeScale(gradients)
                                       : gradients ? LossScale::Verdict::kStep
                                                   : LossScale::Verdict::kHopeless;
    // An overflow of scaled gradients is what the scale is for.
    sums->finite = std::isfinite(sums->loss) && verdict != LossScale::Verdict::kHopeless;
    return sums->finite && verdict == LossScale::Verdict::kStep;
  }

  // The scale may move, hence the gradients are divided by it first.
  LossScale::Verdict JudgeScale(bool finite) {
    if (finite) Unscale();
    return scale_->Observe(finite);
  }

  void Unscale() {
    if (!scale_) return;
    const at::NoGradGuard no_gradients;
    const double inverse = 1 / scale_->value();
    for (auto& [name, parameter] : parameters_) {
      if (parameter.grad().defined()) parameter.mutable_grad().mul_(inverse);
    }
  }

  // What happens to whole gradients before an update; returns what the penalties add to the loss.
  double Finish() {
    const at::NoGradGuard no_gradients;
    double penalty = 0;
    if (!settings_.penalties.empty()) penalty = AddPenalties(settings_.penalties, parameters_);
    if (settings_.gradient_noise.is_object()) {
      AddGradientNoise(settings_.gradient_noise, settings_.seed, step_, parameters_);
    }
    if (settings_.clip_value > 0) ClipValues(parameters_, settings_.clip_value);
    if (settings_.clip_norm > 0) ClipGradients(parameters_, settings_.clip_norm);
    return penalty;
  }

  void Update(double lr, const Objective* objective) {
    const at::NoGradGuard no_gradients;
    optimizer_->Step(lr, objective);
    if (!settings_.penalties.empty()) ApplyConstraints(settings_.penalties, parameters_);
    ++step_;
    if (!engine_) ClearGradients();
  }

  void ClearGradients() {
    if (engine_) return engine_->ZeroGradients();
    for (auto& [name, parameter] : parameters_) parameter.mutable_grad() = at::Tensor();
  }

  std::shared_ptr<Model> model_;
  std::unique_ptr<StepEngine> engine_;
  std::unique_ptr<Optimizer> optimizer_;
  StepSettings settings_;
  NamedTensors parameters_;
  int64_t step_ = 0;
  std::optional<LossScale> scale_;
};

}  // namespace

StepContext TrainingContext(const Batch& batch, int64_t epoch, const StepSettings& settings) {
  return {.training = true,
          .seed = settings.seed,
          .epoch = epoch,
          .rows = batch.rows,
          .freeze_norm = settings.freeze_norm > 0 && epoch >= settings.freeze_norm,
          .norm_momentum = settings.norm_momentum};
}

StepSums Accumulate(Model& model, Batch& batch, int64_t epoch, double denominator,
                    const StepSettings& settings) {
  batch = ToDevice(std::move(batch), settings.device);
  at::Tensor logits;
  {
    const AutocastGuard autocast(settings.device, settings.precision);
    logits = model.Forward(batch, TrainingContext(batch, epoch, settings));
  }
  logits = logits.to(at::kFloat);
  const at::Tensor loss = LossSum(settings.loss, logits, batch);
  (loss / denominator).backward();
  StepSums sums{.loss = loss.item<double>(), .rows = batch.size()};
  if (batch.labels.defined()) {
    const at::Tensor plain = logits.detach().to(at::kCPU).contiguous();
    sums.correct = CountCorrect(plain, MainLabels(batch).to(at::kCPU));
  }
  return sums;
}

std::unique_ptr<Stepper> MakeStepper(std::shared_ptr<Model> model, const Json& train,
                                     const StepSettings& settings) {
  // Before the optimizer: an engine may move parameters.
  const bool plain =
      settings.precision == Precision::kFp32 && settings.mix.empty() && !model->Recomputes();
  auto engine = plain ? MakeStepEngine(model, settings.loss) : nullptr;
  const NamedTensors parameters = model->Parameters();
  auto update = MakeOptimizer(train.at("optimizer"),
                              {.parameters = parameters, .rules = ResolveRules(train, parameters)});
  return std::make_unique<ModelStepper>(std::move(model), std::move(engine), std::move(update),
                                        settings);
}

}  // namespace bottega
