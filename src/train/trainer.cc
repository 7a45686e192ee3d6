#include "train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "metric/metrics.h"
#include "model/models.h"
#include "run/settings.h"
#include "train/assemble.h"
#include "train/ended.h"
#include "train/first_loss.h"
#include "train/forward.h"
#include "train/idle_settings.h"
#include "train/limits.h"
#include "train/non_finite.h"
#include "train/step_settings.h"

namespace bottega {

namespace {

// Short epochs are not all worth an fsync, and on a busy disk saving must not become the training.
constexpr double kShortestSaveInterval = 1.0;
constexpr double kIntervalPerSave = 20;  // seconds of training a second of saving
constexpr int64_t kStepsPerDetail = 16;

void RequireMixable(const Model& model, const TrainSetup& setup) {
  const bool mixes = !setup.settings.at("mix").empty();
  if (!mixes || setup.config.input.cardinality.empty() || model.MixesCodes()) return;
  throw Error(ErrorKind::kRecipe,
              "train.mix: the model '" + setup.config.settings.at("name").get<std::string>() +
                  "' cannot mix rows that have categories",
              {}, "bottega train --set train.mix=none");
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
      model_(PlacedModel(setup, choices, device)),
      train_feed_(MakeTrainFeed(setup, choices)),
      validation_feed_(MakePlainFeed(setup, choices, setup.validation)),
      stopper_(MakeEarlyStopping(setup)),
      watch_(setup, choices, model_, device),
      epochs_(setup.settings.at("epochs").get<int64_t>()),
      micro_per_step_(setup.settings.at("batch").get<int64_t>() / choices.micro_batch),
      started_(MonotonicSeconds()),
      saved_at_(started_),
      budget_(TimeBudget(*setup.inputs)),
      rss_(MaxRss(*setup.inputs)),
      save_every_(setup.settings.at("checkpoint_seconds").get<double>()) {
  RequireMixable(*model_, setup);
  stepper_ = MakeStepper(model_, setup.settings, StepSettingsOf(setup_, choices_, device_));
  schedule_ = MakeSchedule(setup.settings.at("schedule"), StepsPerEpoch());
  average_ = WeightAverage::Make(setup.settings.at("average"), model_, epochs_);
  state_.digest = setup.digest;
  Resume();
  if (setup.inputs->on_step || !HasMore()) return;
  if (state_.step == 0) {
    for (const std::string& idle : IdleSettings(setup.settings, StepsPerEpoch())) {
      Note("note: " + idle);
    }
  }
  const Json& stopping = setup.settings.at("early_stopping");
  if (setup.validation.empty() && !stopping.is_null()) {
    Note("No validation rows: early stopping watches train.loss.");
  }
  progress_ =
      std::make_unique<Progress>("Training", (epochs_ - state_.epoch + 1) * EpochRows(setup_),
                                 setup_.has_pictures() ? "pictures" : "rows");
}

int64_t Trainer::StepsPerEpoch() const {
  const int64_t batches = train_feed_->Batches(EpochRows(setup_));
  return (batches + micro_per_step_ - 1) / micro_per_step_;
}

// Without the time in which other trainings had the thread.
double Trainer::Elapsed() const {
  return seconds_before_ + (epoch_started_ ? MonotonicSeconds() - *epoch_started_ : 0);
}

double Trainer::Share() const {
  return static_cast<double>(state_.epoch - 1) / static_cast<double>(epochs_);
}

double Trainer::LearningRate() const {
  const auto constant = average_ ? average_->LearningRate(state_.epoch) : std::nullopt;
  if (constant) return *constant;
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
    if (stepper_->loss_scale() && !state_.loss_scale.is_null()) {
      stepper_->loss_scale()->LoadState(state_.loss_scale);
    }
    stepper_->CountFrom(state_.step);
    if (average_) average_->LoadState(state_.average, checkpoint->average);
    if (!state_.watch.empty()) watch_.LoadState(state_.watch);
    stopper_.LoadState(state_.stopper);
    best_ = LoadBest(run);
    seconds_before_ = state_.seconds;
    // Its epochs or its patience may have been raised.
    state_.stopped = Ended();
    if (state_.stopped.empty() && !setup_.inputs->on_step) {
      Note("Continuing with epoch " + std::to_string(state_.epoch) + ", batch " +
           std::to_string(state_.batch) + ".");
    }
  }
  log_ = std::make_unique<TrainLog>(
      run, state_.log_bytes, state_.event_bytes,
      FlatSettings({{"model", setup_.config.settings}, {"train", setup_.settings}}));
}

// An average that has not begun yet cannot have been the best.
std::string Trainer::Ended() const {
  std::string why = WhyStopped(stopper_, state_, setup_);
  const bool pending = average_ && !average_->Begun();
  if (pending && why == "early_stopping") why.clear();
  return why;
}

bool Trainer::HasMore() const {
  const int64_t limit = setup_.inputs->stop_after_epoch;
  return state_.stopped.empty() && (limit == 0 || state_.epoch <= limit);
}

void Trainer::TrainEpoch() {
  epoch_started_ = MonotonicSeconds();
  train_feed_->StartEpoch(state_.epoch, EpochOrder(setup_, state_.epoch),
                          state_.batch * micro_per_step_);
  const int64_t steps = StepsPerEpoch();
  while (state_.batch < steps) {
    SaveAndLeaveIfAsked();
    Step();
  }
  FinishEpoch();
  seconds_before_ = Elapsed();
  epoch_started_.reset();
}

void Trainer::Show(int64_t rows, bool detailed) {
  if (setup_.inputs->on_step) {
    setup_.inputs->on_step({.epoch = state_.epoch, .epochs = epochs_});
  } else if (progress_) {
    if (detailed) progress_->SetDetail(Detail());
    progress_->Advance(rows);
  }
}

void Trainer::Step() {
  const double begun = MonotonicSeconds();
  micro_batches_.clear();
  Batch batch;
  for (int64_t i = 0; i < micro_per_step_ && train_feed_->Next(&batch); ++i) {
    micro_batches_.push_back(std::move(batch));
  }
  watch_.BeforeStep(state_.epoch, state_.batch, StepsPerEpoch());
  const double lr = LearningRate();
  const StepSums sums = stepper_->Step(micro_batches_, state_.epoch, lr);
  if (!sums.finite) StopHere();
  measured_.step_seconds += MonotonicSeconds() - begun;
  ++measured_.steps;
  watch_.AfterStep(sums, lr / setup_.settings.at("optimizer").at("lr").get<double>());
  if (state_.step == 0) TellFirstLoss(sums);
  state_.loss_sum += sums.loss;
  state_.weight_sum += sums.weight;
  state_.correct += sums.correct;
  state_.seen += sums.rows;
  ++state_.batch;
  ++state_.step;
  if (average_) average_->AfterStep(state_.step);
  stepped_ = unsaved_ = true;
  Show(sums.rows, state_.step % kStepsPerDetail == 0 || setup_.has_pictures());
}

void Trainer::StopHere() {
  StopAtNonFinite({.setup = setup_,
                   .choices = choices_,
                   .device = device_,
                   .model = *model_,
                   .batches = micro_batches_,
                   .epoch = state_.epoch,
                   .batch = state_.batch,
                   .step = state_.step});
}

Measured Trainer::Took() const { return MeanOf(measured_, MonotonicSeconds() - started_); }

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
  const std::string watched = stopper_.scores().front().path();
  if (!state_.curve.empty() && state_.curve.back().contains(watched)) {
    const Json& value = state_.curve.back()[watched];
    if (value.is_number()) text += "  " + watched + " " + FormatNumber(value.get<double>(), 3);
  }
  return text;
}

void Trainer::AddValidation(const std::string& prefix, Json* record) {
  const at::Tensor logits = ForwardAll(*model_, *validation_feed_,
                                       {.device = device_,
                                        .precision = PrecisionOf(choices_.precision),
                                        .offset = LogitOffset(setup_.config)});
  if (prefix.empty()) watch_.Validated(logits);
  const Predictions predictions =
      MakePredictions(logits, setup_.validation, setup_.targets, *setup_.inputs->plan,
                      *setup_.inputs->data, "validation");
  (*record)[prefix + "validation.loss"] =
      ValidationLoss(setup_.loss, logits, setup_.targets, setup_.validation);
  for (const auto& [name, value] : QuickMetrics(predictions)) {
    (*record)[prefix + "validation." + name] = value;
  }
  if (!prefix.empty()) return;
  for (const MonitoredScore& score : stopper_.scores()) {
    if (score.part == "validation" && !record->contains(score.path())) {
      (*record)[score.path()] = Metric(score.name, predictions);
    }
  }
}

Json Trainer::ScoreEpoch() {
  Json record = {{"event", "epoch"}, {"epoch", state_.epoch}, {"step", state_.step}};
  record["train.loss"] = state_.loss_sum / state_.weight_sum;
  if (setup_.targets.classification) {
    record["train.accuracy"] =
        static_cast<double>(state_.correct) / static_cast<double>(state_.seen);
  }
  if (!setup_.validation.empty()) AddValidation("", &record);
  record["lr"] = LearningRate();
  record["seconds"] = Elapsed();
  return record;
}

void Trainer::KeepIfBest(const Json& record) {
  std::vector<double> values;
  for (const MonitoredScore& score : stopper_.scores()) {
    if (!record.contains(score.path())) {
      throw Error(
          ErrorKind::kRecipe,
          "early_stopping watches " + score.path() + ", which this training does not compute", {},
          "bottega train --set train.early_stopping.metric=validation.loss");
    }
    values.push_back(record[score.path()].get<double>());
  }
  const double value = values.front();
  schedule_->Observe(stopper_.scores().front().lower_is_better ? value : -value);
  if (!stopper_.Observe(state_.epoch, values)) return;
  best_ =
      BestWeights{.epoch = state_.epoch, .value = value, .model = CloneAll(AllTensors(*model_))};
  best_saved_ = false;
}

void Trainer::Watch(const Json& record) {
  for (const Json& line : watch_.EndEpoch(state_.epoch, record.at("train.loss").get<double>())) {
    log_->Line(line);
    if (line.at("event") != "verdict" || setup_.inputs->on_step) continue;
    Note("epoch " + std::to_string(state_.epoch) + ": " + line.at("text").get<std::string>());
  }
}

Json Trainer::JudgeEpoch() {
  if (!average_ || !average_->Begun()) {
    Json record = ScoreEpoch();
    KeepIfBest(record);
    return record;
  }
  Json raw = Json::object();
  if (!setup_.validation.empty()) AddValidation("raw.", &raw);
  const InTheirStead averaged(*model_, average_->tensors());
  const StepSettings step = StepSettingsOf(setup_, choices_, device_);
  const bool frozen = step.freeze_norm > 0 && state_.epoch >= step.freeze_norm;
  if (average_->RefreshesNorms() && !frozen) {
    RefreshNorms(*model_, *train_feed_, state_.epoch, EpochOrder(setup_, state_.epoch), step);
  }
  Json record = ScoreEpoch();
  record.update(raw);
  KeepIfBest(record);
  return record;
}

void Trainer::FinishEpoch() {
  if (average_) average_->AfterEpoch(state_.epoch);
  const double begun = MonotonicSeconds();
  const Json record = JudgeEpoch();
  measured_.score_seconds += MonotonicSeconds() - begun;
  ++measured_.epochs;
  measured_.watched += IsWatched(state_.epoch);
  log_->Epoch(record);
  Watch(record);
  state_.curve.push_back(record);
  state_.curve.back().erase("event");
  unsaved_ = true;
  Show(0, true);
  ++state_.epoch;
  state_.batch = 0;
  state_.loss_sum = state_.weight_sum = 0;
  state_.correct = state_.seen = 0;
  state_.stopped = Ended();
  const bool last = !state_.stopped.empty();
  log_->Weights(state_.epoch - 1, last, state_.step, AllTensors(*model_));
  if (last) log_->End();
  const double interval = std::max(kShortestSaveInterval, kIntervalPerSave * save_seconds_);
  if (!state_.stopped.empty() || MonotonicSeconds() - saved_at_ >= interval) Save();
}

void Trainer::Save() {
  const double begun = MonotonicSeconds();
  const auto& run = setup_.inputs->run;
  state_.seconds = Elapsed();
  state_.stopper = stopper_.State();
  state_.schedule = schedule_->State();
  if (stepper_->loss_scale()) state_.loss_scale = stepper_->loss_scale()->State();
  if (average_) state_.average = average_->State();
  state_.watch = watch_.State();
  state_.log_bytes = log_->log_bytes();
  state_.event_bytes = log_->event_bytes();
  log_->Sync();
  if (!best_saved_) SaveBest(run, *best_);
  best_saved_ = true;
  SaveCheckpoint(run, {.state = state_,
                       .model = AllTensors(*model_),
                       .optimizer = stepper_->optimizer().State(),
                       .average = average_ ? average_->tensors() : NamedTensors()});
  unsaved_ = false;
  saved_at_ = MonotonicSeconds();
  save_seconds_ = saved_at_ - begun;
}

void Trainer::SaveIfNeeded() {
  if (unsaved_) Save();
}

void Trainer::SaveAndLeaveIfAsked() {
  const double now = MonotonicSeconds();
  const int signal = PendingSignal();
  // However small the budget, each sitting gets a step further.
  const bool over = budget_ && stepped_ && now - started_ > *budget_;
  const int64_t held = stepped_ ? rss_.Excess(now) : 0;
  if (signal == 0 && !over && held == 0 && now - saved_at_ < save_every_) return;
  Save();
  if (signal != 0) throw Interrupted(signal);
  if (held > 0) throw AboveMaxRss(held, *rss_.limit(), setup_.inputs->run);
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
