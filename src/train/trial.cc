#include "train/trial.h"

#include <cmath>
#include <limits>

#include "base/clock.h"
#include "base/interrupt.h"
#include "engine/device.h"
#include "metric/metrics.h"
#include "optim/schedule.h"
#include "train/assemble.h"
#include "train/forward.h"
#include "train/memory_choice.h"
#include "train/probe.h"

namespace bottega {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool Better(const MonitoredScore& score, double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return !std::isnan(a);
  return score.lower_is_better ? a < b : a > b;
}

}  // namespace

TrialSetup::TrialSetup(const TrainInputs& inputs)
    : setup(MakeSetup(inputs)), choices(Choose(setup)) {
  device = StartEngine({.device = setup.settings.at("device").get<std::string>(),
                        .threads = choices.threads})
               .device;
  SettleMemory(setup, device, {.steps = 0}, true, &choices);
}

Trial::Trial(const TrainSetup& setup, const Choices& choices, at::Device device)
    : setup_(setup),
      choices_(choices),
      device_(device),
      model_(PlacedModel(setup, choices, device)),
      train_feed_(MakeTrainFeed(setup, choices)),
      validation_feed_(MakePlainFeed(setup, choices, setup.validation)),
      micro_per_step_(setup.settings.at("batch").get<int64_t>() / choices.micro_batch) {
  stepper_ = MakeStepper(model_, setup.settings, StepSettingsOf(setup, choices, device));
  const int64_t batches = train_feed_->Batches(EpochRows(setup));
  steps_per_epoch_ = (batches + micro_per_step_ - 1) / micro_per_step_;
}

StepSums Trial::Step(double lr) {
  if (PendingSignal() != 0) throw Interrupted(PendingSignal());
  if (epoch_ == 0 || step_ == steps_per_epoch_) {
    ++epoch_;
    step_ = 0;
    train_feed_->StartEpoch(epoch_, EpochOrder(setup_, epoch_));
  }
  ++step_;
  std::vector<Batch> batches;
  Batch batch;
  for (int64_t i = 0; i < micro_per_step_ && train_feed_->Next(&batch); ++i) {
    batches.push_back(std::move(batch));
  }
  return stepper_->Step(batches, epoch_, lr);
}

double Trial::Score(const MonitoredScore& score) {
  const at::Tensor logits = ForwardAll(*model_, *validation_feed_,
                                       {.device = device_,
                                        .precision = PrecisionOf(choices_.precision),
                                        .offset = LogitOffset(setup_.config)});
  if (score.name == "loss") {
    return ValidationLoss(setup_.loss, logits, setup_.targets, setup_.validation);
  }
  return Metric(score.name,
                MakePredictions(logits, setup_.validation, setup_.targets, *setup_.inputs->plan,
                                *setup_.inputs->data, "validation"));
}

TrialResult RunTrial(const TrainSetup& setup, const Choices& choices, at::Device device,
                     int64_t epochs, const MonitoredScore& score, Progress* progress) {
  const double start = MonotonicSeconds();
  Trial trial(setup, choices, device);
  const int64_t total = epochs * trial.steps_per_epoch();
  const auto schedule = MakeSchedule(setup.settings.at("schedule"), trial.steps_per_epoch());
  const double lr = setup.settings.at("optimizer").at("lr").get<double>();
  TrialResult result{.best = kNaN};
  int64_t scored = 0;  // evaluations at the last score
  while (result.evaluations < total && !result.diverged) {
    // The schedule runs over the budget, whatever a step costs of it.
    const StepSums sums = trial.Step(lr * schedule->Factor(result.evaluations, total));
    result.diverged = !sums.finite;
    ++result.steps;
    result.evaluations += sums.evaluations;
    if (progress != nullptr) progress->Advance(std::min(sums.evaluations, total));
    const bool last = result.evaluations >= total;
    const bool due = last || result.evaluations - scored >= trial.steps_per_epoch();
    if (result.diverged || !due) continue;
    scored = result.evaluations;
    result.scores.push_back(trial.Score(score));
    const double value = result.scores.back();
    schedule->Observe(score.lower_is_better ? value : -value);
    if (Better(score, value, result.best)) result.best = value;
  }
  result.seconds = MonotonicSeconds() - start;
  return result;
}

TrainSetup Reseeded(const TrainSetup& setup, uint64_t seed, const Json& optimizer) {
  TrainSetup own = setup;
  own.config.input.seed = seed;
  own.settings["seed"] = seed;
  own.settings["optimizer"] = optimizer;
  return own;
}

MonitoredScore WatchedScore(const TrainSetup& setup) {
  return ValidationScores(setup.settings.at("early_stopping"), true).front();
}

}  // namespace bottega
