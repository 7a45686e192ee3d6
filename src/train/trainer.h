// The training loop.
#pragma once

#include <memory>
#include <optional>

#include "base/progress.h"
#include "optim/schedule.h"
#include "train/checkpoint.h"
#include "train/early_stopping.h"
#include "train/setup.h"
#include "train/stepper.h"
#include "train/train_log.h"

namespace bottega {

// Trains from the beginning or from the run's last checkpoint to the end. Everything that the
// result depends on is in the checkpoint, so that any number of stops changes no bit of it.
class Trainer {
 public:
  Trainer(const TrainSetup& setup, const Choices& choices, at::Device device);

  // Throws Interrupted after a signal and Error kBudget when time_budget is over, both after
  // saving; kRecipe when the loss is no longer a number, with the last checkpoint kept.
  void Run();

  const TrainState& state() const { return state_; }
  // Of the best epoch; of the last one where no epoch could be scored.
  BestWeights TakeBest();

 private:
  void Resume();
  void TrainEpoch(Progress* progress);
  void TrainStep(Progress* progress);
  void FinishEpoch(Progress* progress);
  Json ScoreEpoch();
  void AddValidation(Json* record);
  void KeepIfBest(const Json& record);
  void Save();
  void SaveAndLeaveIfAsked();
  double LearningRate() const;
  void CheckLoss(const StepSums& sums);
  void TellFirstLoss(const StepSums& sums);
  std::string Detail() const;
  int64_t StepsPerEpoch() const;
  double Elapsed() const;

  const TrainSetup& setup_;
  const Choices choices_;
  const at::Device device_;
  std::shared_ptr<Model> model_;
  std::unique_ptr<Stepper> stepper_;
  std::unique_ptr<Schedule> schedule_;
  std::unique_ptr<Feed> train_feed_, validation_feed_;
  EarlyStopping stopper_;
  std::optional<BestWeights> best_;
  bool best_saved_ = true;
  TrainState state_;
  std::unique_ptr<TrainLog> log_;
  int64_t epochs_, micro_per_step_, last_epoch_rows_ = 0;
  double started_, saved_at_, seconds_before_ = 0;
  double save_seconds_ = 0;  // that the last save took
  std::optional<double> budget_;
  bool stepped_ = false;  // since this sitting began
  double save_every_;
  std::vector<Batch> micro_batches_;
};

}  // namespace bottega
