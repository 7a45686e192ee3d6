// Averages of the weights over the training: what is scored, and kept as the model.
//
//   ema  after step t (from 1):  a += (1 - d) (w - a),
//        d = decay, with warm-up min(decay, 1 - t^(-2/3)), and 0 at t = 1: timm's ModelEmaV3 (whose
//        step - 1 counts from 0), over weights and buffers; counters are copied
//   swa  after epoch e >= from:  a += (w - a) / n,  n averaged weights so far (Izmailov et al.
//   2018,
//        arXiv:1803.05407); buffers are the last ones, and statistics of batch norms computed anew
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/json.h"
#include "feed/feed.h"
#include "model/module.h"
#include "train/stepper.h"

namespace bottega {

class WeightAverage {
 public:
  // Null where `settings` are (no averaging). `settings`: a resolved component of kind "average".
  // Keeps the model alive; its tensors lie where they are to stay.
  static std::unique_ptr<WeightAverage> Make(const Json& settings, std::shared_ptr<Model> model,
                                             int64_t epochs);

  void AfterStep(int64_t steps_done);
  void AfterEpoch(int64_t epoch);
  // Whether there is an average yet.
  bool Begun() const { return count_ > 0; }
  // Whether it needs statistics of its own for the model's batch norms.
  bool RefreshesNorms() const { return !ema_ && has_norms_; }
  // The constant learning rate of an epoch that is averaged, if one is set.
  std::optional<double> LearningRate(int64_t epoch) const;

  // Everything that the next update depends on, for checkpoints. The tensors are the average.
  const NamedTensors& tensors() const { return average_; }
  Json State() const { return {{"count", count_}}; }
  // Errors: kData for tensors that are not this model's.
  void LoadState(const Json& state, const NamedTensors& tensors);

 private:
  WeightAverage(const Json& settings, std::shared_ptr<Model> model, int64_t epochs);
  void MoveTowards(double share);

  std::shared_ptr<Model> model_;
  bool ema_, has_norms_;
  double decay_ = 0;
  bool warmup_ = false;
  int64_t from_ = 1;  // epoch
  std::optional<double> lr_;
  int64_t count_ = 0;     // weights averaged
  NamedTensors average_;  // parameters and buffers, as AllTensors
  std::vector<at::Tensor> floats_, model_floats_, others_, model_others_;
};

// Puts `weights` into the model until it goes out of scope; then the model is as before, to the
// bit.
class InTheirStead {
 public:
  InTheirStead(Model& model, const NamedTensors& weights);
  InTheirStead(const InTheirStead&) = delete;
  InTheirStead& operator=(const InTheirStead&) = delete;
  ~InTheirStead();

 private:
  Model& model_;
  NamedTensors before_;
};

// Computes the running statistics of batch norms anew: the mean over the batches of `order`, each
// counting alike, in training mode (torch.optim.swa_utils.update_bn).
void RefreshNorms(Model& model, Feed& feed, int64_t epoch, std::vector<int64_t> order,
                  const StepSettings& settings);

}  // namespace bottega
