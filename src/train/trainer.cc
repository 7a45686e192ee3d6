#include "train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "metric/metrics.h"
#include "model/initialize_model.h"
#include "model/models.h"
#include "optim/loss.h"
#include "train/first_loss.h"
#include "train/forward.h"

namespace bottega {

namespace {

// Short epochs are not all worth an fsync, and on a busy disk saving must not become the training.
constexpr double kShortestSaveInterval = 1.0;
constexpr double kIntervalPerSave = 20;  // seconds of training a second of saving
constexpr int64_t kStepsPerDetail = 16;

EarlyStopping MakeStopper(const TrainSetup& setup) {
  const Json& settings = setup.settings.at("early_stopping");
  const bool validated = !setup.validation.empty();
  if (settings.is_null()) {
    return {ParseMonitoredScore(validated ? "validation.loss" : "train.loss"), 0, 0};
  }
  MonitoredScore score = ParseMonitoredScore(settings.at("metric").get<std::string>());
  if (score.part == "validation" && !validated) {
    Note("No validation rows: watching train.loss instead of " + score.path() + ".");
    score = ParseMonitoredScore("train.loss");
  }
  return {score, settings.at("patience").get<int64_t>(), settings.at("min_delta").get<double>()};
}

std::optional<double> OptionalNumber(const Json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

NamedTensors CloneAll(const NamedTensors& tensors) {
  NamedTensors clones;
  for (const auto& [name, tensor] : tensors) {
    clones.emplace_back(name, tensor.detach().to(at::kCPU, tensor.scalar_type(), false, true));
  }
  return clones;
}

}  // namespace

Trainer::Trainer(const TrainSetup& setup, const Choices& choices, at::Device device)
    : setup_(setup),
      choices_(choices),
      device_(device),
      model_(MakeModel(setup.config.settings, setup.config.input)),
      train_feed_(MakeTrainFeed(setup, choices)),
      validation_feed_(MakePlainFeed(setup, choices, setup.validation)),
      stopper_(MakeStopper(setup)),
      epochs_(setup.settings.at("epochs").get<int64_t>()),
      micro_per_step_(setup.settings.at("batch").get<int64_t>() / choices.micro_batch),
      started_(MonotonicSeconds()),
      saved_at_(started_),
      budget_(OptionalNumber(setup.settings.at("time_budget"))),
      save_every_(setup.settings.at("checkpoint_seconds").get<double>()) {
  InitializeModel(setup.settings.at("init"), *model_, setup.seed());
  MoveModel(*model_, device_, choices_.layout == "channels_last");
  const StepSettings step{.loss = setup.loss,
                          .penalties = setup.settings.at("penalties"),
                          .clip_norm = OptionalNumber(setup.settings.at("clip_norm")).value_or(0),
                          .bf16 = choices.precision == "bf16",
                          .seed = setup.seed(),
                          .device = device};
  stepper_ = MakeStepper(model_, setup.settings, step);
  schedule_ = MakeSchedule(setup.settings.at("schedule"), StepsPerEpoch());
  state_.digest = setup.digest;
}

int64_t Trainer::StepsPerEpoch() const {
  const int64_t batches = train_feed_->Batches(static_cast<int64_t>(setup_.train.size()));
  return (batches + micro_per_step_ - 1) / micro_per_step_;
}

double Trainer::Elapsed() const { return seconds_before_ + MonotonicSeconds() - started_; }

double Trainer::LearningRate() const {
  return setup_.settings.at("optimizer").at("lr").get<double>() *
         schedule_->Factor(state_.step, epochs_ * StepsPerEpoch());
}

void Trainer::Resume() {
  const auto& run = setup_.inputs->run;
  std::optional<Checkpoint> checkpoint = LoadCheckpoint(run);
  if (checkpoint && checkpoint->state.digest != setup_.digest) {
    throw Error(ErrorKind::kRecipe,
                "the recipe, the data or the split changed since this run was started",
                {.file = run.string()}, "`bottega train` starts a new run");
  }
  if (checkpoint) {
    state_ = std::move(checkpoint->state);
    LoadTensors(*model_, checkpoint->model);
    stepper_->optimizer().LoadState(checkpoint->optimizer);
    schedule_->LoadState(state_.schedule);
    stopper_.LoadState(state_.stopper);
    best_ = LoadBest(run);
    seconds_before_ = state_.seconds;
    if (state_.stopped.empty()) {
      Note("Continuing with epoch " + std::to_string(state_.epoch) + ", batch " +
           std::to_string(state_.batch) + ".");
    }
  }
  log_ = std::make_unique<TrainLog>(run, state_.log_bytes, state_.event_bytes);
}

void Trainer::Run() {
  Resume();
  if (!state_.stopped.empty()) return;
  const int64_t rows = static_cast<int64_t>(setup_.train.size());
  Progress progress("Training", (epochs_ - state_.epoch + 1) * rows,
                    setup_.has_pictures() ? "pictures" : "rows");
  while (state_.stopped.empty()) TrainEpoch(&progress);
}

void Trainer::TrainEpoch(Progress* progress) {
  train_feed_->StartEpoch(state_.epoch, EpochOrder(setup_, state_.epoch),
                          state_.batch * micro_per_step_);
  const int64_t steps = StepsPerEpoch();
  while (state_.batch < steps) {
    SaveAndLeaveIfAsked();
    TrainStep(progress);
  }
  FinishEpoch(progress);
}

void Trainer::TrainStep(Progress* progress) {
  micro_batches_.clear();
  Batch batch;
  for (int64_t i = 0; i < micro_per_step_ && train_feed_->Next(&batch); ++i) {
    micro_batches_.push_back(std::move(batch));
  }
  const StepSums sums = stepper_->Step(micro_batches_, state_.epoch, LearningRate());
  CheckLoss(sums);
  if (state_.step == 0) TellFirstLoss(sums);
  state_.loss_sum += sums.loss;
  state_.weight_sum += sums.weight;
  state_.correct += sums.correct;
  state_.seen += sums.rows;
  ++state_.batch;
  ++state_.step;
  stepped_ = true;
  if (state_.step % kStepsPerDetail == 0 || setup_.has_pictures()) progress->SetDetail(Detail());
  progress->Advance(sums.rows);
}

void Trainer::CheckLoss(const StepSums& sums) {
  if (std::isfinite(sums.loss)) return;
  const double lr = setup_.settings.at("optimizer").at("lr").get<double>();
  throw Error(ErrorKind::kRecipe,
              "the loss is no longer a number (epoch " + std::to_string(state_.epoch) + ", step " +
                  std::to_string(state_.step + 1) + "); the last checkpoint is kept",
              {.file = setup_.inputs->run.string()},
              "lower the learning rate: `bottega train --set train.optimizer.lr=" +
                  FormatNumber(lr / 10) + "`");
}

void Trainer::TellFirstLoss(const StepSums& sums) {
  const FirstLoss first = CompareFirstLoss(setup_.loss, micro_batches_, sums.loss / sums.weight,
                                           setup_.targets.outputs());
  log_->Line(first.ToJson());
  if (!first.AsExpected()) Note(first.Text());
}

std::string Trainer::Detail() const {
  std::string text = "epoch " + std::to_string(state_.epoch) + "/" + std::to_string(epochs_);
  if (state_.weight_sum > 0) {
    text += "  loss " + FormatNumber(state_.loss_sum / state_.weight_sum, 3);
  }
  if (!state_.curve.empty() && state_.curve.back().contains(stopper_.score().path())) {
    const Json& value = state_.curve.back()[stopper_.score().path()];
    if (value.is_number()) {
      text += "  " + stopper_.score().path() + " " + FormatNumber(value.get<double>(), 3);
    }
  }
  return text;
}

void Trainer::AddValidation(Json* record) {
  const at::Tensor logits = ForwardAll(*model_, *validation_feed_,
                                       {.device = device_, .bf16 = choices_.precision == "bf16"});
  const Predictions predictions =
      MakePredictions(logits, setup_.validation, setup_.targets, *setup_.inputs->plan,
                      *setup_.inputs->data, "validation");
  (*record)["validation.loss"] =
      ValidationLoss(setup_.loss, logits, setup_.targets, setup_.validation);
  for (const auto& [name, value] : QuickMetrics(predictions)) {
    (*record)["validation." + name] = value;
  }
  const MonitoredScore& score = stopper_.score();
  if (score.part == "validation" && !record->contains(score.path())) {
    (*record)[score.path()] = Metric(score.name, predictions);
  }
}

Json Trainer::ScoreEpoch() {
  Json record = {{"event", "epoch"}, {"epoch", state_.epoch}, {"step", state_.step}};
  record["train.loss"] = state_.loss_sum / state_.weight_sum;
  if (setup_.targets.classification) {
    record["train.accuracy"] =
        static_cast<double>(state_.correct) / static_cast<double>(state_.seen);
  }
  if (!setup_.validation.empty()) AddValidation(&record);
  record["lr"] = LearningRate();
  record["seconds"] = Elapsed();
  return record;
}

void Trainer::KeepIfBest(const Json& record) {
  const MonitoredScore& score = stopper_.score();
  if (!record.contains(score.path())) {
    throw Error(ErrorKind::kRecipe,
                "early_stopping watches " + score.path() + ", which this training does not compute",
                {}, "bottega train --set train.early_stopping.metric=validation.loss");
  }
  const double value = record[score.path()].get<double>();
  schedule_->Observe(score.lower_is_better ? value : -value);
  if (!stopper_.Observe(state_.epoch, value)) return;
  best_ =
      BestWeights{.epoch = state_.epoch, .value = value, .model = CloneAll(AllTensors(*model_))};
  best_saved_ = false;
}

void Trainer::FinishEpoch(Progress* progress) {
  const Json record = ScoreEpoch();
  KeepIfBest(record);
  log_->Epoch(record);
  state_.curve.push_back(record);
  state_.curve.back().erase("event");
  progress->SetDetail(Detail());
  ++state_.epoch;
  state_.batch = 0;
  state_.loss_sum = state_.weight_sum = 0;
  state_.correct = state_.seen = 0;
  if (stopper_.ShouldStop()) state_.stopped = "early_stopping";
  if (state_.epoch > epochs_) state_.stopped = "finished";
  const double interval = std::max(kShortestSaveInterval, kIntervalPerSave * save_seconds_);
  if (!state_.stopped.empty() || MonotonicSeconds() - saved_at_ >= interval) Save();
}

void Trainer::Save() {
  const double begun = MonotonicSeconds();
  const auto& run = setup_.inputs->run;
  state_.seconds = Elapsed();
  state_.stopper = stopper_.State();
  state_.schedule = schedule_->State();
  state_.log_bytes = log_->log_bytes();
  state_.event_bytes = log_->event_bytes();
  log_->Sync();
  if (!best_saved_) SaveBest(run, *best_);
  best_saved_ = true;
  SaveCheckpoint(
      run,
      {.state = state_, .model = AllTensors(*model_), .optimizer = stepper_->optimizer().State()});
  saved_at_ = MonotonicSeconds();
  save_seconds_ = saved_at_ - begun;
}

void Trainer::SaveAndLeaveIfAsked() {
  const double now = MonotonicSeconds();
  const int signal = PendingSignal();
  // However small the budget, each sitting gets a step further.
  const bool over = budget_ && stepped_ && now - started_ > *budget_;
  if (signal == 0 && !over && now - saved_at_ < save_every_) return;
  Save();
  if (signal != 0) throw Interrupted(signal);
  if (over) {
    throw Error(ErrorKind::kBudget,
                "the time budget of " + FormatDuration(*budget_) + " is used up in epoch " +
                    std::to_string(state_.epoch) + " of " + std::to_string(epochs_) +
                    "; everything is saved",
                {.file = setup_.inputs->run.string()}, "bottega train --resume");
  }
}

BestWeights Trainer::TakeBest() {
  if (!best_) best_ = BestWeights{.epoch = epochs_, .model = CloneAll(AllTensors(*model_))};
  if (stopper_.best_epoch() > 0 && best_->epoch != stopper_.best_epoch()) {
    throw Error(ErrorKind::kData, "the weights of the best epoch belong to another epoch",
                {.file = BestCheckpointPath(setup_.inputs->run).string()},
                "`bottega train` starts a new run");
  }
  return *best_;
}

}  // namespace bottega
