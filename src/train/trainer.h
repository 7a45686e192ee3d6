// The training loop.
#pragma once

#include <memory>
#include <optional>

#include "base/progress.h"
#include "optim/schedule.h"
#include "train/checkpoint.h"
#include "train/early_stopping.h"
#include "train/forecast.h"
#include "train/rss_watch.h"
#include "train/setup.h"
#include "train/stepper.h"
#include "train/train_log.h"
#include "train/training_watch.h"
#include "train/weight_average.h"

namespace bottega {

// Trains from the beginning or from the run's last checkpoint to the end. Everything that the
// result depends on is in the checkpoint, so that any number of stops changes no bit of it.
class Trainer {
 public:
  Trainer(const TrainSetup& setup, const Choices& choices, at::Device device);

  // Whether there is an epoch to train: the training has not ended, and stop_after_epoch is not
  // reached.
  bool HasMore() const;
  // Trains to the end of the epoch. Throws Interrupted after a signal and Error kBudget when
  // time_budget is over or more than max_rss is held, all after saving; kRecipe when the loss or a
  // gradient is no longer a number, with the last checkpoint kept and the step in RUN/nan/.
  void TrainEpoch();
  // Writes a checkpoint unless the last one holds everything.
  void SaveIfNeeded();

  const TrainState& state() const { return state_; }
  // Of its epochs, the share that is done.
  double Share() const;
  // Of the best epoch; of the last one where no epoch could be scored.
  BestWeights TakeBest();
  // Time and memory of this sitting.
  Measured Took() const;

 private:
  void Resume();
  void Step();
  void Show(int64_t rows, bool detailed);
  void FinishEpoch();
  // Scores and keeps what is best: of the average's weights where there are some, with those of
  // the training beside them as raw.*.
  Json JudgeEpoch();
  std::string Ended() const;
  Json ScoreEpoch();
  void AddValidation(const std::string& prefix, Json* record);
  void KeepIfBest(const Json& record);
  void Watch(const Json& record);
  void Save();
  void SaveAndLeaveIfAsked();
  double LearningRate() const;
  [[noreturn]] void StopHere();
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
  std::unique_ptr<WeightAverage> average_;  // null: none
  std::unique_ptr<Feed> train_feed_, validation_feed_;
  EarlyStopping stopper_;
  std::optional<BestWeights> best_;
  bool best_saved_ = true;
  TrainState state_;
  std::unique_ptr<TrainLog> log_;
  TrainingWatch watch_;
  int64_t epochs_, micro_per_step_, last_epoch_rows_ = 0;
  double started_, saved_at_, seconds_before_ = 0;
  std::optional<double> epoch_started_;  // while an epoch is trained
  double save_seconds_ = 0;              // that the last save took
  std::optional<double> budget_;
  RssWatch rss_;
  Measured measured_;     // sums, until Took
  bool stepped_ = false;  // since this sitting began
  bool unsaved_ = false;
  double save_every_;
  std::vector<Batch> micro_batches_;
  std::unique_ptr<Progress> progress_;
};

}  // namespace bottega
