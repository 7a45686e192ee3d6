// One optimizer step over an effective batch.
#pragma once

#include <memory>
#include <span>

#include "base/json.h"
#include "engine/precision.h"
#include "feed/batch.h"
#include "model/module.h"
#include "optim/optimizer.h"
#include "train/loss_scale.h"

namespace bottega {

struct StepSums {
  double loss = 0;      // sum of w_i l_i, before the step
  double weight = 0;    // sum of w_i
  int64_t correct = 0;  // classification: rows whose largest logit is their label's
  int64_t rows = 0;
  int64_t evaluations = 1;  // forward and backward passes over the batch
  // False: the loss or a gradient is no number, and nothing was updated.
  bool finite = true;
};

struct StepSettings {
  Json loss;                       // resolved, knowing its classes (TrainSetup::loss)
  Json penalties = Json::array();  // resolved [{name: l2, strength: 1e-4}, ...]
  Json mix = Json::array();        // resolved [{name: mixup, ...}, ...]
  Json sam;                        // resolved {rho, adaptive}, or null
  Json gradient_noise;             // resolved {eta, gamma}, or null
  double clip_value = 0;           // 0: none
  double clip_norm = 0;            // 0: none
  int64_t freeze_norm = 0;         // epoch from which batch norms' statistics stay; 0: none
  double norm_momentum = -1;       // as in StepContext
  Precision precision = Precision::kFp32;
  uint64_t seed = 0;
  at::Device device = at::kCPU;
};

class Stepper {
 public:
  virtual ~Stepper() = default;
  // Rows are mixed; gradients of sum(w_i l_i) / sum(w_i) over all micro-batches together (of the
  // ascended weights with `sam`), penalties, noise, clipping, update at learning rate `lr`,
  // constraints. With a loss scale, a step whose gradients overflow is left out.
  virtual StepSums Step(std::span<Batch> micro_batches, int64_t epoch, double lr) = 0;
  virtual Optimizer& optimizer() = 0;
  virtual LossScale* loss_scale() = 0;  // null but with fp16
  // Steps done before this object was made; gradient noise depends on it.
  virtual void CountFrom(int64_t step) = 0;
};

// `train` is the resolved section: its optimizer, and what makes parameters differ (ResolveRules of
// optim/parameter_rules.h). Uses the model's own step engine where it has
// one (model/step_engine.h), else autograd.
std::unique_ptr<Stepper> MakeStepper(std::shared_ptr<Model> model, const Json& train,
                                     const StepSettings& settings);

// What the model's layers are told of a micro-batch in training.
StepContext TrainingContext(const Batch& batch, int64_t epoch, const StepSettings& settings);

// Forward and backward of one micro-batch through autograd: adds the gradient of
// sum(w_i l_i) / denominator to the parameters'. `weight` of the result is not filled in. Shared
// with the probe, which must not step.
StepSums Accumulate(Model& model, Batch& batch, int64_t epoch, double denominator,
                    const StepSettings& settings);

}  // namespace bottega
