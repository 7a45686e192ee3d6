// The running verdicts of a training: collects what metric/diagnosis/running_verdicts.h wants, at
// the price of a few hundred rows forward and backward at some of the epochs.
#pragma once

#include <memory>
#include <vector>

#include "feed/feed.h"
#include "metric/diagnosis/running_verdicts.h"
#include "train/setup.h"
#include "train/stepper.h"

namespace bottega {

class TrainingWatch {
 public:
  // Keeps references to `setup` and the model's parameters.
  TrainingWatch(const TrainSetup& setup, const Choices& choices, std::shared_ptr<Model> model,
                at::Device device);

  // Around step `batch` (from 0) of the epoch's `steps`; `factor`: of the schedule, so that what a
  // step changes is told for the whole learning rate.
  void BeforeStep(int64_t epoch, int64_t batch, int64_t steps);
  void AfterStep(const StepSums& sums, double factor);
  // The epoch's logits of the validation rows, in setup.validation's order.
  void Validated(const at::Tensor& logits);
  // Lines for log.jsonl: {event: layers, ...} of epochs in which layers were measured (1, 2, 3, 4,
  // 6, 8, 12, 16, 24 ...), {event: verdict, ...} once for each that was established.
  std::vector<Json> EndEpoch(int64_t epoch, double train_loss);

  // All that the lines of later epochs depend on.
  Json State() const;
  void LoadState(const Json& state);

 private:
  std::vector<LayerFacts> Layers();

  const TrainSetup& setup_;
  const Choices choices_;
  const std::shared_ptr<Model> model_;
  const at::Device device_;
  const bool comparable_;
  double guess_ = 0;
  std::unique_ptr<RunningVerdicts> verdicts_;
  std::unique_ptr<Feed> sample_;
  std::vector<at::Tensor> before_;  // empty unless this step is measured
  int64_t stride_ = 1, batch_ = 0;
  BlockLosses validation_;
  // Of the epoch so far:
  std::vector<double> losses_;                // of every stride-th step
  std::vector<std::vector<double>> updates_;  // of measured steps, one ratio a layer
};

// Training rows whose layers are measured, how many at once, in how many of so many epochs, and in
// which.
// Half a micro-batch at once: what is kept for two backward passes then takes less than a step
// does.
std::vector<int64_t> WatchedRows(const TrainSetup& setup);
int64_t WatchedAtOnce(const Choices& choices);
int64_t WatchedEpochs(int64_t epochs);
bool IsWatched(int64_t epoch);

// Losses of single rows under the training's loss, as LossSum counts them; logits on the CPU.
std::vector<double> RowLosses(const Json& loss, const at::Tensor& logits, const Targets& targets,
                              const std::vector<int64_t>& positions);
// Logits [n, outputs] of the best constant answer: training rows' class frequencies, or their mean.
at::Tensor GuessingLogits(const TrainSetup& setup, int64_t n);

}  // namespace bottega
