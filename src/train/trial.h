// Short trainings in memory, which leave nothing behind: for the learning-rate range test and the
// optimizer race.
#pragma once

#include <memory>
#include <optional>

#include "base/progress.h"
#include "train/early_stopping.h"
#include "train/setup.h"
#include "train/stepper.h"

namespace bottega {

// What Train() would work with; chosen by the clock where that is asked for, and written nowhere.
// `inputs` must outlive it.
struct TrialSetup {
  explicit TrialSetup(const TrainInputs& inputs);
  TrainSetup setup;
  Choices choices;
  at::Device device = at::kCPU;
};

// A model at its start with what trains it. `setup` must outlive it.
class Trial {
 public:
  Trial(const TrainSetup& setup, const Choices& choices, at::Device device);

  // One step on the next batch, the epochs following each other; `lr` as Stepper::Step.
  StepSums Step(double lr);
  int64_t steps_per_epoch() const { return steps_per_epoch_; }
  // On the validation rows, as the training loop computes it.
  double Score(const MonitoredScore& score);

 private:
  const TrainSetup& setup_;
  const Choices choices_;
  const at::Device device_;
  std::shared_ptr<Model> model_;
  std::unique_ptr<Feed> train_feed_, validation_feed_;
  std::unique_ptr<Stepper> stepper_;
  int64_t micro_per_step_, steps_per_epoch_, epoch_ = 0, step_ = 0;
};

struct TrialResult {
  std::vector<double> scores;  // after each epoch's worth of evaluations
  double best = 0;             // of them
  int64_t steps = 0, evaluations = 0;
  double seconds = 0;
  bool diverged =
      false;  // the loss was no longer a number: `best` is then what came before, or NaN
};

// Trains with setup.settings' optimizer and schedule until `epochs` epochs' worth of evaluations of
// a batch are done: an optimizer that looks at each batch twice gets half the steps.
TrialResult RunTrial(const TrainSetup& setup, const Choices& choices, at::Device device,
                     int64_t epochs, const MonitoredScore& score, Progress* progress = nullptr);

// `setup` with another seed (of weights, order, dropout, augmentation) and another optimizer.
TrainSetup Reseeded(const TrainSetup& setup, uint64_t seed, const Json& optimizer);

// What `train.early_stopping` watches; validation.loss without it.
MonitoredScore WatchedScore(const TrainSetup& setup);

}  // namespace bottega
